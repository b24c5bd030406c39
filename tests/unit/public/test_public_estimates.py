"""Intervals: Wilson's against published values, the bootstrap's by what must hold of it."""

from __future__ import annotations

import pytest

from eval.public import estimates
from eval.public.figures import auroc


def test_wilson_against_a_known_interval() -> None:
    # 81 of 263: .308, .255 to .366 (Newcombe 1998, table I, method 3).
    found = estimates.share([True] * 81 + [False] * 182)
    assert found.value == pytest.approx(81 / 263)
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)
    assert found.count == 263


def test_none_of_ten_may_still_be_some() -> None:
    found = estimates.share([False] * 10)
    assert found.low == pytest.approx(0, abs=1e-9)
    assert found.high == pytest.approx(0.2775, abs=1e-4)


def test_the_interval_of_a_mean_is_the_same_each_time_and_holds_it() -> None:
    values = [0.0, 0.25, 0.5, 1.0] * 5
    found = estimates.mean(values)
    assert found.value == 0.4375
    assert found.low < found.value < found.high
    assert found == estimates.mean(values)


def test_the_interval_of_equal_values_is_a_point() -> None:
    found = estimates.mean([0.5, 0.5])
    assert (found.low, found.value, found.high) == (0.5, 0.5, 0.5)


def test_an_auroc_comes_with_an_interval_that_repeats() -> None:
    found = estimates.compared(auroc, [3, 1, 5, 2], [2, 1, 0])
    # Wins of 3, 5: three each; of 2: two and a tie; of 1: one and a tie.
    assert found.value == pytest.approx((3 + 3 + 2.5 + 1.5) / 12)
    assert 0 < found.low < found.value < found.high <= 1
    assert found.count == 7
    assert found == estimates.compared(auroc, [3, 1, 5, 2], [2, 1, 0])


def test_separated_scores_leave_no_doubt() -> None:
    found = estimates.compared(auroc, [3, 4], [1, 2])
    assert (found.low, found.value, found.high) == (1, 1, 1)


def test_a_percentile_lies_between_values() -> None:
    assert estimates.percentile([10, 20, 30], 50) == 20
    assert estimates.percentile([10, 20], 95) == pytest.approx(19.5)
