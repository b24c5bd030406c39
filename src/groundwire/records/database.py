"""The one SQLite file of the records: opened privately, brought up to date, shared by threads."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from groundwire.domain.errors import StoreError
from groundwire.records.migrations import MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

BUSY_SECONDS = 5.0
"""How long a write waits for another process before it gives up."""

_PRIVATE_FOLDER = 0o700
_PRIVATE_FILE = 0o600


class Database:
    """An open records file. One connection serves every thread, one at a time."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Take over an open connection that manages no transactions by itself."""
        self.path = path
        self._connection = connection
        self._lock = threading.RLock()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Run the block as one write: all of it is kept, or none.

        Raises:
            StoreError: The records cannot be read or written.
        """
        with self._lock, as_store_error(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                _roll_back(self._connection)
                raise

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """Return every row of one query.

        Raises:
            StoreError: The records cannot be read.
        """
        with self._lock, as_store_error(self.path):
            return self._connection.execute(sql, values).fetchall()

    def fold(self) -> None:
        """Fold the log into the file and empty it, so that what was erased is in neither.

        Where another process is reading just then, the log keeps it until the next time.

        Raises:
            StoreError: The records cannot be written.
        """
        with self._lock, as_store_error(self.path):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close the file. Closing twice is harmless."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        """Return the database."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self.close()


def open_database(path: Path) -> Database:
    """Open the records, make them if there are none, and bring them up to date.

    The folder is made with mode 0700 and the file with mode 0600 before SQLite sees it, so that
    there is no moment at which others could read it.

    Raises:
        StoreError: The file cannot be opened, is damaged, or was written by a newer version.
    """
    with as_store_error(path):
        _make_private(path)
        connection = sqlite3.connect(
            path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            # Not "trusted_schema = OFF": SQLite 3.40 then refuses json_extract, which the columns
            # of the ledger are made with. Records from elsewhere are checked for other tables.
            _use_wal(connection)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA synchronous = FULL")
            _migrate(connection, path)
        except BaseException:
            connection.close()
            raise
    return Database(connection, path)


def _make_private(path: Path) -> None:
    """Make the file 0600, without opening one that exists.

    Opening and closing a database file by hand would drop the locks that this process holds on it
    through another connection.
    """
    path.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    try:
        path.touch(mode=_PRIVATE_FILE, exist_ok=False)
    except FileExistsError:
        if path.is_file() and path.stat().st_mode & 0o077:
            path.chmod(_PRIVATE_FILE)


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to write-ahead logging, waiting for another process that is doing the same.

    SQLite reports "locked" at once here, whatever its busy timeout is.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Apply the steps that this file has not seen, each in a transaction of its own."""
    if _version(connection) > len(MIGRATIONS):
        raise StoreError(
            f"the records in {path} were written by a newer version of groundwire",
            hint="upgrade groundwire",
        )
    for number, statements in enumerate(MIGRATIONS, start=1):
        if _version(connection) >= number:
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            if _version(connection) < number:  # another process may have been faster
                for statement in statements:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            _roll_back(connection)
            raise


def _roll_back(connection: sqlite3.Connection) -> None:
    """Give a write up, unless SQLite has done so by itself, as it does when the disk is full."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _version(connection: sqlite3.Connection) -> int:
    """Return the number of the last step that was applied; 0 for an empty file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def as_store_error(path: Path) -> Iterator[None]:
    """Turn what SQLite and the file system report into one line for people."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise StoreError(
            f"the records in {path} cannot be used: {error}",
            hint="check the file's permissions and the free space; move it away to start anew",
        ) from error
