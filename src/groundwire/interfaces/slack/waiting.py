"""Telling people who wait for a worker which number they are."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from groundwire.interfaces.slack.pool import AnswerPool
    from groundwire.interfaces.slack.posting import Messenger
    from groundwire.interfaces.slack.routing import Place
    from groundwire.interfaces.slack.tickets import Notice, Ticket

_log = logging.getLogger("groundwire.slack")

LOOK_SECONDS: Final = 1.0
"""How often the line is looked at, and the pause between two notices: Slack counts the calls."""

EVERY_SECONDS: Final = 10.0
"""For how long a number stands before another is shown."""

AGAIN_SECONDS: Final = 90.0
"""After how long the same number is shown again: Slack clears a status after two minutes."""


class WaitingLine:
    """Tells everybody in the line at once, and again as it moves, from a thread of its own."""

    def __init__(self, pool: AnswerPool) -> None:
        """Look after the line of ``pool``."""
        self._pool = pool
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="slack-line", daemon=True)
        self._thread.start()

    def joined(self, ticket: Ticket) -> bool:
        """Tell somebody who just joined the line, and return whether there was a reason to."""
        for number, waiting in self._pool.line():
            if waiting is ticket:
                return ticket.tell(number)
        return False

    def close(self) -> None:
        """Tell nobody any more."""
        self._end.set()
        self._thread.join()

    def _serve(self) -> None:
        while not self._end.wait(LOOK_SECONDS):
            try:
                self._tell()
            except Exception as error:  # noqa: BLE001  the line must outlive any notice
                _log.error("line: %s", type(error).__name__)

    def _tell(self) -> None:
        """Tell those whose number changed, one after the other and without haste."""
        for number, ticket in self._pool.line():
            told = ticket.tell(number, every=EVERY_SECONDS, again=AGAIN_SECONDS)
            if told and self._end.wait(LOOK_SECONDS):
                return


class Notices:
    """Says numbers in threads."""

    def __init__(self, messenger: Messenger, *, statuses: bool) -> None:
        """Speak through ``messenger``; without ``statuses`` in a message, and then only once."""
        self._messenger = messenger
        self._statuses = statuses

    def at(self, place: Place) -> Notice:
        """Return what tells the number of a question in one thread."""
        said = False

        def notice(number: int) -> None:
            nonlocal said
            if self._statuses:
                self._messenger.status(place, waiting_status(number))
            elif not said:
                said = self._messenger.say(place, waiting_sentence(number))

        return notice


def waiting_status(number: int) -> str:
    """Return the status of a question that waits; it stands behind the bot's name."""
    return f"is busy with other questions: you are number {number} in the line…"


def waiting_sentence(number: int) -> str:
    """Return the same as a sentence."""
    return (
        f"I am busy with other questions: you are number {number} in the line. "
        "The answer will be here."
    )
