"""Blocks of a page, and the text they make: where headings get their offsets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.domain.spans import Span
from groundwire.text.normalize import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable

_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item, table or piece of code.

    Attributes:
        text: Its words, without markup.
        is_heading: Whether it titles what follows.
    """

    text: str
    is_heading: bool = False


def compose(blocks: Iterable[Block]) -> tuple[str, tuple[Span, ...]]:
    """Join blocks into the text of record, a blank line between two.

    Returns:
        The normalised text, and the spans of its headings, in order.
    """
    texts: list[str] = []
    headings: list[Span] = []
    offset = 0
    for block in blocks:
        text = normalize(block.text).strip()
        if not text:
            continue
        if block.is_heading:
            headings.append(Span(offset, offset + len(text)))
        texts.append(text)
        offset += len(text) + len(_GAP)
    return _GAP.join(texts), tuple(headings)


def fold(text: str) -> str:
    """Return running text with every stretch of white space as one space."""
    return " ".join(text.split())
