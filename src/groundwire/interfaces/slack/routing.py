"""Which messages are for us, and what is done with each. Pure: no call to Slack, no store."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from groundwire.interfaces.slack.incoming import mentions, without_mention
from groundwire.interfaces.slack.scopes import Scopes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

_SPOKEN = frozenset({None, "file_share", "thread_broadcast"})
"""Subtypes of messages that a person wrote just now. Edits, joins and the like have others."""

HELP = (
    "Ask me about the documents. I answer with sentences from them, each with its source, and I "
    "say so when they are silent. In a thread where I answered, nobody needs to mention me again."
)
NOT_HERE = "I do not answer in this channel."
NOT_DIRECT = "I do not answer direct messages. Please ask me in a channel."
NOT_YOU = "I may not answer you. Whoever runs me can change that."
SHARED = "I do not answer in channels that are shared with another organisation."


@dataclass(frozen=True, slots=True)
class Place:
    """A thread in a channel or direct message: where to answer.

    Attributes:
        team: Workspace id.
        channel: Channel or direct message id.
        thread: Timestamp of the message that the thread hangs on.
    """

    team: str
    channel: str
    thread: str

    @property
    def key(self) -> str:
        """The name of this conversation in the records."""
        return f"slack:{self.team}:{self.channel}:{self.thread}"


@dataclass(frozen=True, slots=True)
class Ask:
    """A question for the desk.

    Attributes:
        place: Where to answer.
        ts: Timestamp of the message, which names it in its channel and gives the order.
        text: The message as Slack wrote it, without our own mention; not empty.
        user: Who asks.
        direct: Whether this is a direct message to us.
    """

    place: Place
    ts: str
    text: str
    user: str
    direct: bool


@dataclass(frozen=True, slots=True)
class Tell:
    """A fixed sentence in place of an answer.

    Attributes:
        place: Where to say it.
        ts: Timestamp of the message that it replies to.
        text: The sentence.
    """

    place: Place
    ts: str
    text: str


@dataclass(frozen=True, slots=True)
class House:
    """Who we are and where we answer.

    Attributes:
        user: Our own user id.
        scopes: Which documents may be used where.
    """

    user: str
    scopes: Scopes = field(default_factory=Scopes)

    def refusal(self, channel: str, user: str, *, direct: bool) -> str:
        """Return the sentence for somebody who may not ask there; empty for everybody else."""
        if channel in self.scopes.shared:
            return SHARED
        if not self.scopes.allows(user):
            return NOT_YOU
        if self.scopes.scope_of(channel, user, direct=direct) is None:
            return NOT_DIRECT if direct else NOT_HERE
        return ""


def route(body: Mapping[str, Any], house: House, known: Callable[[str], bool]) -> Ask | Tell | None:
    """Decide what is done with one delivered event.

    Args:
        body: The payload of the Events API.
        house: Who we are.
        known: Whether we take part in the conversation with this key.

    Returns:
        A question, a fixed reply, or None for everything that is not meant for us.
    """
    event = body["event"]
    if not _spoken_by_a_person(event, house):
        return None
    place = _place(body)
    if not _addressed(event, place, house, known):
        return None
    ts, text = str(event["ts"]), without_mention(str(event["text"]), house.user)
    refusal = _refusal(body, place, house)
    if refusal:
        asked = event["type"] == "app_mention" or _direct(event)
        return Tell(place, ts, refusal) if asked else None
    if not text:
        return Tell(place, ts, HELP)
    return Ask(place, ts, text, str(event["user"]), _direct(event))


def may_follow(body: Mapping[str, Any], house: House) -> Place | None:
    """Return the thread of a message that is ours if the thread turns out to be; None if never."""
    event = body["event"]
    if not _spoken_by_a_person(event, house) or event["type"] != "message" or _direct(event):
        return None
    if not event.get("thread_ts") or mentions(str(event["text"]), house.user):
        return None
    return _place(body)


def _place(body: Mapping[str, Any]) -> Place:
    """Return the thread that a message stands in, or would open."""
    event = body["event"]
    return Place(
        str(body.get("team_id") or event.get("team") or ""),
        str(event["channel"]),
        str(event.get("thread_ts") or event["ts"]),
    )


def _spoken_by_a_person(event: Mapping[str, Any], house: House) -> bool:
    """Return whether somebody else than a bot wrote this, now, with words in it."""
    return (
        event.get("subtype") in _SPOKEN
        and "bot_id" not in event
        and "edited" not in event
        and event.get("user") not in {None, house.user, "USLACKBOT"}
        and bool(str(event.get("text") or "").strip())
        and bool(event.get("channel") and event.get("ts"))
    )


def _addressed(
    event: Mapping[str, Any], place: Place, house: House, known: Callable[[str], bool]
) -> bool:
    """Return whether the words are meant for us.

    A mention in a channel arrives twice, as ``app_mention`` and as ``message``: the second is left
    to the first.
    """
    if event["type"] == "app_mention" or _direct(event):
        return True
    if not event.get("thread_ts") or mentions(str(event["text"]), house.user):
        return False
    return known(place.key)


def _refusal(body: Mapping[str, Any], place: Place, house: House) -> str:
    """Return why nothing is answered here; empty where we answer."""
    event = body["event"]
    if body.get("is_ext_shared_channel"):
        return SHARED
    return house.refusal(place.channel, str(event["user"]), direct=_direct(event))


def _direct(event: Mapping[str, Any]) -> bool:
    """Return whether this is a direct message to us."""
    return event.get("channel_type") == "im"
