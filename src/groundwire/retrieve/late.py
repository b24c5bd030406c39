"""Late interaction: each word of a question finds its best match in a passage.

The sum of the best cosines, weighted by how rare the words are, is added to a passage's score
(Khattab and Zaharia 2020, "ColBERT", arXiv 2004.12832; here with the encoder's own token vectors,
projected to few dimensions, and content words only).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from groundwire.index.tokens import TokenVectors

_SCALE = np.float32(127)


@dataclass(frozen=True, slots=True)
class Matches:
    """The best cosine of each token of a question.

    Attributes:
        sentences: Within each sentence of all passages, of (sentences, tokens); 0 where a
            sentence has no content word.
        owner: For each of these rows the passage that it belongs to, ascending.
        passages: Within each passage, of (passages, tokens).
    """

    sentences: NDArray[np.float32]
    owner: NDArray[np.int64]
    passages: NDArray[np.float32]


def match(tokens: NDArray[np.float32], passages: Sequence[TokenVectors]) -> Matches:
    """Return how well each token of a question is matched by passages and their sentences.

    Args:
        tokens: Unit vectors of the question's tokens, of (tokens, token dimension).
        passages: The stored token vectors of the passages.
    """
    counts = np.concatenate([[0], *(each.counts for each in passages)]).astype(np.int64)[1:]
    owner = np.repeat(np.arange(len(passages)), [len(each.counts) for each in passages])
    sentences = np.zeros((len(counts), len(tokens)), np.float32)
    filled = counts > 0
    if len(tokens) and filled.any():
        stacked = np.concatenate([each.vectors for each in passages if len(each.vectors)])
        cosines = stacked.astype(np.float32) @ (tokens.T / _SCALE)
        starts = np.concatenate([[0], np.cumsum(counts[filled])[:-1]])
        sentences[filled] = np.maximum.reduceat(cosines, starts, axis=0)
    best = np.zeros((len(passages), len(tokens)), np.float32)
    if len(owner):
        rows, first = np.unique(owner, return_index=True)
        best[rows] = np.maximum.reduceat(sentences, first, axis=0)
    return Matches(sentences, owner, best)


def weighted(cosines: NDArray[np.float32], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weighted mean of each row of cosines; zeros where no token has any weight.

    Args:
        cosines: Best cosines, of (rows, tokens).
        weights: What each token counts, 0 or more.
    """
    total = weights.sum()
    if not total:
        return np.zeros(len(cosines))
    mean: NDArray[np.float64] = cosines @ (weights / total)
    return mean
