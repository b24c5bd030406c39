"""Speeches: what one person says in one go in a document, however attributions break it up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from groundwire.compare.quotes.marks import quoted_stretches
from groundwire.domain.spans import Span
from groundwire.text.paragraphs import paragraphs
from groundwire.text.sentences import sentences
from groundwire.text.speech import attributions

if TYPE_CHECKING:
    from groundwire.compare.quotes.marks import Quoted

_LONGEST_BREAK = 240
_NEW_SENTENCE = re.compile(r"[.!?\u2026]\s+\S")
_CUE = re.compile(
    r"\b(?:said|says|told|tells|added|adds|asked|asks|wrote|writes|went on|continued|replied"
    r"|answered|explained|insisted|warned|joked|recalled|shouted|argued|noted|he|she|they)\b"
    r"|^\s*[,\u2013\u2014-]?\s*$"
)
_HOLDER = re.compile(r"zq(\d+)qz")
_LAST_MARK = re.compile(r"[.,?!\u2026\u3002]\s*$")


@dataclass(frozen=True, slots=True)
class Speech:
    """Stretches between quotation marks that one person says without anything told in between.

    Attributes:
        number: Its place among the speeches of its page.
        stretches: Where they stand in the document's text, without the marks.
    """

    number: int
    stretches: tuple[Span, ...]

    def holds(self, span: Span) -> bool:
        """Return whether a span lies between the marks of one stretch."""
        return any(stretch.contains(span) for stretch in self.stretches)


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of a page with its quotations taken out.

    Attributes:
        text: The sentence; ``"zq3qz,"`` stands for the fourth quotation of the page.
        quotations: The numbers of its quotations.
        span: Where it stands in the document's text, quotations and all.
        paragraph: The number of its paragraph.
    """

    text: str
    quotations: tuple[int, ...]
    span: Span
    paragraph: int


@dataclass(frozen=True)
class Page:
    """Whole paragraphs of a document, that is read for who says what.

    Attributes:
        text: The part.
        start: Where it begins in the document's text.
    """

    text: str
    start: int = 0

    @cached_property
    def quotations(self) -> tuple[tuple[int, Quoted], ...]:
        """What stands between quotation marks, each with the number of its paragraph."""
        return tuple(
            (number, quoted)
            for number, line in enumerate(paragraphs(self.text))
            for quoted in quoted_stretches(line.of(self.text), self.start + line.start)
        )

    @cached_property
    def speeches(self) -> tuple[Speech, ...]:
        """The speeches in order: quotations with nothing but an attribution between them."""
        if not self.quotations:
            return ()
        groups = [[self.quotations[0][1].span]]
        for (left_line, left), (right_line, right) in pairwise(self.quotations):
            between = self._slice(left.outer.end, right.outer.start)
            same = left_line == right_line and _breaks_only(between)
            if same or (not left.closed and right_line > left_line and not between.strip()):
                groups[-1].append(right.span)
            else:
                groups.append([right.span])
        return tuple(Speech(number, tuple(group)) for number, group in enumerate(groups))

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """The sentences in order, with their quotations taken out."""
        found: list[Told] = []
        for number, line in enumerate(paragraphs(self.text)):
            found += self._told(number, line.start, line.end)
        return tuple(found)

    def speech_of(self, span: Span) -> Speech | None:
        """Return the speech that holds a span, if one does."""
        return next((each for each in self.speeches if each.holds(span)), None)

    def _slice(self, start: int, end: int) -> str:
        return self.text[start - self.start : end - self.start]

    def _told(self, number: int, start: int, end: int) -> list[Told]:
        """Return the sentences of one paragraph."""
        parts: list[str] = []
        places: list[tuple[int, int]] = []  # where a piece of the frame begins, in both texts
        length, last = 0, start
        inside = [(n, q) for n, (line, q) in enumerate(self.quotations) if line == number]
        for n, quoted in inside:
            said = self._slice(quoted.start, quoted.end)
            mark = _LAST_MARK.search(said)
            for piece, place in (
                (self.text[last : quoted.outer.start - self.start], last),
                (f'"zq{n}qz{mark.group().strip() if mark else ""}"', -1),
            ):
                places.append((length, place))
                parts.append(piece)
                length += len(piece)
            last = quoted.outer.end - self.start
        places.append((length, last))
        frame = "".join([*parts, self.text[last:end]])
        outers = {n: quoted.outer for n, quoted in inside}
        return [_one(frame, each, number, outers, self._back(places)) for each in sentences(frame)]

    def _back(self, places: list[tuple[int, int]]) -> _Back:
        return _Back(tuple(places), self.start)


@dataclass(frozen=True, slots=True)
class _Back:
    """From places in a paragraph without its quotations to places in the document."""

    places: tuple[tuple[int, int], ...]
    start: int

    def of(self, place: int) -> int | None:
        """Return a place in the document; None if it lies in a quotation."""
        for frame, original in reversed(self.places):
            if place >= frame:
                return None if original < 0 else self.start + original + place - frame
        return None


def _one(text: str, span: Span, line: int, outers: dict[int, Span], back: _Back) -> Told:
    sentence = span.of(text)
    numbers = tuple(int(each) for each in _HOLDER.findall(sentence))
    inside = [outers[n] for n in numbers if n in outers]
    first, last = back.of(span.start), back.of(span.end - 1)
    start = first if first is not None else inside[0].start
    end = last + 1 if last is not None else inside[-1].end
    return Told(sentence, numbers, Span(start, max(end, start + 1)), line)


def _breaks_only(between: str) -> bool:
    """Return whether words between two quotations only say who speaks."""
    plain = between.strip()
    if len(plain) > _LONGEST_BREAK or _NEW_SENTENCE.search(plain):
        return False
    return bool(_CUE.search(plain) or attributions(f'"Words," {plain.rstrip(".,:")}.'))
