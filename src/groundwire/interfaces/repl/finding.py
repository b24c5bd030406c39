"""Documents by the names that people type, as a scope understands them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from groundwire.domain.errors import NotFoundError
from groundwire.domain.retrieval import Scope
from groundwire.interfaces.repl.parsing import names

if TYPE_CHECKING:
    from groundwire.domain.documents import Document
    from groundwire.interfaces.repl.ports import ChatDesk

_GLOB = frozenset("*?[")


def scope_entries(desk: ChatDesk, text: str) -> list[str]:
    """Return paths, ids and patterns for what is named: one title with spaces, or several names.

    Raises:
        NotFoundError: A name or pattern fits no document, or a name several.
    """
    named = names(text)
    if len(named) > 1:
        with suppress(NotFoundError):
            return [_entry(desk, " ".join(named))]
    return [_entry(desk, name) for name in named]


def scope_entry(desk: ChatDesk, document: Document) -> str:
    """Return what names one document alone: its path, unless others have the same, else its id."""
    alone = len(desk.docs(Scope((document.path,)))) == 1
    return document.path if alone else document.id


def _entry(desk: ChatDesk, name: str) -> str:
    fits = desk.docs(Scope((name,)))
    if fits and (len(fits) == 1 or _GLOB & set(name)):
        return name
    if _GLOB & set(name) and not fits:
        with suppress(NotFoundError):
            return scope_entry(desk, desk.show(name))
        raise NotFoundError(f"no document matches {name!r}", hint="see: /docs")
    return scope_entry(desk, desk.show(name))
