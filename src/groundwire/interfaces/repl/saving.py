"""Keeping exchanges as they happen; where that fails, the chat goes on without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.domain.errors import GroundwireError, StoreError
from groundwire.domain.ledger import Occasion
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


def occasion(around: Surroundings, state: State) -> Occasion | None:
    """Return what makes a result an entry of the ledger; None where nothing is to be kept.

    Raises:
        StoreError: The records cannot be opened: then nothing can be entered either.
    """
    if not state.saves:
        return None
    if state.session is None and not state.begun:
        try:
            state.begun = around.kept.begin()
        except StoreError as error:
            message = f"nothing is said that cannot be kept: {error}"
            raise StoreError(message, hint=f"{error.hint}; chat --no-save keeps nothing") from error
    return Occasion("chat", state.session or state.begun)


def keep(around: Surroundings, state: State, said: Said) -> int | None:
    """Keep one exchange and return its number; None where nothing is kept.

    Records that cannot be written are told of once, and nothing is kept from then on.
    """
    if not state.saves or state.unsaved:
        return None
    try:
        kept = around.kept
        if state.session is None:
            state.session = state.begun or kept.begin()
            state.title = one_line(said.question)
        exchange = kept.save(
            state.session, said.question, said.kind, said.text, said.result, stopped=said.stopped
        )
    except GroundwireError as error:
        state.unsaved = True
        around.out.message(f"this chat is not saved: {error}")
        return None
    return exchange.number
