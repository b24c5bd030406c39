from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from groundwire.models.export import BOUNDS
from groundwire.models.quality import Fidelity, compare, sample_texts

if TYPE_CHECKING:
    from numpy.typing import NDArray


def _unit(*rows: list[float]) -> NDArray[np.float32]:
    vectors = np.array(rows, dtype=np.float32)
    unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def test_the_same_vectors_are_faithful() -> None:
    vectors = _unit(*np.random.default_rng(0).normal(size=(30, 8)).tolist())
    fidelity = compare(vectors, vectors)
    assert fidelity.mean_cosine == pytest.approx(1.0)
    assert fidelity.least_cosine == pytest.approx(1.0)
    assert fidelity.overlap == 1.0
    assert all(not bound.shortfall(fidelity) for bound in BOUNDS.values())


def test_the_worst_text_is_found() -> None:
    fidelity = compare(_unit([1, 0], [1, 0]), _unit([1, 0], [0.6, 0.8]))
    assert fidelity.mean_cosine == pytest.approx(0.8)
    assert fidelity.least_cosine == pytest.approx(0.6)


def test_overlap_counts_shared_neighbours() -> None:
    angles = np.arange(12) / 10
    ring = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    # Of twelve texts each has ten neighbours of eleven; moving one end to the other side replaces
    # the neighbour that is left out for most of them.
    moved = ring.copy()
    moved[0] = [np.cos(1.15), np.sin(1.15)]
    assert compare(ring, ring).overlap == 1.0
    assert 0.85 < compare(ring, moved).overlap < 1.0


@pytest.mark.parametrize("backend", list(BOUNDS))
def test_a_shortfall_names_what_is_too_low(backend: str) -> None:
    poor = Fidelity(mean_cosine=0.947, least_cosine=0.99999, overlap=0.5)
    assert "mean_cosine 0.9470" in BOUNDS[backend].shortfall(poor)
    assert "overlap 0.5000" in BOUNDS[backend].shortfall(poor)
    assert "least_cosine" not in BOUNDS[backend].shortfall(poor)


def test_a_graph_that_gives_no_numbers_is_refused() -> None:
    broken = Fidelity(float("nan"), float("nan"), float("nan"))
    assert all(bound.shortfall(broken) for bound in BOUNDS.values())


def test_the_texts_are_varied() -> None:
    texts = sample_texts()
    assert len(texts) == len(set(texts)) == 200
    assert min(map(len, texts)) < 80
    assert max(map(len, texts)) > 500
    assert texts == sample_texts()
