"""Whether a catalog is as it was written: what a bad disk does to it, found and put into words."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from groundwire.domain.errors import GroundwireError, IndexCorruptError
from groundwire.index import checksums, generations
from groundwire.index.catalog import get_meta, open_reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NUMBERS = ("revision", "token_dimension")
_STRAY = (
    "SELECT (SELECT count(*) FROM prints WHERE text_hash NOT IN (SELECT text_hash FROM documents))"
    " + (SELECT count(*) FROM bands WHERE print NOT IN (SELECT number FROM prints))"
    " + (SELECT count(*) FROM copies WHERE one NOT IN (SELECT number FROM prints))"
)
_UNEVEN = (
    "SELECT (SELECT count(*) FROM copies AS c WHERE NOT EXISTS (SELECT 1 FROM copies AS d"
    " WHERE d.one = c.other AND d.other = c.one AND d.shared = c.shared))"
    " + abs((SELECT count(*) FROM bands)"
    " - (SELECT coalesce(sum(length(bands)), 0) / 8 FROM prints))"
)


def damage(catalog: Path) -> str:
    """Return what is wrong with a catalog, in words; empty if it is as it was written.

    It reads everything, which takes about a minute or two for a million passages.
    """
    try:
        with closing(open_reading(catalog)) as connection:
            found = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
            if found != "ok":
                return f"{catalog.name}: {found}"
            for path in checksums.damaged(connection):
                return f"{path} is not stored as it was written"
            return next(notes(connection, catalog.parent), "")
    except (sqlite3.Error, OSError) as error:
        return f"{catalog.name}: {error}"


def notes(connection: sqlite3.Connection, generation: Path) -> Iterator[str]:
    """Yield what is wrong with a catalog's notes of itself, of its manifest and of files.

    Args:
        connection: The catalog.
        generation: The folder that it lies in.
    """
    manifest = hashlib.sha256((generation / generations.MANIFEST).read_bytes()).hexdigest()
    if get_meta(connection, "manifest") != manifest:
        yield f"another {generations.MANIFEST} than was written"
    for key in _NUMBERS:
        if not get_meta(connection, key).isdecimal():
            yield f"no number in {key}"
    if get_meta(connection, "dirty") not in {"0", "1"}:
        yield "no yes or no in dirty"
    for root, path, problems in connection.execute(
        "SELECT root, path, problems FROM files WHERE problems != ''"
    ):
        if not _listed(problems):
            yield f"the problems of {path} in {root} cannot be read"


def families(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows of prints and of copies do not fit the others, by what is wrong."""

    def count(query: str) -> int:
        return int(connection.execute(query).fetchone()[0])

    return {"prints of no text": count(_STRAY), "copies that do not fit": count(_UNEVEN)}


@contextmanager
def blamed(catalog: Path) -> Iterator[None]:
    """Turn an error that has no words of its own into one that says what is damaged.

    What stands in a damaged row can make any code stumble. Only then it is worth to look.

    Raises:
        IndexCorruptError: The catalog is damaged.
    """
    try:
        yield
    except (GroundwireError, sqlite3.Error):
        raise
    except Exception as error:
        if words := damage(catalog):
            raise IndexCorruptError(words) from error
        raise


def _listed(problems: object) -> bool:
    try:
        found = json.loads(str(problems))
        return all(len(each) == len(("name", "reason")) for each in found)
    except (ValueError, TypeError):
        return False
