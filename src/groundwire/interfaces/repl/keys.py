"""The keys that differ from what the editing mode brings along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.document import Document
from prompt_toolkit.enums import DEFAULT_BUFFER
from prompt_toolkit.filters import (
    Condition,
    completion_is_selected,
    emacs_mode,
    has_focus,
    is_searching,
    vi_navigation_mode,
)
from prompt_toolkit.key_binding import KeyBindings

from groundwire.domain.errors import GroundwireError
from groundwire.interfaces.repl.editor import edited

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.buffer import Buffer
    from prompt_toolkit.key_binding import KeyPressEvent

_AT_THE_PROMPT = has_focus(DEFAULT_BUFFER)


def bindings(say: Callable[[str], None]) -> KeyBindings:
    """Return the bindings of the prompt.

    Args:
        say: Told, while the prompt is away from the screen, what went wrong with the editor.
    """
    keys = KeyBindings()
    keys.add("enter", filter=_AT_THE_PROMPT & ~is_searching & ~completion_is_selected)(_send)
    keys.add("enter", filter=_AT_THE_PROMPT & completion_is_selected)(_accept)
    keys.add("escape", "enter", filter=_AT_THE_PROMPT & ~is_searching)(_new_line)
    keys.add("end", filter=_AT_THE_PROMPT & Condition(_suggested))(_take_suggestion)

    async def edit(event: KeyPressEvent) -> None:
        await _edit(event.current_buffer, say)

    keys.add("c-x", "c-e", filter=_AT_THE_PROMPT & emacs_mode)(edit)
    keys.add("v", filter=_AT_THE_PROMPT & vi_navigation_mode)(edit)
    return keys


def _send(event: KeyPressEvent) -> None:
    event.current_buffer.validate_and_handle()


def _accept(event: KeyPressEvent) -> None:
    """Keep the entry of the menu that is in the line; a command goes on to its argument."""
    buffer = event.current_buffer
    buffer.complete_state = None
    if buffer.text.endswith(" "):
        buffer.start_completion()


def _new_line(event: KeyPressEvent) -> None:
    event.current_buffer.insert_text("\n")


def _suggested() -> bool:
    from prompt_toolkit.application import get_app

    buffer = get_app().current_buffer
    return bool(buffer.suggestion and buffer.suggestion.text) and (
        buffer.document.is_cursor_at_the_end
    )


def _take_suggestion(event: KeyPressEvent) -> None:
    buffer = event.current_buffer
    if buffer.suggestion:
        buffer.insert_text(buffer.suggestion.text)


async def _edit(buffer: Buffer, say: Callable[[str], None]) -> None:
    """Edit the text in the user's editor, and send it when that is left as done."""

    def run() -> str | None:
        try:
            return edited(buffer.text)
        except GroundwireError as error:
            say(f"{error} ({error.hint})")
            return None

    text = await run_in_terminal(run, in_executor=True)
    if text is None:
        return
    buffer.document = Document(text)
    if text.strip():
        buffer.validate_and_handle()
