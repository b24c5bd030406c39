"""The first second of a message: is it new, is it for us, and where does it queue."""

from __future__ import annotations

import json
import logging
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from groundwire.domain.errors import StoreError
from groundwire.interfaces.slack import asked
from groundwire.interfaces.slack.answering import RESTARTING
from groundwire.interfaces.slack.rates import too_often
from groundwire.interfaces.slack.routing import Tell, may_follow, route
from groundwire.interfaces.slack.seen import Seen
from groundwire.interfaces.slack.strays import Strays

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from groundwire.interfaces.slack.answering import Answerer
    from groundwire.interfaces.slack.counters import Counters
    from groundwire.interfaces.slack.pool import AnswerPool
    from groundwire.interfaces.slack.posting import Messenger
    from groundwire.interfaces.slack.rates import RateLimit
    from groundwire.interfaces.slack.routing import Ask, House
    from groundwire.interfaces.slack.tickets import Cancel, Work
    from groundwire.interfaces.slack.waiting import Notices, WaitingLine
    from groundwire.records.conversations import Conversations
    from groundwire.records.questions import Questions

_log = logging.getLogger("groundwire.slack")

FULL = "Too many questions are waiting at the moment. Please ask me again in a few minutes."
FORGETFUL = "I cannot use my records at the moment. Please ask me again in a few minutes."
LATE = "I was stopped before I could answer this. Please ask me again if you still need it."

LATE_SECONDS: Final = 900.0
"""How old a question may be that is answered after a restart."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a reception works with.

    Attributes:
        house: Who we are, and who may ask what.
        conversations: Where conversations are remembered.
        questions: Where questions are remembered until they are dealt with.
        messenger: Through whom we speak.
        pool: Where questions are worked on.
        line: Who tells those who wait.
        notices: What they are told with.
        answerer: Who answers.
        rates: How often one person may ask.
        counters: Where it is counted.
        log_content: Whether questions are written into the log.
    """

    house: House
    conversations: Conversations
    questions: Questions
    messenger: Messenger
    pool: AnswerPool
    line: WaitingLine
    notices: Notices
    answerer: Answerer
    rates: RateLimit
    counters: Counters
    log_content: bool = False


@dataclass(slots=True)
class Reception:
    """Takes delivered events, quickly, from any thread.

    Attributes:
        parts: What it works with.
        last_event: When the latest event came, in seconds since 1970; 0.0 before the first.
    """

    parts: Parts
    last_event: float = 0.0
    _deliveries: Seen = field(default_factory=Seen)
    _messages: Seen = field(default_factory=Seen)
    _strays: Strays = field(default_factory=Strays)
    _opening: threading.Lock = field(default_factory=threading.Lock)

    def is_new(self, body: Mapping[str, Any]) -> bool:
        """Return whether this delivery is the first of its event, and remember it."""
        self.last_event = time.time()
        event_id = body.get("event_id")
        if not event_id or self._deliveries.first_time(str(event_id)):
            return True
        self.parts.counters.add("repeated")
        return False

    def receive(self, body: Mapping[str, Any]) -> None:
        """Deal with one delivered event: queue it, say a fixed sentence, or do nothing."""
        house = self.parts.house
        if body.get("is_ext_shared_channel"):
            house.scopes.shared.add(str(body["event"].get("channel")))
        try:
            with self._opening:
                found = route(body, house, self.parts.conversations.known)
                if found is None:
                    self._keep(body)
                    return
        except StoreError as error:
            _log.error("records: %s", error)
            return
        if not self._messages.first_time(f"{found.place.channel} {found.ts}"):
            return
        if isinstance(found, Tell):
            self.parts.messenger.say(found.place, found.text)
        else:
            self._take(found)

    def resume(self) -> int:
        """Queue the questions that a bot before us took and did not deal with; return how many.

        Those that are old by now are told so instead.
        """
        resumed = 0
        for question in self.parts.questions.open():
            ask = asked.read(question.asked)
            if ask is None:
                self.parts.questions.settle(question.conversation, question.ts)
                continue
            self._messages.first_time(f"{ask.place.channel} {ask.ts}")
            house = self.parts.house
            refused = house.refusal(ask.place.channel, ask.user, direct=ask.direct)
            if refused or question.age > LATE_SECONDS:
                self.parts.messenger.say(ask.place, refused or LATE)
                self.parts.questions.settle(question.conversation, question.ts)
            else:
                self._queue(ask)
                resumed += 1
        return resumed

    def _keep(self, body: Mapping[str, Any]) -> None:
        """Keep a message that may turn out to be a follow-up."""
        place = may_follow(body, self.parts.house)
        if place is not None:
            self._strays.keep(place.key, str(body["event"]["ts"]), body)

    def _take(self, ask: Ask) -> None:
        """Take a question, unless its asker asks too often or it was taken before.

        The conversation is opened here, so that a follow-up that comes before the answer is known
        to be one.
        """
        parts, key = self.parts, ask.place.key
        pause = parts.rates.wait_for(ask.user)
        if pause:
            self._refuse(ask, too_often(pause), "rate")
            return
        try:
            with self._opening:
                is_new = parts.questions.take(key, ask.ts, asked.written(ask))
                followers = self._strays.after(key, ask.ts)
        except StoreError as error:
            _log.error("records: %s", error)
            self._refuse(ask, FORGETFUL, "records")
            return
        if is_new:
            self._note(ask)
            self._queue(ask)
        else:
            parts.rates.give_back(ask.user)
            parts.counters.add("repeated")
        for body in followers:
            self.receive(body)

    def _queue(self, ask: Ask) -> None:
        """Queue a question that was taken, or say why not."""
        parts = self.parts
        notice = parts.notices.at(ask.place)
        ticket = parts.pool.submit(ask.place.key, ask.ts, self._work(ask), notice)
        if ticket is None:
            parts.rates.give_back(ask.user)
            closing = parts.pool.closing
            self._refuse(ask, RESTARTING if closing else FULL, "closing" if closing else "full")
            self._settle(ask)
        else:
            parts.counters.add("received")
            parts.line.joined(ticket)

    def _work(self, ask: Ask) -> Work:
        """Return what a worker does with a question."""
        arrived = time.monotonic()

        def work(cancel: Cancel) -> None:
            try:
                self.parts.answerer.answer(ask, cancel)
            finally:
                self.parts.counters.took(time.monotonic() - arrived)
                self._settle(ask)

        return work

    def _settle(self, ask: Ask) -> None:
        """Note that a question was dealt with."""
        try:
            self.parts.questions.settle(ask.place.key, ask.ts)
        except StoreError as error:
            _log.error("records: %s", error)

    def _refuse(self, ask: Ask, sentence: str, reason: str) -> None:
        """Say why a question is not taken."""
        self.parts.counters.add("refused")
        _log.info("refused ts=%s channel=%s reason=%s", ask.ts, ask.place.channel, reason)
        self.parts.messenger.say(ask.place, sentence)

    def _note(self, ask: Ask) -> None:
        """Log that a question was taken, with its words only where that is wanted."""
        words = f" text={json.dumps(ask.text)}" if self.parts.log_content else ""
        _log.info(
            "received ts=%s channel=%s characters=%d%s",
            *(ask.ts, ask.place.channel, len(ask.text), words),
        )
