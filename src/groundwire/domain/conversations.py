"""What was said: turns as the desk is told them, exchanges and sessions as they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

Role = Literal["user", "assistant"]
ExchangeKind = Literal["answer", "summary", "comparison", "quote", "check"]
Liking = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation.

    Attributes:
        role: Who said it.
        text: What was said, as plain text.
    """

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question of a session, and what came back.

    Attributes:
        number: Its place in the session, from 1.
        question: What was asked, as it was typed.
        kind: What sort of result came back.
        text: What the assistant said, as Markdown.
        result: The JSON object (schema 1) of the result; empty if it was stopped before one.
        said: When it was saved, in UTC.
        stopped: Whether it was stopped before it was whole.
    """

    number: int
    question: str
    kind: ExchangeKind
    text: str
    result: Mapping[str, object]
    said: datetime
    stopped: bool = False

    def __post_init__(self) -> None:
        """Check that exchanges are counted from 1 and that the time says where it is meant."""
        if self.number < 1:
            message = f"exchanges are numbered from 1, not {self.number}"
            raise ValueError(message)
        if self.said.tzinfo is None:
            message = "the time of an exchange needs a time zone"
            raise ValueError(message)

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form that ``sessions export`` prints: the result, and when it came."""
        return {
            "number": self.number,
            "kind": self.kind,
            "said": self.said.isoformat(),
            "stopped": self.stopped,
            "question": self.question,
            "text": self.text,
            **self.result,
        }


@dataclass(frozen=True, slots=True)
class ConversationInfo:
    """A session's entry in a listing.

    Attributes:
        id: Its id: 26 characters that sort by the time it began.
        title: Its name for people, in one line; the first question.
        started: When its first exchange was saved, in UTC.
        updated: When its last exchange was saved, in UTC.
        exchanges: How many exchanges it has.
    """

    id: str
    title: str
    started: datetime
    updated: datetime
    exchanges: int

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form that ``sessions --json`` prints for one session."""
        return {
            "session": self.id,
            "title": self.title,
            "started": self.started.isoformat(),
            "updated": self.updated.isoformat(),
            "exchanges": self.exchanges,
        }


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody thought of a result.

    Attributes:
        session: The session it was given in.
        number: The exchange that it is about.
        question: What had been asked.
        verdict: Whether it helped.
        reason: Why, in their words; empty if they did not say.
        given: When, in UTC.
    """

    session: str
    number: int
    question: str
    verdict: Liking
    reason: str
    given: datetime
