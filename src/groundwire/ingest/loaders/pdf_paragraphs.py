"""From the lines of PDF pages to paragraphs and headings."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from groundwire.domain.documents import Locator
from groundwire.domain.spans import Span
from groundwire.ingest.loaders.pdf_words import Vocabulary
from groundwire.text.marks import CLOSING_QUOTES
from groundwire.text.normalize import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from groundwire.ingest.loaders.pdf_lines import Line

_GAP = "\n\n"
_BULLET = re.compile(r"(?:[•▪◦‣●■∙] ?|[–·\ue000-\uf8ff] )(?=\S)")
_ITEM = re.compile(r"(?:[-*–] |\(?(?:\d{1,3}|[a-z])[.)] )")
_HYPHEN_AT_END = re.compile(r"\S[-\u2010]$")
_ENDS = (*".!?:…", *CLOSING_QUOTES)
_HEADING_SIZE = 1.15
_LONGEST_HEADING = 200
_SAME_SIZE = 0.12
_SAME_HEADING_SIZE = 0.03
_LOOSE = 1.3  # of the document's usual distance between two lines
_INDENT = 0.8  # of the size
_COLUMN = 2.5  # of the size: how far apart the left ends of one column's lines may be
_LEADING = 1.2
_LIKELY_LEADING = (0.8, 3.0)
_COMMON = 0.3
_BARELY_FULL = 0.6  # of the column's width
_CENTRED_MOST = 0.6
_RAGGED = 0.5  # of the size
_LEADERS = re.compile(r"(?:\. ?){4}")


@dataclass(frozen=True, slots=True)
class Composed:
    """The text of record of a PDF, its headings, and where its pages stand in it."""

    text: str
    headings: tuple[Span, ...]
    locators: tuple[Locator, ...]


@dataclass(frozen=True, slots=True)
class _Style:
    """What most lines of a document have in common: size, and distance as a share of it."""

    size: float
    leading: float


def compose_pages(pages: Sequence[Sequence[Line]]) -> Composed:
    """Join the lines of pages into paragraphs, and mark headings and pages.

    A paragraph may go on in the next column or on the next page. A word that a hyphen breaks at
    the end of a line is made whole, unless the document itself writes it with a hyphen.

    Args:
        pages: The lines of each page in reading order, without running heads.
    """
    lines = [line for page in pages for line in page]
    style = _style(lines)
    words = Vocabulary(pages)
    texts: list[str] = []
    headings: list[Span] = []
    begins: dict[int, int] = {}
    offset = 0
    for group in _groups(pages, style):
        text, joints = _joined(group, words)
        if not text:
            continue
        if _is_heading(group, text, style):
            headings.append(Span(offset, offset + len(text)))
        for line, joint in zip(group, joints, strict=True):
            begins.setdefault(line.page, offset + joint)
        texts.append(text)
        offset += len(text) + len(_GAP)
    whole = _GAP.join(texts)
    return Composed(whole, tuple(headings), tuple(_places(whole, begins)))


def _places(text: str, begins: dict[int, int]) -> Iterator[Locator]:
    """Yield where each page stands, without the white space between two."""
    ends = [*begins.values(), len(text)][1:]
    for (page, begin), end in zip(begins.items(), ends, strict=True):
        last = len(text[begin:end].rstrip())
        if last:
            yield Locator(Span(begin, begin + last), f"p. {page}")


def _style(lines: Iterable[Line]) -> _Style:
    """Return the size of most characters, and the usual distance of lines of that size."""
    lines = list(lines)
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 1.0
    steps = Counter(
        round((above.bottom - below.bottom) / size, 2)
        for above, below in pairwise(lines)
        if above.page == below.page and above.size == below.size == size and not below.is_row
    )
    closest, furthest = _LIKELY_LEADING
    likely = {step: count for step, count in steps.items() if closest <= step <= furthest}
    common = _COMMON * max(likely.values(), default=0)
    # Distances between paragraphs are as common as those inside them where paragraphs are short.
    return _Style(size, min((step for step, n in likely.items() if n >= common), default=_LEADING))


def _groups(pages: Sequence[Sequence[Line]], style: _Style) -> Iterator[list[Line]]:
    """Yield the lines of each paragraph, heading or row."""
    group: list[Line] = []
    page: Sequence[Line] = ()
    for lines in pages:
        for line in lines:
            if group and not _goes_on(group, line, page, style):
                yield group
                group = []
            group.append(line)
            page = lines
    if group:
        yield group


def _goes_on(group: Sequence[Line], line: Line, page: Sequence[Line], style: _Style) -> bool:
    """Return whether a line continues the paragraph of the lines before it.

    Args:
        group: The lines of the paragraph so far.
        line: The line that comes next.
        page: The page of the last line of the paragraph.
        style: What most lines of the document have in common.
    """
    last = group[-1]
    is_large = last.size > _HEADING_SIZE * style.size
    if _is_apart(group, line, _SAME_HEADING_SIZE if is_large else _SAME_SIZE):
        return False
    distance = last.bottom - line.bottom
    if last.page != line.page or distance < 0:
        unended = last.is_broken or not last.text.endswith(_ENDS)
        return unended and not is_large and not _is_short(last, line, page)
    if is_large:
        return distance <= _LOOSE * max(style.leading, _LEADING) * line.size
    indent = (line.left - last.left) / line.size
    hangs = len(group) == 1 and _is_item(last)
    is_set_off = indent < -_COLUMN or (indent > _INDENT and not hangs)
    if is_set_off or distance > _LOOSE * style.leading * line.size:
        return False
    return last.is_broken or not _is_short(last, line, page)


def _is_apart(group: Sequence[Line], line: Line, tolerance: float) -> bool:
    """Return whether a line is of another kind than the lines before it."""
    last = group[-1]
    if last.is_row or line.is_row or _is_item(line):
        return True
    if abs(last.size - line.size) > tolerance * line.size:
        return True
    return last.bold != line.bold and (len(group) == 1 or line.bold)


def _is_item(line: Line) -> bool:
    """Return whether a line begins an item of a list."""
    return bool(_BULLET.match(line.text) or _ITEM.match(line.text))


def _is_short(line: Line, following: Line, page: Sequence[Line]) -> bool:
    """Return whether a line ends before its column does.

    That is where the first word of the following line would have fitted on it; one that breaks off
    in the middle of a sentence must be shorter than that, because margins are ragged.
    """
    reach = _COLUMN * line.size
    right = max(
        other.right
        for other in (*page, line)
        if abs(other.left - line.left) < reach and not other.is_row
    )
    if _is_centred(line, page) and not following.text[:1].islower():
        return True
    if not line.text.endswith(_ENDS) and following.text[:1].islower():
        return line.right < line.left + _BARELY_FULL * (right - line.left)
    word = following.text.split(" ", 1)[0]
    width = (following.right - following.left) * (len(word) + 1) / len(following.text)
    return line.right + width + _RAGGED * line.size < right


def _is_centred(line: Line, page: Sequence[Line]) -> bool:
    """Return whether a short line stands in the middle of the column, as a by-line may."""
    widest = max((*page, line), key=lambda other: other.right - other.left)
    middle = (widest.left + widest.right) / 2
    off = abs((line.left + line.right) / 2 - middle)
    is_short = line.right - line.left < _CENTRED_MOST * (widest.right - widest.left)
    return is_short and off < line.size / 2


def _joined(group: Sequence[Line], words: Vocabulary) -> tuple[str, list[int]]:
    """Return a paragraph's text, and for each of its lines the offset at which it begins."""
    text = ""
    joints: list[int] = []
    for line in group:
        piece = line.text
        if not joints:
            piece = _BULLET.sub("- ", piece, count=1) if _BULLET.match(piece) else piece
        elif not _HYPHEN_AT_END.search(text):
            text += " "
        elif piece[:1].islower() and not words.keeps_hyphen(text, piece):
            text = text[:-1]
        joints.append(len(text))
        text += piece
    whole = normalize(text)
    return whole, [min(joint, len(whole)) for joint in joints]


def _is_heading(group: Sequence[Line], text: str, style: _Style) -> bool:
    """Return whether lines are set larger than the rest, or stand alone in bold."""
    first = group[0]
    if first.is_row or len(text) > _LONGEST_HEADING or not any(map(str.isalpha, text)):
        return False
    if _LEADERS.search(text):  # a line of a table of contents
        return False
    if first.size >= _HEADING_SIZE * style.size:
        return True
    alone = len(group) == 1 and first.bold and not text.endswith((*".,;:", *CLOSING_QUOTES))
    return alone and first.size >= (1 - _SAME_SIZE) * style.size
