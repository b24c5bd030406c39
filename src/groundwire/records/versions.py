"""The text of every document version that an answer stands on, each kept once."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from groundwire.domain.ledger import hash_of

if TYPE_CHECKING:
    import sqlite3

    from groundwire.records.database import Database


class Versions:
    """The kept versions; safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        """Read the versions in ``database``."""
        self._database = database

    def text(self, version: str) -> str | None:
        """Return a kept text.

        Args:
            version: ``hash_of`` the text.

        Returns:
            The text; None where it is not kept, or is not what its hash says.

        Raises:
            StoreError: The records cannot be read.
        """
        for (packed,) in self._database.rows("SELECT text FROM versions WHERE hash = ?", version):
            try:
                text = zlib.decompress(bytes(packed)).decode()  # type: ignore[call-overload]  # a BLOB
            except (zlib.error, UnicodeDecodeError):
                return None
            return text if hash_of(text) == version else None
        return None

    def count(self) -> int:
        """Return how many versions are kept."""
        return len(self._database.rows("SELECT hash FROM versions"))


def keep(connection: sqlite3.Connection, version: str, text: str) -> None:
    """Keep a text within a transaction, unless it is kept already."""
    known = connection.execute("SELECT 1 FROM versions WHERE hash = ?", (version,)).fetchone()
    if known is None:
        connection.execute(
            "INSERT INTO versions (hash, text) VALUES (?, ?)",
            (version, zlib.compress(text.encode())),
        )


def drop_unused(connection: sqlite3.Connection) -> None:
    """Erase, within a transaction, the versions that no citation stands on any more."""
    connection.execute(
        "DELETE FROM versions WHERE NOT EXISTS"
        " (SELECT 1 FROM ledger_citations WHERE version = versions.hash)"
    )
