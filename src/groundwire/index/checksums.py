"""A checksum over all that is stored of a document, so that a bad disk is noticed.

SQLite notices a page that cannot be read as one, and not a letter that became another. So each
document's row holds a checksum over itself, its text, its passages with everything that belongs to
them, and its print. It is made of what was just stored, by the same reading that checks it later.

The upper half is of the document, the lower half of its print, which documents of one text share
and which a document need not have; 0 stands for none.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from zlib import crc32

from groundwire.domain.errors import IndexCorruptError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

_DOCUMENT = "SELECT * FROM documents LEFT JOIN texts USING (number) WHERE number = ?"
_OWN = frozenset({"number", "checksum"})
"""Columns that say nothing of the document: where it is stored, and the checksum itself."""
_PASSAGES = (
    'SELECT id, start, "end", heading, paragraph, passages.locators, length, body,'
    " vector, sentences.vectors, tokens.counts, tokens.vectors, hashes, stems.counts"
    " FROM passages LEFT JOIN vectors USING (rowid) LEFT JOIN sentences USING (rowid)"
    " LEFT JOIN tokens USING (rowid) LEFT JOIN stems USING (rowid)"
    " WHERE document = ? ORDER BY passages.rowid"
)
_PRINT = (
    "SELECT size, bands FROM prints JOIN documents USING (text_hash) WHERE documents.number = ?"
)
_HALF = 32
_UPPER = (1 << 31) - 1
"""What of a checksum the upper half has room for: SQLite's numbers have 63 bits and a sign."""
_NO_PRINT = 0


def note(connection: sqlite3.Connection, number: int) -> None:
    """Write the checksum of a document, of which everything is stored, into its row.

    Args:
        connection: The catalog, inside a transaction.
        number: The document's row.

    Raises:
        sqlite3.Error: It cannot be read or written.
    """
    content, prints = _halves(connection, number)
    values = (content << _HALF | prints, number)
    connection.execute("UPDATE documents SET checksum = ? WHERE number = ?", values)


def check(connection: sqlite3.Connection, number: int) -> None:
    """Make sure that a document is stored as it was written.

    Raises:
        IndexCorruptError: It is not.
        sqlite3.DatabaseError: It cannot be read.
    """
    query = "SELECT number, path, checksum FROM documents WHERE number = ?"
    for path in _damaged(connection, connection.execute(query, (number,)).fetchall()):
        raise IndexCorruptError(f"{path} is not stored as it was written")


def damaged(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the path of each document that is not stored as it was written.

    Raises:
        sqlite3.DatabaseError: The catalog cannot be read.
    """
    query = "SELECT number, path, checksum FROM documents ORDER BY number"
    yield from _damaged(connection, connection.execute(query))


def _damaged(
    connection: sqlite3.Connection, rows: Iterable[tuple[int, str, object]]
) -> Iterator[str]:
    for number, path, checksum in rows:
        content, prints = _halves(connection, number)
        noted = divmod(checksum, 1 << _HALF) if isinstance(checksum, int) else (-1, -1)
        # A print that was made after the document is not held against it.
        if noted[0] != content or noted[1] not in {prints, _NO_PRINT}:
            yield str(path)


def _halves(connection: sqlite3.Connection, number: int) -> tuple[int, int]:
    """Return the checksums of a document and of its print."""
    found = connection.execute(_DOCUMENT, (number,))
    names = [column[0] for column in found.description]
    row = found.fetchone() or ()
    fields = [value for name, value in zip(names, row, strict=False) if name not in _OWN]
    passages = connection.execute(_PASSAGES, (number,))
    content = _sum(fields, *passages) & _UPPER
    prints = connection.execute(_PRINT, (number,)).fetchone()
    return content, _sum(prints) or 1 if prints else _NO_PRINT


def _sum(*rows: Iterable[Any]) -> int:
    """Return the CRC-32 of rows: their bytes, and everything else about them as JSON."""
    found = 0
    for row in rows:
        blobs = [value for value in row if isinstance(value, bytes)]
        shape = [len(value) if isinstance(value, bytes) else value for value in row]
        found = crc32(json.dumps(shape).encode(), found)
        for blob in blobs:
            found = crc32(blob, found)
    return found
