"""What was found for a question, read sentence by sentence and measured."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from groundwire.answer.candidates import read_passages, texts_before
from groundwire.answer.features import sentence_features
from groundwire.answer.premises import UNEXAMINED, examine
from groundwire.answer.question import read
from groundwire.domain.filters import SETTLED
from groundwire.retrieve.late import match

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from groundwire.answer.candidates import Reading, Sentence
    from groundwire.answer.premises import Premises
    from groundwire.answer.question import Question
    from groundwire.domain.calibration import Calibration
    from groundwire.domain.documents import DocumentId
    from groundwire.domain.retrieval import Ranking
    from groundwire.index.snapshot import Snapshot
    from groundwire.retrieve.asked import Asked
    from groundwire.retrieve.late import Matches

READ = 8
"""Passages whose sentences are considered."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A question with its ranking and the sentences of the best passages.

    Attributes:
        question: The question, weighed.
        asked: The question as it was searched for.
        ranking: The passages that were found.
        readings: The first of them, read.
        matches: How their sentences match the question's words.
        features: Features of their sentences, in order, of (sentences, features).
        premises: What the question takes for granted, as far as it was looked up.
        origins: For documents that have a copy family, its first printed member.
        calibration: The threshold that was fitted to the index, if one was.
    """

    question: Question
    asked: Asked
    ranking: Ranking
    readings: tuple[Reading, ...]
    matches: Matches
    features: NDArray[np.float64]
    premises: Premises = UNEXAMINED
    origins: Mapping[DocumentId, DocumentId] = field(default_factory=dict)
    calibration: Calibration | None = None

    def places(self) -> tuple[tuple[Reading, Sentence], ...]:
        """Return each sentence with its passage, in the order of the features."""
        return tuple(
            (reading, sentence) for reading in self.readings for sentence in reading.sentences
        )

    def usable(self) -> NDArray[np.bool_]:
        """Return for each sentence whether it may be said."""
        return np.array([may for reading in self.readings for may in reading.usable], dtype=bool)


def gather(asked: Asked, ranking: Ranking, snapshot: Snapshot) -> Evidence:
    """Return the evidence that one snapshot of the index holds for a question.

    Args:
        asked: The question, read against the same snapshot.
        ranking: What was found for it there.
        snapshot: Where sentence vectors, token vectors and word frequencies are.
    """
    settled = [each.text for each in ranking.inferred.in_force if each.kind in SETTLED]
    question = read(asked.query.text, snapshot, settled)
    hits = ranking.hits[:READ]
    ids = [hit.passage.id for hit in hits]
    vectors = snapshot.sentence_vectors(ids, len(asked.encoding.vector))
    readings = read_passages(hits, vectors, texts_before(hits, snapshot))
    stored = snapshot.tokens(ids)
    matches = match(asked.encoding.tokens, [stored[each] for each in ids])
    features = sentence_features(question, asked, readings, matches)
    premises = examine(asked.query.text, snapshot)
    origins = snapshot.origins({hit.document.id for hit in hits})
    return Evidence(
        question,
        asked,
        ranking,
        readings,
        matches,
        features,
        premises,
        origins,
        snapshot.calibration(),
    )
