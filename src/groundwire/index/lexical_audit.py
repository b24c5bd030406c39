"""Whether the lexical index says what the texts say. Nothing is written to the catalog."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import quote

from groundwire.index.catalog import TOKENIZE
from groundwire.index.writing import date_words

if TYPE_CHECKING:
    from pathlib import Path

_TABLES = ("data", "idx", "docsize", "config")
_NEVER_USED = 2**62
# The lexical index of the catalog has no texts, and FTS5 can compare an index with its texts alone.
# So one that has the same words, and a view of the texts, is made beside it.
_BESIDE = f"""
CREATE TEMP VIEW stored AS
    SELECT passages.rowid AS rowid, title, source, date_words(published) AS date,
        substr(text, start + 1, "end" - start) AS body
    FROM main.passages JOIN main.documents ON documents.number = passages.document
    JOIN main.texts ON texts.number = passages.document;
CREATE VIRTUAL TABLE temp.words
    USING fts5 (title, source, date, body, content = 'stored', tokenize = '{TOKENIZE}');
"""  # noqa: S608  # a constant of the catalog


def fits_texts(catalog: Path) -> bool:
    """Return whether the lexical index of a catalog holds exactly the words of its passages.

    It takes about ten seconds for a million passages, and room for a copy of the lexical index.

    Raises:
        sqlite3.DatabaseError: The catalog cannot be read at all.
    """
    connection = sqlite3.connect(f"file:{quote(str(catalog))}?mode=ro", uri=True)
    with closing(connection):
        connection.isolation_level = None
        connection.create_function("date_words", 1, date_words)
        connection.executescript(_BESIDE)
        _copy_words(connection)
        try:
            connection.execute("INSERT INTO temp.words (words, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError:
            return False
    return True


def _copy_words(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN")
    for name in _TABLES:
        connection.execute(f"DELETE FROM temp.words_{name}")  # noqa: S608  # names of ours
        copy = f"INSERT INTO temp.words_{name} SELECT * FROM main.passages_fts_{name}"  # noqa: S608  # the same
        connection.execute(copy)
    connection.execute("COMMIT")
    # FTS5 has read the empty index; what was begun and given up makes it read again.
    connection.execute("BEGIN")
    connection.execute("INSERT INTO temp.words (rowid, body) VALUES (?, '')", (_NEVER_USED,))
    connection.execute("ROLLBACK")
