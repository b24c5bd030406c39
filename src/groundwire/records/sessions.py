"""Sessions of the terminal: every exchange kept as it happens, with its result."""

from __future__ import annotations

import json
import secrets
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, cast

from groundwire.domain.conversations import ConversationInfo, Exchange, Feedback
from groundwire.domain.errors import NotFoundError
from groundwire.records.conversations import TERMINAL, Conversations, touch
from groundwire.records.ids import Ids, normal
from groundwire.records.storable import storable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping

    from groundwire.domain.conversations import ExchangeKind, Liking, Turn
    from groundwire.records.database import Database

TITLE_LENGTH: Final = 60
"""Characters that a title has at most."""

_SHOWN = 5
_INFO: Final = """
    SELECT key, title, started, updated, (
        SELECT coalesce(max(exchange), 0) FROM turns
        WHERE conversation = key AND exchange IS NOT NULL
    )
    FROM conversations WHERE key >= 'terminal:' AND key < 'terminal;'
    ORDER BY (SELECT max(id) FROM turns WHERE conversation = key) DESC, key DESC LIMIT ?
"""
_EXCHANGES: Final = """
    SELECT a.exchange, q.text, a.kind, a.text, a.result, a.said, a.stopped
    FROM turns AS a
    JOIN turns AS q ON q.conversation = a.conversation AND q.exchange = a.exchange
    WHERE a.conversation = ? AND a.role = 'assistant' AND q.role = 'user'
    ORDER BY a.exchange
"""
_FEEDBACK: Final = """
    SELECT f.conversation, f.exchange, q.text, f.verdict, f.reason, f.given
    FROM feedback AS f
    JOIN turns AS q ON q.conversation = f.conversation AND q.exchange = f.exchange
    WHERE f.conversation >= 'terminal:' AND f.conversation < 'terminal;' AND q.role = 'user'
    ORDER BY f.given DESC, f.conversation DESC, f.exchange DESC
"""


