"""Saying things in Slack: messages, which must arrive once, and statuses, which may."""

from __future__ import annotations

import logging
import secrets
import time
from types import MappingProxyType
from typing import TYPE_CHECKING

from groundwire.interfaces.slack.clients import error_code, repeating_nothing
from groundwire.interfaces.slack.escaping import escape_mrkdwn
from groundwire.interfaces.slack.failures import fate_of, unanswered
from groundwire.interfaces.slack.limits import STATUS_SECONDS
from groundwire.interfaces.slack.outgoing import messages, plain_messages
from groundwire.interfaces.slack.streaming import Stream
from groundwire.interfaces.slack.threads import replies_of, said_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any, Literal

    from slack_sdk import WebClient

    from groundwire.interfaces.slack.failures import Fate
    from groundwire.interfaces.slack.outgoing import Message, Reply
    from groundwire.interfaces.slack.routing import Ask, Place
    from groundwire.interfaces.slack.threads import Said

    SessionStatus = Literal["processing", "active"]

_log = logging.getLogger("groundwire.slack")

REFUSED_LAYOUT = frozenset(
    {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"}
)
POSTED = "groundwire_post"
"""Type of the metadata that tells one of our posts from another with the same words."""

_MARKS = "marks"
_UNMARKED: Mapping[str, object] = MappingProxyType({})

_PAUSES = (0.2, 1.0, 2.0)
"""Seconds after each try of a post of which it is not known whether it arrived."""


class Messenger:
    """Posts into threads. It raises nothing: what cannot be said is logged."""

    def __init__(self, client: WebClient, courtesy: WebClient) -> None:
        """Keep three clients.

        Args:
            client: Tries hard: for what can be repeated without harm.
            courtesy: Tries once and does not wait long: for what may fail.
        """
        self._client = client
        self._once = repeating_nothing(client)
        self._courtesy = courtesy
        self._names: dict[str, str] = {}

    def stream(self, ask: Ask) -> Stream:
        """Return a stream of the answer to a question, in which nothing is said yet."""
        return Stream(self._client, self._once, ask.place, ask.user, ask.ts)

    def reply(self, place: Place, reply: Reply) -> bool:
        """Post a whole reply into a thread, in as many messages as it needs.

        Should Slack refuse the layout, the same words are posted without it.

        Returns:
            Whether all of it was posted.
        """
        return self.post(place, messages(reply), plain_messages(reply))

    def post(self, place: Place, laid_out: Iterable[Message], plain: Iterable[Message]) -> bool:
        """Post messages into a thread, or the plain ones should Slack refuse their layout.

        Returns:
            Whether all of it was posted.
        """
        return self._tried(place, laid_out, plain) == "posted"

    def notice(self, place: Place, reply: Reply, marks: Iterable[str]) -> Fate:
        """Post a reply that ``marks`` finds again, and return what became of it."""
        return self._tried(place, messages(reply), plain_messages(reply), tuple(marks))

    def marks(self, place: Place) -> frozenset[str] | None:
        """Return the marks on what we posted into a thread; none where Slack does not tell.

        Returns:
            None where the thread, or its channel, is gone.
        """
        from slack_sdk.errors import SlackClientError

        try:
            return frozenset(
                mark
                for message in replies_of(self._client, place, include_all_metadata=True)
                for mark in message.get("metadata", {}).get("event_payload", {}).get(_MARKS, ())
            )
        except (SlackClientError, OSError) as error:
            _log.info("cannot read a thread: %s", error_code(error))
            return None if fate_of(error) == "gone" else frozenset()

    def _tried(
        self,
        place: Place,
        laid_out: Iterable[Message],
        plain: Iterable[Message],
        marks: Sequence[str] = (),
    ) -> Fate:
        """Post messages, or the plain ones, with marks on the back of each."""
        from slack_sdk.errors import SlackApiError, SlackClientError

        try:
            try:
                for message in laid_out:
                    self._post(place, message, marks)
            except SlackApiError as error:
                if error_code(error) not in REFUSED_LAYOUT:
                    raise
                _log.warning("layout refused: %s; posting plain text", error_code(error))
                for message in plain:
                    self._post(place, message, marks)
        except (SlackClientError, OSError) as error:
            _log.error("cannot post in channel=%s: %s", place.channel, error_code(error))
            return fate_of(error)
        return "posted"

    def say(self, place: Place, sentence: str) -> bool:
        """Post one plain sentence into a thread, and return whether it was posted."""
        from slack_sdk.errors import SlackClientError

        said = {"channel": place.channel, "text": escape_mrkdwn(sentence)}
        try:
            self._post_once(place, said)
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

    def session(self, place: Place, status: SessionStatus) -> None:
        """Tell Slack whether we are at work in a thread: then it shows a button to stop us."""
        from slack_sdk.errors import SlackClientError

        try:
            self._courtesy.agents_sessions_setStatus(
                channel_id=place.channel, thread_ts=place.thread, status=status
            )
        except (SlackClientError, OSError) as error:
            _log.debug("no session status: %s", error_code(error))

    def prompts(self, channel: str, title: str, prompts: Iterable[tuple[str, str]]) -> None:
        """Suggest what to ask in a direct message: pairs of a label and what it says.

        Without a thread: a call that names one is taken for an app of the older kind.
        """
        from slack_sdk.errors import SlackClientError

        listed = [{"title": label, "message": message} for label, message in prompts]
        try:
            self._courtesy.assistant_threads_setSuggestedPrompts(
                channel_id=channel, title=title, prompts=listed
            )
        except (SlackClientError, OSError) as error:
            _log.info("no suggestions: %s", error_code(error))

    def thread(self, place: Place, us: str) -> tuple[Said, ...]:
        """Return what was said in a thread, oldest first; nothing where Slack does not tell.

        Args:
            place: The thread.
            us: Our own user id.
        """
        from slack_sdk.errors import SlackClientError

        try:
            return tuple(said_in(replies_of(self._client, place), us, self.name_of))
        except (SlackClientError, OSError) as error:
            _log.info("cannot read a thread: %s", error_code(error))
            return ()

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

    def _post(self, place: Place, message: Message, marks: Sequence[str]) -> None:
        """Post one message."""
        arguments: dict[str, Any] = {
            "channel": place.channel,
            "text": message.text,
            "unfurl_links": False,
            "unfurl_media": False,
        }
        if message.blocks:
            arguments["blocks"] = list(message.blocks)
        self._post_once(place, arguments, {_MARKS: list(marks)} if marks else {})

    def _post_once(
        self, place: Place, arguments: dict[str, Any], marked: Mapping[str, object] = _UNMARKED
    ) -> None:
        """Post one message so that it arrives once, even if a try ends without an answer.

        After such a try the thread is looked through for it.
        """
        from slack_sdk.errors import SlackClientError

        name = secrets.token_hex(8)
        metadata = {"event_type": POSTED, "event_payload": {"id": name, **marked}}
        failure: Exception | None = None
        for pause in _PAUSES:
            try:
                self._once.chat_postMessage(thread_ts=place.thread, metadata=metadata, **arguments)
            except (SlackClientError, OSError) as error:
                if not unanswered(error):
                    raise
                _log.info("post not confirmed: %s", error_code(error))
                failure = error
            else:
                return
            time.sleep(pause)
            if self._arrived(place, name):
                return
        if failure is not None:
            raise failure

    def _arrived(self, place: Place, name: str) -> bool:
        """Return whether a post is in its thread; False also where that cannot be seen."""
        from slack_sdk.errors import SlackClientError

        try:
            for message in replies_of(self._client, place, include_all_metadata=True):
                if message.get("metadata", {}).get("event_payload", {}).get("id") == name:
                    return True
        except (SlackClientError, OSError) as error:
            _log.info("cannot look for a post: %s", error_code(error))
        return False


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

    def renew(self) -> None:
        """Show the status again if it is old; called now and then."""
        if self._shown:
            self.show(self._shown)
