"""Where sentences begin and end, by rules; news English first."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING

from groundwire.domain.spans import Span
from groundwire.text.boundaries import sentence_end, terminators
from groundwire.text.paragraphs import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 1200
_SHORTEST_CUT = 600
_CUTS = tuple(map(re.compile, (r"[;\uff1b]\s*", r"[,\uff0c\u3001]\s*", r"\s+")))


def sentences(text: str, span: Span | None = None) -> tuple[Span, ...]:
    """Return the sentences of a normalised text, in order.

    A sentence ends at a full stop, question mark, exclamation mark or ellipsis, with the quotation
    marks and brackets that close after it, where a new sentence can begin; see
    ``groundwire.text.boundaries`` for the rules. It never crosses a paragraph break, and the end of
    a paragraph ends it. A run of more than 1,200 characters without an end is cut at a semicolon,
    a comma or a space, in this order of preference, so that no sentence is longer.

    Args:
        text: Text in the form that ``normalize`` returns.
        span: The part to split; the whole text if None. Paragraph breaks are those of the whole.

    Returns:
        Spans of ``text`` that do not overlap, hold every character of the part that is not white
        space, and neither begin nor end with white space.
    """
    found: list[Span] = []
    for paragraph in _within(text, span):
        for start, end in _split(text, paragraph):
            found.extend(_trimmed(text, start, end))
    return tuple(found)


def _within(text: str, span: Span | None) -> Iterator[Span]:
    """Yield the parts of paragraphs that lie in ``span``."""
    whole = paragraphs(text)
    if span is None:
        yield from whole
        return
    first = max(bisect_right(whole, span.start, key=lambda paragraph: paragraph.start) - 1, 0)
    for paragraph in islice(whole, first, None):
        if paragraph.start >= span.end:
            return
        start, end = max(paragraph.start, span.start), min(paragraph.end, span.end)
        if start < end:
            yield Span(start, end)


def _split(text: str, paragraph: Span) -> Iterator[tuple[int, int]]:
    """Yield the untrimmed ranges between the sentence boundaries of one paragraph."""
    start = paragraph.start
    for match in terminators(text, paragraph):
        end = None
        if match.end() < paragraph.end:
            end = sentence_end(text, match, paragraph.start, start)
        if end is not None:
            yield start, end
            start = end
    if start < paragraph.end:
        yield start, paragraph.end


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the range without its outer white space, in pieces if it is too long."""
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end:
        if text[start].isspace():
            start += 1
            continue
        cut = end if end - start <= _LONGEST else _cut(text, start)
        yield Span(start, start + len(text[start:cut].rstrip()))
        start = cut


def _cut(text: str, start: int) -> int:
    """Return where to cut an overlong run: after the last good place in its second half."""
    limit = start + _LONGEST
    for pattern in _CUTS:
        ends = [match.end() for match in pattern.finditer(text, start + _SHORTEST_CUT, limit)]
        if ends:
            return ends[-1]
    return limit
