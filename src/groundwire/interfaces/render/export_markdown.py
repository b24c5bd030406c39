"""A session as Markdown. Nothing of a question or a document is read as markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.interfaces.render.escape import one_line
from groundwire.interfaces.render.exchange import Listed, Paragraph, about, laid_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundwire.domain.conversations import ConversationInfo, Exchange
    from groundwire.interfaces.render.exchange import Block, Laid, Piece

_SPECIAL = re.compile(r"[\\`*_\[\]<>&#~]")
_FIRST = re.compile(r"^([-+=])")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])")
_BACKTICKS = re.compile("`+")
_SHORTEST_FENCE = 3


def session_markdown(info: ConversationInfo, exchanges: Sequence[Exchange]) -> str:
    """Return a session: its title, then each question as a heading over what came back."""
    parts = [f"# {escaped(info.title) or 'Untitled'}", about(info)]
    for exchange in exchanges:
        parts.extend(_exchange(laid_out(exchange)))
    return "\n\n".join(parts)


def escaped(text: str) -> str:
    """Return text in one line that Markdown shows as it stands."""
    line = _SPECIAL.sub(r"\\\g<0>", one_line(text))
    return _NUMBERED.sub(r"\1\\\2", _FIRST.sub(r"\\\1", line))


def _exchange(laid: Laid) -> Iterator[str]:
    yield f"## {escaped(laid.question)}"
    yield from map(_block, laid.blocks)
    if laid.entries:
        yield "Sources:"
        yield "\n".join(f"- [{one.label}] {_inner(one.description)}" for one in laid.entries)


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return _paragraph(block)
    if isinstance(block, Listed):
        items = "\n".join(f"- {_paragraph(item)}" for item in block.items)
        return f"{escaped(block.heading)}\n\n{items}" if block.heading else items
    longest = max((len(run) for run in _BACKTICKS.findall(block.text)), default=0)
    fence = "`" * max(_SHORTEST_FENCE, longest + 1)
    return f"{fence}text\n{block.text}\n{fence}"


def _paragraph(paragraph: Paragraph) -> str:
    text = "".join(map(_piece, paragraph.pieces)).strip()
    return _NUMBERED.sub(r"\1\\\2", _FIRST.sub(r"\\\1", text))


def _piece(piece: Piece) -> str:
    return piece.text if piece.source else _inner(piece.text)


def _inner(text: str) -> str:
    """Return text escaped for a place that is not a line's beginning."""
    return _SPECIAL.sub(r"\\\g<0>", text)
