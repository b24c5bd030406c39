"""Retrieval: whether a headline, and a sentence without its headline's words, find their place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from groundwire.evaluate.auto.material import drawn, pick
from groundwire.text.tokens import content_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from groundwire.domain.documents import DocumentInfo
    from groundwire.evaluate.auto.declined import Searched
    from groundwire.evaluate.auto.material import Material

DEPTH = 10
MOST = 700
"""Documents that are looked for; of more they are drawn by their contents."""

_EXCERPTS = 200
_MOST_SHARED = 0.34


@dataclass(frozen=True, slots=True)
class Sought:
    """A document that was looked for.

    Attributes:
        document: The document.
        by: ``headline`` or ``excerpt``.
        query: What was searched for.
        rank: Where its first passage, or a copy's, came among the first ten; None: nowhere.
    """

    document: DocumentInfo
    by: str
    query: str
    rank: int | None

    @property
    def named(self) -> bool:
        """Whether it came first, so that its headline, outlet and date are what is shown."""
        return self.rank == 1


def has_title(info: DocumentInfo) -> bool:
    """Return whether a document has a title that is not just its file's name."""
    return bool(info.title) and info.title != PurePosixPath(info.path).stem


def queries(material: Material) -> tuple[tuple[DocumentInfo, str, str], ...]:
    """Return what documents are looked for by: document, ``headline`` or ``excerpt``, words."""
    headlines = [
        (info, "headline", info.title) for info in material.documents[:MOST] if has_title(info)
    ]
    excerpts = [(info, "excerpt", text) for info, text in _excerpts(material)]
    return (*headlines, *excerpts[:_EXCERPTS])


def search_all(
    desk: Searched, material: Material, wanted: Iterable[tuple[DocumentInfo, str, str]]
) -> Iterator[Sought]:
    """Yield where each document came; a copy of it counts as the document itself."""
    for info, by, query in wanted:
        same = material.same(info.id)
        hits = desk.search(query, top_k=DEPTH).hits
        ranks = (
            hit.rank
            for hit in hits
            if hit.document.id in same or any(copy.id in same for copy in hit.copies)
        )
        yield Sought(info, by, query, next(ranks, None))


def _excerpts(material: Material) -> Iterator[tuple[DocumentInfo, str]]:
    """Yield a sentence of each document that shares few words with its headline."""
    for info in sorted(material.documents, key=lambda each: drawn(each.title, "excerpt")):
        headline = set(content_words(info.title))
        apart = [
            told.text
            for told in material.told[info.id]
            if told.names and len(headline & set(content_words(told.text))) <= _shared(headline)
        ]
        if apart:
            yield info, pick(apart, info.title, "excerpt")


def _shared(headline: set[str]) -> int:
    return int(_MOST_SHARED * len(headline))
