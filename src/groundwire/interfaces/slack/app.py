"""The bot: everything between a websocket and a desk, put together."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
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
from groundwire.interfaces.slack.counters import Counters
from groundwire.interfaces.slack.health import HealthFile
from groundwire.interfaces.slack.links import open_link
from groundwire.interfaces.slack.listening import Counter, listen_interactions
from groundwire.interfaces.slack.means import Means
from groundwire.interfaces.slack.pool import AnswerPool
from groundwire.interfaces.slack.posting import Messenger
from groundwire.interfaces.slack.privately import Privately
from groundwire.interfaces.slack.rates import RateLimit
from groundwire.interfaces.slack.recalling import RecallTeller
from groundwire.interfaces.slack.reception import Parts, Reception
from groundwire.interfaces.slack.routing import House
from groundwire.interfaces.slack.waiting import Notices, WaitingLine
from groundwire.interfaces.slack.watching import WatchedDesk
from groundwire.records.answers import PostedAnswers
from groundwire.records.questions import Questions

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_bolt import Ack, App
    from slack_bolt.response import BoltResponse
    from slack_sdk import WebClient

    from groundwire.interfaces.slack.clients import Identity
    from groundwire.interfaces.slack.links import Link
    from groundwire.interfaces.slack.options import SlackOptions
    from groundwire.interfaces.slack.ports import DocumentDesk
    from groundwire.records.conversations import Conversations

_log = logging.getLogger("groundwire.slack")

_STATUSES = "assistant:write"
"""The scope that statuses need."""

_LISTENERS = 16
"""Threads that receive. They only queue, but a status call in between may take a second."""


@dataclass(slots=True)
class Bot:
    """A running bot.

    Attributes:
        app: Slack's application object.
        identity: Who we are.
        reception: Who takes what is delivered.
        options: What the bot was told.
        teller: Who tells of answers that do not stand any more.
        link: What deliveries come over; None before it is connected.
    """

    app: App
    identity: Identity
    reception: Reception
    options: SlackOptions
    teller: RecallTeller
    _listeners: ThreadPoolExecutor
    link: Link | None = None
    _health: HealthFile | None = None

    @property
    def pool(self) -> AnswerPool:
        """Where questions are worked on."""
        return self.reception.parts.pool

    @property
    def counters(self) -> Counters:
        """What the bot did so far."""
        return self.reception.parts.counters

    def begin(self) -> None:
        """Take up what a bot before us left; from now on write the health file, and recall."""
        resumed = self.reception.resume()
        if resumed:
            _log.info("resumed questions=%d", resumed)
        if self.options.health is not None:
            self._health = HealthFile(self.options.health, self.state)
            self._health.start()
        self.teller.start()

    def connect(self) -> None:
        """Open the websocket or the port; messages arrive from here on.

        Raises:
            SettingsError: The address cannot be listened at.
            SlackRefusedError: The app token is wrong.
            SlackUnreachableError: The websocket cannot be opened.
        """
        self.link = open_link(self.app, self.options)
        self.begin()

    def state(self) -> dict[str, object]:
        """Return how the bot is, as the health file has it."""
        answering, waiting = self.pool.load()
        last = self.reception.last_event
        return {
            "connected": self.link is not None and self.link.is_connected(),
            "answering": answering,
            "queue": waiting,
            "last_event": datetime.fromtimestamp(last, UTC).isoformat() if last else None,
            **self.counters.counts().to_dict(),
        }

    def close(self) -> bool:
        """Take no more questions, let running answers end, tell those who wait, and hang up.

        Returns:
            Whether every answer ended in time.
        """
        self.teller.close()
        self.reception.parts.line.close()
        ended = self.pool.close(self.options.grace)
        if self.link is not None:
            self.link.close()
        self._listeners.shutdown(wait=True, cancel_futures=True)
        if self._health is not None:
            self._health.close()
        return ended


def build_bot(desk: DocumentDesk, conversations: Conversations, options: SlackOptions) -> Bot:
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
    app = _bolt_app(client, listeners, options)
    counters = Counters()
    means = Means(
        asker=WatchedDesk(desk, counters),
        desk=desk,
        house=House(identity.user, options.scopes),
        conversations=conversations,
        answers=PostedAnswers(conversations.database),
        messenger=Messenger(client, courtesy_client(options)),
        privately=Privately(client),
        reply_mode=options.reply_mode,
    )
    reception = _reception(means, options, identity, counters)
    _listen(app, reception)
    parts = reception.parts
    listen_interactions(app, Counter(means, parts.pool, parts.rates))
    teller = RecallTeller(means, seconds=options.recall_seconds, pause=options.recall_pause)
    return Bot(app, identity, reception, options, teller, listeners)


def _reception(
    means: Means, options: SlackOptions, identity: Identity, counters: Counters
) -> Reception:
    """Start what takes questions, queues them and has them answered."""
    pool = AnswerPool(options.workers, options.queue)
    return Reception(
        Parts(
            house=means.house,
            conversations=means.conversations,
            questions=Questions(means.conversations.database),
            messenger=means.messenger,
            pool=pool,
            line=WaitingLine(pool),
            notices=Notices(means.messenger, statuses=_STATUSES in identity.scopes),
            answerer=Answerer(means),
            rates=RateLimit(options.per_minute),
            counters=counters,
            log_content=options.log_content,
        )
    )


def _bolt_app(client: WebClient, listeners: ThreadPoolExecutor, options: SlackOptions) -> App:
    """Make Slack's application object, which reads environment variables by itself.

    With the variables of another kind of app in the environment it would ignore our token and keep
    tokens in files, so that is refused.
    """
    from slack_bolt import App

    app = App(
        client=client,
        signing_secret=options.signing_secret or None,
        name="groundwire",
        logger=library_log(),
        listener_executor=listeners,
    )
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
