"""Failures that were told as events, as the errors that they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.domain.errors import GroundwireError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.domain.events import Failed

_HINTS = {
    "index_missing": "/reindex FOLDER makes one",
    "index_mismatch": "/reindex builds the new one beside it",
    "index_corrupt": "run: groundwire index --rebuild (your documents are not touched)",
    "no_documents": "/docs lists what is indexed; /scope clear lifts every filter",
    "model_unavailable": "run: groundwire doctor",
}


def error_of(failed: Failed) -> GroundwireError:
    """Return the error with the code that a failure has, so that its exit code is known."""
    kind = next((each for each in _tree(GroundwireError) if each.code == failed.kind), None)
    error = (kind or GroundwireError).__new__(kind or GroundwireError)
    GroundwireError.__init__(error, failed.message, hint=_HINTS.get(failed.kind, ""))
    return error


def _tree(error: type[GroundwireError]) -> Iterator[type[GroundwireError]]:
    yield error
    for each in error.__subclasses__():
        yield from _tree(each)
