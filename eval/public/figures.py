"""The figures that retrieval, answers and abstention are judged by: pure functions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Scores = Sequence[float] | NDArray[np.float64]

DEPTH = 60
ARTICLES = 10
PASSAGES = 10
PASSAGE_TOKENS = 256


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Figures of one ranking; see Tang and Yang 2024, arXiv 2401.15391, for the passage ones.

    Attributes:
        every_article: Whether every gold article is among the first ten distinct articles of
            the first 60 passages.
        recall: The share of the gold articles that are.
        map_10: Newly found facts divided by rank, summed, over at most ten facts.
        mrr_10: One over the rank of the first passage with a gold fact.
        hits_4: Whether one of the first four passages has a gold fact.
        hits_10: The same for ten.
    """

    every_article: float
    recall: float
    map_10: float
    mrr_10: float
    hits_4: float
    hits_10: float


def retrieval(
    paths: Sequence[str], texts: Sequence[str], articles: frozenset[str], facts: Sequence[str]
) -> Retrieval:
    """Return the figures of one ranking.

    Args:
        paths: Path of the document of each passage, best first.
        texts: The passages, best first; ten are enough.
        articles: Paths of the gold articles.
        facts: Gold sentences.
    """
    ranks = article_ranks(paths, articles)
    held = facts_held(texts, facts)
    seen: set[int] = set()
    precision = 0.0
    for rank, found in enumerate(held, 1):
        precision += len(found - seen) / rank
        seen |= found
    first = first_rank(held)
    return Retrieval(
        every_article=float(len(ranks) == len(articles)),
        recall=len(ranks) / len(articles) if articles else 0.0,
        map_10=precision / min(len(facts), PASSAGES) if facts else 0.0,
        mrr_10=1 / first if first else 0.0,
        hits_4=float(0 < first <= 4),  # noqa: PLR2004 -- the four of Hits@4
        hits_10=float(first > 0),
    )


def article_ranks(paths: Sequence[str], articles: frozenset[str]) -> dict[str, int]:
    """Return the rank of each gold article among the first ten distinct ones of 60 passages."""
    distinct = tuple(dict.fromkeys(paths[:DEPTH]))[:ARTICLES]
    return {path: rank for rank, path in enumerate(distinct, 1) if path in articles}


def facts_held(texts: Sequence[str], facts: Sequence[str]) -> list[set[int]]:
    """Return for each of the first ten passages which facts it holds, spaces and lines aside."""
    wanted = [_squeezed(fact) for fact in facts]
    return [
        {number for number, fact in enumerate(wanted) if fact in _squeezed(text)}
        for text in texts[:PASSAGES]
    ]


def first_rank(held: Sequence[set[int]]) -> int:
    """Return the rank, from 1, of the first passage that holds a fact; 0 if none does."""
    return next((rank for rank, found in enumerate(held, 1) if found), 0)


def names(answer: str, texts: Sequence[str]) -> bool:
    """Return whether one of the texts has the answer in it, in any case."""
    return any(answer.casefold() in text.casefold() for text in texts)


def auroc(positive: Scores, negative: Scores) -> float:
    """Return the chance that a positive scores above a negative, ties counting half."""
    ranked = np.sort(np.asarray(negative, dtype=np.float64))
    scores = np.asarray(positive, dtype=np.float64)
    below = np.searchsorted(ranked, scores, side="left")
    not_above = np.searchsorted(ranked, scores, side="right")
    return float((below + not_above).sum() / (2 * len(scores) * len(ranked)))


def coverage_at(positive: Scores, negative: Scores, false: float) -> float:
    """Return the share of positives above a threshold that lets ``false`` of the negatives by.

    Args:
        positive: Scores of what ought to be answered.
        negative: Scores of what ought not.
        false: Share of the negatives that may pass, below 1; the threshold is the lowest that
            lets no more of *these* negatives by.
    """
    falling = np.sort(np.asarray(negative, dtype=np.float64))[::-1]
    threshold = falling[int(false * len(falling))]
    return float((np.asarray(positive, dtype=np.float64) > threshold).mean())


def _squeezed(text: str) -> str:
    return text.replace(" ", "").replace("\n", "")
