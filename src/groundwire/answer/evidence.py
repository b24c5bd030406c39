"""What was found for a question, read sentence by sentence and measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from groundwire.answer.candidates import read_passages
from groundwire.answer.features import sentence_features
from groundwire.answer.question import read

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from groundwire.answer.candidates import Reading, Sentence
    from groundwire.answer.question import Question
    from groundwire.domain.retrieval import Ranking
    from groundwire.index.snapshot import Snapshot

READ = 8
"""Passages whose sentences are considered."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A question with its ranking and the sentences of the best passages.

    Attributes:
        question: The question, weighed.
        ranking: The passages that were found.
        readings: The first of them, read.
        features: Features of their sentences, in order, of (sentences, features).
    """

    question: Question
    ranking: Ranking
    readings: tuple[Reading, ...]
    features: NDArray[np.float64]

    def places(self) -> tuple[tuple[Reading, Sentence], ...]:
        """Return each sentence with its passage, in the order of the features."""
        return tuple(
            (reading, sentence) for reading in self.readings for sentence in reading.sentences
        )

    def usable(self) -> NDArray[np.bool_]:
        """Return for each sentence whether it may be said."""
        return np.array([may for reading in self.readings for may in reading.usable], dtype=bool)


def gather(
    text: str, vector: NDArray[np.float32], ranking: Ranking, snapshot: Snapshot
) -> Evidence:
    """Return the evidence that one snapshot of the index holds for a question.

    Args:
        text: The question.
        vector: Its unit vector.
        ranking: What was found for it in the same snapshot.
        snapshot: Where sentence vectors and word frequencies are.
    """
    question = read(text, snapshot)
    hits = ranking.hits[:READ]
    vectors = snapshot.sentence_vectors([hit.passage.id for hit in hits], len(vector))
    readings = read_passages(hits, vectors)
    features = sentence_features(question, vector, readings)
    return Evidence(question, ranking, readings, features)
