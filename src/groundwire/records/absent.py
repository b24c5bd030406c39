"""Records where there is no file: to be read as empty, without making one."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from groundwire.records.database import Database
from groundwire.records.migrations import MIGRATIONS

if TYPE_CHECKING:
    from pathlib import Path

_NOTHING_IS_ENTERED = """
    CREATE TRIGGER nothing_is_entered BEFORE INSERT ON ledger
    BEGIN SELECT RAISE(ABORT, 'they were opened for reading'); END
"""


def no_records(path: Path) -> Database:
    """Return records in which nothing was ever kept; an answer cannot be entered in them.

    Args:
        path: Where the file would be; it is neither looked at nor made.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    for statements in MIGRATIONS:
        for statement in statements:
            connection.execute(statement)
    connection.execute(_NOTHING_IS_ENTERED)
    return Database(connection, path)
