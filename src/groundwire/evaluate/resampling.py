"""How sure one can be of a difference between two runs over the same cases.

Every case was answered by both, so pairs are kept together in each resampling: what makes a case
hard cancels out, and small differences can be told from chance.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from groundwire.evaluate.intervals import CONFIDENCE, RESAMPLES, SEED, Interval

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Measure = Callable[[NDArray[np.float64]], NDArray[np.float64]]

PERMUTATIONS = 9999
_CLOSE = 1e-12


def paired_interval(
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    measure: Measure,
) -> Interval | None:
    """Return the percentile bootstrap interval at 95% of a difference, drawing pairs of cases.

    Source: B. Efron and R. Tibshirani, An Introduction to the Bootstrap (1993), section 13.3.
    The seed is fixed. None if no resample gives a difference.

    Args:
        before: What each case adds, shape (cases, columns).
        after: The same cases in the same order.
        measure: The metric: from (resamples, cases, columns) to (resamples,); NaN where a
            resample says nothing.
    """
    drawn = np.random.default_rng(SEED).integers(0, len(before), (RESAMPLES, len(before)))
    differences = measure(after[drawn]) - measure(before[drawn])
    kept = differences[np.isfinite(differences)]
    if not kept.size:
        return None
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(kept, (tail, 1 - tail))
    return Interval(float(low), float(high))


def randomised_p(
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    measure: Measure,
) -> float | None:
    """Return the two-sided p value of a difference by randomisation of the pairs.

    If both runs were alike, each case's two results could as well be exchanged. Source: E. Noreen,
    Computer-Intensive Methods for Testing Hypotheses (1989); M. Smucker, J. Allan and B.
    Carterette, A comparison of statistical significance tests for information retrieval
    evaluation (2007). Where few cases differ, every exchange is tried and the value is exact; else
    9,999 are drawn and counted with the one that happened.

    Args:
        before: As for ``paired_interval``.
        after: As for ``paired_interval``.
        measure: As for ``paired_interval``.
    """
    seen = float((measure(after[None]) - measure(before[None]))[0])
    if not math.isfinite(seen):
        return None
    differing = np.flatnonzero((before != after).any(axis=1))
    exact = 2 ** int(differing.size) <= PERMUTATIONS
    swaps = _every(len(differing)) if exact else _drawn(len(differing))
    extreme = 0
    for block in np.array_split(swaps, max(1, len(swaps) // 500)):
        exchanged = np.zeros((len(block), len(before)), dtype=bool)
        exchanged[:, differing] = block
        left = np.where(exchanged[..., None], after, before)
        right = np.where(exchanged[..., None], before, after)
        differences = np.abs(measure(right) - measure(left))
        extreme += int((differences >= abs(seen) - _CLOSE).sum())
    drawn = 0 if exact else 1
    return float(extreme + drawn) / (len(swaps) + drawn)


def _every(count: int) -> NDArray[np.bool_]:
    """Return every way to exchange or keep some pairs: shape (2 ** count, count)."""
    ways = np.arange(2**count)[:, None] >> np.arange(count)
    found: NDArray[np.bool_] = (ways & 1).astype(bool)
    return found


def _drawn(count: int) -> NDArray[np.bool_]:
    generator = np.random.default_rng(SEED)
    found: NDArray[np.bool_] = generator.integers(0, 2, (PERMUTATIONS, count)).astype(bool)
    return found


def mcnemar(lost: int, won: int) -> float:
    """Return the exact two-sided p value that as many cases were lost as won.

    Source: Q. McNemar, Note on the sampling error of the difference between correlated
    proportions or percentages (1947), with the binomial distribution in place of chi-squared.

    Args:
        lost: Cases that only the first run passed.
        won: Cases that only the second run passed.
    """
    changed = lost + won
    tail = sum(math.comb(changed, each) for each in range(min(lost, won) + 1))
    return min(1.0, 2 * float(tail) / 2.0**changed)


def holm(values: Sequence[float]) -> tuple[float, ...]:
    """Return p values corrected for how many there are, in the order they were given.

    Source: S. Holm, A simple sequentially rejective multiple test procedure (1979).
    """
    order = sorted(range(len(values)), key=lambda at: values[at])
    corrected = [0.0] * len(values)
    largest = 0.0
    for done, at in enumerate(order):
        largest = max(largest, min(1.0, (len(values) - done) * values[at]))
        corrected[at] = largest
    return tuple(corrected)
