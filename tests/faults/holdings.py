"""What an index holds, in a form that does not depend on how it came about."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from groundwire.index import generations
from groundwire.index.catalog import get_meta, open_reading
from groundwire.index.matrix import from_bytes
from groundwire.index.vectors import ChromaVectors

if TYPE_CHECKING:
    import sqlite3

    from numpy.typing import NDArray

    from groundwire.index.vectors import Fields

_HALF = 1e-3
"""How far half precision may lie from single, in one number of a unit vector."""
_NOT_COMPARED = frozenset({"meta", "moves", "sqlite_sequence"})
"""Counters, names made up at random, and what happened on the way."""

# Row numbers, which depend on the order of the commits, are replaced by what they stand for.
_DOCUMENT = "(SELECT id FROM documents AS d WHERE d.number = {0})"
_PASSAGE = "(SELECT id FROM passages AS p WHERE p.rowid = {0})"
_PRINT = "(SELECT text_hash FROM prints AS q WHERE q.number = {0})"
_NUMBERS = {
    ("documents", "number"): "NULL",
    ("texts", "number"): _DOCUMENT,
    ("passages", "rowid"): "NULL",
    ("passages", "document"): _DOCUMENT,
    ("vectors", "rowid"): _PASSAGE,
    ("sentences", "rowid"): _PASSAGE,
    ("tokens", "rowid"): _PASSAGE,
    ("stems", "rowid"): _PASSAGE,
    ("prints", "number"): "NULL",
    ("bands", "print"): _PRINT,
    ("copies", "one"): _PRINT,
    ("copies", "other"): _PRINT,
}


def catalog_of(index: Path) -> dict[str, list[str]]:
    """Return the rows of every table of the live catalog, and of the lexical index."""
    with closing(open_reading(_live(index) / generations.CATALOG)) as connection:
        listed = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = [name for (name,) in listed if not name.startswith("passages_")]
        found = {name: _rows(connection, name) for name in tables if name not in _NOT_COMPARED}
        found["passages_fts"] = _words(connection)
    return found


def chroma_of(index: Path) -> dict[str, tuple[NDArray[np.float32], Fields]]:
    """Return what Chroma holds: by passage its vector and its fields."""
    live = _live(index)
    with closing(open_reading(live / generations.CATALOG)) as connection:
        collection = get_meta(connection, "collection")
    with tempfile.TemporaryDirectory() as copy:
        shutil.copytree(live / generations.CHROMA, copy, dirs_exist_ok=True)
        chroma = ChromaVectors(Path(copy), collection)
        try:
            return chroma.read(sorted(chroma.ids()))
        finally:
            chroma.close()


def chroma_faults(index: Path) -> list[str]:
    """Return where Chroma does not hold exactly the passages and vectors of the catalog."""
    with closing(open_reading(_live(index) / generations.CATALOG)) as connection:
        rows = connection.execute("SELECT id, vector FROM passages JOIN vectors USING (rowid)")
        wanted = dict(rows.fetchall())
    there = chroma_of(index)
    if there.keys() != wanted.keys():
        return [f"Chroma has {len(there)} passages, {len(there.keys() ^ wanted.keys())} others"]
    return [
        f"Chroma has another vector for {key}"
        for key, (vector, _) in there.items()
        if np.abs(from_bytes([wanted[key]])[0] - vector).max() > _HALF
    ]


def differences(one: Path, other: Path) -> list[str]:
    """Return what two indexes do not have in common."""
    left, right = catalog_of(one), catalog_of(other)
    found = [f"tables {sorted(left)} and {sorted(right)}"] * (left.keys() != right.keys())
    for name in left.keys() & right.keys():
        ours, theirs = set(left[name]), set(right[name])
        if len(left[name]) != len(right[name]) or ours != theirs:
            some = [*sorted(ours - theirs)[:2], "against", *sorted(theirs - ours)[:2]]
            found.append(f"{name}: {' '.join(each[:600] for each in some)}")
    return [*found, *chroma_faults(one), *chroma_faults(other)]


def _rows(connection: sqlite3.Connection, table: str) -> list[str]:
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    columns = [
        _NUMBERS[table, name].format(f"{table}.{name}")
        if (table, name) in _NUMBERS
        else f'"{name}"'
        for name in names
    ]
    query = f"SELECT {', '.join(columns)} FROM {table}"  # noqa: S608 -- names of the schema
    return sorted(map(repr, connection.execute(query)))


def _words(connection: sqlite3.Connection) -> list[str]:
    """Return where each word of the lexical index stands."""
    connection.execute(
        "CREATE VIRTUAL TABLE temp.places USING fts5vocab('main', 'passages_fts', 'instance')"
    )
    query = f"SELECT term, {_PASSAGE.format('doc')}, col, offset FROM temp.places"  # noqa: S608 -- ours
    return sorted(map(repr, connection.execute(query)))


def _live(index: Path) -> Path:
    return index / generations.read_current(index)
