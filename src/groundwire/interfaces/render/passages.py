"""An article with its cited characters highlighted: what ``/open`` shows."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from groundwire.domain.spans import Span
from groundwire.interfaces.render.days import day
from groundwire.interfaces.render.escape import one_line, printable
from groundwire.interfaces.render.lines import EMPTY, Line, faint, strong
from groundwire.text.paragraphs import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from groundwire.domain.documents import Document, Locator
    from groundwire.interfaces.render.lines import Role

_CITED = "> "
_NOT_CITED = "  "


def opened(
    document: Document, spans: Sequence[Span], *, around: int | None = None, marked: bool = False
) -> Iterator[Line]:
    """Yield an article: its title block, and its paragraphs with the cited characters highlighted.

    Each paragraph begins with its locator, a cited one with ``>`` before it, so that nothing hangs
    on colour.

    Args:
        document: The document with its text of record.
        spans: The cited characters, as offsets of its text, in any order.
        around: How many paragraphs before and after a cited one to show; None: the whole article.
        marked: Whether cited characters stand in ``[[`` and ``]]`` too, for where there is no
            emphasis.
    """
    cited = _merged(spans, len(document.text))
    pieces = list(_pieces(document))
    yield from _title_block(document, pieces, cited)
    shown = _shown(pieces, cited, around)
    last = -1
    for number in shown:
        if number - last > 1:
            yield from _gap(number - last - 1)
        yield EMPTY
        span, label = pieces[number]
        yield _paragraph(document.text, span, label, cited, marked=marked)
        last = number
    if len(pieces) - last > 1:
        yield from _gap(len(pieces) - last - 1)


def _pieces(document: Document) -> Iterator[tuple[Span, str]]:
    """Yield the paragraphs and headings of a document, a paragraph with its locator.

    A named place that goes on for several paragraphs, such as a page, is named where it begins.
    """
    number, named = 0, ""
    for span in paragraphs(document.text):
        if any(heading.contains(span) for heading in document.headings):
            yield span, ""
            continue
        number += 1
        place = _place(document, span)
        if place is not None and span.contains(place.span):
            yield span, place.label
        elif place is not None and place.label != named:
            named = place.label
            yield span, f"{named}, ¶ {number}"
        else:
            yield span, f"¶ {number}"


def _place(document: Document, span: Span) -> Locator | None:
    """Return the named place that a span begins in."""
    index = bisect_right(document.locators, span.start, key=lambda each: each.span.start) - 1
    if index < 0 or document.locators[index].span.end <= span.start:
        return None
    return document.locators[index]


def _title_block(
    document: Document, pieces: Sequence[tuple[Span, str]], cited: Sequence[Span]
) -> Iterator[Line]:
    yield strong(one_line(document.title))
    published = day(document.published) if document.published else ""
    known = (document.source, published, document.author, document.path)
    yield faint(" · ".join(one_line(part) for part in known if part))
    places = (
        f"{next((label for piece, label in pieces if label and piece.overlaps(span)), 'heading')}, "
        f"characters {span.start} to {span.end}"
        for span in cited
    )
    said = "; ".join(places)
    if said:
        yield faint(f"Cited: {said}")


def _shown(
    pieces: Sequence[tuple[Span, str]], cited: Sequence[Span], around: int | None
) -> list[int]:
    """Return the numbers of the paragraphs to show, in order."""
    central = [
        number
        for number, (piece, _) in enumerate(pieces)
        if any(piece.overlaps(span) for span in cited)
    ]
    if around is None or not central:
        return list(range(len(pieces)))
    return [
        number
        for number in range(len(pieces))
        if any(abs(number - middle) <= around for middle in central)
    ]


def _gap(count: int) -> Iterator[Line]:
    yield EMPTY
    yield faint(f"{_NOT_CITED}[{count} paragraph{'s' * (count != 1)} left out]")


def _paragraph(text: str, piece: Span, label: str, cited: Sequence[Span], *, marked: bool) -> Line:
    inside = [
        Span(max(span.start, piece.start), min(span.end, piece.end))
        for span in cited
        if span.overlaps(piece)
    ]
    role: Role = "marker" if inside else "faint"
    parts: list[tuple[str, Role]] = [
        (f"{_CITED if inside else _NOT_CITED}{label and f'{label}  '}", role)
    ]
    body: Role = "plain" if label else "strong"
    position = piece.start
    for span in inside:
        parts.append((_folded(text[position : span.start]), body))
        words = _folded(span.of(text))
        parts.append((f"[[{words}]]" if marked else words, "marker"))
        position = span.end
    parts.append((_folded(text[position : piece.end]), body))
    return Line(tuple(parts))


def _folded(text: str) -> str:
    """Return printable text with line ends and tabs as spaces, inner spacing kept."""
    return printable(text).replace("\n", " ").replace("\t", " ")


def _merged(spans: Iterable[Span], length: int) -> list[Span]:
    """Return spans in order, cut to the text, those that touch or overlap joined."""
    merged: list[Span] = []
    for span in sorted(spans):
        if span.start >= length:
            continue
        clipped = Span(span.start, min(span.end, length))
        if merged and clipped.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, clipped.end))
        else:
            merged.append(clipped)
    return merged
