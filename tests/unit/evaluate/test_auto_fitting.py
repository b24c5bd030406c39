"""The threshold that is fitted, and when the default stays."""

from __future__ import annotations

import math

import numpy as np
import pytest

from groundwire.evaluate.auto.fitting import Scored, balanced_accuracy, best_threshold, fit


def scored(pairs: list[tuple[float, bool]]) -> list[Scored]:
    return [Scored(score, answerable, f"d{n}") for n, (score, answerable) in enumerate(pairs)]


def test_two_heaps_are_parted_between_them() -> None:
    pairs = [(2 + n / 100, True) for n in range(50)] + [(-2 - n / 100, False) for n in range(50)]
    found = fit(scored(pairs), 5.0)
    assert found is not None
    assert found.threshold == pytest.approx(0.0)
    assert found.balanced_accuracy == found.precision == found.recall == 1.0
    assert found.default_balanced_accuracy == 0.5
    assert found.better


def test_the_default_stays_where_it_is_as_good_as_any() -> None:
    pairs = [(2 + n / 100, True) for n in range(50)] + [(-2 - n / 100, False) for n in range(50)]
    found = fit(scored(pairs), 1.0)
    assert found is not None
    assert found.threshold == 1.0
    assert found.gain == (0.0, 0.0)
    assert not found.better


def test_of_thresholds_as_good_as_the_best_the_one_nearest_to_the_default_is_taken() -> None:
    scores = np.array([-1.0, 0.0, 1.0, 2.0])
    positive = np.array([False, False, True, True])
    assert best_threshold(scores, positive, -5.0) == 0.5
    assert best_threshold(scores, positive, 0.7) == 0.7


def test_what_had_nothing_to_judge_is_declined_at_any_threshold() -> None:
    pairs = [(2 + n / 100, True) for n in range(30)] + [(-math.inf, False)] * 30
    found = fit(scored(pairs), 0.0)
    assert found is not None
    assert found.recall == 1.0


def test_noise_is_not_fitted_to() -> None:
    rng = np.random.default_rng(7)
    pairs = [(float(rng.normal()), bool(n % 2)) for n in range(200)]
    found = fit(scored(pairs), 0.0)
    assert found is not None
    assert not found.better


@pytest.mark.parametrize("few", [True, False])
def test_with_fewer_than_twenty_of_either_sort_nothing_is_fitted(few: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    pairs = [(1.0, few)] * 19 + [(0.0, not few)] * 60
    assert fit(scored(pairs), 0.0) is None


def test_questions_on_one_document_are_held_out_together() -> None:
    # One document alone says where the boundary lies, so nothing can be learned for it.
    same = [Scored(10.0 + n / 100, n % 2 == 0, "one") for n in range(60)]
    found = fit(same, 0.0)
    assert found is not None
    assert found.balanced_accuracy == found.default_balanced_accuracy == 0.5


def test_balanced_accuracy_by_hand() -> None:
    answered = np.array([True, True, False, True])
    positive = np.array([True, True, True, False])
    assert balanced_accuracy(answered, positive) == pytest.approx((2 / 3 + 0) / 2)


def test_a_fit_says_in_json_what_it_is() -> None:
    pairs = [(2.0, True)] * 25 + [(-2.0, False)] * 25
    found = fit(scored(pairs), 5.0)
    assert found is not None
    assert found.to_dict()["answerable"] == 25
    assert found.to_dict()["better"] is True
