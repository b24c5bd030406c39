"""Rows of the catalog as the nouns of the domain."""

from __future__ import annotations

import fnmatch
import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING, Any

from groundwire.domain.documents import Document, DocumentId, DocumentInfo, Passage, PassageId
from groundwire.domain.errors import IndexCorruptError
from groundwire.domain.spans import Span
from groundwire.index import places
from groundwire.index.scoping import conditions

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from groundwire.domain.retrieval import Scope

_INFO = (
    "documents.id, path, title, source, author, published, language, characters, documents.passages"
)
_INFO_COLUMNS = 9
_LEAST_PART = 3
"""Characters of a path or title that name it."""
_START = 2
"""Where the place of a passage begins in its row."""
_PASSAGE = 'passages.id, documents.id, start, "end", heading, paragraph, passages.locators'


def documents(
    connection: sqlite3.Connection,
    scope: Scope,
    *,
    among: Sequence[DocumentId] | None = None,
    most: int = -1,
) -> tuple[DocumentInfo, ...]:
    """Return the entries of the documents in scope, by path; of some documents, or of all.

    Args:
        connection: The catalog.
        scope: Which documents.
        among: The ids of those that are looked at; None for all.
        most: How many entries are returned at most; -1 for all.
    """
    where, values = conditions(scope)
    if among is not None:
        where += " AND documents.id IN (SELECT value FROM json_each(?))"
        values = (*values, json.dumps(list(among)))
    rows = connection.execute(
        f"SELECT {_INFO} FROM documents WHERE {where} ORDER BY path, root LIMIT ?",  # noqa: S608  # values are bound
        (*values, most),
    )
    return tuple(_info(row) for row in rows)


def document(connection: sqlite3.Connection, document_id: DocumentId) -> Document | None:
    """Return a document with its text of record; None if it is not in the catalog.

    Raises:
        IndexCorruptError: Its text is not the one that was indexed.
    """
    row = connection.execute(
        "SELECT id, root, path, title, source, author, published, language, content_hash,"
        " headings, text, locators, file, text_hash"
        " FROM documents JOIN texts USING (number) WHERE id = ?",
        (document_id,),
    ).fetchone()
    if row is None:
        return None
    _check_text(row[2], row[10], row[13])
    return Document(
        id=DocumentId(row[0]),
        root=row[1],
        path=row[2],
        title=row[3],
        source=row[4],
        author=row[5],
        published=_day(row[6]),
        language=row[7],
        content_hash=row[8],
        headings=tuple(Span(start, end) for start, end in json.loads(row[9])),
        text=row[10],
        locators=places.from_stored(row[11]),
        file=row[12],
    )


