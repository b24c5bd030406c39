"""The words of sentences, weighed: sparse tf-idf over one set of sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from groundwire.text.tokens import content_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True)
class Terms:
    """Sentences as unit vectors of tf-idf weights, stored as triples.

    The weight of a stem is (1 + ln tf) ln(1 + n / df), with the frequency in the sentence, the
    number of sentences and that of those which have it (Salton and Buckley 1988).

    Attributes:
        rows: For each triple its sentence, ascending.
        columns: Its stem.
        weights: Its weight; the squares of a sentence's sum to 1.
        count: Sentences.
        width: Stems.
    """

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    weights: NDArray[np.float64]
    count: int
    width: int

    def centroid(self) -> NDArray[np.float64]:
        """Return the mean of the sentences, of length one, of shape (width,)."""
        total = np.asarray(np.bincount(self.columns, self.weights, self.width), np.float64)
        return total / max(float(np.linalg.norm(total)), 1e-9)

    def row(self, sentence: int) -> NDArray[np.float64]:
        """Return one sentence as a dense vector of shape (width,)."""
        found = np.zeros(self.width)
        first, last = np.searchsorted(self.rows, (sentence, sentence + 1))
        found[self.columns[first:last]] = self.weights[first:last]
        return found

    def against(self, vector: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the product of every sentence with a dense vector, of shape (count,)."""
        products = self.weights * vector[self.columns]
        return np.asarray(np.bincount(self.rows, products, self.count), np.float64)


def stems_of(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the stems of each text."""
    return [content_words(text) for text in texts]


def weigh_terms(stems: Sequence[Sequence[str]]) -> Terms:
    """Return sentences, given by their stems, as weighted terms."""
    numbers: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    counts: list[int] = []
    for row, sentence in enumerate(stems):
        seen: dict[int, int] = {}
        for word in sentence:
            column = numbers.setdefault(word, len(numbers))
            seen[column] = seen.get(column, 0) + 1
        rows.extend([row] * len(seen))
        columns.extend(seen)
        counts.extend(seen.values())
    at, of = np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64)
    frequency = np.maximum(np.bincount(of, minlength=len(numbers)), 1)
    tf = 1 + np.log(np.array(counts, dtype=np.float64))
    weights: NDArray[np.float64] = tf * np.log1p(len(stems) / frequency[of])
    norms = np.sqrt(np.bincount(at, weights**2, len(stems)))
    return Terms(at, of, weights / np.maximum(norms[at], 1e-9), len(stems), len(numbers))
