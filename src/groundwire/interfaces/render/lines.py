"""Results as lines whose parts have roles: laid out once, shown in a pipe, on a terminal, in chat.

Whoever makes a line gives it text that is already printable; nothing in it is read as markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

Role = Literal["plain", "strong", "faint", "marker", "good", "bad"]

_STYLES: dict[Role, str] = {
    "plain": "",
    "strong": "bold",
    "faint": "dim",
    "marker": "bold cyan",
    "good": "bold green",
    "bad": "bold yellow",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line, before it is wrapped.

    Attributes:
        parts: Its parts with their roles, in order.
        indent: Columns that it is moved to the right.
    """

    parts: tuple[tuple[str, Role], ...] = ()
    indent: int = 0

    @property
    def text(self) -> str:
        """Its characters, without the indent."""
        return "".join(text for text, _ in self.parts)


EMPTY = Line()


def plain(text: str, indent: int = 0) -> Line:
    """Return a line without emphasis."""
    return Line(((text, "plain"),), indent)


def strong(text: str, indent: int = 0) -> Line:
    """Return a line that stands out: a heading."""
    return Line(((text, "strong"),), indent)


def faint(text: str, indent: int = 0) -> Line:
    """Return a line that stands back: where something comes from, what it is based on."""
    return Line(((text, "faint"),), indent)


def as_text(lines: Iterable[Line]) -> str:
    """Return lines as plain text, each in a line of its own whatever its length."""
    return "\n".join(f"{' ' * line.indent}{line.text}".rstrip() for line in lines)


def print_lines(console: Console, lines: Iterable[Line]) -> None:
    """Print lines on a terminal, in colour and wrapped to its width."""
    from rich.padding import Padding
    from rich.text import Text

    for line in lines:
        text = Text.assemble(*((part, _STYLES[role]) for part, role in line.parts))
        console.print(Padding(text, (0, 0, 0, line.indent)) if line.indent else text)
