"""Hits over made-up documents, for tests of what comes after retrieval."""

from __future__ import annotations

from groundwire.domain.documents import DocumentId, DocumentInfo, Passage, PassageId
from groundwire.domain.retrieval import Hit
from groundwire.domain.spans import Span


def hit(text: str, *, name: str = "a", rank: int = 1, start: int = 0, paragraph: int = 1) -> Hit:
    """Return a hit whose passage stands at ``start`` in a document called ``name``."""
    info = DocumentInfo(
        DocumentId(name), f"{name}.md", f"Title {name}", "Harbour Wire", "", None, "en", 10_000, 1
    )
    span = Span(start, start + len(text))
    passage = Passage(PassageId(f"{name}-{start}"), info.id, span, text, "", paragraph)
    return Hit(passage, info, 1.0 / rank, rank, ("lexical",), 0.5)
