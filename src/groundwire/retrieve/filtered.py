"""A search with the filters that the question itself speaks of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from groundwire.domain.filters import NONE_INFERRED
from groundwire.retrieve.filters import SEARCHED, facts_of, loosened, read_filters
from groundwire.retrieve.recency import newest_first

if TYPE_CHECKING:
    from groundwire.domain.filters import InferredFilters
    from groundwire.domain.retrieval import Ranking, Scope
    from groundwire.index.snapshot import Snapshot
    from groundwire.retrieve.hybrid import HybridRetriever


def search_filtered(  # noqa: PLR0913 -- one search has this many sides
    retriever: HybridRetriever,
    snapshot: Snapshot,
    question: str,
    *,
    top_k: int,
    scope: Scope,
    reads: bool,
) -> Ranking:
    """Return the best passages inside what the question speaks of, best first.

    Where that leaves no passage, its filters are lifted one kind after the other.

    Args:
        retriever: Searches one scope.
        snapshot: One revision of the index.
        question: What is asked, in any words.
        top_k: Length of the ranking, at most.
        scope: Which documents may be used.
        reads: Whether the question is read for filters at all.
    """

    def attempt(filters: InferredFilters) -> Ranking:
        inside = filters.within(scope)
        found = retriever.search(snapshot, question, top_k=top_k, scope=inside)
        ordered = newest_first(found) if filters.latest else found
        return replace(ordered, filters=inside, inferred=filters)

    if not reads:
        return attempt(NONE_INFERRED)
    read = read_filters(question, facts_of(snapshot, scope), scope).only(SEARCHED)
    first, *looser = loosened(read)
    ranking = attempt(first)
    for filters in looser:
        if ranking.hits:
            break
        ranking = attempt(filters)
    return ranking
