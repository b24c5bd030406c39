from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from groundwire.domain.errors import UsageError
from groundwire.evaluate import resampling
from groundwire.evaluate.paired import compare_runs
from groundwire.evaluate.reading import read_run
from groundwire.evaluate.resampling import holm, mcnemar, paired_interval, randomised_p
from groundwire.evaluate.table import comparison_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from groundwire.evaluate.saved import SavedRun


def case(number: int, *, passed: bool = True, key: str = "k", **more: object) -> dict[str, Any]:
    return {
        "id": f"c{number}",
        "kind": "single_fact",
        "split": "dev",
        "key": key,
        "answerable": True,
        "outcome": "answered",
        "passed": passed,
        "milliseconds": 1,
        "shares": {"evidence_hit": [int(passed), 1]},
        **more,
    }


def a_run(*cases: dict[str, Any], **identity: object) -> SavedRun:
    metric = {"value": 1, "interval": None, "cases": 1}
    return read_run(
        {
            "schema": 2,
            "suite": "small",
            "split": "all",
            "made": "2026-01-02T03:04:05+00:00",
            "passed": True,
            "cases_file": "cases",
            "corpus": "corpus",
            "identity": {
                "version": "1",
                "index": {"documents": 1, "contents": "ab"},
                **identity,
            },
            "metrics": dict.fromkeys(
                ("evidence_hit", "abstention_precision", "abstention_auroc"), metric
            ),
            "cases": cases,
        }
    )


