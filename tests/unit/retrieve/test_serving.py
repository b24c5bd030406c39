"""Every clause and every article is served."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from groundwire.retrieve.serving import serve


def test_by_score_where_nothing_is_shared() -> None:
    assert serve(np.array([1.0, 3.0, 2.0]), [0, 1, 2], ["a", "b", "c"], 3) == [1, 2, 0]


def test_a_second_clause_is_not_crowded_out() -> None:
    scores = np.array([3.0, 2.9, 2.8, 2.75])
    assert serve(scores, [0, 0, 0, 1], ["a", "b", "c", "d"], 2) == [0, 3]


def test_a_second_article_is_not_crowded_out() -> None:
    scores = np.array([3.0, 2.9, 2.85])
    assert serve(scores, [0, 1, 2], ["a", "a", "b"], 2) == [0, 2]


def test_each_further_passage_of_a_clause_costs_less() -> None:
    scores = np.array([3.0, 2.95, 2.9, 2.5])
    assert serve(scores, [0, 0, 0, 1], ["a", "b", "c", "d"], 4) == [0, 1, 2, 3]


@given(
    scores=st.lists(st.floats(-5, 5), min_size=1, max_size=20),
    top_k=st.integers(0, 25),
    data=st.data(),
)
def test_the_result_is_a_selection_that_starts_with_the_best(
    scores: list[float], top_k: int, data: st.DataObject
) -> None:
    clauses = data.draw(st.lists(st.integers(0, 3), min_size=len(scores), max_size=len(scores)))
    order = serve(np.array(scores), clauses, [c % 2 for c in clauses], top_k)
    assert len(order) == len(set(order)) == min(top_k, len(scores))
    assert not order or scores[order[0]] == max(scores)
