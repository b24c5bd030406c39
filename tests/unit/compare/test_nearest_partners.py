"""Margins of cosines, and the nearest partners, whole and in blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from groundwire.compare import nearest
from groundwire.compare.nearest import Nearest

if TYPE_CHECKING:
    from numpy.typing import NDArray


def made(rows: int, seed: int) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).normal(size=(rows, 16)).astype(np.float32)
    unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def test_a_margin_is_the_cosine_above_the_next_best_of_both() -> None:
    left, right = made(6, 1), made(7, 2)
    cosines = left @ right.T
    rows = np.sort(cosines, axis=1)[:, -5:-1].mean(axis=1)
    columns = np.sort(cosines, axis=0)[-5:-1].mean(axis=0)
    found = Nearest(left, right)
    for one, other in ((0, 0), (3, 6), (5, 2)):
        expected = cosines[one, other] - (rows[one] + columns[other]) / 2
        assert found.margin(one, other) == pytest.approx(float(expected), abs=1e-6)


def test_few_sentences_are_filled_up_with_the_usual_cosine() -> None:
    one = np.array([[1, 0]], np.float32)
    assert Nearest(one, one).margin(0, 0) == pytest.approx(1 - 0.55)


def test_blocks_give_what_the_whole_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    left, right = made(40, 3), made(30, 4)
    whole = Nearest(left, right)
    monkeypatch.setattr(nearest, "_CELLS", 100)
    parts = Nearest(left, right)
    assert parts.pairs(3) == whole.pairs(3)
    assert parts.margin(39, 29) == pytest.approx(whole.margin(39, 29), abs=1e-6)
    assert len({row for row, _ in whole.pairs(3)}) == 40
