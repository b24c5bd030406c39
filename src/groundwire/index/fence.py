"""Two writers that both believe to hold the lease: only one of them commits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.index import lease as leases

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from groundwire.index.lease import Lease

_KEY = "lease"


class Fence:
    """The lease that writes, noted in the catalog and looked at inside each transaction.

    A process that was stopped between its look at the lease and its commit may wake up when the
    lease is long another's. What it then finds in the catalog, under the lock of the transaction
    itself, is the note of the other one.
    """

    def __init__(self, connection: sqlite3.Connection, index_dir: Path, lease: Lease) -> None:
        """Stand between a writer and its catalog; nothing is written."""
        self._connection = connection
        self._index_dir = index_dir
        self._lease = lease
        self._known: frozenset[str | None] | None = None

    def look(self) -> None:
        """Make sure that the lease is still this writer's.

        Raises:
            StoreError: Another machine has taken over.
        """
        self._lease.check()

    def check(self) -> None:
        """Make sure, inside a transaction, that nobody else has written; then note who does.

        Raises:
            StoreError: Another machine has taken over.
        """
        row = self._connection.execute("SELECT value FROM meta WHERE key = ?", (_KEY,)).fetchone()
        found = row and str(row[0])
        if self._known is None:
            self._known = frozenset({found, self._lease.token})
        if found not in self._known:
            raise leases.lost(self._index_dir, leases.read(self._index_dir))
        if found != self._lease.token:
            values = (_KEY, self._lease.token)
            self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", values)