class Sessions:
    """The memory of the terminal; safe to use from several threads, and beside other processes."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], float] = time.time,
        random: Callable[[int], int] = secrets.randbits,
    ) -> None:
        """Keep the sessions in ``database``.

        Args:
            database: The open records.
            clock: Gives the time in seconds since 1970.
            random: Gives a number of as many random bits as it is asked for.
        """
        self._database = database
        self._clock = clock
        self._conversations = Conversations(database, clock=clock)
        self._ids = Ids(clock, random)

    def begin(self) -> str:
        """Return the id of a new session. Nothing is written until its first exchange."""
        return self._ids.make()

    def save(  # noqa: PLR0913 -- what an exchange is made of
        self,
        session: str,
        question: str,
        kind: ExchangeKind,
        text: str,
        result: Mapping[str, object],
        *,
        stopped: bool = False,
    ) -> Exchange:
        """Keep one exchange, whole or not at all; the first one makes and names the session.

        Half surrogate pairs are kept as ``�``: they cannot be written.

        Args:
            session: An id from ``begin`` or of a session that is kept.
            question: What was asked, as it was typed.
            kind: What sort of result came back.
            text: What was said, as Markdown.
            result: The JSON object of the result; empty if it was stopped before there was one.
            stopped: Whether it was stopped before it was whole.

        Raises:
            StoreError: The records cannot be written.
        """
        key = TERMINAL + session
        asked, said = storable(question), storable(text)
        dumped = storable(json.dumps(result, ensure_ascii=False))
        with self._database.transaction() as connection:
            now = touch(connection, key, self._clock())
            number = _count(connection, key) + 1
            connection.execute(
                "UPDATE conversations SET title = ? WHERE key = ? AND title = ''",
                (title_of(asked), key),
            )
            connection.executemany(
                "INSERT INTO turns"
                " (conversation, role, text, said, exchange, kind, result, stopped)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (key, "user", asked, now, number, None, None, False),
                    (key, "assistant", said, now, number, kind, dumped, stopped),
                ],
            )
        return Exchange(number, asked, kind, said, json.loads(dumped), _moment(now), stopped)

    def listing(self, limit: int | None = None) -> tuple[ConversationInfo, ...]:
        """Return the sessions, the one that was last spoken in first, whatever clocks said then.

        Args:
            limit: At most so many; None for all.
        """
        rows = self._database.rows(_INFO, -1 if limit is None else limit)
        return tuple(_info(row) for row in rows)

    def find(self, name: str) -> ConversationInfo:
        """Return the session with this id, beginning of an id, or title.

        A title is compared without case, first whole, then by its beginning.

        Raises:
            NotFoundError: There is none, or several.
        """
        listed = self.listing()
        digits, wanted = normal(name), " ".join(name.split()).casefold()
        found = [info for info in listed if digits and info.id.startswith(digits)]
        found = found or [info for info in listed if info.title.casefold() == wanted]
        if wanted and not found:
            found = [info for info in listed if info.title.casefold().startswith(wanted)]
        if not found:
            raise NotFoundError(f"no session {name!r}", hint="see: groundwire sessions")
        if len(found) > 1:
            first = ", ".join(info.id for info in found[:_SHOWN])
            more = ", …" * (len(found) > _SHOWN)
            raise NotFoundError(f"{len(found)} sessions are {name!r}", hint=f"one of {first}{more}")
        return found[0]

    def exchanges(self, session: str) -> tuple[Exchange, ...]:
        """Return what was asked and answered, in order; nothing for an unknown session."""
        return tuple(_exchange(row) for row in self._database.rows(_EXCHANGES, TERMINAL + session))

    def turns(self, session: str, last: int | None = None) -> tuple[Turn, ...]:
        """Return what was said, oldest first; nothing for an unknown session.

        Args:
            session: The session's id.
            last: Only this many turns, the latest; None for all.
        """
        return self._conversations.turns(TERMINAL + session, last=last)

    def feedback(self, session: str, number: int, verdict: Liking, reason: str = "") -> None:
        """Keep what somebody thought of one exchange; the last word counts.

        Raises:
            NotFoundError: There is no such exchange.
        """
        with self._database.transaction() as connection:
            noted = connection.execute(
                "INSERT INTO feedback (conversation, exchange, verdict, reason, given)"
                " SELECT conversation, exchange, ?3, ?4, ?5 FROM turns"
                " WHERE conversation = ?1 AND exchange = ?2 AND role = 'user'"
                " ON CONFLICT (conversation, exchange) DO UPDATE SET"
                " verdict = excluded.verdict, reason = excluded.reason, given = excluded.given",
                (TERMINAL + session, number, verdict, storable(reason), self._clock()),
            )
            if noted.rowcount == 0:
                hint = "see: groundwire sessions"
                raise NotFoundError("no such session, or exchange in it", hint=hint)

    def feedback_listing(self) -> tuple[Feedback, ...]:
        """Return all feedback, the latest first."""
        return tuple(_feedback(row) for row in self._database.rows(_FEEDBACK))


def title_of(question: str) -> str:
    """Return a question in one line of at most 60 characters, cut at a word where there is one."""
    line = " ".join(question.split())
    if len(line) <= TITLE_LENGTH:
        return line
    head = line[:TITLE_LENGTH].rpartition(" ")[0] or line[: TITLE_LENGTH - 1]
    return f"{head[: TITLE_LENGTH - 1].rstrip()}…"


def _count(connection: sqlite3.Connection, key: str) -> int:
    """Return the number of the last exchange; 0 if there is none."""
    query = (
        "SELECT coalesce(max(exchange), 0) FROM turns"
        " WHERE conversation = ? AND exchange IS NOT NULL"
    )
    return int(connection.execute(query, (key,)).fetchone()[0])


def _moment(seconds: object) -> datetime:
    return datetime.fromtimestamp(cast("float", seconds), UTC)


def _info(row: tuple[object, ...]) -> ConversationInfo:
    key, title, started, updated, exchanges = cast("tuple[str, str, float, float, int]", row)
    identifier = key.removeprefix(TERMINAL)
    return ConversationInfo(identifier, title, _moment(started), _moment(updated), exchanges)


def _exchange(row: tuple[object, ...]) -> Exchange:
    number, question, kind, text, result, said, stopped = cast("tuple[Any, ...]", row)
    kept: dict[str, object] = json.loads(result)
    return Exchange(number, question, kind, text, kept, _moment(said), bool(stopped))


def _feedback(row: tuple[object, ...]) -> Feedback:
    key, number, question, verdict, reason, given = cast("tuple[Any, ...]", row)
    session = str(key).removeprefix(TERMINAL)
    return Feedback(session, number, question, verdict, reason, _moment(given))
