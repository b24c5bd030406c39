"""The first second of a message: is it new, is it for us, and where does it queue."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from groundwire.domain.errors import StoreError
from groundwire.interfaces.slack.answering import READING, RESTARTING
from groundwire.interfaces.slack.routing import Tell, route
from groundwire.interfaces.slack.seen import Seen

if TYPE_CHECKING:
    import threading
    from collections.abc import Mapping
    from typing import Any

    from groundwire.interfaces.slack.answering import Answerer
    from groundwire.interfaces.slack.pool import AnswerPool
    from groundwire.interfaces.slack.posting import Messenger
    from groundwire.interfaces.slack.routing import Ask, House
    from groundwire.records.conversations import Conversations

_log = logging.getLogger("groundwire.slack")

FULL = "Too many questions are waiting at the moment. Please ask me again in a few minutes."
FORGETFUL = "I cannot use my records at the moment. Please ask me again in a few minutes."


class Reception:
    """Takes delivered events, quickly, from any thread."""

    def __init__(
        self,
        house: House,
        conversations: Conversations,
        messenger: Messenger,
        pool: AnswerPool,
        answerer: Answerer,
    ) -> None:
        """Receive for ``house``; questions go through ``pool`` to ``answerer``."""
        self._house = house
        self._conversations = conversations
        self._messenger = messenger
        self._pool = pool
        self._answerer = answerer
        self._deliveries = Seen()
        self._messages = Seen()

    def is_new(self, body: Mapping[str, Any]) -> bool:
        """Return whether this delivery is the first of its event, and remember it."""
        event_id = body.get("event_id")
        return not event_id or self._deliveries.first_time(str(event_id))

    def receive(self, body: Mapping[str, Any]) -> None:
        """Deal with one delivered event: queue it, say a fixed sentence, or do nothing."""
        found = route(body, self._house, self._conversations.known)
        if found is None or not self._messages.first_time(f"{found.place.channel} {found.ts}"):
            return
        if isinstance(found, Tell):
            self._messenger.say(found.place, found.text)
        else:
            self._queue(found)

    def _queue(self, ask: Ask) -> None:
        """Queue a question, or say why not.

        The conversation is opened here, so that a follow-up that comes before the answer is known
        to be one. The status is sent first: after the answer it would stay.
        """
        try:
            self._conversations.open(ask.place.key)
        except StoreError as error:
            _log.error("records: %s", error)
            self._messenger.say(ask.place, FORGETFUL)
            return
        self._messenger.status(ask.place, READING)

        def work(cancel: threading.Event) -> None:
            self._answerer.answer(ask, cancel)

        if not self._pool.submit(ask.place.key, ask.ts, work):
            self._messenger.say(ask.place, RESTARTING if self._pool.closing else FULL)
