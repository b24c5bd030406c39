"""Checking a quotation against the index."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from groundwire.compare.quotes.places import nearest_places
from groundwire.compare.quotes.quoting import check_quote
from groundwire.desk.naming import at_least_one

if TYPE_CHECKING:
    from groundwire.desk.build import Parts
    from groundwire.domain.quotations import QuoteReport
    from groundwire.domain.retrieval import Scope

_NEAREST = 3
_NEAR = 0.4
"""Cosine from which a passage is worth a look for somebody whose quotation nobody printed."""


def quote_report(parts: Parts, text: str, scope: Scope) -> QuoteReport:
    """Return what the documents have of a quotation.

    The encoder is needed only where nobody said anything like it: for the passages that come
    closest in meaning.

    Args:
        parts: The desk's parts.
        text: The quotation as typed, with or without marks and speaker.
        scope: Which documents may be used.

    Raises:
        UsageError: There is no word in the text, or there are too many.
        IndexMissingError: Nothing was indexed yet.
        NoDocumentsError: The scope holds no document.
    """
    with parts.store.snapshot(scope) as snapshot:
        at_least_one(snapshot.documents(scope))
        report = check_quote(text, snapshot, scope)
    if report.label != "absent":
        return report
    retriever = parts.retriever()
    with parts.store.snapshot(scope) as snapshot:
        ranking = retriever.search(snapshot, report.quotation, top_k=_NEAREST, scope=scope)
    hits = [hit for hit in ranking.hits if hit.similarity >= _NEAR]
    return replace(report, nearest=nearest_places(report.quotation, hits))
