"""Answers made of the documents' own sentences, and the decision to give none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from groundwire.answer.context import standing_alone
from groundwire.answer.features import FEATURES
from groundwire.answer.linear import linear_model, load_coefficients
from groundwire.answer.sufficiency import SUFFICIENCY, is_several, sufficiency_features
from groundwire.domain.answers import Abstention
from groundwire.ground.cite import quoted_claim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from groundwire.answer.candidates import Reading, Sentence
    from groundwire.answer.evidence import Evidence
    from groundwire.answer.linear import LinearModel
    from groundwire.answer.question import Question
    from groundwire.domain.answers import Outcome
    from groundwire.domain.claims import Claim
    from groundwire.domain.spans import Span

FALSE_ANSWERS = "0.2"
"""The rate of false answers that the threshold was fitted for; see sufficiency.json."""

NEAREST = 3
"""Passages that an abstention shows."""

RELATED_COSINE = 0.35
"""A passage this near is worth showing beside an abstention."""

RELATED_COVERAGE = 0.5
"""So is one that holds this share of the question's weight."""

_KIND = FEATURES.index("kind")
_COMPANION_GAP = 2.0
_COMPANION_GAIN = 0.08
_REPEATED = 0.5


@dataclass(frozen=True, slots=True)
class Extract:
    """What the extractive engine decided.

    Attributes:
        outcome: ``answered``, ``related`` or ``nothing``.
        claims: The sentences in reading order, not numbered yet.
        abstention: Why there are none.
        scores: The numbers that the decision was made on.
    """

    outcome: Outcome
    claims: tuple[Claim, ...]
    abstention: Abstention | None
    scores: dict[str, float]


class ExtractiveAnswerer:
    """Chooses the sentences that answer a question best, or abstains.

    A linear scorer orders the sentences of the best passages; a second linear model decides on
    the evidence as a whole. Both were fitted by ``eval/train/fit_answers.py``.
    """

    def __init__(self, *, max_sentences: int) -> None:
        """Keep the length of an answer, in sentences."""
        self._max_sentences = max_sentences

    def answer(self, evidence: Evidence) -> Extract:
        """Return the best one to three sentences of the evidence, or an abstention."""
        question = evidence.question
        if not question.weights or not evidence.usable().any():
            return _abstain(evidence, {})
        scores = self.score(evidence)
        kind = "several_clauses" if is_several(question) else "one_clause"
        model, threshold = self._judges[kind]
        found = sufficiency_features(evidence, scores)
        numbers = dict(zip(SUFFICIENCY, found.tolist(), strict=True))
        numbers |= {"sufficiency": float(model(found[None, :])[0]), "threshold": threshold}
        if numbers["sufficiency"] < threshold:
            return _abstain(evidence, numbers)
        chosen = self._choose(evidence, scores)
        return Extract("answered", _in_reading_order(chosen), None, numbers)

    def score(self, evidence: Evidence) -> NDArray[np.float64]:
        """Return the score of each sentence; -inf for those that may not be said.

        Where a number is asked for, a sentence that gives none may be said only if no sentence
        gives one.
        """
        usable = evidence.usable()
        if evidence.question.kind == "number":
            gives_one = usable & (evidence.features[:, _KIND] == 1)
            usable = gives_one if gives_one.any() else usable
        scores: NDArray[np.float64] = np.where(usable, self._scorer(evidence.features), -np.inf)
        return scores

    @cached_property
    def _scorer(self) -> LinearModel:
        return linear_model(load_coefficients("sentences")["sentences"], FEATURES)

    @cached_property
    def _judges(self) -> dict[str, tuple[LinearModel, float]]:
        stored = load_coefficients("sufficiency")
        return {
            kind: (
                linear_model(stored[kind], SUFFICIENCY),
                float(stored[kind]["thresholds"][FALSE_ANSWERS]),
            )
            for kind in ("one_clause", "several_clauses")
        }

    def _choose(
        self, evidence: Evidence, scores: NDArray[np.float64]
    ) -> list[tuple[Reading, Sentence]]:
        """Return the best sentence and those nearly as good that say something else."""
        places = evidence.places()
        order = [int(i) for i in np.argsort(-scores, kind="stable")]
        chosen = [places[order[0]]]
        for i in order[1:]:
            if len(chosen) == self._max_sentences or scores[i] < scores.max() - _COMPANION_GAP:
                break
            if _adds(evidence.question, [sentence for _, sentence in chosen], places[i][1]):
                chosen.append(places[i])
        return chosen


def _adds(question: Question, said: Sequence[Sentence], other: Sentence) -> bool:
    """Return whether a sentence covers more of the question and repeats none that is said."""
    if any(_repeats(sentence, other) for sentence in said):
        return False
    covered = frozenset[str]().union(*(sentence.stems for sentence in said))
    gain = question.coverage(covered | other.stems) - question.coverage(covered)
    return gain >= _COMPANION_GAIN


def _repeats(one: Sentence, other: Sentence) -> bool:
    """Return whether the shorter of two sentences says mostly what the longer says."""
    shared = one.content & other.content
    shorter = min(len(one.content), len(other.content))
    return len(shared) >= _REPEATED * shorter


def _in_reading_order(chosen: Sequence[tuple[Reading, Sentence]]) -> tuple[Claim, ...]:
    """Return the claims: the best sentence first, the others as in their documents.

    Each sentence brings the neighbours that it cannot do without; nothing is said twice.
    """
    best, *others = chosen
    documents = list(dict.fromkeys(r.hit.passage.document_id for r, _ in chosen))

    def place(entry: tuple[Reading, Sentence]) -> tuple[int, Span]:
        reading, sentence = entry
        return documents.index(reading.hit.passage.document_id), sentence.span

    said: dict[tuple[str, Span], Claim] = {}
    for reading, sentence in (best, *sorted(others, key=place)):
        for span in standing_alone(reading.hit, sentence.span):
            key = reading.hit.passage.document_id, span
            said.setdefault(key, quoted_claim(reading.hit, span))
    return tuple(said.values())


def _abstain(evidence: Evidence, numbers: dict[str, float]) -> Extract:
    question = evidence.question
    near = tuple(reading.hit for reading in evidence.readings if _is_near(question, reading))[
        :NEAREST
    ]
    outcome: Outcome = "related" if near else "nothing"
    abstention = Abstention(_reason(question, related=bool(near)), near, question.unmentioned)
    return Extract(outcome, (), abstention, numbers)


def _is_near(question: Question, reading: Reading) -> bool:
    """Return whether a passage is on the topic, by meaning or by the question's rare words."""
    covered = question.coverage(reading.stems | reading.about)
    return reading.hit.similarity >= RELATED_COSINE or covered >= RELATED_COVERAGE


def _reason(question: Question, *, related: bool) -> str:
    if not question.weights:
        return "The question has no word to search for."
    missing = ", ".join(f"“{name}”" for name in question.unmentioned)
    said = "The documents do not say."
    if not related:
        said = "Nothing about this was found in the documents."
    return f"{said} No document mentions {missing}." if missing else said
