"""Answers that were posted, kept so that the buttons under them work, and how people rated them."""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from groundwire.records.conversations import touch
from groundwire.records.ids import Ids
from groundwire.records.storable import storable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from groundwire.domain.conversations import Liking
    from groundwire.records.database import Database


@dataclass(frozen=True, slots=True)
class PostedAnswer:
    """One answer as it was posted.

    Attributes:
        id: Its id: what the buttons under it name.
        conversation: Key of the conversation that it was given in.
        question: What was asked.
        scope: The JSON form of the scope that it was asked under.
        result: The JSON object (schema 1) of the answer or summary.
        reply: What was shown, as the door that showed it writes it down.
    """

    id: str
    conversation: str
    question: str
    scope: Mapping[str, object]
    result: Mapping[str, object]
    reply: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Rating:
    """What one person thought of an answer.

    Attributes:
        answer: The answer, as it was posted.
        person: Who, as the door names them.
        verdict: Whether it helped.
        reason: Why, in their words; empty if they did not say.
        given: When, in UTC.
    """

    answer: PostedAnswer
    person: str
    verdict: Liking
    reason: str
    given: datetime


class PostedAnswers:
    """The memory of what was posted; safe to use from several threads."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], float] = time.time,
        random: Callable[[int], int] = secrets.randbits,
    ) -> None:
        """Keep the answers in ``database``.

        Args:
            database: The open records.
            clock: Gives the time in seconds since 1970.
            random: Gives a number of as many random bits as it is asked for.
        """
        self._database = database
        self._clock = clock
        self._ids = Ids(clock, random)

    def new_id(self) -> str:
        """Return the id for an answer that is about to be posted."""
        return self._ids.make()

    def keep(self, answer: PostedAnswer) -> None:
        """Keep an answer, opening its conversation if need be.

        Raises:
            StoreError: The records cannot be written.
        """
        with self._database.transaction() as connection:
            now = touch(connection, answer.conversation, self._clock())
            connection.execute(
                "INSERT INTO answers"
                " (id, conversation, question, scope, result, reply, said)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    answer.id,
                    answer.conversation,
                    storable(answer.question),
                    *map(_dumped, (answer.scope, answer.result, answer.reply)),
                    now,
                ),
            )

    def find(self, answer: str) -> PostedAnswer | None:
        """Return the answer with this id; None once it was forgotten.

        Raises:
            StoreError: The records cannot be read.
        """
        rows = self._database.rows(
            "SELECT id, conversation, question, scope, result, reply FROM answers WHERE id = ?",
            answer,
        )
        return _posted(*rows[0]) if rows else None

    def rate(self, answer: str, person: str, verdict: Liking, reason: str = "") -> bool:
        """Note what somebody thinks of an answer; what they thought before is replaced.

        Returns:
            False where the answer was forgotten: nothing was noted then.

        Raises:
            StoreError: The records cannot be written.
        """
        with self._database.transaction() as connection:
            noted = connection.execute(
                "INSERT INTO ratings (answer, person, verdict, reason, given)"
                " SELECT id, ?2, ?3, ?4, ?5 FROM answers WHERE id = ?1"
                " ON CONFLICT (answer, person) DO UPDATE SET"
                " verdict = excluded.verdict, reason = excluded.reason, given = excluded.given",
                (answer, person, verdict, storable(reason), self._clock()),
            )
            return noted.rowcount > 0

    def ratings(self) -> tuple[Rating, ...]:
        """Return what people thought of answers, the latest first.

        Raises:
            StoreError: The records cannot be read.
        """
        rows = self._database.rows(
            "SELECT r.person, r.verdict, r.reason, r.given,"
            " a.id, a.conversation, a.question, a.scope, a.result, a.reply"
            " FROM ratings AS r JOIN answers AS a ON a.id = r.answer"
            " ORDER BY r.given DESC, a.id DESC, r.person"
        )
        return tuple(
            Rating(
                _posted(*kept),
                str(person),
                cast("Liking", verdict),
                str(reason),
                datetime.fromtimestamp(cast("float", given), UTC),
            )
            for person, verdict, reason, given, *kept in rows
        )


def _posted(name: object, conversation: object, question: object, *kept: object) -> PostedAnswer:
    """Return an answer from the columns that it is kept in."""
    scope, result, reply = (cast("dict[str, Any]", json.loads(str(part))) for part in kept)
    return PostedAnswer(str(name), str(conversation), str(question), scope, result, reply)


def _dumped(value: Mapping[str, object]) -> str:
    return storable(json.dumps(value, ensure_ascii=False))
