"""Shares and how sure one can be of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

SEED = 20190620
RESAMPLES = 2000
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Share:
    """What one case adds to a metric: ``part`` of ``whole``; a whole of 0 says nothing.

    Every metric is the sum of the parts over the sum of the wholes, so a mean over cases has
    wholes of 1, and a share of sentences has the number of sentences.
    """

    part: float
    whole: float

    def __post_init__(self) -> None:
        """Check that the part lies within the whole."""
        if not 0 <= self.part <= self.whole:
            raise ValueError(f"not a share: {self.part} of {self.whole}")


NOTHING = Share(0, 0)


@dataclass(frozen=True, slots=True)
class Interval:
    """Between which values a metric lies, given other cases of the same sort."""

    low: float
    high: float


def ratio(shares: Sequence[Share]) -> float | None:
    """Return the sum of the parts over the sum of the wholes; None if nothing was said."""
    whole = sum(share.whole for share in shares)
    return sum(share.part for share in shares) / whole if whole else None


def bootstrap(shares: Sequence[Share], *, resamples: int = RESAMPLES) -> Interval | None:
    """Return the percentile bootstrap interval at 95%, drawing whole cases with replacement.

    Source: B. Efron and R. Tibshirani, An Introduction to the Bootstrap (1993), section 13.3.
    The seed is fixed: the same shares give the same interval. None if nothing was said.
    """
    if not sum(share.whole for share in shares):
        return None
    parts = np.array([share.part for share in shares])
    wholes = np.array([share.whole for share in shares])
    drawn = _drawn(len(shares), resamples)
    sums = wholes[drawn].sum(axis=1)
    kept = sums > 0
    return _middle(parts[drawn].sum(axis=1)[kept] / sums[kept])


def bootstrap_of(
    points: NDArray[np.float64],
    measure: Callable[[NDArray[np.float64]], float | None],
    *,
    resamples: int = RESAMPLES,
) -> Interval | None:
    """Return the same interval for a measure of all cases together, which is no ratio of sums.

    Resamples of which the measure says nothing are left out.

    Args:
        points: One row a case.
        measure: Returns a value for rows in any order; None if they say nothing.
        resamples: How many times as many rows are drawn.
    """
    values = [measure(points[rows]) for rows in _drawn(len(points), resamples)]
    said = np.array([value for value in values if value is not None])
    return _middle(said) if said.size else None


def _drawn(cases: int, resamples: int) -> NDArray[np.int64]:
    """Return which cases are drawn: shape (resamples, cases)."""
    return np.random.default_rng(SEED).integers(0, cases, (resamples, cases))


def _middle(values: NDArray[np.float64]) -> Interval:
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(values, (tail, 1 - tail))
    return Interval(float(low), float(high))
