"""The answer pool: few workers, a bounded queue, one question of a conversation at a time.

Answers never run in the pool of Slack's library, which also acknowledges: a few slow answers would
leave everything after them unacknowledged.
"""

from __future__ import annotations

import logging
import threading
import time
from bisect import insort
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Work = Callable[[threading.Event], None]

_log = logging.getLogger("groundwire.slack")

_LAST_WORDS_SECONDS = 2.0
"""How long a cancelled answer may take to say that it was stopped."""


@dataclass(frozen=True, slots=True, order=True)
class _Job:
    """One piece of work; jobs of a conversation sort by when they were asked."""

    ts: str
    work: Work = field(compare=False)


class AnswerPool:
    """Runs work in the background, in order within each conversation."""

    def __init__(self, workers: int, queue: int) -> None:
        """Start ``workers`` threads; at most ``queue`` jobs wait."""
        self._queue = queue
        self._waiting: dict[str, list[_Job]] = {}
        self._ready: deque[str] = deque()
        self._running: dict[str, threading.Event] = {}
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

    def submit(self, key: str, ts: str, work: Work) -> bool:
        """Queue one piece of work.

        Args:
            key: The conversation; its jobs never run side by side.
            ts: When it was asked; of the jobs that wait, the earlier one runs first.
            work: Called with an event that is set when the work shall stop.

        Returns:
            False when the queue is full or the pool is closing: nothing was kept then.
        """
        with self._change:
            if self._closing or sum(map(len, self._waiting.values())) >= self._queue:
                return False
            jobs = self._waiting.setdefault(key, [])
            if not jobs and key not in self._running:
                self._ready.append(key)
            insort(jobs, _Job(ts, work))
            self._change.notify()
            return True

    def close(self, grace: float) -> bool:
        """Take no more work and end what there is.

        Work that waits is run with its event set, so that it can say that it will not be done.
        Running work gets ``grace`` seconds before its event is set too.

        Returns:
            Whether everything ended.
        """
        with self._change:
            self._closing = True
            self._change.notify_all()
        self._join(grace)
        with self._change:
            for cancel in self._running.values():
                cancel.set()
        self._join(_LAST_WORDS_SECONDS)
        return not any(thread.is_alive() for thread in self._threads)

    def _join(self, seconds: float) -> None:
        """Wait for the workers to leave."""
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def _serve(self) -> None:
        """Work until the pool is closed and nothing waits."""
        while (taken := self._take()) is not None:
            key, job, cancel = taken
            try:
                job.work(cancel)
            except Exception as error:  # noqa: BLE001  a worker must outlive any answer
                _log.error("work failed: %s", type(error).__name__)
            finally:
                self._finish(key)

    def _take(self) -> tuple[str, _Job, threading.Event] | None:
        """Wait for the next job and mark its conversation as busy; None when all is done."""
        with self._change:
            self._change.wait_for(lambda: self._ready or (self._closing and not self._waiting))
            if not self._ready:
                return None
            key = self._ready.popleft()
            job = self._waiting[key].pop(0)
            cancel = self._running[key] = threading.Event()
            if self._closing:
                cancel.set()
            return key, job, cancel

    def _finish(self, key: str) -> None:
        """Let the next job of this conversation run."""
        with self._change:
            del self._running[key]
            if self._waiting[key]:
                self._ready.append(key)
            else:
                del self._waiting[key]
            self._change.notify_all()
