"""Rich text: lines whose parts have roles, shown literally. Nothing in it is read as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from groundwire.interfaces.render.lines import Line, Role

    Json = dict[str, Any]

RICH_CHARACTERS = 3_000
"""Characters of one block of rich text."""

_BOLD: frozenset[Role] = frozenset({"strong", "marker", "good", "bad"})
_QUOTED = 4
"""From this indent on a line is a quotation."""


def rich_lines(lines: Iterable[Line]) -> Json:
    """Return lines as one block of rich text: headings bold, quotations set off.

    What goes beyond ``RICH_CHARACTERS`` is cut, with an ellipsis.
    """
    elements: list[Json] = []
    room = RICH_CHARACTERS
    for line in lines:
        kind = "rich_text_quote" if line.indent >= _QUOTED else "rich_text_section"
        parts = list(_parts(line.parts, room))
        room -= sum(len(part["text"]) for part in parts)
        if not parts:
            continue
        if elements and elements[-1]["type"] == kind == "rich_text_section":
            elements[-1]["elements"][-1]["text"] += "\n"
            elements[-1]["elements"] += parts
        else:
            elements.append({"type": kind, "elements": parts})
    return {"type": "rich_text", "elements": elements}


def texts_in(value: object) -> Iterator[str]:
    """Yield every text inside a block, as Slack counts them."""
    if isinstance(value, list | tuple):
        for part in value:
            yield from texts_in(part)
    elif isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for part in value.values():
            yield from texts_in(part)


def _parts(parts: Iterable[tuple[str, Role]], room: int) -> Iterator[Json]:
    for text, role in parts:
        if room <= 0:
            return
        shown = text if len(text) <= room else text[: room - 1] + "…"
        room -= len(shown)
        if shown:
            bold = {"style": {"bold": True}} if role in _BOLD else {}
            yield {"type": "text", "text": shown, **bold}
