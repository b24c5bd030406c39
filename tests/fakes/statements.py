"""Statements, differences and quotation places over made-up documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from groundwire.domain.comparisons import Difference, Statement
from groundwire.domain.quotations import QuotePlace
from groundwire.domain.spans import Span
from groundwire.ground.cite import cite
from tests.fakes.passages import hit

JUNE = date(2019, 6, 10)


def statement(text: str, value: str = "", *, name: str = "a", speaker: str = "") -> Statement:
    """Return the statement of a one-sentence document, with one of its substrings as value."""
    found = hit(text, name=name)
    start = text.index(value)
    span = Span(start, start + len(value)) if value else None
    citation = cite(found, Span(0, len(text)))
    return Statement(citation, found.document.source, JUNE, span, speaker)


def conflict() -> Difference:
    """Return two counts of one march."""
    return Difference(
        "conflict",
        "number",
        "marchers",
        (
            statement("More than 1.03 million marched, organisers said.", "1.03 million"),
            replace(
                statement("Police counted 240,000.", "240,000", name="b", speaker="Police"),
                source="Northgate Times",
            ),
        ),
    )


def place(text: str, quote: str, *, name: str = "a", speaker: str = "Mara Lind") -> QuotePlace:
    """Return the place of some words in a one-sentence document."""
    found = hit(text, name=name)
    start = text.index(quote)
    citation = cite(found, Span(start, start + len(quote)))
    return QuotePlace(citation, found.document, speaker, quoted=True, sentence=text)
