"""Newer documents first, and none left out: "latest", "current", "now"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from groundwire.domain.filters import InferredFilter
from groundwire.domain.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.domain.retrieval import Hit, Ranking

MARGIN = 0.25
"""Share of the best score that a hit may lack and still be as good as the best."""

_LATEST = re.compile(
    r"\b(?:(?<!at\s)(?<!at\sthe\s)latest(?!\s+in\s+an?\b)|newest|most\s+recent(?:ly)?|up[-\s]to[-\s]date"
    r"|currently|(?:the|is|are|['’]s)\s+current(?!\s+(?:affairs|account)\b)(?=\s+\w)"
    r"|right\s+now|at\s+present|at\s+the\s+moment|these\s+days|as\s+of\s+(?:now|today)"
    r"|(?<!by\s)(?<!until\s)(?<!till\s)(?<!for\s)(?<!and\s)now(?=\W*$))",
    re.IGNORECASE,
)


def asks_for_latest(question: str, named: Sequence[Span] = ()) -> tuple[InferredFilter, ...]:
    """Return the first phrase that asks for the newest state of things, if there is one.

    Args:
        question: What is asked.
        named: Where outlets are named; a word of a name asks for nothing.
    """
    for match in _LATEST.finditer(question):
        span = Span(*match.span())
        if not any(outlet.contains(span) for outlet in named):
            return (InferredFilter("latest", span, match.group(), "newest first"),)
    return ()


def good_enough(ranking: Ranking) -> float:
    """Return the least score that counts as about as good as the best; there is a hit."""
    best = max(hit.score for hit in ranking.hits)
    return best - MARGIN * abs(best)


def newest_first(ranking: Ranking) -> Ranking:
    """Return the same hits, those about as good as the best ordered by publication.

    The places and the scores of the hits within the margin stay what they were; the hits change
    places among them, the newest first, the undated last. Nothing is left out.
    """
    if not ranking.hits:
        return ranking
    enough = good_enough(ranking)
    places = [place for place, hit in enumerate(ranking.hits) if hit.score >= enough]
    newest = sorted((ranking.hits[place] for place in places), key=published, reverse=True)
    scores = sorted((hit.score for hit in newest), reverse=True)
    hits = list(ranking.hits)
    for place, hit, score in zip(places, newest, scores, strict=True):
        hits[place] = replace(hit, rank=place + 1, score=score)
    return replace(ranking, hits=tuple(hits))


def published(hit: Hit) -> date:
    """Return the day of publication; the undated come before all others."""
    return hit.document.published or date.min
