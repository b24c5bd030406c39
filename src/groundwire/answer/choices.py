"""The sentences that may be said, with their scores and what they are worth for a part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from groundwire.answer.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from groundwire.answer.candidates import Reading, Sentence
    from groundwire.answer.evidence import Evidence
    from groundwire.answer.points import Side
    from groundwire.answer.question import Question

_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?"
    r"|thousands?|millions?|half|once|twice)\b",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\b(?:1[5-9]|20)\d\d\b|\w+day\b|\b(?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December)\b"
)

_AROUND = 0.4
"""How much of that a sentence gets for words that stand in its passage only."""

_KINDS = (
    (
        re.compile(r"\b(?:costs?|price[ds]?|paid|pay|compensation|how much money|budget|fined?)\b"),
        re.compile(r"[$€£¥]|\b(?:dollars?|euros?|pounds?|yuan|yen)\b"),
    ),
    (re.compile(r"\bhow (?:many|much|long|old|far|big|large|high)\b", re.IGNORECASE), _NUMBER),
    (re.compile(r"\b(?:when|what (?:year|date))\b", re.IGNORECASE), _DAY),
)
"""What a point may ask for, and what a sentence that gives it holds."""


@dataclass(frozen=True)
class Choice:
    """A sentence that is to be said.

    Attributes:
        reading: Its passage.
        sentence: The sentence.
        side: The side of a comparison that it stands for, if any.
    """

    reading: Reading
    sentence: Sentence
    side: Side | None = None


@dataclass(frozen=True)
class Candidates:
    """The sentences of the evidence with their scores."""

    evidence: Evidence
    scores: NDArray[np.float64]

    @property
    def question(self) -> Question:
        """What was asked."""
        return self.evidence.question

    def choice(self, i: int, side: Side | None = None) -> Choice:
        """Return the sentence of a number as a choice."""
        reading, sentence = self.evidence.places()[i]
        return Choice(reading, sentence, side)

    def best_first(self, scores: NDArray[np.float64]) -> Iterator[int]:
        """Yield the numbers of the sentences that may be said, best first."""
        for i in np.argsort(-scores, kind="stable").tolist():
            if not np.isfinite(scores[i]):
                return
            yield i

    def coverage(self, text: str) -> NDArray[np.float64]:
        """Return for each sentence the share of a part of the question that it covers, 0 to 1."""
        stems = {token.stem for token in tokenize(text)}
        weights = {t: w for t, w in self.question.weights.items() if t in stems}
        mass = sum(weights.values())
        if not mass:
            return np.zeros(len(self.scores))

        def share(there: frozenset[str]) -> float:
            return sum(w for t, w in weights.items() if t in there) / mass

        return np.array(
            [
                (1 - _AROUND) * share(sentence.stems)
                + _AROUND * share(reading.stems | reading.about)
                for reading, sentence in self.evidence.places()
            ]
        )

    def gives(self, text: str) -> NDArray[np.float64]:
        """Return for each sentence whether it gives the kind of thing that a point asks for.

        Everything gives it where a point asks for no certain kind.
        """
        kinds = [given for asked, given in _KINDS if asked.search(text)]
        return np.array(
            [
                all(given.search(sentence.text) for given in kinds)
                for _, sentence in self.evidence.places()
            ],
            dtype=np.float64,
        )
