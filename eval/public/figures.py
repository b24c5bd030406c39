"""The figures that retrieval and abstention are judged by: pure functions."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

DEPTH = 60
ARTICLES = 10


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
    passages: Sequence[tuple[str, str]], articles: frozenset[str], facts: Sequence[str]
) -> Retrieval:
    """Return the figures of one ranking.

    Args:
        passages: Path and text of each passage, best first.
        articles: Paths of the gold articles.
        facts: Gold sentences; one is found where a passage holds it, white space aside.
    """
    distinct = tuple(dict.fromkeys(path for path, _ in passages[:DEPTH]))[:ARTICLES]
    found_articles = articles & set(distinct)
    wanted = [_squeezed(fact) for fact in facts]
    held = [{i for i, fact in enumerate(wanted) if fact in _squeezed(t)} for _, t in passages[:10]]
    seen: set[int] = set()
    precision = 0.0
    for rank, facts_held in enumerate(held, 1):
        precision += len(facts_held - seen) / rank
        seen |= facts_held
    first = next((rank for rank, facts_held in enumerate(held, 1) if facts_held), 0)
    return Retrieval(
        float(articles <= set(distinct)),
        len(found_articles) / len(articles) if articles else 0.0,
        precision / min(len(wanted), 10) if wanted else 0.0,
        1 / first if first else 0.0,
        float(0 < first <= 4),  # noqa: PLR2004 -- the four of Hits@4
        float(first > 0),
    )


def mean(figures: Sequence[Retrieval]) -> dict[str, float]:
    """Return the mean of each figure."""
    return {
        field.name: sum(getattr(each, field.name) for each in figures) / len(figures)
        for field in fields(Retrieval)
    }


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the chance that a positive scores above a negative, ties counting half."""
    ranked = sorted([(score, 1) for score in positive] + [(score, 0) for score in negative])
    total, start = 0.0, 0
    while start < len(ranked):
        end = start
        while end < len(ranked) and ranked[end][0] == ranked[start][0]:
            end += 1
        here = sum(label for _, label in ranked[start:end])
        below = sum(1 - label for _, label in ranked[:start])
        total += here * (below + (end - start - here) / 2)
        start = end
    return total / (len(positive) * len(negative))


def coverage_at(positive: Sequence[float], negative: Sequence[float], false: float) -> float:
    """Return the share of positives above a threshold that lets ``false`` of the negatives by."""
    allowed = int(false * len(negative))
    threshold = sorted(negative, reverse=True)[allowed]
    return sum(score > threshold for score in positive) / len(positive)


def _squeezed(text: str) -> str:
    return text.replace(" ", "").replace("\n", "")
