"""Keeping exchanges as they happen; where that fails, the chat goes on without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.domain.errors import GroundwireError
from groundwire.interfaces.render.escape import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from groundwire.domain.conversations import ExchangeKind
    from groundwire.interfaces.repl.ports import Surroundings
    from groundwire.interfaces.repl.state import State


@dataclass(frozen=True, slots=True)
class Said:
    """One exchange, before it is kept.

    Attributes:
        question: What was asked, as it was typed.
        kind: What sort of result came back.
        text: What was said, as Markdown.
        result: The JSON object of the result.
        stopped: Whether it was stopped before it was whole.
    """

    question: str
    kind: ExchangeKind
    text: str
    result: Mapping[str, object]
    stopped: bool = False


def keep(around: Surroundings, state: State, said: Said) -> int | None:
    """Keep one exchange and return its number; None where nothing is kept.

    Records that cannot be written are told of once, and nothing is kept from then on.
    """
    if not state.saves:
        return None
    try:
        kept = around.kept
        if state.session is None:
            state.session, state.title = kept.begin(), one_line(said.question)
        exchange = kept.save(
            state.session, said.question, said.kind, said.text, said.result, stopped=said.stopped
        )
    except GroundwireError as error:
        state.saves = False
        around.out.message(f"this chat is not saved: {error}")
        return None
    return exchange.number
