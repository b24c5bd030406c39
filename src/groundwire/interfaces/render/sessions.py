"""Sessions on a terminal: their listing, and what was said in one, as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.interfaces.render.escape import one_line
from groundwire.interfaces.render.exchange import Listed, Paragraph, laid_out
from groundwire.interfaces.render.lines import EMPTY, Line, plain, strong

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from groundwire.domain.conversations import ConversationInfo, Exchange
    from groundwire.interfaces.render.exchange import Block, Piece
    from groundwire.interfaces.render.lines import Role
    from groundwire.records.holdings import Held, Opinion

_INDENT = 2


def listing_lines(sessions: Iterable[ConversationInfo]) -> Iterator[Line]:
    """Yield one line a session: id, when it was last spoken in, exchanges, title."""
    for info in sessions:
        about = f"  {_when(info.updated)}  {info.exchanges:>3}  "
        yield Line(((info.id, "marker"), (about, "faint"), (_title(info.title), "plain")))


def held_lines(held: Sequence[Held]) -> Iterator[Line]:
    """Yield one line a conversation: id or key, when it was last spoken in, door, turns, title."""
    wide = max((len(one_line(each.name)) for each in held), default=0)
    for each in held:
        about = f"  {_when(each.updated)}  {one_line(each.door):<8}  {each.turns:>3}  "
        name = one_line(each.name).ljust(wide)
        yield Line(((name, "marker"), (about, "faint"), (_title(each.title), "plain")))


def opinion_lines(opinions: Iterable[Opinion]) -> Iterator[Line]:
    """Yield what was asked and what was thought of the answer: its id, when, door, who, why."""
    for each in opinions:
        person = f"  {one_line(each.person)}" if each.person else ""
        answer = one_line(each.answer) or one_line(each.conversation)
        about = f"  {_when(each.given)}  {one_line(each.door)}  {each.verdict}{person}  "
        yield Line(((answer, "marker"), (about, "faint"), (_title(each.question), "plain")))
        if each.reason:
            yield plain(one_line(each.reason), _INDENT)


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


def _when(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _title(text: str) -> str:
    return f"“{one_line(text)}”" if text else "(untitled)"


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
