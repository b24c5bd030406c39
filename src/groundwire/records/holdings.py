"""Everything that is kept of people: conversations of every door, and what was thought of answers.

What it lists is what it can erase: turns, questions that wait, posted answers and feedback all
belong to a conversation, and go with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, cast

from groundwire.domain.conversations import ConversationInfo
from groundwire.domain.errors import NotFoundError
from groundwire.records.answers import PostedAnswers
from groundwire.records.conversations import SLACK, TERMINAL, Conversations
from groundwire.records.pairing import joined
from groundwire.records.sessions import Sessions, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from groundwire.domain.conversations import Exchange, Liking
    from groundwire.records.database import Database

_HELD: Final = """
    SELECT key, title, started, updated,
        (SELECT count(*) FROM turns WHERE conversation = key),
        (SELECT count(*) FROM answers WHERE conversation = key),
        (SELECT count(*) FROM feedback WHERE conversation = key)
        + (SELECT count(*) FROM answers AS a JOIN ratings AS r ON r.answer = a.id
           WHERE a.conversation = key),
        coalesce(
            (SELECT text FROM turns WHERE conversation = key AND role = 'user'
             ORDER BY id LIMIT 1),
            (SELECT question FROM answers WHERE conversation = key ORDER BY said, id LIMIT 1),
            ''
        )
    FROM conversations
    WHERE (?1 IS NULL OR key = ?1) AND (?2 IS NULL OR updated < ?2)
    ORDER BY updated DESC, key DESC
"""
_TURNS: Final = "SELECT role, text, said FROM turns WHERE conversation = ? ORDER BY id"
_ANSWERS: Final = """
    SELECT said, question, result FROM answers WHERE conversation = ? ORDER BY said, id
"""


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept of one conversation.

    Attributes:
        key: Its key, which begins with its door.
        title: Its title, or its first question in one line; empty if nothing was asked yet.
        started: When it was opened, in UTC.
        updated: When something last happened in it, in UTC.
        turns: How many questions and replies are kept.
        answers: How many posted answers are kept, with what they rest on.
        feedback: How many judgements of answers are kept.
    """

    key: str
    title: str
    started: datetime
    updated: datetime
    turns: int
    answers: int
    feedback: int

    @property
    def name(self) -> str:
        """What people call it, and the ledger too: a session's id, or else the key."""
        return _name(self.key)

    @property
    def door(self) -> str:
        """Where it was held, such as ``terminal`` or ``slack``."""
        return _door(self.key)

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form that ``sessions list --all --json`` prints."""
        return {
            "conversation": self.name,
            "door": self.door,
            "title": self.title,
            "started": self.started.isoformat(),
            "updated": self.updated.isoformat(),
            "turns": self.turns,
            "answers": self.answers,
            "feedback": self.feedback,
        }


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody thought of an answer, whichever door it was given at.

    Attributes:
        given: When, in UTC.
        door: Where, such as ``terminal`` or ``slack``.
        verdict: Whether it helped.
        reason: Why, in their words; empty if they did not say.
        question: What had been asked.
        answer: Id of the answer in the ledger; empty if it is not entered there.
        conversation: The session's id, or the key of the conversation.
        person: Who, as the door names them; empty where it names nobody.
    """

    given: datetime
    door: str
    verdict: Liking
    reason: str
    question: str
    answer: str
    conversation: str
    person: str = ""

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form that ``sessions feedback --json`` prints."""
        return {
            "given": self.given.isoformat(),
            "door": self.door,
            "verdict": self.verdict,
            "reason": self.reason,
            "question": self.question,
            "answer": self.answer or None,
            "conversation": self.conversation,
            "person": self.person or None,
        }


class Holdings:
    """A view of all records for whoever answers for them; safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        """Look at what is kept in ``database``."""
        self._database = database
        self._sessions = Sessions(database)

    def listing(self, before: datetime | None = None) -> tuple[Held, ...]:
        """Return the conversations of every door, the latest first.

        Args:
            before: Only those in which nothing happened since; None for all.

        Raises:
            StoreError: The records cannot be read.
        """
        return self._held(None, before)

    def find(self, name: str) -> Held:
        """Return the conversation with this key, else the session of this name.

        A key has to be whole; a session is found as ``Sessions.find`` does.

        Raises:
            NotFoundError: There is none, or several.
            StoreError: The records cannot be read.
        """
        found = self._held(name.strip())
        if not found and name.strip().startswith(SLACK):
            hint = "see: groundwire sessions list --all; what was said may be in the ledger"
            raise NotFoundError(f"no conversation {name!r}", hint=hint)
        found = found or self._held(TERMINAL + self._sessions.find(name).id)
        if not found:
            raise NotFoundError(f"{name!r} was deleted just now")
        return found[0]

    def exchanges(self, held: Held) -> tuple[ConversationInfo, tuple[Exchange, ...]]:
        """Return what was asked and answered in a conversation, as a session has it.

        Raises:
            StoreError: The records cannot be read.
        """
        if held.key.startswith(TERMINAL):
            exchanges = self._sessions.exchanges(held.name)
        else:
            turns = self._database.rows(_TURNS, held.key)
            exchanges = joined(turns, self._database.rows(_ANSWERS, held.key))
        info = ConversationInfo(held.name, held.title, held.started, held.updated, len(exchanges))
        return info, exchanges

    def delete(self, *held: Held) -> None:
        """Erase conversations with all that belongs to them, from the file's free space too.

        What the ledger has of them is erased there.

        Raises:
            StoreError: The records cannot be written.
        """
        Conversations(self._database).delete(*(each.key for each in held))

    def feedback(self) -> tuple[Opinion, ...]:
        """Return what was thought of answers at every door, the latest first.

        Raises:
            StoreError: The records cannot be read.
        """
        opinions = [*self._of_sessions(), *self._of_posted()]
        return tuple(sorted(opinions, key=lambda opinion: opinion.given, reverse=True))

    def _of_sessions(self) -> Iterator[Opinion]:
        given = self._sessions.feedback_listing()
        entries = {
            (session, exchange.number): _entry(exchange.result)
            for session in {each.session for each in given}
            for exchange in self._sessions.exchanges(session)
        }
        for each in given:
            yield Opinion(
                each.given,
                _door(TERMINAL),
                each.verdict,
                each.reason,
                each.question,
                entries.get((each.session, each.number), ""),
                each.session,
            )

    def _of_posted(self) -> Iterator[Opinion]:
        for each in PostedAnswers(self._database).ratings():
            yield Opinion(
                each.given,
                _door(each.answer.conversation),
                each.verdict,
                each.reason,
                each.answer.question,
                _entry(each.answer.result),
                _name(each.answer.conversation),
                each.person,
            )

    def _held(self, key: str | None, before: datetime | None = None) -> tuple[Held, ...]:
        since = before.timestamp() if before is not None else None
        return tuple(map(_as_held, self._database.rows(_HELD, key, since)))


def _as_held(row: tuple[object, ...]) -> Held:
    key, title, started, updated, turns, answers, feedback, first = cast("tuple[Any, ...]", row)
    title = title or title_of(first)
    return Held(key, title, _moment(started), _moment(updated), turns, answers, feedback)


def _entry(result: Mapping[str, object]) -> str:
    """Return the id in the ledger that a door keeps with a result; empty if it keeps none."""
    return str(result.get("entry") or "")


def _name(key: str) -> str:
    return key.removeprefix(TERMINAL)


def _door(key: str) -> str:
    return key.partition(":")[0]


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
