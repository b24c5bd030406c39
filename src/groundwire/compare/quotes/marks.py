"""What stands between quotation marks, in any of the marks that are in use."""

from __future__ import annotations

import re
from typing import NamedTuple

from groundwire.domain.spans import Span
from groundwire.text.marks import SINGLE_QUOTES

_STRAIGHT = '"\u2033\uff02'
_OPENING = "\u201e\u00ab\u300c\u300e\u201f"
_CLOSING = "\u201d\u300d\u300f"
_EITHER = "\u201c\u00bb"
"""Open in one language, close in another: “English” and „German“, «French» and »German«."""

_DOUBLE = re.compile(f"[{_STRAIGHT}{_OPENING}{_CLOSING}{_EITHER}]")
_SINGLE = re.compile(
    r"(?<!\w)[\u2018'\u201a\u2039](?=\S)(?P<inner>(?:[^\n])+?)"
    r"(?:(?<=[.,!?\u2026])['\u2019\u2018\u203a](?!\w)"
    r"|['\u2019\u2018\u203a](?=\s*(?:$|[\n.,;:!?)\u2013\u2014\u2026-])))"
)
_ENDS_SPEECH = re.compile(r"[,.?!\u2026\u3002\u2013\u2014-]$")
_OPENS_AFTER = re.compile(rf"(?:^|[\s(\[{SINGLE_QUOTES}:/\u2013\u2014-])$")


class Quoted(NamedTuple):
    """A stretch between quotation marks.

    Attributes:
        start: Offset of its first character, after the mark.
        end: Offset after its last one, before the mark.
        outer: Where it stands with its marks.
        closed: Whether a mark closes it; if not it runs to the end of its paragraph.
    """

    start: int
    end: int
    outer: Span
    closed: bool

    @property
    def span(self) -> Span:
        """What stands between the marks."""
        return Span(self.start, self.end)


def quoted_stretches(text: str, offset: int = 0) -> tuple[Quoted, ...]:
    """Return the outermost stretches between quotation marks of one paragraph, in order.

    A straight mark opens or closes by what stands beside it, and quotations inside quotations are
    part of them. Single marks are read where the paragraph has no double ones, apostrophes are
    told from them by their neighbours. A quotation that nothing closes runs to the end, as one that
    goes on in the next paragraph does; one that nothing opens begins with the text.

    Args:
        text: A paragraph.
        offset: What is added to every place.
    """
    found = tuple(_double(text)) or tuple(_single(text))
    return tuple(
        Quoted(q.start + offset, q.end + offset, q.outer.shift(offset), q.closed) for q in found
    )


def _double(text: str) -> list[Quoted]:
    found: list[Quoted] = []
    opened: list[int] = []
    for match in _DOUBLE.finditer(text):
        place = match.start()
        if _opens(text, place, [text[each] for each in opened]):
            opened.append(place)
            continue
        if not opened and (found or not _ENDS_SPEECH.search(text, 0, place)):
            continue
        first = opened.pop() if opened else -1
        if not opened:
            _take(found, text, first, place, closed=True)
    if opened:
        _take(found, text, opened[0], len(text), closed=False)
    return found


def _take(found: list[Quoted], text: str, first: int, last: int, *, closed: bool) -> None:
    """Add what stands between two marks; -1 is the start of a text that no mark opens."""
    if text[first + 1 : last].strip():
        outer = Span(max(first, 0), last + 1 if closed else last)
        found.append(Quoted(first + 1, last, outer, closed))


def _opens(text: str, place: int, opened: list[str]) -> bool:
    mark = text[place]
    if mark in _OPENING:
        return not (mark == "\u00ab" and opened[-1:] == ["\u00bb"])
    if mark in _CLOSING:
        return False
    if mark in _EITHER:
        other = {"\u201c": "\u201e", "\u00bb": "\u00ab"}[mark]
        return not (opened and opened[-1] in {other, mark})
    follows = text[place + 1 : place + 2]
    if not follows or follows.isspace():
        return False
    return bool(_OPENS_AFTER.search(text, max(place - 1, 0), place)) or (
        not opened and follows.isalnum()
    )


def _single(text: str) -> list[Quoted]:
    return [
        Quoted(*match.span("inner"), Span(*match.span()), closed=True)
        for match in _SINGLE.finditer(text)
    ]
