"""Row numbers of passages, and what is stored under them."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from groundwire.domain.documents import PassageId
from groundwire.index.forward import HASHES, Stems
from groundwire.index.scoping import conditions, passages_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundwire.domain.retrieval import Scope

_Stored = TypeVar("_Stored")


class Place(NamedTuple):
    """Where a passage is.

    Attributes:
        row: Its row number.
        document: The number of its document.
    """

    row: int
    document: int


class Size(NamedTuple):
    """How much an index holds.

    Attributes:
        passages: How many passages.
        words: Words of all of them, with their titles, outlets and dates.
    """

    passages: int
    words: int


def places(connection: sqlite3.Connection, ids: Sequence[PassageId]) -> dict[PassageId, Place]:
    """Return where those passages are that are in the catalog."""
    rows = connection.execute(
        "SELECT passages.id, rowid, document FROM (SELECT value FROM json_each(?)) AS wanted"
        " JOIN passages ON passages.id = wanted.value",
        (json.dumps(list(ids)),),
    )
    return {PassageId(row[0]): Place(row[1], row[2]) for row in rows}


def size(connection: sqlite3.Connection, scope: Scope) -> Size:
    """Return how much a scope holds."""
    where, values = conditions(scope)
    query = (
        f"SELECT coalesce(sum(passages), 0), coalesce(sum(words), 0) FROM documents WHERE {where}"  # noqa: S608  # values are bound
    )
    return Size(*connection.execute(query, values).fetchone())


def stem_counts(connection: sqlite3.Connection, scope: Scope) -> dict[int, int]:
    """Return how many passages in scope contain each stem, by its hash."""
    in_scope, values = passages_in(scope)
    rows = connection.execute(f"SELECT hashes FROM stems WHERE rowid IN ({in_scope})", values)  # noqa: S608  # values are bound
    joined = np.frombuffer(b"".join(row[0] for row in rows), dtype=HASHES)
    stems, counts = np.unique(joined, return_counts=True)
    return dict(zip(stems.tolist(), counts.tolist(), strict=True))


def passage_rows(connection: sqlite3.Connection, scope: Scope) -> Iterator[int]:
    """Return the row numbers of the passages in scope, ascending."""
    in_scope, values = passages_in(scope)
    rows = connection.execute(f"{in_scope} ORDER BY rowid", values)
    return (row[0] for row in rows)


def document_numbers(connection: sqlite3.Connection, scope: Scope) -> Iterator[int]:
    """Return the numbers of the documents in scope."""
    where, values = conditions(scope)
    rows = connection.execute(f"SELECT number FROM documents WHERE {where}", values)  # noqa: S608  # values are bound
    return (row[0] for row in rows)


def ids_of_rows(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, PassageId]:
    """Return the passage ids of row numbers."""
    found = connection.execute(
        "SELECT passages.rowid, passages.id FROM (SELECT value FROM json_each(?)) AS wanted"
        " JOIN passages ON passages.rowid = wanted.value",
        (json.dumps(list(rows)),),
    )
    return {row: PassageId(passage_id) for row, passage_id in found}


def rows_of_ids(connection: sqlite3.Connection, ids: Sequence[str]) -> str:
    """Return the row numbers of those passages that are in the catalog, as a JSON list."""
    row = connection.execute(
        "SELECT json_group_array(passages.rowid) FROM (SELECT value FROM json_each(?)) AS wanted"
        " JOIN passages ON passages.id = wanted.value",
        (json.dumps(list(ids)),),
    ).fetchone()
    return str(row[0])


def vectors(
    connection: sqlite3.Connection, ids: Sequence[PassageId]
) -> list[tuple[PassageId, bytes]]:
    """Return the stored vectors of those passages that are in the catalog, in any order."""
    return _kept(connection, ids, "vectors", "vector")


def sentences(
    connection: sqlite3.Connection, ids: Sequence[PassageId]
) -> list[tuple[PassageId, bytes]]:
    """Return the stored sentence vectors of those passages that are in the catalog."""
    return _kept(connection, ids, "sentences", "vectors")


def _kept(
    connection: sqlite3.Connection, ids: Sequence[PassageId], table: str, column: str
) -> list[tuple[PassageId, bytes]]:
    return connection.execute(
        f"SELECT passages.id, {column} FROM (SELECT value FROM json_each(?)) AS wanted"  # noqa: S608  # both names are ours
        " JOIN passages ON passages.id = wanted.value"
        f" JOIN {table} ON {table}.rowid = passages.rowid",
        (json.dumps(list(ids)),),
    ).fetchall()


def tokens(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, tuple[bytes, bytes]]:
    """Return the stored vectors of word pieces by row number: counts and vectors.

    Raises:
        sqlite3.DatabaseError: A passage has none.
    """
    found = connection.execute(
        "SELECT rowid, counts, vectors FROM tokens WHERE rowid IN (SELECT value FROM json_each(?))",
        (json.dumps(list(rows)),),
    )
    return _all({row: (counts, vectors) for row, counts, vectors in found}, rows)


def stems(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, Stems]:
    """Return the stored stems of passages by row number.

    Raises:
        sqlite3.DatabaseError: A passage has none.
    """
    found = connection.execute(
        "SELECT rowid, length, body, hashes, counts FROM stems"
        " WHERE rowid IN (SELECT value FROM json_each(?))",
        (json.dumps(list(rows)),),
    )
    return _all({row[0]: Stems._make(row[1:]) for row in found}, rows)


def _all(found: dict[int, _Stored], rows: Sequence[int]) -> dict[int, _Stored]:
    if not found.keys() >= set(rows):
        raise sqlite3.DatabaseError("a passage is not stored whole")
    return found
