"""Links from a marker to the file that it cites, for terminals that show them (OSC 8)."""

from __future__ import annotations

import os
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from rich.style import Style
from rich.text import Text

from groundwire.domain.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TextIO

    from groundwire.domain.answers import Source
    from groundwire.domain.documents import Document

NO_LINKS: Mapping[int, str] = MappingProxyType({})

_WITHOUT = ("dumb", "unknown", "linux", "vt", "eterm", "cons25", "sun", "screen")
_FIRST_VTE = 5000


def can_link(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Return whether a stream is a terminal that shows links, or at least passes over them.

    Args:
        stream: Where results go.
        environment: What the terminal says of itself: ``TERM``, ``VTE_VERSION``, ``TMUX``.
    """
    if not stream.isatty():
        return False
    term = environment.get("TERM", "")
    if not term or (term.startswith(_WITHOUT) and "TMUX" not in environment):
        return False
    vte = environment.get("VTE_VERSION", "")
    return not vte.isdecimal() or int(vte) >= _FIRST_VTE


def file_address(document: Document) -> str | None:
    """Return the ``file://`` address of a document's file; None where the file is gone.

    It is made of where the file was found, never of anything that stands in it.
    """
    root = Path(document.root)
    path = root if root.is_file() else root / document.path
    try:
        return path.as_uri() if path.is_absolute() and path.is_file() else None
    except (OSError, ValueError):
        return None


def links_for(
    stream: TextIO, sources: Iterable[Source], show: Callable[[str], Document]
) -> Mapping[int, str]:
    """Return the addresses behind an answer's numbers where its stream can show them, else none.

    Args:
        stream: Where the answer goes.
        sources: The numbered passages.
        show: Gives a document by its id: a desk's ``show``.
    """
    environment = os.environ  # noqa: TID251 -- facts of the terminal, not settings
    return addresses(sources, show) if can_link(stream, environment) else NO_LINKS


def addresses(sources: Iterable[Source], show: Callable[[str], Document]) -> dict[int, str]:
    """Return the address behind each number, for files that exist."""
    found: dict[int, str] = {}
    for source in sources:
        try:
            address = file_address(show(source.hit.document.id))
        except NotFoundError:
            continue  # it left the index meanwhile
        if address:
            found[source.n] = address
    return found


def linked_marker(number: int, text: str, style: str, links: Mapping[int, str]) -> Text:
    """Return a marker in its style, as a link where there is an address for its number."""
    address = links.get(number)
    whole = Style.parse(style)
    return Text(text, style=whole + Style(link=address) if address else whole)
