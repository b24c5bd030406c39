"""``slack run``: connect, stay until a signal comes, leave in order."""

from __future__ import annotations

import logging
import queue
import signal
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from groundwire.interfaces.slack.app import build_bot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from groundwire.interfaces.slack.clients import Identity
    from groundwire.interfaces.slack.options import SlackOptions
    from groundwire.interfaces.slack.ports import QuestionDesk
    from groundwire.records.conversations import Conversations

_log = logging.getLogger("groundwire.slack")

_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_DAY_SECONDS = 86_400.0


def run(
    desk: QuestionDesk,
    conversations: Conversations,
    options: SlackOptions,
    *,
    on_ready: Callable[[Identity], None],
) -> None:
    """Serve Slack from the main thread until SIGTERM or SIGINT; a second signal kills.

    Args:
        desk: Who answers; called from several threads.
        conversations: Where conversations are remembered. Old ones are forgotten once a day.
        options: Tokens, address, limits.
        on_ready: Called once, when messages can arrive.

    Raises:
        GroundwireError: The bot could not be started; see ``build_bot`` and ``Bot.connect``.
    """
    with _signals() as stop:
        bot = build_bot(desk, conversations, options)
        try:
            bot.connect()
            on_ready(bot.identity)
            _wait(stop, conversations, options)
        finally:
            if not bot.close():
                _log.error("stopped before every answer had ended")


def _wait(
    stop: queue.SimpleQueue[int], conversations: Conversations, options: SlackOptions
) -> None:
    """Return when a signal has come."""
    while True:
        oldest = datetime.now(UTC) - timedelta(days=options.remember_days)
        forgotten = conversations.prune(oldest)
        _log.info("conversations forgotten after %d days: %d", options.remember_days, forgotten)
        try:
            number = stop.get(timeout=_DAY_SECONDS)
        except queue.Empty:
            continue
        _log.info("stopping on %s", signal.Signals(number).name)
        return


@contextmanager
def _signals() -> Iterator[queue.SimpleQueue[int]]:
    """Collect signals in a queue, the one kind that may be filled from a signal handler."""
    stop: queue.SimpleQueue[int] = queue.SimpleQueue()
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def note(number: int, _frame: object) -> None:
        for each in _SIGNALS:
            signal.signal(each, signal.SIG_DFL)
        stop.put(number)

    for number in _SIGNALS:
        signal.signal(number, note)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
