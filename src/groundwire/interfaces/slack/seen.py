"""Remembering what was delivered, because Slack delivers at least once."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

from groundwire.interfaces.slack.limits import SEEN_EVENTS, SEEN_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable


class Seen:
    """The latest names that were seen; safe to use from several threads."""

    def __init__(
        self,
        size: int = SEEN_EVENTS,
        seconds: float = SEEN_SECONDS,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Remember up to ``size`` names, each for ``seconds``."""
        self._size = size
        self._seconds = seconds
        self._clock = clock
        self._names: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def first_time(self, name: str) -> bool:
        """Return whether this name is new, and remember it."""
        with self._lock:
            now = self._clock()
            while self._names and next(iter(self._names.values())) < now - self._seconds:
                self._names.popitem(last=False)
            if name in self._names:
                return False
            self._names[name] = now
            if len(self._names) > self._size:
                self._names.popitem(last=False)
            return True
