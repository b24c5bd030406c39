from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from groundwire.evaluate.intervals import NOTHING, Interval, Share, bootstrap, bootstrap_of, ratio

if TYPE_CHECKING:
    from numpy.typing import NDArray


def test_a_ratio_sums_parts_and_wholes() -> None:
    assert ratio([Share(1, 1), Share(1, 3), NOTHING]) == 0.5
    assert ratio([NOTHING]) is None
    assert ratio([]) is None


@pytest.mark.parametrize(("part", "whole"), [(2, 1), (-1, 1), (1, 0)])
def test_a_part_lies_within_its_whole(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="not a share"):
        Share(part, whole)


def test_an_interval_of_equal_cases_has_no_width() -> None:
    assert bootstrap([Share(1, 1)] * 5) == Interval(1, 1)
    assert bootstrap([NOTHING, NOTHING]) is None


def test_an_interval_is_close_to_the_binomial_one() -> None:
    """50 of 100: the normal approximation gives 0.5 ± 1.96 · sqrt(0.25 / 100) = 0.402 to 0.598."""
    shares = [Share(1, 1)] * 50 + [Share(0, 1)] * 50
    found = bootstrap(shares)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((0.402, 0.598), abs=0.02)


def test_the_same_shares_give_the_same_interval() -> None:
    shares = [Share(1, 2), Share(0, 1), Share(3, 3)]
    assert bootstrap(shares) == bootstrap(shares)


def test_draws_that_say_nothing_are_left_out() -> None:
    assert bootstrap([Share(1, 1), NOTHING]) == Interval(1, 1)


def mean(points: NDArray[np.float64]) -> float | None:
    return float(points[:, 0].mean())


def test_a_measure_of_all_cases_has_the_interval_of_the_same_shares() -> None:
    """A mean is a ratio of sums as well, and the same cases are drawn."""
    values = [0.0, 1.0, 0.5, 1.0, 0.25]
    found = bootstrap_of(np.array([[value, 0] for value in values]), mean)
    shares = bootstrap([Share(value, 1) for value in values])
    assert found is not None
    assert shares is not None
    assert (found.low, found.high) == pytest.approx((shares.low, shares.high))


def test_resamples_of_which_a_measure_says_nothing_are_left_out() -> None:
    def of_both(points: NDArray[np.float64]) -> float | None:
        return 0.5 if len(set(points[:, 1])) > 1 else None

    assert bootstrap_of(np.array([[1.0, 0], [1.0, 1]]), of_both) == Interval(0.5, 0.5)
    assert bootstrap_of(np.array([[1.0, 1], [1.0, 1]]), of_both) is None
