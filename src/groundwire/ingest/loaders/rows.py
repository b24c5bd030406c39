"""Rows of tables, as lines that people can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.ingest.loaders.blocks import Block, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def read_row(cells: Sequence[Sequence[Block]]) -> Iterator[Block]:
    """Yield a row as one line, `` | `` between its cells, given the blocks of each.

    A row of one cell is layout, and yields the blocks in it; a row without words yields nothing.
    """
    if len(cells) == 1:
        yield from cells[0]
    elif any(cells):
        yield Block(" | ".join(fold(" ".join(block.text for block in cell)) for cell in cells))
