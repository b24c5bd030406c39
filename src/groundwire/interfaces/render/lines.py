"""Results as lines whose parts have roles: laid out once, shown in a pipe, on a terminal, in chat.

Whoever makes a line gives it text that is already printable; nothing in it is read as markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Role = Literal["plain", "strong", "faint", "marker", "good", "bad"]


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
