"""Messages that came before the one that would have made them ours.

Slack promises no order: a follow-up may arrive before the mention that opened its thread. For a
moment nothing tells it from a message that is not for us.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Body = Mapping[str, Any]

STRAY_SECONDS: Final = 60.0
"""How long such a message is kept."""

STRAYS: Final = 256
"""How many are kept."""


class Strays:
    """Keeps messages in threads that are not ours, for a minute; safe to use from threads."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Keep nothing yet."""
        self._clock = clock
        self._kept: OrderedDict[tuple[str, str], tuple[float, Body]] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, key: str, ts: str, body: Body) -> None:
        """Keep a message of the thread with this key."""
        with self._lock:
            now = self._clock()
            self._forget(now)
            self._kept[key, ts] = now, body
            if len(self._kept) > STRAYS:
                self._kept.popitem(last=False)

    def after(self, key: str, ts: str) -> list[Body]:
        """Return and forget the messages in a thread that were written after ``ts``, in order."""
        with self._lock:
            self._forget(self._clock())
            found = sorted(name for name in self._kept if name[0] == key and name[1] > ts)
            return [self._kept.pop(name)[1] for name in found]

    def _forget(self, now: float) -> None:
        while self._kept and next(iter(self._kept.values()))[0] < now - STRAY_SECONDS:
            self._kept.popitem(last=False)
