"""Questions that were taken: none is lost in a crash, and none is taken twice."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.records.conversations import touch
from groundwire.records.storable import storable

if TYPE_CHECKING:
    from collections.abc import Callable

    from groundwire.records.database import Database


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that was taken and not dealt with.

    Attributes:
        conversation: The key of its conversation.
        ts: What names it in its conversation.
        asked: What the door kept of it.
        age: For how many seconds it has been waiting.
    """

    conversation: str
    ts: str
    asked: str
    age: float


class Questions:
    """What was taken from people; safe to use from several threads.

    A question goes with its conversation when that is forgotten.
    """

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.time) -> None:
        """Keep the questions in ``database``.

        Args:
            database: The open records.
            clock: Gives the time in seconds since 1970.
        """
        self._database = database
        self._clock = clock

    def take(self, conversation: str, ts: str, asked: str) -> bool:
        """Note that a question is taken, opening its conversation if need be.

        Args:
            conversation: The key of its conversation.
            ts: What names it there.
            asked: What it takes to ask it again after a crash.

        Returns:
            False if it was taken before; nothing is changed then.
        """
        with self._database.transaction() as connection:
            now = touch(connection, conversation, self._clock())
            taken = connection.execute(
                "INSERT INTO questions (conversation, ts, asked, taken) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                (conversation, ts, storable(asked), now),
            )
            return bool(taken.rowcount)

    def settle(self, conversation: str, ts: str) -> None:
        """Note that a question was dealt with, and forget its words."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE questions SET asked = NULL WHERE conversation = ? AND ts = ?",
                (conversation, ts),
            )

    def open(self) -> tuple[OpenQuestion, ...]:
        """Return the questions that were not dealt with, the oldest first."""
        now = self._clock()
        rows = self._database.rows(
            "SELECT conversation, ts, asked, taken FROM questions"
            " WHERE asked IS NOT NULL ORDER BY taken, ts"
        )
        return tuple(
            OpenQuestion(str(key), str(ts), str(asked), now - float(str(taken)))
            for key, ts, asked, taken in rows
        )
