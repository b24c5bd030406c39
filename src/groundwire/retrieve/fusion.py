"""Fusing the scores of two retrievers into one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

DENSE_WEIGHT = 0.4
"""Share of the dense score; the rest is lexical. Figures: docs/retrieval.md."""

_FLAT = 1e-9


def fuse(
    dense: NDArray[np.float64], lexical: NDArray[np.float64], weight: float = DENSE_WEIGHT
) -> NDArray[np.float64]:
    """Return the convex combination of two score vectors after z-scoring each.

    Z-scores make bm25 and cosine comparable whatever their ranges are; a flat vector says
    nothing and becomes zeros. Adding a constant to either input, or scaling it, changes nothing.
    (Combination of normalised scores: Bruch, Gai and Ingber, 2023, arXiv 2210.11934.)

    Args:
        dense: Cosines of the candidates, of shape (candidates,).
        lexical: bm25 scores of the same candidates, larger is better; 0 where not found.
        weight: Share of the dense score, from 0 to 1.
    """
    return weight * _standardise(dense) + (1 - weight) * _standardise(lexical)


def _standardise(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    spread = float(scores.std()) if scores.size else 0.0
    if spread < _FLAT:
        return np.zeros_like(scores)
    standardised: NDArray[np.float64] = (scores - scores.mean()) / spread
    return standardised
