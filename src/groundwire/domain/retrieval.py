"""Questions put to the store and what comes back: scopes, hits, rankings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.domain.filters import NONE_INFERRED

if TYPE_CHECKING:
    from datetime import date

    from groundwire.domain.documents import DocumentInfo, Passage
    from groundwire.domain.filters import InferredFilters


@dataclass(frozen=True, slots=True)
class Scope:
    """Which documents may be used. Every field narrows; the default is everything.

    Attributes:
        documents: Document ids, paths or glob patterns over paths; any may match.
        sources: Outlet names, compared without case; any may match.
        since: Earliest publication date, inclusive. Undated documents are left out.
        until: Latest publication date, inclusive. Undated documents are left out.
        as_of: Nothing published after this date is known. Undated documents stay.
    """

    documents: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    as_of: date | None = None

    def __post_init__(self) -> None:
        """Refuse a window that ends before it starts."""
        if self.since and self.until and self.since > self.until:
            message = f"since {self.since} is after until {self.until}"
            raise ValueError(message)

    def is_everything(self) -> bool:
        """Return whether this scope leaves nothing out."""
        return self == Scope()

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form that answers print as ``filters``."""
        return {
            "documents": list(self.documents),
            "sources": list(self.sources),
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "as_of": self.as_of.isoformat() if self.as_of else None,
        }


EVERYTHING = Scope()
"""The scope that leaves nothing out."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its score for one query: a scored thing is not a stored thing.

    Attributes:
        passage: The stored passage.
        document: What is known about its document, without the text.
        score: Fused score; larger is better. Comparable within one ranking only. A reranker
            changes the order, not this score.
        rank: Place in the ranking, from 1.
        retrievers: Which retrievers found it, of ``dense`` and ``lexical``.
        similarity: Cosine of query and passage vectors, from -1 to 1.
        copies: Other documents that hold the passage, nearly word for word; this one was
            published first, as far as is known.
    """

    passage: Passage
    document: DocumentInfo
    score: float
    rank: int
    retrievers: tuple[str, ...]
    similarity: float
    copies: tuple[DocumentInfo, ...] = ()

    def __post_init__(self) -> None:
        """Check that ranks start at 1 and that somebody found the passage."""
        if self.rank < 1 or not self.retrievers:
            message = f"a hit needs a rank from 1 and a retriever, not {self.rank}"
            raise ValueError(message)

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form that ``search --json`` prints for one hit."""
        published = self.document.published
        return {
            "rank": self.rank,
            "score": round(self.score, 6),
            "doc_id": self.document.id,
            "title": self.document.title,
            "source": self.document.source,
            "published": published.isoformat() if published else None,
            "path": self.document.path,
            "locator": self.passage.place(),
            "start": self.passage.span.start,
            "end": self.passage.span.end,
            "passage": self.passage.text,
            "retrievers": list(self.retrievers),
            "copies": [
                {"doc_id": copy.id, "source": copy.source, "path": copy.path}
                for copy in self.copies
            ],
        }


@dataclass(frozen=True, slots=True)
class Ranking:
    """Hits of one query, best first.

    Attributes:
        query: The query as it was asked.
        hits: The hits, their ranks counting 1, 2, 3 and so on.
        filters: The scope that was in force.
        inferred: The filters that were read out of the query, those lifted again among them.
    """

    query: str
    hits: tuple[Hit, ...]
    filters: Scope = Scope()
    inferred: InferredFilters = NONE_INFERRED

    def __post_init__(self) -> None:
        """Check that the ranks count up from 1."""
        if [hit.rank for hit in self.hits] != list(range(1, len(self.hits) + 1)):
            message = "the hits of a ranking are ranked 1, 2, 3 and so on"
            raise ValueError(message)

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form that ``search --json`` prints."""
        return {
            "query": self.query,
            "hits": [hit.to_dict() for hit in self.hits],
            "filters": self.filters.to_dict(),
            "inferred": [phrase.to_dict() for phrase in self.inferred.phrases],
        }
