"""The vectors of one revision, kept in memory and brought up to date by what changed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from groundwire.index import heads, matrix
from groundwire.index.heads import Heads

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Hashable

    from groundwire.index.matrix import Matrix


class VectorCache:
    """The vectors of the revision that was asked about last. Thread-safe."""

    def __init__(self, exact_limit: int) -> None:
        """Start empty.

        Args:
            exact_limit: Up to how many passages all vectors are kept to be scored in full.
        """
        self._limit = exact_limit
        self._lock = threading.Lock()
        self._key: tuple[Hashable, int] | None = None
        self._vectors: Matrix | Heads | None = None

    def at(
        self, connection: sqlite3.Connection, generation: Hashable, revision: int
    ) -> Matrix | Heads:
        """Return the vectors of all passages as the connection's transaction sees them.

        A row's vector never changes and no row number is used twice, so only new rows are read.
        """
        with self._lock:
            if self._vectors is None or self._key != (generation, revision):
                known = self._key or (None, 0)
                older = known[0] == generation and known[1] < revision
                self._vectors = self._read(connection, self._vectors if older else None)
                self._key = (generation, revision)
            return self._vectors

    def held(self, generation: Hashable, revision: int) -> Matrix | Heads | None:
        """Return the vectors of a revision if they are in memory; None otherwise."""
        with self._lock:
            return self._vectors if self._key == (generation, revision) else None

    def clear(self) -> None:
        """Let go of the vectors."""
        with self._lock:
            self._key = self._vectors = None

    def _read(self, connection: sqlite3.Connection, old: Matrix | Heads | None) -> Matrix | Heads:
        count = int(connection.execute("SELECT count(*) FROM passages").fetchone()[0])
        if count <= self._limit:
            if old is None or isinstance(old, Heads):
                return matrix.read(connection)
            return matrix.refreshed(old, connection)
        if isinstance(old, Heads):
            return heads.refreshed(old, connection, count)
        self._vectors = old = None  # before the next are read: there may be no room for both
        return heads.read(connection, count)
