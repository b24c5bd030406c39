"""Conversations: what was said, under a key that the door chooses."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from groundwire.domain.conversations import Turn
from groundwire.records.storable import storable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from datetime import datetime

    from groundwire.domain.conversations import Role
    from groundwire.records.database import Database

TERMINAL: Final = "terminal:"
"""What the keys of the terminal's sessions begin with."""

SLACK: Final = "slack:"
"""What the keys of Slack's conversations begin with."""

_ROLES: Final[dict[str, Role]] = {"user": "user", "assistant": "assistant"}


class Conversations:
    """The memory of the doors; safe to use from several threads.

    A key is any string that a door finds again, such as ``slack:T1:C1:1700000000.000100``.
    """

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.time) -> None:
        """Keep the conversations in ``database``.

        Args:
            database: The open records.
            clock: Gives the time in seconds since 1970.
        """
        self._database = database
        self._clock = clock

    @property
    def database(self) -> Database:
        """The records that the conversations are kept in."""
        return self._database

    def open(self, key: str) -> None:
        """Make a conversation known before anything was said in it. Twice is harmless."""
        with self._database.transaction() as connection:
            touch(connection, key, self._clock())

    def known(self, key: str) -> bool:
        """Return whether the conversation was opened and has not been pruned."""
        return bool(self._database.rows("SELECT 1 FROM conversations WHERE key = ?", key))

    def append(self, key: str, *turns: Turn) -> None:
        """Add turns to a conversation, in order and all or none, opening it if need be."""
        with self._database.transaction() as connection:
            now = touch(connection, key, self._clock())
            connection.executemany(
                "INSERT INTO turns (conversation, role, text, said) VALUES (?, ?, ?, ?)",
                [(key, turn.role, storable(turn.text), now) for turn in turns],
            )

    def turns(self, key: str, *, last: int | None = None) -> tuple[Turn, ...]:
        """Return what was said, oldest first; nothing for an unknown key.

        Args:
            key: The conversation.
            last: Only this many turns, the latest; None for all.
        """
        rows = self._database.rows(
            "SELECT role, text FROM turns WHERE conversation = ? ORDER BY id DESC LIMIT ?",
            key,
            -1 if last is None else last,
        )
        return tuple(Turn(_ROLES[str(role)], str(text)) for role, text in reversed(rows))

    def delete(self, *keys: str) -> None:
        """Erase conversations with all that belongs to them, from the file's free space too.

        Turns, questions that wait, posted answers and feedback go along. A key that is not there
        is passed over.
        """
        with self._database.transaction() as connection:
            connection.executemany(
                "DELETE FROM conversations WHERE key = ?", [(key,) for key in keys]
            )
        self._database.fold()

    def prune(self, older_than: datetime) -> int:
        """Forget the conversations in which nothing was said since ``older_than``.

        The terminal's sessions stay: they are erased by whoever began them. What seems to have
        been said in the future, because the clock was ahead then, counts as said now: it must not
        be kept for years.

        Returns:
            How many were forgotten.
        """
        now = self._clock()
        with self._database.transaction() as connection:
            connection.execute("UPDATE conversations SET updated = ?1 WHERE updated > ?1", (now,))
            forgotten = connection.execute(
                "DELETE FROM conversations WHERE updated < ?"
                " AND NOT (key >= 'terminal:' AND key < 'terminal;')",
                (older_than.timestamp(),),
            ).rowcount
        if forgotten:
            self._database.fold()
        return forgotten


def touch(connection: sqlite3.Connection, key: str, now: float) -> float:
    """Note that something happens in a conversation now, opening it if need be; return the time."""
    connection.execute(
        "INSERT INTO conversations (key, started, updated) VALUES (?1, ?2, ?2)"
        " ON CONFLICT (key) DO UPDATE SET updated = excluded.updated",
        (key, now),
    )
    return now
