from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundwire.evaluate.ranking import complete, ndcg, recall, reciprocal_rank

NONE: frozenset[int] = frozenset()
A, B, BOTH = frozenset({0}), frozenset({1}), frozenset({0, 1})


@pytest.mark.parametrize(
    ("covered", "parts", "k", "expected"),
    [
        ([NONE, A], 1, 1, 0.0),
        ([NONE, A], 1, 2, 1.0),
        ([A, A, B], 2, 2, 0.5),
        ([A, A, B], 2, 3, 1.0),
        ([BOTH], 2, 10, 1.0),
        ([], 2, 10, 0.0),
    ],
)
def test_recall_by_hand(covered: list[frozenset[int]], parts: int, k: int, expected: float) -> None:
    assert recall(covered, parts, k) == expected


@pytest.mark.parametrize(
    ("relevant", "k", "expected"),
    [
        ([True], 10, 1.0),
        ([False, False, True, True], 10, 1 / 3),
        ([False, False, True], 2, 0.0),
        ([], 10, 0.0),
    ],
)
def test_reciprocal_rank_by_hand(relevant: list[bool], k: int, expected: float) -> None:
    assert reciprocal_rank(relevant, k) == expected


@pytest.mark.parametrize(
    ("covered", "parts", "expected"),
    [
        ([A], 1, 1.0),
        ([NONE, A], 1, 1 / math.log2(3)),
        ([NONE, NONE, NONE], 1, 0.0),
        ([], 1, 0.0),
        # Found at 1 and 3, where 1 and 2 were possible.
        ([A, NONE, B], 2, (1 + 1 / 2) / (1 + 1 / math.log2(3))),
        # A copy gains nothing, so it costs as much as a passage beside the point.
        ([A, A, B], 2, (1 + 1 / 2) / (1 + 1 / math.log2(3))),
        # One passage with both parts is the ideal; finding it second is what is lost.
        ([NONE, BOTH], 2, 1 / math.log2(3)),
        ([A, BOTH], 2, (1 + 1 / math.log2(3)) / 2),
        # Part 1 was not found at all: the ideal would have had it second.
        ([A], 2, 1 / (1 + 1 / math.log2(3))),
    ],
)
def test_ndcg_by_hand(covered: list[frozenset[int]], parts: int, expected: float) -> None:
    assert ndcg(covered, parts, 10) == pytest.approx(expected)


def test_ndcg_looks_no_further_than_k() -> None:
    assert ndcg([NONE, NONE, A], 1, 2) == 0.0


@given(st.lists(st.frozensets(st.integers(0, 3)), max_size=12), st.integers(1, 12))
def test_ndcg_lies_between_nothing_and_ideal(covered: list[frozenset[int]], k: int) -> None:
    value = ndcg(covered, 4, k)
    assert 0 <= value <= 1 + 1e-9
    assert (value > 0) == any(covered[:k])


@pytest.mark.parametrize(
    ("covered", "parts", "k", "expected"),
    [
        ([A, NONE, B], 2, 3, True),
        ([A, NONE, B], 2, 2, False),
        ([BOTH], 2, 1, True),
        ([A, A], 2, 10, False),
        ([], 1, 10, False),
    ],
)
def test_all_parts_are_found_or_not(
    covered: list[frozenset[int]], parts: int, k: int, *, expected: bool
) -> None:
    assert complete(covered, parts, k) is expected
