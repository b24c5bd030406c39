"""Counts of what the bot did, never of what was said."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

Counted = Literal[
    "received", "answered", "abstained", "failed", "dropped_sentences", "refused", "repeated"
]
"""``received``: questions taken; ``refused``: questions not taken, because of a full queue or a
limit; ``repeated``: deliveries that had come before; ``dropped_sentences``: drafted and not shown,
because no document holds them."""

BOUNDS: Final = (0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
"""Upper bounds, in seconds, of the steps of the histogram; one more step is open."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted up to a moment.

    Attributes:
        totals: How often each thing happened since the start.
        latency: How many questions took how long from their arrival to the end of their answer:
            one number a step of ``BOUNDS``, and one for what took longer.
        seconds: What all of them took together.
    """

    totals: Mapping[Counted, int]
    latency: tuple[int, ...]
    seconds: float

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form that the health file holds."""
        steps = [*(f"{bound:g}" for bound in BOUNDS), "more"]
        return {
            **{str(name): count for name, count in self.totals.items()},
            "latency_s": dict(zip(steps, self.latency, strict=True)),
            "latency_sum_s": round(self.seconds, 3),
        }

    def __str__(self) -> str:
        """Return the totals as a line for the log."""
        latency = ",".join(map(str, self.latency))
        told = (f"{name}={count}" for name, count in self.totals.items())
        return f"{' '.join(told)} latency={latency} seconds={self.seconds:.3f}"


@dataclass(slots=True)
class Counters:
    """Counts from several threads."""

    _totals: dict[Counted, int] = field(default_factory=lambda: dict.fromkeys(get_args(Counted), 0))
    _latency: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    _seconds: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, name: Counted, count: int = 1) -> None:
        """Count something that happened."""
        with self._lock:
            self._totals[name] += count

    def took(self, seconds: float) -> None:
        """Count one question by how long it took."""
        step = sum(seconds > bound for bound in BOUNDS)
        with self._lock:
            self._latency[step] += 1
            self._seconds += seconds

    def counts(self) -> Counts:
        """Return what was counted so far."""
        with self._lock:
            return Counts(dict(self._totals), tuple(self._latency), self._seconds)
