"""A glance at the records, for shell completion and the chat's first lines. Nothing is written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from pathlib import Path

_PATIENCE = 0.1
_PREFIX = "terminal:"
_NAMED = """
    SELECT substr(key, ?2), title FROM conversations
    WHERE substr(key, 1, length(?1)) = ?1 ORDER BY updated DESC, key DESC LIMIT ?3
"""
_UNTOLD = """
    SELECT count(*) FROM recalls AS r JOIN ledger_contents AS c USING (seq)
    WHERE r.healed IS NULL AND json_extract(c.content, '$.index') = ?2
    AND NOT EXISTS (SELECT 1 FROM recalls_told WHERE recall = r.id AND door = ?1)
"""


def untold(path: Path, door: str, index: str) -> int:
    """Return how many open recalls a door has not told anybody of.

    Args:
        path: The records file; where it cannot be read, there is nothing to tell.
        door: The door that would tell of them.
        index: What names the index that the answers are from.
    """
    rows = _read(path, _UNTOLD, door, index)
    return int(str(rows[0][0])) if rows else 0


def named(path: Path, beginning: str, limit: int) -> tuple[tuple[str, str], ...]:
    """Return ids and titles of the sessions whose id begins so, the last one first.

    Args:
        path: The records file; where it cannot be read, there is nothing to name.
        beginning: The first characters of an id; empty fits every session.
        limit: How many, at most.
    """
    rows = _read(path, _NAMED, _PREFIX + beginning.upper(), len(_PREFIX) + 1, limit)
    return tuple((str(session), str(title)) for session, title in rows)


def _read(path: Path, query: str, *values: object) -> list[tuple[object, ...]]:
    address = f"file:{quote(str(path))}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE)) as connection:
            return connection.execute(query, values).fetchall()
    except sqlite3.Error:
        return []
