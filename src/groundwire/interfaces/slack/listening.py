"""What is called when somebody commands, chooses, presses, submits, opens or stops something."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from groundwire.interfaces.slack.buttons import EVIDENCE, FEEDBACK, SHARE
from groundwire.interfaces.slack.claims import Checking
from groundwire.interfaces.slack.commanding import ON_IT, USAGE, Commanding
from groundwire.interfaces.slack.errands import Errands
from groundwire.interfaces.slack.interactions import (
    command_of,
    press_of,
    reason_of,
    shortcut_of,
    stopped_place,
)
from groundwire.interfaces.slack.modals import EVIDENCE_SOURCE, REASON_VIEW
from groundwire.interfaces.slack.pressing import Pressing
from groundwire.interfaces.slack.suggestions import Suggestions
from groundwire.interfaces.slack.thread_summary import ThreadSummaries

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_bolt import Ack, App

    from groundwire.interfaces.slack.means import Means
    from groundwire.interfaces.slack.pool import AnswerPool
    from groundwire.interfaces.slack.rates import RateLimit

    Body = dict[str, Any]

_log = logging.getLogger("groundwire.slack")

COMMAND = "/groundwire"
SUMMARIZE = "summarize_thread"
CHECK = "check_message"


@dataclass(frozen=True, slots=True)
class Counter:
    """Where interactions are taken: each is acknowledged first, and then dealt with.

    Attributes:
        means: What they are dealt with.
        pool: Where work is done.
        rates: How often one person may ask.
    """

    means: Means
    pool: AnswerPool
    rates: RateLimit


def listen_interactions(app: App, counter: Counter) -> None:
    """Register everything but messages with Slack's application object."""
    _listen_commands(app, counter)
    _listen_presses(app, Pressing(counter.means))
    _listen_events(app, counter)


def _listen_commands(app: App, counter: Counter) -> None:
    errands = Errands(counter.pool, counter.rates)
    commanding = Commanding(counter.means, errands)
    checking = Checking(counter.means, errands)
    summaries = ThreadSummaries(counter.means, errands)

    def command(ack: Ack, body: Body) -> None:
        found = command_of(body)
        if found.verb == "help":
            ack(text=USAGE)
            return
        ack(text=ON_IT)
        commanding.run(found)

    def check(ack: Ack, body: Body) -> None:
        ack()
        checking.run(shortcut_of(body))

    def summarize(ack: Ack, body: Body) -> None:
        ack()
        summaries.run(shortcut_of(body))

    app.command(COMMAND)(command)
    app.shortcut({"type": "message_action", "callback_id": CHECK})(check)
    app.shortcut({"type": "message_action", "callback_id": SUMMARIZE})(summarize)


def _listen_presses(app: App, pressing: Pressing) -> None:
    presses: dict[str, Callable[..., None]] = {
        EVIDENCE: pressing.evidence,
        EVIDENCE_SOURCE: pressing.other_source,
        FEEDBACK: pressing.feedback,
        SHARE: pressing.share,
    }

    def pressed(ack: Ack, body: Body) -> None:
        ack()
        presses[body["actions"][0]["action_id"]](press_of(body))

    def submitted(ack: Ack, body: Body) -> None:
        ack()
        pressing.reason(reason_of(body))

    for action in presses:
        app.action(action)(pressed)
    app.view(REASON_VIEW)(submitted)


def _listen_events(app: App, counter: Counter) -> None:
    suggestions = Suggestions(counter.means)

    def opened(body: Body) -> None:
        suggestions.opened(body)

    def stopped(body: Body) -> None:
        place = stopped_place(body)
        if place is None:
            return
        found = counter.pool.cancel(place.key)
        _log.info("stopped channel=%s running=%s", place.channel, found)
        counter.means.messenger.session(place, "active")

    app.event("app_home_opened")(opened)
    app.event("agent_session_stopped")(stopped)
