"""A figure, and whether two of them can be one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groundwire.compare.values.measures import Bound
    from groundwire.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a sentence.

    Attributes:
        span: Where it stands in the sentence, with its unit and what bounds it.
        sort: What it can be compared with, each in one base unit: ``count``, ``share``, ``age``,
            ``clock``, ``score``, ``rate``, ``money:usd``, ``length``, ``duration`` and others.
        written: The number as it is written, in the base unit; of a range its lower end.
        low: The least that is meant.
        high: The most that is meant.
        slack: How far off the number may be because it is rounded.
        bound: Whether it is said as it is, as about that, or as a bound.
        second: The other number of a score; 0 elsewhere.
    """

    span: Span
    sort: str
    written: float
    low: float
    high: float
    slack: float
    bound: Bound
    second: float = 0.0

    def equals(self, other: Figure) -> bool:
        """Return whether both say one value, in whatever unit, as exactly as they are given."""
        if self.sort == "score":
            return {self.written, self.second} == {other.written, other.second}
        if {self.bound, other.bound} == {"above", "below"}:
            return False
        if "between" in (self.bound, other.bound):
            return (self.low, self.high) == (other.low, other.high)
        near = max(min(self.slack, other.slack), 1e-9 * abs(self.written))
        return abs(self.written - other.written) <= near

    def allows(self, other: Figure) -> bool:
        """Return whether one value can be what both say."""
        if self.sort == "score":
            return self.equals(other)
        low, high = max(self.low, other.low), min(self.high, other.high)
        return low < high or (low == high and (self.bound == "exact" or other.bound == "exact"))
