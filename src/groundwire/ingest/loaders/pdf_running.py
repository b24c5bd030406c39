"""Running heads and page numbers: lines that a PDF repeats on its pages."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundwire.ingest.loaders.pdf_lines import Line, Page

_PAGES = 3
_OUTERMOST = 3
_EDGE = 0.14  # of the page's height
_STEP = 4.0  # points by which a line may move from page to page
_NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
_ROMAN = re.compile(r"[ivxlc]{1,8}", re.IGNORECASE)


def without_running_lines(pages: Sequence[Page]) -> list[list[Line]]:
    """Take out lines at the edge of a page that stand there on three pages or more.

    A number in such a line may go up as the pages do, in figures or, alone, in Roman numerals.
    The head of a table that is repeated on each page is kept once.

    Returns:
        The lines that are left of each page.
    """
    at: dict[tuple[str, int], set[int]] = defaultdict(set)
    outer = [_outer(page) for page in pages]
    for lines in outer:
        for line in lines:
            for key in _keys(line):
                at[key].add(line.page)
    repeated = {key for key, numbers in at.items() if len(numbers) >= _PAGES}
    known: set[str] = set()
    left: list[list[Line]] = []
    for page, edge in zip(pages, outer, strict=True):
        dropped = {id(line) for line in edge if repeated.intersection(_keys(line))}
        kept = []
        for line in page.lines:
            is_new_head = line.is_row and not _NUMBER.search(line.text) and line.text not in known
            if id(line) not in dropped or is_new_head:
                kept.append(line)
            known.add(line.text)
        left.append(kept)
    return left


def _outer(page: Page) -> list[Line]:
    """Return the first and last few lines of a page, as far as they stand at its edges."""
    margin = _EDGE * (page.top - page.bottom)
    order = sorted(page.lines, key=lambda line: line.bottom)
    low = [line for line in order[:_OUTERMOST] if line.bottom < page.bottom + margin]
    high = [line for line in order[-_OUTERMOST:] if line.bottom > page.top - margin]
    return low + high


def _keys(line: Line) -> Iterator[tuple[str, int]]:
    """Yield what a running line shares with the same line of other pages: words and place."""
    words = [line.text]
    if numbers := list(_NUMBER.finditer(line.text)):
        for number in {numbers[0], numbers[-1]}:
            ahead = int(number[0]) - line.page
            words.append(f"{line.text[: number.start()]}\0{ahead:+d}{line.text[number.end() :]}")
            if number.start() == 0 or number.end() == len(line.text):
                words.append(f"\0{ahead:+d}")  # beside the title of each chapter
    elif _ROMAN.fullmatch(line.text):
        words.append("\0roman")
    place = round(line.bottom / _STEP)
    for text in words:
        yield text, place
        yield text, place + 1
