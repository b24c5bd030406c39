"""A quotation laid over a document's words: which stand there, which are others.

The alignment is the fitting one of sequence comparison (Needleman and Wunsch 1970, with free ends
on the document's side), a row at a time in numpy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from groundwire.text.lexicon import STOPWORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from groundwire.compare.quotes.parts import Asked

_FUNCTION = 0.6
"""What a word without a topic counts; others count 1."""
_OTHER = 0.5
"""What another word costs, as a share of what the word would have counted."""
_LACKING = 0.6
"""What a word costs that the document lacks, in the same way."""
_SKIPPED = 0.25
"""What a word of the document costs that the quotation lacks."""
_FREE = 1e-3
"""What such a word costs where the quotation marks an omission."""
_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Wanted:
    """A quotation's words as numbers.

    Attributes:
        words: The words.
        ids: The number of each; equal words have equal numbers.
        weights: What each counts.
        known: The number by key.
    """

    words: tuple[Asked, ...]
    ids: NDArray[np.int64]
    weights: NDArray[np.float64]
    known: dict[str, int]

    @classmethod
    def of(cls, words: Sequence[Asked]) -> Wanted:
        """Number the words."""
        known: dict[str, int] = {}
        ids = [known.setdefault(word.key, len(known)) for word in words]
        weights = [0.0 if word.inserted else weight_of(word.key) for word in words]
        return cls(tuple(words), np.array(ids), np.array(weights), known)

    def numbered(self, keys: Sequence[str]) -> NDArray[np.int64]:
        """Return a document's words in the same numbers; -1 for those that are not wanted."""
        return np.array([self.known.get(key, -1) for key in keys], dtype=np.int64)

    def share(self, run: NDArray[np.int64]) -> float:
        """Return what those words count, as a share of all, that are in a run of words."""
        return float(self.weights[np.isin(self.ids, run)].sum()) / self.total

    @property
    def total(self) -> float:
        """What all words count together."""
        return float(self.weights.sum()) or 1.0


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where a quotation lies over a run of words.

    Attributes:
        score: What the equal words count, less what the differences cost.
        pairs: Place in the quotation and place in the run, for each equal word, ascending.
        swapped: The same for words that stand for one another.
    """

    score: float
    pairs: tuple[tuple[int, int], ...]
    swapped: tuple[tuple[int, int], ...]


def weight_of(key: str) -> float:
    """Return what a word counts."""
    return _FUNCTION if key in STOPWORDS else 1.0


def align(wanted: Wanted, run: NDArray[np.int64], *, omissions_free: bool) -> Alignment:
    """Return the best place of a quotation in a run of words.

    Args:
        wanted: The quotation, n words.
        run: The document's words in the quotation's numbers, of shape (m,).
        omissions_free: Whether words may be left out for nothing where the quotation marks it.
    """
    gaps = _gap_costs(wanted, omissions_free=omissions_free)
    table = np.zeros((len(wanted.ids) + 1, len(run) + 1))
    places = np.arange(len(run) + 1)
    for row, (number, weight) in enumerate(zip(wanted.ids, wanted.weights, strict=True), 1):
        before = table[row - 1]
        step = before - weight * _LACKING
        turn = np.where(run == number, weight, -weight * _OTHER)
        step[1:] = np.maximum(step[1:], before[:-1] + turn)
        if row < len(table) - 1:
            slope = gaps[row] * places
            step = np.maximum.accumulate(step + slope) - slope
        table[row] = step
    return _traced(wanted, run, table, gaps)


def _gap_costs(wanted: Wanted, *, omissions_free: bool) -> list[float]:
    """Return what a skipped word costs after each word of the quotation, from before the first."""
    costs = [_SKIPPED] * (len(wanted.words) + 1)
    for place, word in enumerate(wanted.words):
        if (word.joint and omissions_free) or word.inserted:
            costs[place] = _FREE
            if word.inserted:
                costs[place + 1] = _FREE
    return costs


def _traced(
    wanted: Wanted, run: NDArray[np.int64], table: NDArray[np.float64], gaps: list[float]
) -> Alignment:
    """Return the alignment that a filled table ends in."""
    row, column = len(wanted.ids), int(np.argmax(table[-1]))
    score = float(table[row, column])
    pairs: list[tuple[int, int]] = []
    swapped: list[tuple[int, int]] = []
    while row > 0:
        here, weight = table[row, column], wanted.weights[row - 1]
        equal = column > 0 and run[column - 1] == wanted.ids[row - 1]
        turn = weight if equal else -weight * _OTHER
        if column > 0 and abs(here - table[row - 1, column - 1] - turn) < _NEAR:
            (pairs if equal else swapped).append((row - 1, column - 1))
            row, column = row - 1, column - 1
        elif (
            column > 0
            and row < len(wanted.ids)
            and abs(here - table[row, column - 1] + gaps[row]) < _NEAR
        ):
            column -= 1
        else:
            row -= 1
    return Alignment(score, tuple(reversed(pairs)), tuple(reversed(swapped)))


def longest_runs(
    wanted: Wanted, run: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for each word of a quotation the longest equal stretch that begins with it.

    Returns:
        Lengths, and the places in the run where the stretches begin, both of shape (n,).
    """
    count, size = len(wanted.ids), len(run)
    lengths, starts = np.zeros(count, np.int64), np.zeros(count, np.int64)
    below = np.zeros(size + 1, np.int64)
    for row in range(count - 1, -1, -1):
        here = np.zeros(size + 1, np.int64)
        here[:-1] = np.where(run == wanted.ids[row], below[1:] + 1, 0)
        best = int(np.argmax(here))
        lengths[row], starts[row] = here[best], best
        below = here
    return lengths, starts
