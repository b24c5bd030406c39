"""Work that commands and shortcuts ask for: once each, in the answer pool, within the limits."""

from __future__ import annotations

import logging
import time
from functools import partial
from typing import TYPE_CHECKING

from groundwire.interfaces.slack.answering import RESTARTING
from groundwire.interfaces.slack.means import apology, frames_of, kind_of
from groundwire.interfaces.slack.rates import too_often
from groundwire.interfaces.slack.seen import Seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from groundwire.interfaces.slack.interactions import Shortcut
    from groundwire.interfaces.slack.means import Means
    from groundwire.interfaces.slack.pool import AnswerPool
    from groundwire.interfaces.slack.rates import RateLimit
    from groundwire.interfaces.slack.tickets import Cancel

_log = logging.getLogger("groundwire.slack")

FULL = "Too many questions are waiting at the moment. Please ask me again in a few minutes."


class Errands:
    """Runs errands, and tells their asker where they cannot be run."""

    def __init__(self, pool: AnswerPool, rates: RateLimit) -> None:
        """Run errands in ``pool``, as often as ``rates`` lets one person ask."""
        self._pool = pool
        self._rates = rates
        self._seen = Seen()

    def take(
        self,
        trigger: str,
        user: str,
        work: Callable[[Cancel], None],
        tell: Callable[[str], object],
    ) -> None:
        """Queue one errand, unless it was delivered before.

        Args:
            trigger: What names this one command or shortcut.
            user: Who asks for it.
            work: Does it.
            tell: Tells the asker a sentence: why it is not done, or that it failed.
        """
        if not self._seen.first_time(trigger):
            return
        pause = self._rates.wait_for(user)
        if pause:
            tell(too_often(pause))
            return

        def run(cancel: Cancel) -> None:
            if cancel.is_set():
                tell(RESTARTING)
                return
            try:
                work(cancel)
            except Exception as error:  # noqa: BLE001  whatever happens, the asker is told
                report(kind_of(error), frames_of(error), tell)

        if self._pool.submit(f"errand:{trigger}", f"{time.time():.6f}", run) is None:
            self._rates.give_back(user)
            tell(RESTARTING if self._pool.closing else FULL)

    def take_shortcut(
        self, means: Means, shortcut: Shortcut, work: Callable[[Cancel], None]
    ) -> None:
        """Queue what a shortcut asks for, or tell its asker why they may not ask."""
        tell = partial(means.privately.tell, shortcut.response_url)
        refusal = means.refusal(shortcut.place.channel, shortcut.user)
        if refusal:
            tell(refusal)
            return
        self.take(shortcut.trigger, shortcut.user, work, tell)


def report(kind: str, details: str, tell: Callable[[str], object]) -> None:
    """Tell the asker calmly, and the log what happened, without anybody's words in it."""
    sentence, error_id = apology(kind)
    _log.error("error %s: %s; %s", error_id, kind, details)
    tell(sentence)
