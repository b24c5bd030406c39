"""Rows that a commit adds and takes away. Called inside a transaction."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING

from groundwire.domain.documents import DocumentId, PassageId
from groundwire.index.matrix import to_bytes, to_signed_bytes
from groundwire.index.scoping import source_key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from groundwire.domain.documents import Document, Passage

# Spelled out, because what the system calls a month may change between adding and deleting.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def passage_ids(connection: sqlite3.Connection, document_id: DocumentId) -> set[PassageId] | None:
    """Return the ids of a document's passages; None if it is not in the catalog."""
    row = connection.execute("SELECT number FROM documents WHERE id = ?", (document_id,)).fetchone()
    if row is None:
        return None
    rows = connection.execute("SELECT id FROM passages WHERE document = ?", row)
    return {PassageId(row[0]) for row in rows}


def delete_document(connection: sqlite3.Connection, document_id: DocumentId) -> None:
    """Take a document and everything of it away, if it is there."""
    row = connection.execute(
        "SELECT number, title, source, published, text FROM documents JOIN texts USING (number)"
        " WHERE id = ?",
        (document_id,),
    ).fetchone()
    if row is None:
        return
    number, title, source, published, text = row
    dated = _date_words(published)
    passages = connection.execute(
        'SELECT rowid, start, "end" FROM passages WHERE document = ?', (number,)
    ).fetchall()
    # The lexical index keeps no text, so it must be told which words to forget.
    connection.executemany(
        "INSERT INTO passages_fts (passages_fts, rowid, title, source, date, body)"
        " VALUES ('delete', ?, ?, ?, ?, ?)",
        [(rowid, title, source, dated, text[start:end]) for rowid, start, end in passages],
    )
    rows = [(passage[0],) for passage in passages]
    connection.executemany("DELETE FROM vectors WHERE rowid = ?", rows)
    connection.executemany("DELETE FROM sentences WHERE rowid = ?", rows)
    connection.execute("DELETE FROM passages WHERE document = ?", (number,))
    connection.execute("DELETE FROM texts WHERE number = ?", (number,))
    connection.execute("DELETE FROM documents WHERE number = ?", (number,))


def insert_document(
    connection: sqlite3.Connection,
    document: Document,
    passages: Sequence[Passage],
    vectors: NDArray[np.float32],
    sentences: Sequence[NDArray[np.float32]],
) -> None:
    """Add a document that is not there, its own row last."""
    published = document.published.isoformat() if document.published else None
    fields = (document.title, document.source, _date_words(published))
    number = connection.execute("INSERT INTO texts (text) VALUES (?)", (document.text,)).lastrowid
    for passage, vector, rows in zip(passages, vectors, sentences, strict=True):
        span = passage.span
        rowid = connection.execute(
            'INSERT INTO passages (id, document, start, "end", heading, paragraph)'
            " VALUES (?, ?, ?, ?, ?, ?)",
            (passage.id, number, span.start, span.end, passage.heading, passage.paragraph),
        ).lastrowid
        connection.execute("INSERT INTO vectors VALUES (?, ?)", (rowid, to_bytes(vector)))
        connection.execute("INSERT INTO sentences VALUES (?, ?)", (rowid, to_signed_bytes(rows)))
        connection.execute(
            "INSERT INTO passages_fts (rowid, title, source, date, body) VALUES (?, ?, ?, ?, ?)",
            (rowid, *fields, passage.text),
        )
    _insert_row(connection, document, number, len(passages))


def _insert_row(
    connection: sqlite3.Connection, document: Document, number: int | None, passages: int
) -> None:
    """Add the row that says that all of a document is there."""
    published = document.published.isoformat() if document.published else None
    connection.execute(
        "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            number,
            document.id,
            document.root,
            document.path,
            document.title,
            document.source,
            source_key(document.source),
            document.author,
            published,
            document.language,
            json.dumps([(span.start, span.end) for span in document.headings]),
            document.content_hash,
            hashlib.sha256(document.text.encode()).hexdigest(),
            len(document.text),
            passages,
        ),
    )


def _date_words(published: str | None) -> str:
    """Return a publication date in the words that people search for it with."""
    if published is None:
        return ""
    day = date.fromisoformat(published)
    return f"{_MONTHS[day.month - 1]} {day.day} {day.year} {published}"


def known(connection: sqlite3.Connection, root: str) -> dict[str, tuple[DocumentId, str]]:
    """Return path → (id, content hash) for the documents of a root."""
    rows = connection.execute(
        "SELECT path, id, content_hash FROM documents WHERE root = ?", (root,)
    )
    return {path: (DocumentId(document_id), content) for path, document_id, content in rows}
