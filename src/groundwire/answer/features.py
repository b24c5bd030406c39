"""What is measured of a sentence, held against a question."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from groundwire.answer.tokens import tokenize
from groundwire.retrieve.late import weighted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from groundwire.answer.candidates import Reading, Sentence
    from groundwire.answer.question import Question
    from groundwire.answer.tokens import Token
    from groundwire.retrieve.asked import Asked
    from groundwire.retrieve.late import Matches

FEATURES = (
    "cosine",
    "fused",
    "passage_cosine",
    "passage_coverage",
    "coverage",
    "coverage_before",
    "coverage_with_title",
    "kind",
    "counted",
    "numbers",
    "bigrams",
    "proximity",
    "late",
    "late_around",
    "late_passage",
    "late_second",
)
"""Names of the columns, in order; meanings in ``sentence_features``."""

_LATE = 4
"""The last columns, which token vectors give."""

_AHEAD = 4
"""Tokens before what is counted in which its number is looked for: "400 tired firefighters"."""

_REACH = 6.0
"""Tokens after which the pull of a question word on a candidate has fallen to 1/e."""


def sentence_features(
    question: Question, asked: Asked, readings: Sequence[Reading], matches: Matches
) -> NDArray[np.float64]:
    """Return the features of every sentence of the passages, of (sentences, features).

    cosine: of question and sentence; passage_cosine: of question and passage. fused: the
    passage's retrieval score less the best one's. coverage: share of the question's weighted
    terms in the sentence; coverage_before: what the one before adds; coverage_with_title: in the
    sentence, title, outlet and date; passage_coverage: in the passage and those. kind: whether
    something of the expected kind stands in it that the question does not say (a half where none
    is expected). counted: whether what is to be counted stands in it (a half), right after a number
    (one); a half where nothing is. numbers: share of the question's in it. bigrams: share of
    neighbouring question words that are neighbours in it. proximity: how close the question's
    words stand to a possible answer. late: late interaction with the sentence; late_around: with
    it and its two neighbours; late_second: the second worst match of a word that matters; all
    three but for words that the title, outlet or date says. late_passage: with the passage.

    Args:
        question: The question.
        asked: Its vectors.
        readings: The passages, best first.
        matches: How its tokens are matched by these passages and their sentences.
    """
    best = readings[0].hit.score if readings else 0.0
    rows = [
        _row(question, asked.encoding.vector, reading, index, best=best)
        for reading in readings
        for index in range(len(reading.sentences))
    ]
    words = np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURES) - _LATE)
    return np.concatenate([words, _late(asked, readings, matches)], axis=1)


def _late(asked: Asked, readings: Sequence[Reading], matches: Matches) -> NDArray[np.float64]:
    """Return the four columns of late interaction, of (sentences, 4).

    They are not numbers where the encoder gives no token vectors: nothing is known then.
    """
    alone, owner = matches.sentences, matches.owner
    if not len(asked.weights):
        return np.full((len(alone), _LATE), np.nan)
    around = alone.copy()
    same = owner[1:] == owner[:-1]
    around[1:][same] = np.maximum(around[1:][same], alone[:-1][same])
    around[:-1][same] = np.maximum(around[:-1][same], alone[1:][same])
    weights = _weights_beside_titles(asked, readings)[owner]
    total = np.maximum(weights.sum(axis=1), 1e-9)
    second = [
        np.sort(row[heavy])[: min(2, heavy.sum())][-1]
        for row, heavy in zip(
            alone, weights >= weights.mean(axis=1, keepdims=True) / 2, strict=True
        )
    ]
    passages = weighted(matches.passages, asked.weights)[owner]
    columns = (
        (alone * weights).sum(axis=1) / total,
        (around * weights).sum(axis=1) / total,
        passages,
        np.array(second),
    )
    return np.stack(columns, axis=1).astype(np.float64)


def _weights_beside_titles(asked: Asked, readings: Sequence[Reading]) -> NDArray[np.float64]:
    """Return what tokens weigh for each passage, of (passages, tokens).

    A word that the headline, outlet or date says need not stand in the sentence.
    """
    said = [
        frozenset(token.stem for token in tokenize(place.of(asked.query.text)))
        for place in asked.encoding.places
    ]
    open_ = np.array([[stems.isdisjoint(r.about) for stems in said] for r in readings])
    weights = open_.reshape(len(readings), len(said)) * asked.weights
    silent = ~weights.any(axis=1)
    weights[silent] = asked.weights
    return weights


def _row(
    question: Question, vector: NDArray[np.float32], reading: Reading, index: int, best: float
) -> list[float]:
    sentence = reading.sentences[index]
    none = frozenset[str]()
    before = reading.sentences[index - 1].stems if index else none
    coverage = question.coverage(sentence.stems)
    possible = _possible(question, sentence)
    return [
        float(sentence.vector @ vector),
        reading.hit.score - best,
        reading.hit.similarity,
        question.coverage(reading.stems | reading.about),
        coverage,
        question.coverage(sentence.stems | before) - coverage,
        question.coverage(sentence.stems | reading.about),
        float(any(possible)) if question.kind not in {"other", "reason"} else 0.5,
        _counted(question, sentence.tokens),
        _share(question.numbers, sentence.stems),
        _bigrams(question, sentence.tokens),
        _proximity(question, sentence.tokens, possible),
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


def _counted(question: Question, tokens: Sequence[Token]) -> float:
    """Return whether what is to be counted stands in a sentence, and right after a number."""
    if not question.counted:
        return 0.5
    places = [i for i, token in enumerate(tokens) if token.stem in question.counted]
    numbered = any(
        token.number and token.stem not in question.stems
        for i in places
        for token in tokens[max(0, i - _AHEAD) : i]
    )
    return 1.0 if numbered else 0.5 * bool(places)


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
