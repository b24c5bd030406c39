"""A figure with the interval that other questions of the same sort would leave it in."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from groundwire.evaluate.intervals import CONFIDENCE, SEED, Share, bootstrap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

RESAMPLES = 1000
_NORMAL = 1.959964  # the quantile of the normal distribution at 97.5 %


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure over some questions, with its interval at 95 %.

    Attributes:
        value: The figure.
        low: Lower end of the interval.
        high: Upper end.
        count: Questions that it is made of.
    """

    value: float
    low: float
    high: float
    count: int


def share(outcomes: Sequence[bool]) -> Estimate:
    """Return how many are true, with the score interval of Wilson (1927)."""
    count, value = len(outcomes), sum(outcomes) / len(outcomes)
    square = _NORMAL**2
    middle = (value + square / (2 * count)) / (1 + square / count)
    spread = value * (1 - value) / count + square / (4 * count**2)
    reach = _NORMAL * math.sqrt(spread) / (1 + square / count)
    return Estimate(value, middle - reach, middle + reach, count)


def mean(values: Sequence[float]) -> Estimate:
    """Return the mean of values from 0 to 1, with a bootstrap interval."""
    found = bootstrap([Share(value, 1) for value in values], resamples=RESAMPLES)
    average = sum(values) / len(values)
    low, high = (found.low, found.high) if found else (average, average)
    return Estimate(average, low, high, len(values))


def compared(
    figure: Callable[[NDArray[np.float64], NDArray[np.float64]], float],
    positive: Sequence[float],
    negative: Sequence[float],
) -> Estimate:
    """Return a figure of two lists of scores; each is drawn from anew for the interval."""
    one, other = np.array(positive, dtype=np.float64), np.array(negative, dtype=np.float64)
    generator = np.random.default_rng(SEED)
    drawn = [
        figure(generator.choice(one, len(one)), generator.choice(other, len(other)))
        for _ in range(RESAMPLES)
    ]
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(drawn, (tail, 1 - tail))
    return Estimate(figure(one, other), float(low), float(high), len(one) + len(other))


def percentile(values: Sequence[float], percent: float) -> float:
    """Return a percentile, interpolated between the values."""
    return float(np.percentile(np.array(values), percent))
