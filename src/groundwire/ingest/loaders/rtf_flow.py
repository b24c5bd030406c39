"""What RTF's groups hand on, and a stream of its paragraphs and cells, made into blocks."""

from __future__ import annotations

from dataclasses import dataclass, field

from groundwire.ingest.loaders.blocks import Block, fold
from groundwire.ingest.loaders.packages import can_title
from groundwire.ingest.loaders.rows import read_row
from groundwire.ingest.loaders.rtf_tokens import STANDARD_CODEC

BODY_LEVEL = 9
"""Outline level of running text; headings are above it."""
SHOWN: frozenset[str] = frozenset()
"""No word keeps the text from being shown."""

_BULLET = "•"


@dataclass(frozen=True, slots=True)
class State:
    """What a group inherits from the one around it.

    Attributes:
        place: ``body``, ``fonts``, ``styles``, ``info``, ``unread`` or the name of a field.
        codec: Codec of bytes beyond ASCII.
        fallback: Characters after one of Unicode's that stand for it in old programs.
        hidden: Words that keep the text from being shown.
        style: Number of the paragraph's style.
        level: Outline level of the paragraph itself, from 0; 9 is running text.
        listed: The paragraph is an item of a list.
        in_table: The paragraph stands in a cell.
    """

    place: str = "body"
    codec: str = STANDARD_CODEC
    fallback: int = 1
    hidden: frozenset[str] = SHOWN
    style: int = 0
    level: int = BODY_LEVEL
    listed: bool = False
    in_table: bool = False


@dataclass(slots=True)
class Flow:
    """Text that is read on its own: the body, a note or a text box.

    Attributes:
        depth: Nesting of the group that it is the content of.
        is_note: It is a footnote or endnote.
        blocks: What was read so far.
        pieces: Text of the paragraph that is being read.
        listed: That paragraph has a bullet or number of its own.
    """

    depth: int
    is_note: bool = False
    blocks: list[Block] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    listed: bool = False
    _cell: list[Block] = field(default_factory=list)
    _row: list[list[Block]] = field(default_factory=list)
    _after: list[Block] = field(default_factory=list)

    def end_paragraph(self, *, heading: bool, listed: bool, in_table: bool, kept: bool) -> None:
        """Make a block of the paragraph.

        Args:
            heading: It has a heading's style.
            listed: It has a list's style.
            in_table: It stands in a cell.
            kept: It is the author's, not a line of a generated table of contents.
        """
        text = "\n".join(map(fold, _whole("".join(self.pieces)).split("\n")))
        is_heading = heading and can_title(text)
        bare = text.removeprefix(_BULLET).lstrip()
        is_item = (listed or self.listed or bare != text) and not is_heading
        self.pieces.clear()
        self.listed = False
        if not in_table:
            self.end_row()
        if bare and kept:
            words = f"- {bare}" if is_item else fold(text) if is_heading else text
            (self._cell if in_table else self.blocks).append(Block(words, is_heading))
        if not in_table:
            self._settle()

    def end_cell(self) -> None:
        """Close a cell, whose last paragraph was ended."""
        self._row.append(self._cell)
        self._cell = []

    def end_row(self) -> None:
        """Close a row, and what is left of one that was not closed."""
        if self._cell:
            self.end_cell()
        if self._row:
            self.blocks.extend(read_row(self._row))
            self._row = []
            self._settle()

    def put_after(self, blocks: list[Block]) -> None:
        """Keep blocks until the paragraph or row that they belong to has ended."""
        self._after.extend(blocks)

    def _settle(self) -> None:
        self.blocks.extend(self._after)
        self._after = []


def _whole(text: str) -> str:
    """Return text with each pair of surrogates as the character that they stand for."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
