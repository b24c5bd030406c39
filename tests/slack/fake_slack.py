"""A strict Slack on loopback: Web API, real websockets, signed HTTP, the rules of the manifest.

It refuses what Slack would refuse and notes it in ``violations``, which every test ends by looking
at: a method without its scope, blocks over a limit, a thread that does not exist, an unknown
argument, a second acknowledgement, a late one. It cannot be made to send what the manifest does not
declare. Like Slack it sends a mention twice and the bot's own messages back to it.

People act by ``mention``, ``direct``, ``write``, ``slash``, ``shortcut``, ``action``,
``submit_view``, ``stop`` and ``open_messages_tab``. What they see is in ``messages``, ``streams``,
``views``, ``ephemerals``, ``statuses``, ``prompts`` and ``sessions``, each of one channel or user.
Trouble: ``fail(method, RATE_LIMITED | SERVER_ERROR | DROPPED | TIMED_OUT)``, ``kill_streams``,
``duplicated()``, ``reordered()``, ``drop()``, ``ask_to_reconnect()``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.slack.fake_people import FakePeople, Interaction
from tests.slack.fake_web import (
    APP_TOKEN,
    BOT_TOKEN,
    DROPPED,
    RATE_LIMITED,
    SERVER_ERROR,
    TIMED_OUT,
    Call,
    Failure,
)
from tests.slack.fake_workspace import BOT_ID, BOT_USER, TEAM

if TYPE_CHECKING:
    from tests.slack.fake_workspace import Ephemeral, Message, View

__all__ = [
    "APP_TOKEN",
    "BOT_ID",
    "BOT_TOKEN",
    "BOT_USER",
    "DROPPED",
    "RATE_LIMITED",
    "SERVER_ERROR",
    "TEAM",
    "TIMED_OUT",
    "Call",
    "Failure",
    "FakeSlack",
    "Interaction",
]


class FakeSlack(FakePeople):
    """One workspace with one app, as a test looks at it."""

    def messages(self, channel: str, thread: str | None = None) -> list[Message]:
        """Return what the bot says in a channel, as people see it now."""
        said = list(self.workspace.said[channel].values())
        ours = [message for message in said if message.by_bot and not message.deleted]
        return [message for message in ours if thread in {None, message.thread}]

    def streams(self, channel: str) -> list[Message]:
        """Return the messages in a channel that were streamed."""
        return [message for message in self.messages(channel) if message.streamed]

    def open_streams(self) -> list[Message]:
        """Return the streams of all channels that nobody has ended."""
        channels = list(self.workspace.said)
        return [m for channel in channels for m in self.streams(channel) if m.state == "streaming"]

    def ephemerals(self, channel: str, user: str | None = None) -> list[Ephemeral]:
        """Return what single people see in a channel now."""
        shown = [
            e for e in list(self.workspace.whispered) if e.channel == channel and not e.deleted
        ]
        return [each for each in shown if user in {None, each.user}]

    def views(self, user: str = "U1") -> list[View]:
        """Return the modals that are open on somebody's screen, the uppermost last."""
        shown = list(self.workspace.modals.values())
        return [view for view in shown if view.open and view.user == user]

    def posts(self, channel: str) -> list[dict[str, Any]]:
        """Return the arguments of each message that the bot posted, unstreamed, in a channel."""
        return [call.args for call in self.calls_of("chat.postMessage", channel) if call.ok]

    def statuses(self, channel: str) -> list[Call]:
        """Return the statuses that the bot showed in a channel."""
        return self.calls_of("assistant.threads.setStatus", channel)

    def prompts(self, channel: str) -> list[dict[str, Any]]:
        """Return the arguments of each call that set suggested prompts."""
        calls = self.calls_of("assistant.threads.setSuggestedPrompts", channel)
        return [call.args for call in calls if call.ok]

    def sessions(self, channel: str, thread: str) -> list[str]:
        """Return the statuses that a session went through."""
        return list(self.workspace.sessions[channel, thread])

    def calls_of(self, method: str, channel: str) -> list[Call]:
        """Return every call of a method about a channel, failed ones too."""
        return [
            call
            for call in list(self.calls)
            if call.method == method
            and channel in {call.args.get("channel"), call.args.get("channel_id")}
        ]

    # -- waiting ---------------------------------------------------------------------------------

    def wait_for_posts(
        self, channel: str, count: int = 1, seconds: float = 10
    ) -> list[dict[str, Any]]:
        """Wait until the bot has posted ``count`` messages, and return them."""
        self.wait(lambda: len(self.posts(channel)) >= count, f"{count} posts in {channel}", seconds)
        return self.posts(channel)

    def wait_for_messages(
        self, channel: str, count: int = 1, seconds: float = 10, *, thread: str | None = None
    ) -> list[Message]:
        """Wait until ``count`` messages of the bot are there and whole, posted or streamed."""

        def whole() -> list[Message]:
            return [m for m in self.messages(channel, thread) if m.state != "streaming"]

        self.wait(lambda: len(whole()) >= count, f"{count} messages in {channel}", seconds)
        return whole()

    def wait_for_ephemerals(
        self, channel: str, count: int = 1, seconds: float = 10, *, user: str | None = None
    ) -> list[Ephemeral]:
        """Wait until ``count`` messages for single people are there."""
        seen = f"{count} ephemerals in {channel}"
        self.wait(lambda: len(self.ephemerals(channel, user)) >= count, seen, seconds)
        return self.ephemerals(channel, user)

    def wait_for_view(self, user: str = "U1", seconds: float = 10) -> View:
        """Wait until a modal is open, and return the uppermost."""
        self.wait(lambda: self.views(user), f"a modal of {user}", seconds)
        return self.views(user)[-1]
