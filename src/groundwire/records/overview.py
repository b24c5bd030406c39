"""A glance at the records: ids and titles of sessions, for shell completion. Nothing is written."""

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


def named(path: Path, beginning: str, limit: int) -> tuple[tuple[str, str], ...]:
    """Return ids and titles of the sessions whose id begins so, the last one first.

    Args:
        path: The records file; where it cannot be read, there is nothing to name.
        beginning: The first characters of an id; empty fits every session.
        limit: How many, at most.
    """
    address = f"file:{quote(str(path))}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE)) as connection:
            values = (_PREFIX + beginning.upper(), len(_PREFIX) + 1, limit)
            rows = connection.execute(_NAMED, values).fetchall()
    except sqlite3.Error:
        return ()
    return tuple((str(session), str(title)) for session, title in rows)