def mean(stack: NDArray[np.float64]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = stack[..., 0].mean(axis=-1)
    return found


def column(*values: float) -> NDArray[np.float64]:
    return np.array(values, dtype=np.float64)[:, None]


@pytest.mark.parametrize(
    ("lost", "won", "p"),
    [(0, 0, 1.0), (1, 0, 1.0), (0, 5, 0.0625), (5, 0, 0.0625), (1, 7, 18 / 256), (3, 3, 1.0)],
)
def test_mcnemar_by_hand(lost: int, won: int, p: float) -> None:
    assert mcnemar(lost, won) == pytest.approx(p)


def test_holm_by_hand() -> None:
    """0.01 x 3, then 0.02 x 2, then 0.03 x 1, which may not be smaller than what came before."""
    assert holm([0.03, 0.01, 0.02]) == pytest.approx((0.04, 0.03, 0.04))
    assert holm([0.9, 0.8]) == (1.0, 1.0)
    assert holm([]) == ()


def test_few_differing_cases_are_exchanged_in_every_way() -> None:
    """Of the 32 ways to exchange five gains, all and none are as extreme: 2 of 32."""
    before, after = column(0, 0, 0, 0, 0, 1, 1), column(1, 1, 1, 1, 1, 1, 1)
    assert randomised_p(before, after, mean) == 2 / 32
    assert randomised_p(before, before, mean) == 1.0


def test_the_exact_value_is_that_of_all_exchanges_written_out() -> None:
    before, after = column(0.1, 0.5, 0.4, 0.9), column(0.3, 0.4, 0.8, 1.0)
    seen = abs((after - before).mean())
    ways = [
        abs(np.mean([sign * gain for sign, gain in zip(signs, after - before, strict=True)]))
        for signs in product((1, -1), repeat=4)
    ]
    expected = sum(each >= seen - 1e-12 for each in ways) / 16
    assert randomised_p(before, after, mean) == expected


def test_many_differing_cases_are_exchanged_at_random_and_always_the_same() -> None:
    generator = np.random.default_rng(1)
    before = generator.random((60, 1))
    better = randomised_p(before, before + 0.2, mean)
    noise = randomised_p(before, generator.permutation(before), mean)
    assert better == 1 / (resampling.PERMUTATIONS + 1)
    assert noise is not None
    assert noise > 0.05
    assert better == randomised_p(before, before + 0.2, mean)


def test_the_interval_of_a_difference_keeps_pairs_together() -> None:
    before = np.random.default_rng(2).random((50, 1))
    found = paired_interval(before, before + 0.25, mean)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((0.25, 0.25))


def test_the_interval_covers_the_difference_and_no_more_than_it_must() -> None:
    before, after = column(*[0] * 20), column(*[1] * 10, *[0] * 10)
    found = paired_interval(before, after, mean)
    assert found is not None
    assert 0.2 < found.low < 0.5 < found.high < 0.8


def test_runs_are_compared_over_the_cases_that_are_the_same() -> None:
    before = a_run(*(case(n, passed=n % 2 == 0) for n in range(6)), case(6), case(7))
    after = a_run(*(case(n) for n in range(6)), case(6, key="rewritten"), case(8))
    found = compare_runs(before, after)
    assert (found.common, found.left_out) == (6, 4)
    assert (found.passed_before, found.passed_after) == (3, 6)
    assert found.newly_passing == ("c1", "c3", "c5")
    assert found.newly_failing == ()
    assert found.mcnemar_p == 0.25
    (metric,) = found.metrics
    assert (metric.name, metric.before, metric.after) == ("evidence_hit", 0.5, 1.0)
    assert (metric.p, metric.corrected, metric.changed) == (0.25, 0.25, 3)
    assert not metric.significant


def test_a_case_that_a_metric_speaks_of_in_one_run_alone_counts_in_that_run() -> None:
    """Precision of declining: 1 of 2 before, 1 of 1 after, when one question was answered."""
    said = {"abstention_precision": [1, 1]}
    wrong = {"abstention_precision": [0, 1]}
    before = a_run(case(0, shares=said), case(1, shares=wrong))
    after = a_run(case(0, shares=said), case(1, shares={}))
    (metric,) = compare_runs(before, after).metrics
    assert (metric.before, metric.after, metric.changed, metric.cases) == (0.5, 1.0, 1, 2)
    assert metric.p == 1.0


def test_a_metric_of_all_cases_together_is_compared_too() -> None:
    def points(*pairs: tuple[float, float]) -> list[dict[str, Any]]:
        return [
            case(n, shares={}, points={"abstention_auroc": pair}) for n, pair in enumerate(pairs)
        ]

    before = a_run(*points((1, 0), (2, 1), (3, 0), (4, 1)))
    after = a_run(*points((1, 0), (3, 1), (2, 0), (4, 1)))
    (metric,) = compare_runs(before, after).metrics
    assert (metric.name, metric.before, metric.after) == ("abstention_auroc", 0.75, 1.0)
    assert metric.p is not None


def test_a_difference_that_is_not_chance_is_marked() -> None:
    before = a_run(*(case(n, passed=False) for n in range(30)))
    after = a_run(*(case(n) for n in range(30)), version="2")
    found = compare_runs(before, after)
    assert found.metrics[0].significant
    told = comparison_table(found)
    assert "evidence_hit *" in told
    assert "(McNemar p <0.001)" in told
    assert "newly passing: c0, c1" in told
    assert "and 18 more" in told
    assert "version: 1 -> 2" in told
    made = found.to_dict()
    assert made["newly_passing"] == tuple(f"c{n}" for n in range(30))
    assert made["metrics"]["evidence_hit"]["significant"] is True  # type: ignore[index]
    assert made["conditions"] == {"version": ["1", "2"]}


def test_the_same_run_twice_differs_in_nothing() -> None:
    one = a_run(*(case(n, passed=n > 2) for n in range(5)))
    found = compare_runs(one, one)
    assert (found.metrics[0].difference, found.metrics[0].p) == (0, 1.0)
    assert found.conditions == ()
    told = comparison_table(found)
    assert "no difference is significant" in told
    assert told.endswith("the same version, settings, prompts, models and documents")


def test_runs_without_a_common_case_are_refused() -> None:
    with pytest.raises(UsageError, match="no case in common"):
        compare_runs(a_run(case(1)), a_run(case(2)))
    with pytest.raises(UsageError, match="no case in common"):
        compare_runs(a_run(case(1)), a_run(case(1, key="other")))


def test_a_metric_that_one_run_says_nothing_of_is_left_out() -> None:
    assert compare_runs(a_run(case(1)), a_run(case(1, shares={}))).metrics == ()
