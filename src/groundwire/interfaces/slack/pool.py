"""The answer pool: few workers, a bounded queue, one question of a conversation at a time.

Answers never run in the pool of Slack's library, which also acknowledges: a few slow answers would
leave everything after them unacknowledged.
"""

from __future__ import annotations

import itertools
import logging
import threading
import time
from bisect import insort
from collections import deque
from typing import TYPE_CHECKING, Final

from groundwire.interfaces.slack.tickets import Ticket

if TYPE_CHECKING:
    from groundwire.interfaces.slack.tickets import Notice, Work

_log = logging.getLogger("groundwire.slack")

SETTLE_SECONDS: Final = 0.05
"""How long work is left to lie before it begins: what arrives in the wrong order, because several
threads receive, is put right meanwhile."""

_LAST_WORDS_SECONDS = 2.0
"""How long a cancelled answer may take to say that it was stopped."""


class AnswerPool:
    """Runs work in the background, in order within each conversation."""

    def __init__(self, workers: int, queue: int, *, settle: float = SETTLE_SECONDS) -> None:
        """Start ``workers`` threads; at most ``queue`` jobs wait, each for ``settle`` at least."""
        self._queue = queue
        self._settle = settle
        self._numbers = itertools.count(1)
        self._waiting: dict[str, list[Ticket]] = {}
        self._ready: deque[str] = deque()
        self._running: dict[str, Ticket] = {}
        self._closing = False
        self._change = threading.Condition()
        self._threads = [
            threading.Thread(target=self._serve, name=f"slack-answer-{n}", daemon=True)
            for n in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def closing(self) -> bool:
        """Whether no more work is taken."""
        return self._closing

    def load(self) -> tuple[int, int]:
        """Return how many jobs run and how many wait."""
        with self._change:
            return len(self._running), self._count()

    def submit(self, key: str, ts: str, work: Work, notice: Notice | None = None) -> Ticket | None:
        """Queue one piece of work.

        Args:
            key: The conversation; its jobs never run side by side.
            ts: When it was asked; of the jobs that wait, the earlier one runs first.
            work: Called with an event that is set when the work shall stop.
            notice: Tells whoever waits for it that it is number so and so.

        Returns:
            None when the queue is full or the pool is closing: nothing was kept then.
        """
        with self._change:
            if self._closing or self._count() >= self._queue:
                return None
            ticket = Ticket(ts, next(self._numbers), work, notice, time.monotonic())
            jobs = self._waiting.setdefault(key, [])
            if not jobs and key not in self._running:
                self._ready.append(key)
            insort(jobs, ticket)
            self._change.notify()
            return ticket

    def line(self) -> list[tuple[int, Ticket]]:
        """Return who waits for a worker, first come first, each with their number from 1.

        A question whose conversation is being answered waits for that, and is not among them; nor
        is one that a worker is free for.
        """
        with self._change:
            free = len(self._threads) - len(self._running)
            heads = [self._waiting[key][0] for key in self._ready]
            waiting = sorted(heads, key=lambda ticket: ticket.number)
            return list(enumerate(waiting[max(0, free) :], start=1))

    def cancel(self, key: str) -> bool:
        """Stop the work of a conversation that runs, or else the first that waits.

        Returns:
            Whether there was any.
        """
        with self._change:
            jobs = self._waiting.get(key)
            ticket = self._running.get(key) or (jobs[0] if jobs else None)
            if ticket is not None:
                ticket.cancel.set_by_person()
            return ticket is not None

    def close(self, grace: float) -> bool:
        """Take no more work and end what there is.

        Work that waits is run with its event set, so that it can say that it will not be done.
        Running work gets ``grace`` seconds before its event is set too.

        Returns:
            Whether everything ended.
        """
        with self._change:
            self._closing = True
            for jobs in self._waiting.values():
                for ticket in jobs:
                    ticket.cancel.set()
            self._change.notify_all()
        self._join(grace)
        with self._change:
            for ticket in self._running.values():
                ticket.cancel.set()
        self._join(_LAST_WORDS_SECONDS)
        return not any(thread.is_alive() for thread in self._threads)

    def _count(self) -> int:
        return sum(map(len, self._waiting.values()))

    def _join(self, seconds: float) -> None:
        """Wait for the workers to leave."""
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def _serve(self) -> None:
        """Work until the pool is closed and nothing waits."""
        while (taken := self._take()) is not None:
            key, ticket = taken
            try:
                ticket.begin()
                ticket.work(ticket.cancel)
            except Exception as error:  # noqa: BLE001  a worker must outlive any answer
                _log.error("work failed: %s", type(error).__name__)
            finally:
                self._finish(key)

    def _take(self) -> tuple[str, Ticket] | None:
        """Wait for the next job and mark its conversation as busy; None when all is done."""
        with self._change:
            while (pause := self._pause()) != 0:
                if self._closing and not self._waiting:
                    return None
                self._change.wait(pause)
            key = self._ready.popleft()
            ticket = self._running[key] = self._waiting[key].pop(0)
            return key, ticket

    def _pause(self) -> float | None:
        """Return for how long there is nothing to begin; None: until something changes."""
        if not self._ready:
            return None
        if self._closing:
            return 0.0
        since = self._waiting[self._ready[0]][0].since
        return max(0.0, since + self._settle - time.monotonic())

    def _finish(self, key: str) -> None:
        """Let the next job of this conversation run."""
        with self._change:
            del self._running[key]
            if self._waiting[key]:
                self._ready.append(key)
            else:
                del self._waiting[key]
            self._change.notify_all()
