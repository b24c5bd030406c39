"""Which folders and files a sync works on.

A root is stored resolved, so one folder has one name. No file belongs to two roots:

- a path inside a root that is synced already is synced as part of that root;
- a root that turns out to lie inside a new one becomes part of it;
- what a root does not look at, such as a README or a hidden folder, can be a root of its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from groundwire.domain.errors import NotFoundError, UsageError
from groundwire.ingest.discover import covers, mode_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_HINT = "groundwire docs lists what is indexed; groundwire index FOLDER adds to it"


def roots_to_sync(
    known: Sequence[str], given: Sequence[Path], unfilled: Sequence[str]
) -> tuple[Path, ...]:
    """Return the roots that a sync of ``given`` means, resolved, each once.

    Args:
        known: Roots of the index.
        given: Files and folders to add or refresh; all known roots if empty.
        unfilled: Known roots without documents, which are synced along if they exist.

    Raises:
        NotFoundError: A path does not exist.
        UsageError: Nothing was given and nothing is known, or a path cannot be stored.
    """
    if not given:
        if not known:
            raise UsageError("no folder to index", hint="run: groundwire index FOLDER")
        return tuple(map(Path, known))
    resolved: list[Path] = []
    for path in given:
        mode_of(path)
        resolved.append(path.resolve())
        mode_of(resolved[-1])
    homes = (
        next((root for root in map(Path, known) if covers(root, path)), path) for path in resolved
    )
    chosen = tuple(dict.fromkeys((*homes, *map(Path, filter(_is_there, unfilled)))))
    return tuple(root for root in chosen if not _is_inside(root, chosen))


def roots_absorbed(known: Sequence[str], root: Path) -> tuple[str, ...]:
    """Return the known roots whose files a sync of ``root`` finds as well."""
    return tuple(
        other
        for other in known
        if other != str(root) and _is_there(other) and covers(root, Path(other))
    )


def roots_to_forget(known: Sequence[str], given: Sequence[Path | str]) -> tuple[str, ...]:
    """Return the roots that ``given`` names. They need not exist any more.

    Raises:
        NotFoundError: A path is not a root of the index.
    """
    chosen: list[str] = []
    for path in map(Path, given):
        names = (str(path), str(path.absolute()), str(path.resolve()))
        root = next((name for name in names if name in known), None)
        if root is None:
            homes = [other for other in known if path.resolve().is_relative_to(other)]
            part = f"; it is part of {homes[0]}" if homes else ""
            raise NotFoundError(f"not a root of the index: {path}{part}", hint=_HINT)
        chosen.append(root)
    return tuple(dict.fromkeys(chosen))


def _is_there(root: str) -> bool:
    """Return whether a known root can still be looked at."""
    try:
        mode_of(Path(root))
    except UsageError:
        return False
    return True


def _is_inside(root: Path, others: Sequence[Path]) -> bool:
    """Return whether another of several roots covers this one."""
    return any(other != root and covers(other, root) for other in others)
