"""The numbered sources of a stored result: what each is, and its passage with the cited words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.domain.spans import Span
from groundwire.interfaces.render.escape import one_line, printable
from groundwire.interfaces.render.markdown import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from groundwire.interfaces.render.stored import Cited, Found, QuotedAt, Silence, Stored


@dataclass(frozen=True, slots=True)
class Entry:
    """One source of an exchange.

    Attributes:
        label: What markers call it, such as ``1``.
        description: Title, outlet, date, places and path, in one line.
        passage: The passage that was found; empty if none was kept.
        marks: The cited characters of the passage, in order, none overlapping.
        beside: Cited words that do not stand in the passage.
    """

    label: str
    description: str
    passage: str = ""
    marks: tuple[Span, ...] = ()
    beside: tuple[str, ...] = ()

    def parts(self) -> Iterator[tuple[str, bool]]:
        """Yield the passage in pieces, each with whether it is cited."""
        position = 0
        for mark in self.marks:
            yield self.passage[position : mark.start], False
            yield mark.of(self.passage), True
            position = mark.end
        yield self.passage[position:], False


def entries(stored: Stored) -> tuple[Entry, ...]:
    """Return the sources that a result rests on: those cited, by their number."""
    if stored.places:
        return tuple(_place(number, place) for number, place in enumerate(stored.places, 1))
    if stored.left and stored.right:
        return (Entry("A", named(stored.left)), Entry("B", named(stored.right)))
    return tuple(_cited(stored))


def named(found: Found, place: str = "") -> str:
    """Return title, outlet, date, place, path and copies in one line."""
    copies = dict.fromkeys(copy.source or copy.path for copy in found.copies)
    also = f"also in {', '.join(copies)}" if copies else ""
    where = place or found.locator
    parts = (found.title, found.source, found.published or "", where, found.path, also)
    return " · ".join(one_line(part) for part in parts if part)


def excerpts(silence: Silence) -> Iterator[tuple[Found, str]]:
    """Yield the closest passages, each with its text from the closest sentence on, cut short."""
    for number, found in enumerate(silence.nearest):
        start = silence.closest[number][0] - found.start if number < len(silence.closest) else 0
        yield found, excerpt(found.passage[max(0, start) :])


def _cited(stored: Stored) -> Iterator[Entry]:
    cited = [*(one for claim in stored.claims for one in claim.citations), *stored.evidence]
    for source in stored.sources:
        mine = [one for one in cited if one.n == source.n]
        if mine:
            places = ", ".join(dict.fromkeys(one.locator for one in mine if one.locator))
            marks, beside = _marks(source, mine)
            passage = printable(source.passage)
            yield Entry(str(source.n), named(source, places), passage, marks, beside)


def _marks(source: Found, cited: Iterable[Cited]) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    """Return where the cited words stand in a passage, and those that stand outside it."""
    inside: list[Span] = []
    beside: list[str] = []
    for one in cited:
        start, end = one.start - source.start, one.end - source.start
        exact = 0 <= start < end <= len(source.passage)
        if exact and source.passage[start:end] == one.quote:
            inside.append(Span(start, end))
        elif one.quote.strip():
            beside.append(printable(one.quote))
    return _merged(inside), tuple(dict.fromkeys(beside))


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that overlap made one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and merged[-1].overlaps(span):
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _place(number: int, place: QuotedAt) -> Entry:
    parts = (place.title, place.source, place.published or "", place.locator, place.path)
    description = " · ".join(one_line(part) for part in parts if part)
    start = place.sentence.find(place.quote) if place.quote else -1
    if start < 0:
        beside = (printable(place.quote),) if place.quote.strip() else ()
        return Entry(str(number), description, printable(place.sentence), (), beside)
    marks = (Span(start, start + len(place.quote)),)
    return Entry(str(number), description, printable(place.sentence), marks)
