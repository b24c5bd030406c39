"""Rows that a commit adds and takes away. Called inside a transaction."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from groundwire.domain.documents import DocumentId, PassageId
from groundwire.index import checksums, families, places
from groundwire.index.forward import stems_of
from groundwire.index.matrix import to_bytes, to_signed_bytes
from groundwire.index.scoping import source_key
from groundwire.index.tokens import to_stored
from groundwire.text.lexicon import MONTHS

if TYPE_CHECKING:
    import sqlite3

    import numpy as np
    from numpy.typing import NDArray

    from groundwire.domain.documents import Document, Passage
    from groundwire.domain.encoders import EncoderIdentity
    from groundwire.index.families import Print
    from groundwire.index.stemming import Stemmer


_COLUMNS = 19


class Known(NamedTuple):
    """A stored document, as far as a sync has to know it.

    Attributes:
        id: Its id.
        content_hash: What it was read from; see ``Document``.
        file: Path of the file that it was read from, which may hold others.
    """

    id: DocumentId
    content_hash: str
    file: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A document with all that is stored of it.

    Attributes:
        document: The document.
        passages: Its passages.
        vectors: Their unit vectors, of shape (passages, dimension).
        sentences: For each passage the vectors of its sentences, of shape (sentences, dimension).
        tokens: For each passage, for each of its sentences, the vectors of word pieces, of shape
            (pieces, token dimension).
        made: What copies of it are found by; None if none are looked for.
    """

    document: Document
    passages: tuple[Passage, ...]
    vectors: NDArray[np.float32]
    sentences: tuple[NDArray[np.float32], ...]
    tokens: tuple[tuple[NDArray[np.int8], ...], ...]
    made: Print | None = None

    def check(self, encoder: EncoderIdentity) -> None:
        """Raise ValueError unless everything fits together."""
        path, count, dimension = self.document.path, len(self.passages), encoder.dimension
        shape = self.vectors.shape
        if shape != (count, dimension) and (count or self.vectors.size):
            message = f"{path}: vectors of shape {shape} for {count} passages of {dimension}"
            raise ValueError(message)
        shapes = [rows.shape for rows in self.sentences]
        if len(shapes) != count or any(shape[1:] != (dimension,) for shape in shapes):
            message = f"{path}: sentences of shapes {shapes} for {count} passages of {dimension}"
            raise ValueError(message)
        if len(self.tokens) != count or any(
            each.dtype.name != "int8" or each.shape[1:] != (encoder.token_dimension,)
            for passage in self.tokens
            for each in passage
        ):
            message = f"{path}: word pieces do not fit {count} passages"
            raise ValueError(message)
        for passage in self.passages:
            slice_ = passage.span.of(self.document.text)
            if passage.document_id != self.document.id or slice_ != passage.text:
                message = f"{path}: passage {passage.id} is not a slice of it"
                raise ValueError(message)


def passage_ids(connection: sqlite3.Connection, document_id: DocumentId) -> set[PassageId] | None:
    """Return the ids of a document's passages; None if it is not in the catalog."""
    row = connection.execute("SELECT number FROM documents WHERE id = ?", (document_id,)).fetchone()
    if row is None:
        return None
    rows = connection.execute("SELECT id FROM passages WHERE document = ?", row)
    return {PassageId(row[0]) for row in rows}


def delete_document(connection: sqlite3.Connection, document_id: DocumentId) -> None:
    """Take a document and everything of it away, if it is there.

    Raises:
        IndexCorruptError: It is not stored as it was written.
    """
    row = connection.execute(
        "SELECT number, title, source, published, text_hash, text"
        " FROM documents JOIN texts USING (number) WHERE id = ?",
        (document_id,),
    ).fetchone()
    if row is None:
        return
    number, title, source, published, text_hash, text = row
    # What is altered can be neither taken over nor taken out: the lexical index keeps no text.
    checksums.check(connection, number)
    dated = date_words(published)
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
    connection.executemany("DELETE FROM tokens WHERE rowid = ?", rows)
    connection.executemany("DELETE FROM stems WHERE rowid = ?", rows)
    connection.execute("DELETE FROM passages WHERE document = ?", (number,))
    connection.execute("DELETE FROM texts WHERE number = ?", (number,))
    connection.execute("DELETE FROM documents WHERE number = ?", (number,))
    families.delete_print(connection, text_hash)


