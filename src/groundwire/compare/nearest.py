"""The nearest partners among the unit vectors of two documents, block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_NEIGHBOURS = 4
_USUAL = 0.55
_CELLS = 4_000_000


class Nearest:
    """Cosines of two lists of unit vectors, and how far each stands above its neighbours.

    Sentences of two reports on one event are all alike. So a cosine counts by how far it stands
    above the ones that the two sentences have with their next best partners: the margin of Artetxe
    and Schwenk 2019, arXiv 1811.01136. Never more than a block of the matrix is held.
    """

    def __init__(self, left: NDArray[np.float32], right: NDArray[np.float32]) -> None:
        """Hold arrays of (left, dimension) and (right, dimension) side by side; none is empty."""
        self._left, self._right = left, right
        rows: list[NDArray[np.float32]] = []
        columns = np.empty((len(right), 0), np.float32)
        for _, cosines in self._blocks():
            rows.append(_best(cosines))
            columns = _best(np.hstack([columns, cosines.T]))
        self._rows = _next_best(np.vstack(rows))
        self._columns = _next_best(columns)

    def cosine(self, left: int, right: int) -> float:
        """Return the cosine of a pair."""
        return float(self._left[left] @ self._right[right])

    def margin(self, left: int, right: int) -> float:
        """Return how far the cosine of a pair stands above the next best of both."""
        return self.cosine(left, right) - float(self._rows[left] + self._columns[right]) / 2

    def pairs(self, count: int) -> set[tuple[int, int]]:
        """Return the pairs that are, by their margin, among the best ``count`` of either side."""
        found: set[tuple[int, int]] = set()
        best = np.empty((len(self._right), 0), np.float32)
        where = np.empty((len(self._right), 0), np.int64)
        for start, cosines in self._blocks():
            rows = self._rows[start : start + len(cosines), None]
            around = rows + self._columns[None, :]
            margins: NDArray[np.float32] = cosines - np.float32(0.5) * around
            for row, columns in enumerate(_places(margins, count).tolist(), start):
                found.update((row, column) for column in columns)
            places = np.arange(start, start + len(cosines))
            where = np.hstack([where, np.broadcast_to(places, margins.T.shape)])
            best = np.hstack([best, margins.T])
            kept = _places(best, count)
            best = np.take_along_axis(best, kept, axis=1)
            where = np.take_along_axis(where, kept, axis=1)
        for column, lines in enumerate(where.tolist()):
            found.update((row, column) for row in lines)
        return found

    def _blocks(self) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """Yield the first row and the cosines of each block."""
        size = max(_CELLS // len(self._right), 1)
        for start in range(0, len(self._left), size):
            yield start, self._left[start : start + size] @ self._right.T


def _places(values: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """Return where the highest values of each row stand, in no order."""
    count = min(count, values.shape[1])
    return np.argpartition(-values, count - 1, axis=1)[:, :count]


def _best(cosines: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the highest cosines of each row, one more than there are neighbours."""
    return np.take_along_axis(cosines, _places(cosines, _NEIGHBOURS + 1), axis=1)


def _next_best(best: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return for each row the mean of its best cosines but the very best.

    Where there are too few, the usual cosine of two sentences on one event stands in for them.
    """
    missing = _NEIGHBOURS + 1 - best.shape[1]
    means: NDArray[np.float32] = (
        best.sum(axis=1) - best.max(axis=1) + missing * _USUAL
    ) / _NEIGHBOURS
    return means
