"""Sessions as files: Markdown to go on writing in, JSON for programs, HTML to read and print."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Literal, assert_never

from groundwire.domain.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from groundwire.domain.conversations import ConversationInfo, Exchange

Form = Literal["md", "json", "html"]

_SUFFIXES: dict[str, Form] = {
    ".md": "md",
    ".markdown": "md",
    ".json": "json",
    ".html": "html",
    ".htm": "html",
}
_CONTROLS = re.compile("[\x7f-\x9f]")


def exported(info: ConversationInfo, exchanges: Sequence[Exchange], form: Form) -> str:
    """Return a session as one text without a line's end: every exchange with its sources.

    Args:
        info: The session.
        exchanges: Its exchanges, in order.
        form: ``md``, ``json`` or ``html``.
    """
    match form:
        case "md":
            from groundwire.interfaces.render.export_markdown import session_markdown

            return session_markdown(info, exchanges)
        case "json":
            text = json.dumps(session_dict(info, exchanges), ensure_ascii=False, indent=2)
            return _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
        case "html":
            from groundwire.interfaces.render.export_html import session_html

            return session_html(info, exchanges)
        case _:
            assert_never(form)


def session_dict(info: ConversationInfo, exchanges: Sequence[Exchange]) -> dict[str, object]:
    """Return the JSON object (schema 1) of a session: its exchanges with their results."""
    said = [{"session": info.id, **exchange.to_dict()} for exchange in exchanges]
    return {"schema": 1, **info.to_dict(), "exchanges": said}


def form_of(path: Path | None, *, default: Form = "md") -> Form:
    """Return the form that a file's name asks for.

    Args:
        path: The file; None for the default.
        default: The form where the name has no suffix.

    Raises:
        UsageError: The suffix is none that is known.
    """
    suffix = path.suffix.lower() if path is not None else ""
    if not suffix:
        return default
    if suffix not in _SUFFIXES:
        hint = "end it in .md, .json or .html, or give --format"
        raise UsageError(f"{suffix}: no form of export", hint=hint)
    return _SUFFIXES[suffix]