def insert_document(connection: sqlite3.Connection, entry: Entry, stemmer: Stemmer) -> None:
    """Add a document that is not there, its own row last."""
    document, words = entry.document, 0
    published = document.published.isoformat() if document.published else None
    fields = (document.title, document.source, date_words(published))
    others = Counter(stemmer.hashes(" ".join(fields)))
    texts = connection.execute("INSERT INTO texts (text) VALUES (?)", (document.text,))
    number = int(texts.lastrowid or 0)
    for passage, vector, rows, tokens in zip(
        entry.passages, entry.vectors, entry.sentences, entry.tokens, strict=True
    ):
        stems = stems_of(stemmer, passage.text, others)
        words += stems.length
        rowid = _insert_passage(connection, number, passage)
        connection.execute("INSERT INTO vectors VALUES (?, ?)", (rowid, to_bytes(vector)))
        connection.execute("INSERT INTO sentences VALUES (?, ?)", (rowid, to_signed_bytes(rows)))
        connection.execute("INSERT INTO tokens VALUES (?, ?, ?)", (rowid, *to_stored(tokens)))
        connection.execute(
            "INSERT INTO stems VALUES (?, ?, ?, ?, ?)",
            (rowid, stems.length, stems.body, stems.hashes, stems.counts),
        )
        connection.execute(
            "INSERT INTO passages_fts (rowid, title, source, date, body) VALUES (?, ?, ?, ?, ?)",
            (rowid, *fields, passage.text),
        )
    text_hash = hashlib.sha256(document.text.encode()).hexdigest()
    if entry.made is not None:
        families.insert_print(connection, text_hash, entry.made)
    _insert_row(connection, document, (number, text_hash), (len(entry.passages), words))
    checksums.note(connection, number)


def _insert_passage(connection: sqlite3.Connection, number: int, passage: Passage) -> int:
    """Add the row of a passage itself and return its number."""
    values = (
        passage.id,
        number,
        passage.span.start,
        passage.span.end,
        passage.heading,
        passage.paragraph,
        places.to_stored(passage.locators),
    )
    added = connection.execute(
        'INSERT INTO passages (id, document, start, "end", heading, paragraph, locators)'
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        values,
    )
    return int(added.lastrowid or 0)


def _insert_row(
    connection: sqlite3.Connection,
    document: Document,
    text: tuple[int, str],
    size: tuple[int, int],
) -> None:
    """Add the row that says that all of a document is there: its text, passages and words.

    Args:
        connection: The catalog.
        document: The document.
        text: Number and hash of its text.
        size: How many passages and words there are.
    """
    published = document.published.isoformat() if document.published else None
    connection.execute(
        f"INSERT INTO documents VALUES ({', '.join('?' * _COLUMNS)})",  # noqa: S608  # marks alone
        (
            text[0],
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
            text[1],
            len(document.text),
            *size,
            places.to_stored(document.locators),
            document.file,
            0,
        ),
    )


def date_words(published: str | None) -> str:
    """Return a publication date, in ISO form, in the words that people search for it with."""
    if published is None:
        return ""
    day = date.fromisoformat(published)
    return f"{MONTHS[day.month - 1]} {day.day} {day.year} {published}"


def known(connection: sqlite3.Connection, root: str) -> dict[str, Known]:
    """Return what is known of the documents of a root, by path."""
    rows = connection.execute(
        "SELECT path, id, content_hash, file FROM documents WHERE root = ?", (root,)
    )
    return {
        path: Known(DocumentId(document_id), content, file or path)
        for path, document_id, content, file in rows
    }
