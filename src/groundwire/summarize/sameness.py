"""Whether one sentence tells what another one tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Stems = frozenset[str]

NEAR = 0.6
"""Least cosine of two sentences that tell the same."""

TELLS = 1.25
"""Least sum of the cosine and the share of the stems of the one that the other has.

Neither is enough: sentences of one story are near one another by topic alone (.75 between a vote
and a reaction to it), and short ones share stems by chance. Read off pairs of the sample corpus.
"""

LEAST_STEMS = 3
"""A sentence of fewer stems is told by no other: there is too little to compare."""


def share_told(stems: Stems, other: Stems) -> float:
    """Return the share of the stems of one sentence that the other has."""
    return len(stems & other) / len(stems) if len(stems) >= LEAST_STEMS else 0.0


def tells(cosine: float, share: float) -> bool:
    """Return whether sentences with that cosine and share of stems tell the same."""
    return cosine >= NEAR and cosine + share >= TELLS


def told_by(
    vectors: NDArray[np.float32],
    stems: Sequence[Stems],
    cited: NDArray[np.float32],
    cited_stems: Sequence[Stems],
) -> NDArray[np.bool_]:
    """Return for each sentence whether one of the cited sentences tells what it tells.

    Args:
        vectors: Unit vectors of the sentences, of shape (sentences, dimension).
        stems: Their stems.
        cited: Unit vectors of the cited sentences, of shape (cited, dimension).
        cited_stems: Their stems.

    Returns:
        Shape (sentences,).
    """
    found = np.zeros(len(stems), dtype=bool)
    if not len(cited):
        return found
    cosines = vectors @ cited.T
    for row, column in zip(*np.nonzero(cosines >= NEAR), strict=True):
        if not found[row]:
            share = share_told(stems[row], cited_stems[column])
            found[row] = tells(float(cosines[row, column]), share)
    return found
