"""The bot: everything between a websocket and a desk, put together."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from groundwire.domain.errors import SettingsError
from groundwire.interfaces.slack.answering import Answerer
from groundwire.interfaces.slack.clients import (
    courtesy_client,
    identify,
    library_log,
    patient_client,
    require_slack,
)
from groundwire.interfaces.slack.pool import AnswerPool
from groundwire.interfaces.slack.posting import Messenger
from groundwire.interfaces.slack.reception import Reception
from groundwire.interfaces.slack.routing import House
from groundwire.interfaces.slack.websocket import hang_up, serve

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_bolt import Ack, App
    from slack_bolt.response import BoltResponse
    from slack_sdk import WebClient
    from slack_sdk.socket_mode.builtin import SocketModeClient

    from groundwire.interfaces.slack.clients import Identity
    from groundwire.interfaces.slack.options import SlackOptions
    from groundwire.interfaces.slack.ports import QuestionDesk
    from groundwire.records.conversations import Conversations

_log = logging.getLogger("groundwire.slack")

_LISTENERS = 16
"""Threads that receive. They only queue, but a status call in between may take a second."""


@dataclass(slots=True)
class Bot:
    """A running bot.

    Attributes:
        app: Slack's application object.
        identity: Who we are.
        pool: Where questions are worked on.
        options: What the bot was told.
    """

    app: App
    identity: Identity
    pool: AnswerPool
    options: SlackOptions
    _listeners: ThreadPoolExecutor
    _socket: SocketModeClient | None = None

    def connect(self) -> None:
        """Open the websocket; messages arrive from here on.

        Raises:
            SlackRefusedError: The app token is wrong.
            SlackUnreachableError: The websocket cannot be opened.
        """
        self._socket = serve(self.app, self.options)

    def close(self) -> bool:
        """Take no more questions, let running answers end, tell those who wait, and hang up.

        Returns:
            Whether every answer ended in time.
        """
        ended = self.pool.close(self.options.grace)
        if self._socket is not None:
            hang_up(self._socket)
        self._listeners.shutdown(wait=True, cancel_futures=True)
        return ended


def build_bot(desk: QuestionDesk, conversations: Conversations, options: SlackOptions) -> Bot:
    """Put a bot together; it listens once it is connected.

    Args:
        desk: Who answers.
        conversations: Where conversations are remembered.
        options: Tokens, address, limits.

    Raises:
        MissingExtraError: Slack's libraries are not installed.
        SettingsError: A token is missing, or the environment asks for another kind of app.
        SlackRefusedError: The bot token is wrong.
        SlackUnreachableError: Slack does not answer.
    """
    require_slack(options)
    client = patient_client(options)
    identity = identify(client)
    listeners = ThreadPoolExecutor(_LISTENERS, thread_name_prefix="slack-listener")
    app = _bolt_app(client, listeners)
    messenger = Messenger(client, courtesy_client(options))
    pool = AnswerPool(options.workers, options.queue)
    answerer = Answerer(desk, conversations, messenger)
    house = House(identity.user, options.channels)
    _listen(app, Reception(house, conversations, messenger, pool, answerer))
    return Bot(app, identity, pool, options, listeners)


def _bolt_app(client: WebClient, listeners: ThreadPoolExecutor) -> App:
    """Make Slack's application object, which reads environment variables by itself.

    With the variables of another kind of app in the environment it would ignore our token and keep
    tokens in files, so that is refused.
    """
    from slack_bolt import App

    app = App(client=client, name="groundwire", logger=library_log(), listener_executor=listeners)
    if app.oauth_flow is not None:
        listeners.shutdown()
        raise SettingsError(
            "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are set, which Slack's library takes for an "
            "app that is installed over the web",
            hint="unset them for this command",
        )
    return app


def _listen(app: App, reception: Reception) -> None:
    """Register what is called when something arrives."""

    def skip_repeated(
        body: dict[str, Any],
        ack: Ack,
        next: Callable[[], None],  # noqa: A002  Slack's name for it
    ) -> BoltResponse | None:
        if reception.is_new(body):
            next()
            return None
        _log.info("repeated delivery of event=%s", body.get("event_id"))
        return ack()

    def receive(body: dict[str, Any]) -> None:
        reception.receive(body)

    def failed(error: Exception) -> None:
        _log.error("a message could not be received: %s", type(error).__name__)

    app.middleware(skip_repeated)
    app.event("app_mention")(receive)
    app.event("message")(receive)
    app.error(failed)
