"""Names of the documents inside a file: safe to print, to store and to look up."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from groundwire.ingest.loaders.base import Loaded, one_line
from groundwire.text.normalize import normalize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from groundwire.ingest.loaders.base import Members

    MemberLoader = Callable[[bytes, str], Loaded | Members]
    """Reads a file inside a file by its name, one level deeper than the file that holds it.

    It raises ``LoadError`` for what it does not read, and for what lies too deep.
    """

LONGEST_MEMBER = 120
"""Characters of a member's name."""

_SLASHES = re.compile(r"[/\\]+")
_LONGEST_WORDS = 80


def safe_member(name: str) -> str:
    """Return a name from outside as one that cannot mislead: relative, on one line, short.

    Folders stay, with forward slashes; drives, ``.`` and ``..`` go, and so do control characters
    and marks that change the direction of writing. A long name keeps its end, with the suffix.

    Returns:
        The name; ``unnamed`` where nothing is left.
    """
    parts = (_part(part) for part in _SLASHES.split(name))
    safe = "/".join(part for part in parts if part)
    if len(safe) > LONGEST_MEMBER:
        safe = "…" + safe[1 - LONGEST_MEMBER :].lstrip("/ ")
    return safe or "unnamed"


def dated_member(day: date | None, title: str) -> str:
    """Return a name for a message or article, such as ``2019-06-20 Budget meeting``."""
    words = _part(_SLASHES.sub(" ", one_line(title, _LONGEST_WORDS))) or "untitled"
    return f"{day.isoformat()} {words}" if day else words


class Names:
    """Makes names unique within a file: the second of a name gets `` (2)`` at its end."""

    def __init__(self) -> None:
        """Begin without names."""
        self._seen: dict[str, int] = {}

    def unique(self, name: str) -> str:
        """Return a name that was not returned before, the given one if possible."""
        candidate = name
        while candidate in self._seen:
            self._seen[name] += 1
            mark = f" ({self._seen[name]})"
            candidate = name[: LONGEST_MEMBER - len(mark)] + mark
        self._seen[candidate] = 1
        return candidate


def adopted(member: str, content: Loaded | Members) -> Iterator[Loaded]:
    """Yield the documents of a file inside a file, under that file's name."""
    if isinstance(content, Loaded):
        yield replace(content, member=member)
    else:
        for document in content.documents:
            yield replace(document, member=_inside(member, document.member))


def adopted_problems(member: str, content: Loaded | Members) -> Iterable[tuple[str, str]]:
    """Return what could not be read of a file inside a file, under that file's name."""
    if isinstance(content, Loaded):
        return ()
    return tuple((_inside(member, name), reason) for name, reason in content.problems)


def _inside(outer: str, inner: str) -> str:
    """Return the path of a member of a member; without a name it is the outer one itself."""
    return f"{outer}/{inner}" if inner else outer


def _part(part: str) -> str:
    """Return one part of a path, made safe; empty where it names no file."""
    shown = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in normalize(part))
    shown = " ".join(shown.split()).rstrip(":")
    return "" if not shown.strip(". ") else shown
