"""Which documents are meant, and whether there are any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.domain.errors import NoDocumentsError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.domain.documents import DocumentInfo


def the_one(found: Sequence[DocumentInfo], name: str) -> DocumentInfo:
    """Return the only document found under a name.

    Raises:
        NotFoundError: There is none, or there are several.
    """
    if not found:
        raise NotFoundError(f"no document is called {name!r}", hint="run: groundwire docs")
    if len(found) > 1:
        listed = ", ".join(info.path for info in found[:3])
        raise NotFoundError(
            f"{len(found)} documents are called {name!r}: {listed}",
            hint="give the whole path or the id",
        )
    return found[0]


def at_least_one(found: Sequence[DocumentInfo]) -> None:
    """Make sure that there is something to look in.

    Raises:
        NoDocumentsError: There is nothing.
    """
    if not found:
        raise NoDocumentsError("no document to look in", hint="run: groundwire docs")
