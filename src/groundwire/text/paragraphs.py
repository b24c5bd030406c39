"""Where paragraphs begin and end."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from groundwire.domain.spans import Span
from groundwire.text.marks import CLOSING_QUOTES, WIDE_STOPS

_LINE = re.compile(r"[^\n]+")
_OWN_LINE = re.compile(r"\s*(?:[-*+\u2022\u2023\u25aa\u2013] |\(?\d{1,3}[.)] |#{1,6} )")
_HEADING = re.compile(r"\s*#{1,6} ")
_FIRST_WORD = re.compile(r"\S+")
_TERMINAL = (*".!?:;\u2026)", *WIDE_STOPS, *CLOSING_QUOTES)
_NARROWEST, _WIDEST = 40, 100
_SHARE_FULL, _SHARE_OPEN = 0.8, 0.5
_LINES_THAT_SHOW_A_WIDTH = 3


def paragraphs(text: str) -> tuple[Span, ...]:
    """Return the paragraphs of a normalised text, in order.

    An empty line ends a paragraph. So does a single line end, because news texts often have one
    paragraph a line, unless the block is hard-wrapped prose: no line longer than 100 characters,
    the longest at least 40, most lines not ended by punctuation, and the next line's first word
    would not have fitted. A block of two lines shows no width of its own: it counts as wrapped if
    it agrees with the width of the document's other blocks, or, where there are none, if the second
    line goes on in lower case. List items and Markdown headings always start a paragraph.

    Args:
        text: Text in the form that ``normalize`` returns.

    Returns:
        Spans that do not overlap, hold every character that is not white space, and neither begin
        nor end with white space. A paragraph holds line ends only if it was hard-wrapped.
    """
    return _paragraphs(text)


@lru_cache(maxsize=4)
def _paragraphs(text: str) -> tuple[Span, ...]:
    blocks = _blocks(text)
    widths = [
        max(map(len, block))
        for block in blocks
        if len(block) >= _LINES_THAT_SHOW_A_WIDTH and _is_wrapped(text, block)
    ]
    width = max(widths, default=0)
    found: list[Span] = []
    for block in blocks:
        if len(block) == 1:
            found.append(block[0])
        elif len(block) >= _LINES_THAT_SHOW_A_WIDTH:
            found.extend(_merge(text, block) if _is_wrapped(text, block) else block)
        else:
            found.extend(_merge(text, block) if _pair_is_wrapped(text, block, width) else block)
    return tuple(found)


def _blocks(text: str) -> list[list[Span]]:
    """Return the trimmed lines of ``text``, in groups that only a look at widths can divide."""
    blocks: list[list[Span]] = []
    last_end = -2
    for match in _LINE.finditer(text):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        end = match.start() + len(line.rstrip())
        if start >= end:
            continue
        if match.start() - last_end == 1 and not _OWN_LINE.match(line):
            blocks[-1].append(Span(start, end))
        else:
            blocks.append([Span(start, end)])
        last_end = -2 if _HEADING.match(line) else match.end()
    return blocks


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """Return whether the lines look like prose that was broken at a fixed width."""
    width = max(map(len, lines))
    if not _NARROWEST <= width <= _WIDEST:
        return False
    pairs = list(pairwise(lines))
    full = sum(_is_full(text, line, following, width) for line, following in pairs)
    unended = sum(not _ends(text, line) for line in lines[:-1])
    return full >= _SHARE_FULL * len(pairs) and unended > _SHARE_OPEN * len(pairs)


def _pair_is_wrapped(text: str, lines: list[Span], width: int) -> bool:
    """Judge a block of two lines by the width of the others, or by how its second line begins."""
    first, second = lines
    if not _NARROWEST <= len(first) <= _WIDEST or len(second) > _WIDEST or _ends(text, first):
        return False
    if width:
        return len(first) <= width and _is_full(text, first, second, width)
    return len(second) <= len(first) and text[second.start].islower()


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    """Return whether the first word of the following line would not have fitted on this one."""
    word = _FIRST_WORD.match(text, following.start)
    return len(line) + 1 + len(word.group() if word else "") > width


def _ends(text: str, line: Span) -> bool:
    return text[line.end - 1] in _TERMINAL


def _merge(text: str, lines: list[Span]) -> list[Span]:
    """Join wrapped lines, starting anew where a line was ended on purpose."""
    width = max(map(len, lines))
    merged = [lines[0]]
    for line, following in pairwise(lines):
        deliberate = not _is_full(text, line, following, width) and (
            _ends(text, line) or not text[following.start].islower()
        )
        if deliberate:
            merged.append(following)
        else:
            merged[-1] = Span(merged[-1].start, following.end)
    return merged
