"""What is measured of a sentence, held against a question."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from groundwire.answer.candidates import Reading, Sentence
    from groundwire.answer.question import Question
    from groundwire.answer.tokens import Token

FEATURES = (
    "cosine",
    "fused",
    "passage_cosine",
    "passage_coverage",
    "coverage",
    "coverage_before",
    "coverage_after",
    "kind",
    "numbers",
    "names",
    "head",
    "bigrams",
    "proximity",
    "reason",
)
"""Names of the columns, in order; meanings in ``sentence_features``."""

_REACH = 6.0
"""Tokens after which the pull of a question word on a candidate has fallen to 1/e."""

_REASON = re.compile(
    r"\b(?:because|due to|since|so that|in order to|as a result|caus\w+|reasons?|led to|leads to"
    r"|therefore|thus|to avoid|to prevent|for fear|owing to|blame[ds]?|after)\b",
    re.IGNORECASE,
)


def sentence_features(
    question: Question, vector: NDArray[np.float32], readings: Sequence[Reading]
) -> NDArray[np.float64]:
    """Return the features of every sentence of the passages, of (sentences, features).

    cosine: of question and sentence; passage_cosine: of question and passage. fused: the
    passage's retrieval score less the best one's. coverage: share of the question's weighted
    terms in the sentence; _before, _after: what a neighbour adds; passage_coverage: in the
    passage, its title, outlet and date. kind: whether something of the expected kind stands in it
    that the question does not say (a half where none is expected). numbers, names: share of the
    question's in it. head: whether the noun asked for is in it. bigrams: share of neighbouring
    question words that are neighbours in it. proximity: how close the question's words stand to
    a possible answer. reason: whether a "why" meets a causal phrase.

    Args:
        question: The question.
        vector: Its unit vector.
        readings: The passages, best first.
    """
    rows = [
        _row(question, vector, reading, index, best=readings[0].hit.score)
        for reading in readings
        for index in range(len(reading.sentences))
    ]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURES))


def _row(
    question: Question, vector: NDArray[np.float32], reading: Reading, index: int, best: float
) -> list[float]:
    sentence = reading.sentences[index]
    none = frozenset[str]()
    before = reading.sentences[index - 1].stems if index else none
    after = reading.sentences[index + 1].stems if index + 1 < len(reading.sentences) else none
    coverage = question.coverage(sentence.stems)
    possible = _possible(question, sentence)
    return [
        float(sentence.vector @ vector),
        reading.hit.score - best,
        reading.hit.similarity,
        question.coverage(reading.stems | reading.about),
        coverage,
        question.coverage(sentence.stems | before) - coverage,
        question.coverage(sentence.stems | after) - coverage,
        float(any(possible)) if question.kind not in {"other", "reason"} else 0.5,
        _share(question.numbers, sentence.stems),
        _share(question.names, sentence.stems),
        float(bool(question.head) and question.head in sentence.stems),
        _bigrams(question, sentence.tokens),
        _proximity(question, sentence.tokens, possible),
        float(question.kind == "reason" and bool(_REASON.search(sentence.text))),
    ]


def _possible(question: Question, sentence: Sentence) -> list[bool]:
    """Return for each token whether it may be the answer: of its kind, and not in the question."""

    def fits(token: Token) -> bool:
        match question.kind:
            case "number":
                return token.number
            case "date":
                return token.date or token.number
            case "person" | "place":
                return token.name
            case "reason" | "other":
                return token.content

    return [fits(token) and token.stem not in question.stems for token in sentence.tokens]


def _share(wanted: frozenset[str], there: frozenset[str]) -> float:
    return len(wanted & there) / len(wanted) if wanted else 1.0


def _bigrams(question: Question, tokens: Sequence[Token]) -> float:
    pairs = {(a.stem, b.stem) for a, b in pairwise(tokens)}
    if not question.bigrams:
        return 0.0
    found = sum((a, b) in pairs or (b, a) in pairs for a, b in question.bigrams)
    return found / len(question.bigrams)


def _proximity(question: Question, tokens: Sequence[Token], possible: Sequence[bool]) -> float:
    """Return the largest weighted closeness of question words to one possible answer, 0 to 1."""
    said = [(i, t.stem) for i, t in enumerate(tokens) if t.stem in question.weights]
    closest = 0.0
    for place, may_be in enumerate(possible):
        if not may_be:
            continue
        pulls: dict[str, float] = {}
        for i, each in said:
            pull = question.weights[each] * math.exp(-abs(i - place) / _REACH)
            pulls[each] = max(pull, pulls.get(each, 0.0))
        closest = max(closest, sum(pulls.values()))
    return closest / question.mass
