"""One piece of work in the answer pool, from the queue to its end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field


class Cancel(threading.Event):
    """Set when work shall stop: because the bot is stopped, or because its asker said so."""

    def __init__(self) -> None:
        """Begin unset."""
        super().__init__()
        self.by_person = False

    def set_by_person(self) -> None:
        """Stop the work because its asker pressed stop; nobody need be told then."""
        self.by_person = True
        self.set()


Work = Callable[[Cancel], None]
Notice = Callable[[int], None]


@dataclass(slots=True, order=True)
class Ticket:
    """A job of the pool; jobs of a conversation sort by when they were asked.

    Attributes:
        ts: When it was asked, as Slack has it.
        number: Counts the jobs as they came.
        work: What is done.
        notice: Tells whoever waits that they are number so and so; None: nobody is told.
        since: When it came, in seconds of the monotonic clock.
        cancel: Set when it shall stop.
    """

    ts: str
    number: int
    work: Work = field(compare=False)
    notice: Notice | None = field(compare=False)
    since: float = field(compare=False)
    cancel: Cancel = field(compare=False, default_factory=Cancel)
    _told: tuple[int, float] | None = field(compare=False, default=None)
    _begun: bool = field(compare=False, default=False)
    _talking: threading.Lock = field(compare=False, default_factory=threading.Lock)

    def begin(self) -> None:
        """Note that the work begins; what is being told meanwhile is told first."""
        with self._talking:
            self._begun = True

    def tell(self, place: int, *, every: float = 0.0, again: float = float("inf")) -> bool:
        """Tell whoever waits which place they have, unless the work has begun.

        Args:
            place: Their number, from 1.
            every: Seconds since they were told another number before they are told this one.
            again: Seconds after which they are told the same number once more.

        Returns:
            Whether they were told now.
        """
        with self._talking:
            if self._begun or self.notice is None:
                return False
            now = time.monotonic()
            if self._told is not None:
                before, at = self._told
                if now - at < (again if before == place else every):
                    return False
            self._told = place, now
            self.notice(place)
            return True
