"""The files that documents were read from, and the names that documents went by before."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from groundwire.domain.documents import DocumentId

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping


class StoredFile(NamedTuple):
    """A file whose documents are all stored.

    Attributes:
        digest: SHA-256 of its bytes.
        problems: For each part of it that could not be read its name and the reason.
    """

    digest: str
    problems: tuple[tuple[str, str], ...] = ()


def files(connection: sqlite3.Connection, root: str) -> dict[str, StoredFile]:
    """Return the files of a root by path."""
    rows = connection.execute("SELECT path, hash, problems FROM files WHERE root = ?", (root,))
    return {path: StoredFile(digest, _problems(stored)) for path, digest, stored in rows}


def store(
    connection: sqlite3.Connection, changed: Mapping[tuple[str, str], StoredFile | None]
) -> None:
    """Note files by root and path, or forget those that are None."""
    for (root, path), file in changed.items():
        if file is None:
            connection.execute("DELETE FROM files WHERE root = ? AND path = ?", (root, path))
        else:
            problems = json.dumps(file.problems) if file.problems else ""
            connection.execute(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)",
                (root, path, file.digest, problems),
            )


def moves(connection: sqlite3.Connection) -> dict[DocumentId, DocumentId]:
    """Return for the ids of moved documents the ids that they got."""
    rows = connection.execute("SELECT old, new FROM moves ORDER BY old")
    return {DocumentId(old): DocumentId(new) for old, new in rows}


def store_moves(
    connection: sqlite3.Connection, moved: Iterable[tuple[DocumentId, DocumentId]]
) -> None:
    """Note that documents go by other ids now."""
    connection.executemany("INSERT OR REPLACE INTO moves VALUES (?, ?)", moved)


def now_called(connection: sqlite3.Connection, document_id: DocumentId) -> DocumentId:
    """Return the id of a document now, wherever it was moved; its own if it is gone."""
    seen: set[str] = set()
    current = document_id
    while current not in seen:
        here = connection.execute("SELECT 1 FROM documents WHERE id = ?", (current,)).fetchone()
        if here is not None:
            return current
        seen.add(current)
        row = connection.execute("SELECT new FROM moves WHERE old = ?", (current,)).fetchone()
        if row is not None:
            current = DocumentId(row[0])
    return document_id


def _problems(stored: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, reason) for name, reason in json.loads(stored)) if stored else ()
