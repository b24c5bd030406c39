"""Sessions on a terminal: their listing, and what was said in one, as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.interfaces.render.escape import one_line
from groundwire.interfaces.render.exchange import Listed, Paragraph, laid_out
from groundwire.interfaces.render.lines import EMPTY, Line, plain, strong

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from groundwire.domain.conversations import ConversationInfo, Exchange
    from groundwire.interfaces.render.exchange import Block, Piece
    from groundwire.interfaces.render.lines import Role

_INDENT = 2


def listing_lines(sessions: Iterable[ConversationInfo]) -> Iterator[Line]:
    """Yield one line a session: id, when it was last spoken in, exchanges, title."""
    for info in sessions:
        when = f"{info.updated.astimezone():%Y-%m-%d %H:%M}"
        title = f"“{one_line(info.title)}”" if info.title else "(untitled)"
        about = f"  {when}  {info.exchanges:>3}  "
        yield Line(((info.id, "marker"), (about, "faint"), (title, "plain")))


def session_lines(exchanges: Iterable[Exchange]) -> Iterator[Line]:
    """Yield what was asked and said, in order, with an empty line between exchanges."""
    for number, exchange in enumerate(exchanges):
        if number:
            yield EMPTY
        yield from exchange_lines(exchange)


def exchange_lines(exchange: Exchange) -> Iterator[Line]:
    """Yield one question and what came back, with its sources."""
    laid = laid_out(exchange)
    yield strong(f"> {laid.question}")
    for block in laid.blocks:
        yield EMPTY
        yield from _block(block)
    if laid.entries:
        yield EMPTY
        yield plain("Sources:")
    for entry in laid.entries:
        yield Line(((f"[{entry.label}] ", "marker"), (entry.description, "faint")))


def _block(block: Block) -> Iterator[Line]:
    if isinstance(block, Paragraph):
        yield Line(tuple(map(_part, block.pieces)))
    elif isinstance(block, Listed):
        yield from [strong(block.heading)] if block.heading else []
        for item in block.items:
            yield Line((("- ", "plain"), *map(_part, item.pieces)), _INDENT)
    else:
        yield from map(plain, block.text.split("\n"))


def _part(piece: Piece) -> tuple[str, Role]:
    return piece.text, "marker" if piece.source else "faint" if piece.faint else "plain"
