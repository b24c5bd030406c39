"""How often one person may ask."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MINUTE = 60.0


class RateLimit:
    """Counts what each person asked in the last minute; safe to use from several threads."""

    def __init__(self, per_minute: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Let each person ask ``per_minute`` times in any minute."""
        self._most = per_minute
        self._clock = clock
        self._asked: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def wait_for(self, user: str) -> float:
        """Return the seconds until somebody may ask; 0.0 lets them, and counts."""
        with self._lock:
            now = self._clock()
            self._forget(now - MINUTE)
            asked = self._asked.setdefault(user, deque())
            if len(asked) >= self._most:
                return asked[0] + MINUTE - now
            asked.append(now)
            return 0.0

    def give_back(self, user: str) -> None:
        """Not count somebody's latest question after all: it was not taken."""
        with self._lock:
            asked = self._asked.get(user)
            if asked:
                asked.pop()

    def _forget(self, before: float) -> None:
        """Drop what is older than a minute, and the people who asked nothing since."""
        for user in list(self._asked):
            asked = self._asked[user]
            while asked and asked[0] <= before:
                asked.popleft()
            if not asked:
                del self._asked[user]


def too_often(seconds: float) -> str:
    """Return the sentence for somebody who has to wait."""
    whole = max(1, round(seconds))
    unit = "second" if whole == 1 else "seconds"
    return (
        "You have asked many questions in the last minute, and others are waiting too. "
        f"Please ask me again in {whole} {unit}."
    )
