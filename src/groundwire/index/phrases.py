"""Phrases: every passage that holds some words next to one another, as they were published."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from groundwire.domain.documents import PassageId
from groundwire.index.scoping import conditions
from groundwire.text.marks import WIDE_LETTERS

if TYPE_CHECKING:
    import sqlite3

    from groundwire.domain.retrieval import Scope
    from groundwire.index.stemming import Term

_WIDE = re.compile(f"[{WIDE_LETTERS}]")
_ORDER = (
    "ORDER BY documents.published IS NULL, documents.published, documents.path, documents.root,"
    " passages.start"
)


def passages(
    connection: sqlite3.Connection, phrase: Term, top_k: int, scope: Scope
) -> tuple[PassageId, ...]:
    """Return the passages whose text holds a phrase, by stem, published first foremost.

    Chinese and Japanese are held as runs between punctuation, in which the lexical index finds
    nothing: what is written in them is looked for in the texts themselves, character by character.

    Args:
        connection: The catalog.
        phrase: The words.
        top_k: How many passages at most.
        scope: Which documents may be used.
    """
    if not phrase.tokens:
        return ()
    if _WIDE.search(phrase.text):
        return _containing(connection, phrase.text, top_k, scope)
    where, values = conditions(scope)
    rows = connection.execute(
        "SELECT passages.id FROM passages_fts"  # noqa: S608  # values are bound
        " CROSS JOIN passages ON passages.rowid = passages_fts.rowid"
        " JOIN documents ON documents.number = passages.document"
        f" WHERE passages_fts MATCH ? AND {where} {_ORDER} LIMIT ?",
        (f"{{body}} : {phrase.quoted()}", *values, top_k),
    )
    return tuple(PassageId(row[0]) for row in rows)


def _containing(
    connection: sqlite3.Connection, words: str, top_k: int, scope: Scope
) -> tuple[PassageId, ...]:
    """Return the passages in which a row of characters begins."""
    where, values = conditions(scope)
    rows = connection.execute(
        "SELECT documents.number, text FROM texts"  # noqa: S608  # values are bound
        " JOIN documents ON documents.number = texts.number"
        f" WHERE instr(text, ?) AND {where}",
        (words, *values),
    )
    starts = [
        [number, match.start()]
        for number, text in rows
        for match in re.finditer(re.escape(words), text)
    ]
    found = connection.execute(
        "SELECT DISTINCT passages.id FROM json_each(?) AS place"  # noqa: S608  # values are bound
        " JOIN passages ON passages.document = json_extract(place.value, '$[0]')"
        " JOIN documents ON documents.number = passages.document"
        " WHERE json_extract(place.value, '$[1]') BETWEEN passages.start AND passages.\"end\" - 1"
        f" {_ORDER} LIMIT ?",
        (json.dumps(starts), top_k),
    )
    return tuple(PassageId(row[0]) for row in found)
