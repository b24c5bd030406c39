"""Threads as they stand in Slack: who wrote what, and when."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.interfaces.slack.clients import error_code
from groundwire.interfaces.slack.incoming import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

    from slack_sdk import WebClient

    from groundwire.interfaces.slack.routing import Place

_log = logging.getLogger("groundwire.slack")

THREAD_MESSAGES = 1_000
"""Messages of a thread that are read."""

_PAGE = 200
_SAID = frozenset({None, "file_share", "thread_broadcast", "bot_message"})
"""Subtypes of messages with somebody's words; joins, renames and the like have others."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a thread.

    Attributes:
        author: The writer's name.
        ts: Its time stamp.
        text: Its words, as a person would read them.
        ours: Whether we wrote it.
    """

    author: str
    ts: str
    text: str
    ours: bool = False


def replies_of(client: WebClient, place: Place, **asked: object) -> Iterator[dict[str, Any]]:
    """Yield the messages of a thread, oldest first, at most ``THREAD_MESSAGES``.

    Raises:
        SlackApiError: Slack refuses, such as without the scope to read this channel.
    """
    cursor, left = None, THREAD_MESSAGES
    while left > 0:
        page = client.conversations_replies(
            channel=place.channel,
            ts=place.thread,
            cursor=cursor,
            limit=min(_PAGE, left),
            **asked,  # type: ignore[arg-type]  # as its caller names them
        )
        found: list[dict[str, Any]] = list(page.get("messages") or ())
        yield from found[:left]
        left -= len(found)
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor or not found:
            return


def unheard_in(client: WebClient, place: Place, since: str, text: str) -> str:
    """Return the time stamp of a message that was opened although no answer came; or nothing.

    It is known by its words: nothing else can be given to a stream.

    Args:
        client: Reads the thread.
        place: The thread.
        since: A time stamp that it is later than.
        text: What it was opened with.
    """
    from slack_sdk.errors import SlackClientError

    try:
        for message in replies_of(client, place):
            later = float(message["ts"]) > float(since)
            said = _letters(str(message.get("text") or ""))
            if later and "bot_id" in message and said and _letters(text).startswith(said):
                return str(message["ts"])
    except (SlackClientError, OSError) as error:
        _log.info("cannot look for a stream: %s", error_code(error))
    return ""


def said_in(
    messages: Iterable[Mapping[str, Any]], user: str, name_of: Callable[[str], str]
) -> Iterator[Said]:
    """Yield what people, and we, said in a thread.

    Args:
        messages: Messages as Slack gives them.
        user: Our own user id.
        name_of: Gives the display name of a user id.
    """
    for message in messages:
        text = plain(str(message.get("text") or ""), name_of)
        writer = str(message.get("user") or "")
        ours = writer == user
        if not text or not (ours or message.get("subtype") in _SAID):
            continue
        bot = message.get("bot_profile", {}).get("name") or message.get("username")
        author = name_of(writer) if writer and not bot else str(bot or "an app")
        yield Said(author, str(message["ts"]), text, ours)


def _letters(text: str) -> str:
    """Return the letters and digits of a text: what is left of it however Slack writes it."""
    return "".join(filter(str.isalnum, text))