def check_texts(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Make sure that the texts of documents are those that were indexed.

    Raises:
        IndexCorruptError: One is not: no word of it may be shown.
    """
    rows = connection.execute(
        "SELECT path, CAST(text AS BLOB), text_hash FROM documents JOIN texts USING (number)"
        " WHERE number IN (SELECT value FROM json_each(?))",
        (json.dumps(list(numbers)),),
    )
    for row in rows:
        _check_text(*row)


def _check_text(path: str, text: str | bytes, expected: str) -> None:
    stored = text.encode() if isinstance(text, str) else text
    if hashlib.sha256(stored).hexdigest() != expected:
        raise IndexCorruptError(f"the text of {path} is not the one that was indexed")


def find(connection: sqlite3.Connection, name: str, scope: Scope) -> tuple[DocumentInfo, ...]:
    """Return the documents in scope that a person may mean by a name.

    The first of these that fits anything decides: the id or the exact path, the end of the path,
    the title without case, a glob pattern over the path.
    """
    where, values = conditions(scope)
    rows = connection.execute(
        f"SELECT {_INFO} FROM documents WHERE {where} ORDER BY path, root",  # noqa: S608  # values are bound
        values,
    )
    everything = [_info(row) for row in rows]
    wanted = name.strip().removeprefix("./")
    ending, folded = f"/{wanted}", wanted.casefold()
    for fits in (
        lambda info: wanted in (info.id, info.path),
        lambda info: info.path.endswith(ending),
        lambda info: info.title.casefold() == folded,
        lambda info: fnmatch.fnmatchcase(info.path, wanted),
        lambda info: _is_part(folded, info.path) or _is_part(folded, info.title),
    ):
        found = tuple(info for info in everything if fits(info))
        if wanted and found:
            return found
    return ()


def _is_part(folded: str, name: str) -> bool:
    return len(folded) >= _LEAST_PART and folded in name.casefold()


def passages(
    connection: sqlite3.Connection, ids: Sequence[PassageId]
) -> tuple[tuple[Passage, DocumentInfo], ...]:
    """Return passages with their documents' entries, in the order asked.

    Raises:
        KeyError: An id is not in the catalog.
    """
    # Cut inside SQLite: most of a document's text would be decoded for nothing.
    rows = connection.execute(
        f'SELECT {_INFO}, {_PASSAGE}, substr(text, start + 1, "end" - start)'  # noqa: S608  # values are bound
        " FROM (SELECT value FROM json_each(?)) AS wanted"
        " JOIN passages ON passages.id = wanted.value"
        " JOIN documents ON documents.number = passages.document"
        " JOIN texts ON texts.number = passages.document",
        (json.dumps(list(ids)),),
    )
    found = {
        row[_INFO_COLUMNS]: (_passage(row[_INFO_COLUMNS:-1], row[-1]), _info(row)) for row in rows
    }
    return tuple(found[passage_id] for passage_id in ids)


def infos(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, DocumentInfo]:
    """Return the entries of documents by number; no text is read."""
    rows = connection.execute(
        f"SELECT {_INFO}, number FROM documents"  # noqa: S608  # values are bound
        " WHERE number IN (SELECT value FROM json_each(?))",
        (json.dumps(list(numbers)),),
    )
    return {row[-1]: _info(row) for row in rows}


def passages_of(connection: sqlite3.Connection, document_id: DocumentId) -> tuple[Passage, ...]:
    """Return a document's passages, in the order of the text."""
    rows = connection.execute(
        f"SELECT {_PASSAGE}, documents.number FROM passages"  # noqa: S608  # values are bound
        " JOIN documents ON documents.number = passages.document"
        ' WHERE documents.id = ? ORDER BY start, "end"',
        (document_id,),
    ).fetchall()
    texts = _texts(connection, {row[-1] for row in rows})
    return tuple(_passage(row[:-1], texts[row[-1]][row[_START] : row[_START + 1]]) for row in rows)


def roots(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the roots that belong to the index, sorted."""
    return tuple(row[0] for row in connection.execute("SELECT root FROM roots ORDER BY root"))


def text_hashes(connection: sqlite3.Connection, ids: Sequence[DocumentId]) -> dict[str, str]:
    """Return the SHA-256 of the texts of those documents that are in the catalog, by id."""
    rows = connection.execute(
        "SELECT id, text_hash FROM documents WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return dict(rows.fetchall())


def count_passages(connection: sqlite3.Connection, scope: Scope) -> int:
    """Return how many passages a scope holds."""
    where, values = conditions(scope)
    row = connection.execute(
        f"SELECT coalesce(sum(passages), 0) FROM documents WHERE {where}",  # noqa: S608  # values are bound
        values,
    ).fetchone()
    return int(row[0])


def sources(connection: sqlite3.Connection, scope: Scope) -> tuple[frozenset[str], date | None]:
    """Return the outlets that documents in scope give, and the latest publication date."""
    where, values = conditions(scope)
    rows = connection.execute(
        f"SELECT DISTINCT source FROM documents WHERE source != '' AND {where}",  # noqa: S608  # values are bound
        values,
    )
    newest = f"SELECT max(published) FROM documents WHERE {where}"  # noqa: S608  # the same
    latest = connection.execute(newest, values).fetchone()[0]
    return frozenset(row[0] for row in rows), _day(latest)


def _texts(connection: sqlite3.Connection, numbers: set[int]) -> dict[int, str]:
    listed = sorted(numbers)
    check_texts(connection, listed)
    rows = connection.execute(
        "SELECT number, text FROM texts WHERE number IN (SELECT value FROM json_each(?))",
        (json.dumps(listed),),
    )
    return dict(rows.fetchall())


def _info(row: Sequence[Any]) -> DocumentInfo:
    return DocumentInfo(
        id=DocumentId(row[0]),
        path=row[1],
        title=row[2],
        source=row[3],
        author=row[4],
        published=_day(row[5]),
        language=row[6],
        characters=row[7],
        passages=row[8],
    )


def _passage(row: Sequence[Any], text: str) -> Passage:
    return Passage(
        id=PassageId(row[0]),
        document_id=DocumentId(row[1]),
        span=Span(row[_START], row[_START + 1]),
        text=text,
        heading=row[4],
        paragraph=row[5],
        locators=places.from_stored(row[6]),
    )


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
