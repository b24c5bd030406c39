"""Saying things in Slack: messages, which must arrive, and statuses, which may."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from groundwire.interfaces.slack.clients import error_code
from groundwire.interfaces.slack.limits import STATUS_SECONDS
from groundwire.interfaces.slack.outgoing import escape_mrkdwn, messages, plain_messages

if TYPE_CHECKING:
    from slack_sdk import WebClient

    from groundwire.interfaces.slack.outgoing import Message, Reply
    from groundwire.interfaces.slack.routing import Place

_log = logging.getLogger("groundwire.slack")

_REFUSED_LAYOUT = frozenset(
    {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"}
)


class Messenger:
    """Posts into threads. It raises nothing: what cannot be said is logged."""

    def __init__(self, client: WebClient, courtesy: WebClient) -> None:
        """Keep two clients: one that tries hard, and one for what may fail."""
        self._client = client
        self._courtesy = courtesy
        self._names: dict[str, str] = {}

    def reply(self, place: Place, reply: Reply) -> bool:
        """Post a whole reply into a thread, in as many messages as it needs.

        Should Slack refuse the layout, the same words are posted without it.

        Returns:
            Whether all of it was posted.
        """
        from slack_sdk.errors import SlackApiError, SlackClientError

        try:
            try:
                for message in messages(reply):
                    self._post(place, message)
            except SlackApiError as error:
                if error_code(error) not in _REFUSED_LAYOUT:
                    raise
                _log.warning("layout refused: %s; posting plain text", error_code(error))
                for message in plain_messages(reply):
                    self._post(place, message)
        except (SlackClientError, OSError) as error:
            _log.error("cannot post in channel=%s: %s", place.channel, error_code(error))
            return False
        return True

    def say(self, place: Place, sentence: str) -> bool:
        """Post one plain sentence into a thread, and return whether it was posted."""
        from slack_sdk.errors import SlackClientError

        try:
            self._client.chat_postMessage(
                channel=place.channel, thread_ts=place.thread, text=escape_mrkdwn(sentence)
            )
        except (SlackClientError, OSError) as error:
            _log.error("cannot post in channel=%s: %s", place.channel, error_code(error))
            return False
        return True

    def status(self, place: Place, status: str) -> None:
        """Show what we are doing. The next message in the thread clears it."""
        from slack_sdk.errors import SlackClientError

        try:
            self._courtesy.assistant_threads_setStatus(
                channel_id=place.channel, thread_ts=place.thread, status=status
            )
        except (SlackClientError, OSError) as error:
            _log.debug("no status: %s", error_code(error))

    def name_of(self, user: str) -> str:
        """Return somebody's display name, or the user id where Slack does not tell."""
        from slack_sdk.errors import SlackClientError

        if user not in self._names:
            try:
                found = self._courtesy.users_info(user=user)["user"]
                profile = found.get("profile", {})
                name = profile.get("display_name") or found.get("real_name") or found.get("name")
            except (SlackClientError, OSError, KeyError, AttributeError) as error:
                _log.debug("no name: %s", error_code(error))
                return user
            self._names[user] = str(name or user)
        return self._names[user]

    def _post(self, place: Place, message: Message) -> None:
        """Post one message."""
        self._client.chat_postMessage(
            channel=place.channel,
            thread_ts=place.thread,
            text=message.text,
            blocks=list(message.blocks) or None,
            unfurl_links=False,
            unfurl_media=False,
        )


class StatusLine:
    """The status of one answer: sent when it changes, and again before Slack clears it."""

    def __init__(self, messenger: Messenger, place: Place) -> None:
        """Show statuses in this thread."""
        self._messenger = messenger
        self._place = place
        self._shown = ""
        self._since = 0.0

    def show(self, status: str) -> None:
        """Show a status, unless it stands there already."""
        now = time.monotonic()
        if status == self._shown and now - self._since < STATUS_SECONDS:
            return
        self._shown, self._since = status, now
        self._messenger.status(self._place, status)
