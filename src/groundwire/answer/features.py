"""What is measured of a sentence, held against a question."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from groundwire.answer.expected import expected
from groundwire.answer.fit import GROUPS, bound, by_group, fitness
from groundwire.answer.speaking import asked_speaker, speaks
from groundwire.answer.tokens import tokenize
from groundwire.retrieve.late import weighted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from groundwire.answer.candidates import Reading
    from groundwire.answer.expected import Expected
    from groundwire.answer.question import Question
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
    "numbers",
    "length",
    "speaker",
    "bound",
    *GROUPS,
    "late",
    "late_around",
    "late_before",
    "late_passage",
    "late_second",
)
"""Names of the columns, in order; meanings in ``sentence_features``."""

_LATE = 5
"""The last columns, which token vectors give."""


def sentence_features(
    question: Question, asked: Asked, readings: Sequence[Reading], matches: Matches
) -> NDArray[np.float64]:
    """Return the features of every sentence of the passages, of (sentences, features).

    cosine: of question and sentence; passage_cosine: of question and passage. fused: the
    passage's retrieval score less the best one's. coverage: share of the question's weighted
    terms in the sentence; coverage_before: what the one before adds; coverage_with_title: in the
    sentence, title, outlet and date; passage_coverage: in the passage and those. numbers: share of
    the question's in it. length: logarithm of its tokens, for a long one covers much by chance.
    speaker: whether it gives the words of whom the question asks about. bound: whether a number of
    what is to be counted stands in it. number, time, who, where, why, says: whether it gives
    something of that sort that the question does not say; a half where the question does not ask
    for it. late: late interaction with the sentence; late_around: with it and its two neighbours;
    late_before: with it and the one before; late_second: the second worst match of a word that
    matters; all four but for words that the title, outlet or date says. late_passage: with the
    passage.

    Args:
        question: The question.
        asked: Its vectors.
        readings: The passages, best first.
        matches: How its tokens are matched by these passages and their sentences.
    """
    best = readings[0].hit.score if readings else 0.0
    wanted, speaker = expected(question.text), asked_speaker(question.text)
    rows = [
        [
            *_related(question, asked.encoding.vector, reading, index, best=best),
            *_fits(question, wanted, speaker, reading, index),
        ]
        for reading in readings
        for index in range(len(reading.sentences))
    ]
    words = np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURES) - _LATE)
    return np.concatenate([words, _late(asked, readings, matches)], axis=1)


def _related(
    question: Question, vector: NDArray[np.float32], reading: Reading, index: int, best: float
) -> list[float]:
    """Return the columns from ``cosine`` to ``numbers``."""
    sentence = reading.sentences[index]
    before = reading.sentences[index - 1].stems if index else frozenset[str]()
    coverage = question.coverage(sentence.stems)
    return [
        float(sentence.vector @ vector),
        reading.hit.score - best,
        reading.hit.similarity,
        question.coverage(reading.stems | reading.about),
        coverage,
        question.coverage(sentence.stems | before) - coverage,
        question.coverage(sentence.stems | reading.about),
        _share(question.numbers, sentence.stems),
    ]


def _fits(
    question: Question, wanted: Expected, speaker: frozenset[str], reading: Reading, index: int
) -> list[float]:
    """Return the columns from ``length`` to the sorts."""
    sentence = reading.sentences[index]
    return [
        math.log1p(len(sentence.tokens)),
        speaks(speaker, sentence.text, sentence.stems),
        bound(question, wanted, sentence),
        *by_group(wanted, fitness(question, wanted, sentence)),
    ]


def _share(wanted: frozenset[str], there: frozenset[str]) -> float:
    return len(wanted & there) / len(wanted) if wanted else 1.0


def _late(asked: Asked, readings: Sequence[Reading], matches: Matches) -> NDArray[np.float64]:
    """Return the five columns of late interaction, of (sentences, 5).

    They are not numbers where the encoder gives no token vectors: nothing is known then.
    """
    alone, owner = matches.sentences, matches.owner
    if not len(asked.weights):
        return np.full((len(alone), _LATE), np.nan)
    before, around = alone.copy(), alone.copy()
    same = owner[1:] == owner[:-1]
    before[1:][same] = np.maximum(alone[1:][same], alone[:-1][same])
    around[1:] = before[1:]
    around[:-1][same] = np.maximum(around[:-1][same], alone[1:][same])
    weights = _weights_beside_titles(asked, readings)[owner]
    total = np.maximum(weights.sum(axis=1), 1e-9)
    columns = (
        (alone * weights).sum(axis=1) / total,
        (around * weights).sum(axis=1) / total,
        (before * weights).sum(axis=1) / total,
        weighted(matches.passages, asked.weights)[owner],
        _second_worst(alone, weights),
    )
    return np.stack(columns, axis=1).astype(np.float64)


def _second_worst(alone: NDArray[np.float32], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    heavy = weights >= weights.mean(axis=1, keepdims=True) / 2
    return np.array(
        [
            np.sort(row[matters])[: min(2, matters.sum())][-1]
            for row, matters in zip(alone, heavy, strict=True)
        ]
    )


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
