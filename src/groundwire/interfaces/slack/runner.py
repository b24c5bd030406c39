"""``slack run``: connect, stay until a signal comes, leave in order."""

from __future__ import annotations

import logging
import queue
import signal
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from groundwire.interfaces.slack.app import build_bot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from groundwire.interfaces.slack.app import Bot
    from groundwire.interfaces.slack.clients import Identity
    from groundwire.interfaces.slack.options import SlackOptions
    from groundwire.interfaces.slack.ports import DocumentDesk
    from groundwire.records.conversations import Conversations

_log = logging.getLogger("groundwire.slack")

_TELL: int | None = getattr(signal, "SIGUSR1", None)
"""The signal on which counts are logged, where the system has it."""

_SIGNALS = (signal.SIGTERM, signal.SIGINT, *([_TELL] if _TELL else []))
_DAY_SECONDS = 86_400.0


def run(
    desk: DocumentDesk,
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
    with collected_signals() as stop:
        bot = build_bot(desk, conversations, options)
        try:
            bot.connect()
            on_ready(bot.identity)
            wait_for_signal(stop, bot, conversations)
        finally:
            if not bot.close():
                _log.error("stopped before every answer had ended")


def wait_for_signal(
    signals_: queue.SimpleQueue[int], bot: Bot, conversations: Conversations
) -> None:
    """Return when a signal to stop has come; meanwhile log counts on SIGUSR1, and forget daily."""
    days, forget_at = bot.options.remember_days, 0.0
    while True:
        if time.monotonic() >= forget_at:
            forgotten = conversations.prune(datetime.now(UTC) - timedelta(days=days))
            _log.info("conversations forgotten after %d days: %d", days, forgotten)
            forget_at = time.monotonic() + _DAY_SECONDS
        try:
            number = signals_.get(timeout=max(0.0, forget_at - time.monotonic()))
        except queue.Empty:
            continue
        if number == _TELL:
            answering, waiting = bot.pool.load()
            _log.info("counts answering=%d queue=%d %s", answering, waiting, bot.counters.counts())
            continue
        _log.info("stopping on %s", signal.Signals(number).name)
        return


@contextmanager
def collected_signals() -> Iterator[queue.SimpleQueue[int]]:
    """Collect signals in a queue, the one kind that may be filled from a signal handler."""
    stop: queue.SimpleQueue[int] = queue.SimpleQueue()
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def note(number: int, _frame: object) -> None:
        if number != _TELL:
            for each in _SIGNALS:
                signal.signal(each, signal.SIG_DFL if each != _TELL else signal.SIG_IGN)
        stop.put(number)

    for number in _SIGNALS:
        signal.signal(number, note)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
