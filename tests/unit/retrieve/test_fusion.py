"""Fusion does not care about order or scale."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from groundwire.retrieve.fusion import fuse

SCORES = st.lists(st.integers(0, 100), min_size=2, max_size=20)


def test_by_hand() -> None:
    fused = fuse(np.array([1.0, 3.0]), np.array([4.0, 0.0]), weight=0.25)
    assert fused.tolist() == [-0.25 + 0.75, 0.25 - 0.75]


def test_a_flat_leg_says_nothing() -> None:
    assert fuse(np.array([0.3, 0.3]), np.array([2.0, 1.0]), weight=0.5).tolist() == [0.5, -0.5]
    assert fuse(np.array([]), np.array([])).size == 0


@given(scores=SCORES, shift=st.integers(-50, 50), scale=st.integers(1, 9))
def test_shifting_and_scaling_a_leg_changes_nothing(
    scores: list[int], shift: int, scale: int
) -> None:
    dense = np.array(scores, dtype=np.float64)
    lexical = dense[::-1].copy()
    moved = fuse(dense * scale + shift, lexical)
    assert np.allclose(fuse(dense, lexical), moved, atol=1e-6)


@given(scores=SCORES)
def test_a_permutation_of_the_candidates_permutes_the_scores(scores: list[int]) -> None:
    dense = np.array(scores, dtype=np.float64)
    lexical = np.sqrt(dense)
    order = np.argsort(-dense, kind="stable")
    assert np.allclose(fuse(dense, lexical)[order], fuse(dense[order], lexical[order]))
