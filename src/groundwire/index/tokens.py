"""The vectors of a passage's word pieces, for matching a question with it word by word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_COUNTS = np.dtype("<u2")


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """The vectors of the pieces of a passage's content words, sentence by sentence.

    Attributes:
        counts: How many pieces each sentence has, of shape (sentences,).
        vectors: 127 times their unit vectors, rounded, of shape (pieces, token dimension), in
            the order of the text.
    """

    counts: NDArray[np.int64]
    vectors: NDArray[np.int8]

    def by_sentence(self) -> tuple[NDArray[np.int8], ...]:
        """Return for each sentence the vectors of its pieces."""
        ends = np.cumsum(self.counts).tolist()
        starts = [0, *ends][: len(ends)]
        return tuple(self.vectors[start:end] for start, end in zip(starts, ends, strict=True))


def to_stored(tokens: Sequence[NDArray[np.int8]]) -> tuple[bytes, bytes]:
    """Return the stored form of the vectors of sentences: counts and vectors."""
    counts = np.array([len(each) for each in tokens], dtype=_COUNTS)
    return counts.tobytes(), b"".join(each.tobytes() for each in tokens)


def fits(counts: bytes, size: int, dimension: int) -> bool:
    """Return whether stored counts are those of vectors of ``size`` bytes in all."""
    whole = len(counts) // _COUNTS.itemsize * _COUNTS.itemsize
    pieces = int(np.frombuffer(counts[:whole], dtype=_COUNTS).sum())
    return whole == len(counts) and pieces * dimension == size


def from_stored(counts: bytes, vectors: bytes, dimension: int) -> TokenVectors:
    """Return what ``to_stored`` made bytes of."""
    numbers = np.frombuffer(counts, dtype=_COUNTS).astype(np.int64)
    shape = (len(vectors) // max(dimension, 1), dimension)
    return TokenVectors(numbers, np.frombuffer(vectors, dtype=np.int8).reshape(shape))
