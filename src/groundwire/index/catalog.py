"""The catalog: the SQLite file of a generation, its tables, and how it is opened."""

from __future__ import annotations

import fnmatch
import sqlite3
import uuid
from typing import TYPE_CHECKING
from urllib.parse import quote

from groundwire.domain.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

TOKENIZE = "porter unicode61 remove_diacritics 2"
READ_TIMEOUT = 30.0
"""Seconds that a reader waits for a commit to end."""
_WRITE_CACHE = 65_536
"""Kilobytes of pages that a writer keeps in memory."""
WRITE_TIMEOUT = 60.0
"""Seconds that a commit waits for readers to finish."""

# Texts stand apart from documents, so that a listing does not read through them. Rowids of
# passages are never used twice: a reader may keep the vector that it has seen under one.
_SCHEMA = (
    """
PRAGMA journal_mode = DELETE;
BEGIN IMMEDIATE;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE roots (root TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    root TEXT NOT NULL,
    path TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    source_key TEXT NOT NULL,
    author TEXT NOT NULL,
    published TEXT,
    language TEXT NOT NULL,
    headings TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    characters INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    words INTEGER NOT NULL,
    locators TEXT NOT NULL,
    file TEXT NOT NULL,
    checksum INTEGER NOT NULL,
    UNIQUE (root, path)
);
CREATE TABLE files (
    root TEXT, path TEXT, hash TEXT NOT NULL, problems TEXT NOT NULL, PRIMARY KEY (root, path)
) WITHOUT ROWID;
CREATE TABLE moves (old TEXT PRIMARY KEY, new TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX documents_text ON documents (text_hash);
-- All that a scope asks of documents without naming them, so that none is read for it.
CREATE INDEX documents_scope ON documents (published, source_key, passages, words);
CREATE TABLE prints (
    number INTEGER PRIMARY KEY,
    text_hash TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    bands BLOB NOT NULL
);
CREATE TABLE bands (
    band INTEGER, print INTEGER, PRIMARY KEY (band, print)
) WITHOUT ROWID;
CREATE TABLE copies (
    one INTEGER, other INTEGER, shared INTEGER NOT NULL, PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE TABLE texts (number INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE passages (
    rowid INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    heading TEXT NOT NULL,
    paragraph INTEGER NOT NULL,
    locators TEXT NOT NULL
);
CREATE INDEX passages_document ON passages (document);
CREATE TABLE vectors (rowid INTEGER PRIMARY KEY, vector BLOB NOT NULL);
CREATE TABLE sentences (rowid INTEGER PRIMARY KEY, vectors BLOB NOT NULL);
CREATE TABLE tokens (rowid INTEGER PRIMARY KEY, counts BLOB NOT NULL, vectors BLOB NOT NULL);
CREATE TABLE stems (
    rowid INTEGER PRIMARY KEY,
    length INTEGER NOT NULL,
    body INTEGER NOT NULL,
    hashes BLOB NOT NULL,
    counts BLOB NOT NULL
);
CREATE VIRTUAL TABLE passages_fts
    USING fts5 (title, source, date, body, content = '', tokenize = '"""
    + TOKENIZE
    + """');
CREATE VIRTUAL TABLE passages_vocab USING fts5vocab (passages_fts, row);
INSERT INTO meta VALUES ('revision', '0'), ('dirty', '0');
"""
)


def create(path: Path, token_dimension: int, manifest: str = "") -> None:
    """Make an empty catalog; it is complete or it is not there.

    Args:
        path: Where.
        token_dimension: Length of a word piece's vector; 0 if there are none.
        manifest: Hash of the manifest that it belongs to.

    Raises:
        sqlite3.Error: It cannot be written.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript(_SCHEMA)
        name = f"groundwire-{uuid.uuid4().hex}"
        connection.execute("INSERT INTO meta VALUES ('collection', ?)", (name,))
        dimension = str(token_dimension)
        connection.execute("INSERT INTO meta VALUES ('token_dimension', ?)", (dimension,))
        connection.execute("INSERT INTO meta VALUES ('manifest', ?)", (manifest,))
        connection.execute("COMMIT")
    finally:
        connection.close()


def open_reading(path: Path) -> sqlite3.Connection:
    """Open a catalog for reading; nothing is written.

    A writer that was killed in the middle of a commit leaves a journal that must be rolled
    back first. Only then the file is opened for writing, once.

    Raises:
        StoreError: Such a journal is there and this process may not write.
        sqlite3.Error: The catalog cannot be opened or is damaged.
    """
    try:
        return _open(path, "ro", READ_TIMEOUT)
    except sqlite3.OperationalError as error:
        if not _needs_rollback(error, path):
            raise
    try:
        _open(path, "rw", READ_TIMEOUT).close()
        return _open(path, "ro", READ_TIMEOUT)
    except sqlite3.OperationalError as error:
        raise StoreError(
            f"a write to the index in {path.parent.parent} was cut off, and this process may "
            "not write there to repair it",
            hint="run any groundwire command once as a user who may write to that folder",
        ) from error


def open_writing(path: Path) -> sqlite3.Connection:
    """Open a catalog for writing. Readers are kept waiting during commits only.

    Raises:
        sqlite3.Error: The catalog cannot be opened, is damaged, or may not be written to.
    """
    connection = _open(path, "rw", WRITE_TIMEOUT)
    connection.execute("PRAGMA cache_spill = OFF")
    # Ids and bands are hashes: where the next one goes in a large index is anywhere.
    connection.execute(f"PRAGMA cache_size = -{_WRITE_CACHE}")
    # A commit is one when the journal's name is gone from the folder, on the disk too.
    connection.execute("PRAGMA synchronous = EXTRA")
    return connection


def get_meta(connection: sqlite3.Connection, key: str) -> str:
    """Return a value of the catalog's own notes.

    They are ``revision``, ``dirty``, ``collection``, ``token_dimension`` and ``manifest``; the
    calibration, which need not be there, is read by ``groundwire.index.calibration``.
    """
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    if row is None:
        raise sqlite3.DatabaseError(f"no {key} in the catalog")
    return str(row[0])


def set_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Change a value of the catalog's own notes."""
    connection.execute("UPDATE meta SET value = ? WHERE key = ?", (value, key))


def _open(path: Path, mode: str, timeout: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?mode={mode}",
        uri=True,
        timeout=timeout,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        # The file may be somebody else's: what stands in its schema runs nothing of ours.
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cache_size = -16384")
        connection.create_function("path_matches", 2, fnmatch.fnmatchcase, deterministic=True)
        get_meta(connection, "revision")
    except BaseException:
        connection.close()
        raise
    return connection


def _needs_rollback(error: sqlite3.OperationalError, path: Path) -> bool:
    journal = path.with_name(f"{path.name}-journal")
    name = str(getattr(error, "sqlite_errorname", ""))
    return name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")) and journal.exists()
