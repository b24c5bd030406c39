"""How long a summary is: in sentences, or in words to the word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from groundwire.domain.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from groundwire.domain.summaries import Style

USUAL = 5
"""Sentences where nothing else is asked for."""

_TABLE = 600
"""Words that are made up of sentences exactly; what comes before them is taken best first."""


@dataclass(frozen=True)
class Wanted:
    """What is wanted of a summary.

    Attributes:
        sentences: How many; None: as the style has it.
        words: How many instead, exactly.
        style: How it is laid out.
        relevance: For each document how close each of its sentences is to a topic, from 0 to 1;
            None where the documents are the topic.
    """

    sentences: int | None = None
    words: int | None = None
    style: Style = "brief"
    relevance: tuple[NDArray[np.float64], ...] | None = None

    def __post_init__(self) -> None:
        """Refuse lengths that no summary can have.

        Raises:
            UsageError: A length is less than 1.
        """
        for unit, length in (("sentence", self.sentences), ("word", self.words)):
            if length is not None and length < 1:
                raise UsageError(f"a summary needs at least 1 {unit}, not {length}")

    def count(self, reports: int) -> int:
        """Return how many sentences are wanted where so many reports are summarised."""
        return self.sentences or usual_sentences(self.style, reports)


def usual_sentences(style: Style, reports: int) -> int:
    """Return how many sentences a style has where none are asked for.

    Args:
        style: The layout; a ``tldr`` is one sentence, and two of several reports.
        reports: Independent reports that are summarised.
    """
    return min(max(reports, 1), 2) if style == "tldr" else USUAL


def fit_words(words: Sequence[int], values: Sequence[float], total: int) -> tuple[int, ...]:
    """Return which sentences to take so that their words come to ``total``, or closest below it.

    Of all choices with the most words that of the greatest value is taken; the value of a choice
    is the sum of its sentences' values, each times its words, so that many short sentences are no
    better than a few long ones. Solved exactly by dynamic programming, as a knapsack; of a long
    summary only the end is, and the sentences before it are taken in the order given.

    Args:
        words: How many words each sentence has, best sentence first.
        values: What each is worth; any numbers, of which only the differences count.
        total: How many words are wanted.

    Returns:
        Places in ``words``, ascending.
    """
    taken: list[int] = []
    left, first = total, 0
    while first < len(words) and left - words[first] >= _TABLE:
        taken.append(first)
        left -= words[first]
        first += 1
    rest = list(range(first, len(words)))
    least = min(values, default=0.0)
    gains = [(values[i] - least + 1.0) * words[i] for i in rest]
    return tuple(taken + [rest[i] for i in _knapsack([words[i] for i in rest], gains, left)])


def _knapsack(words: Sequence[int], gains: Sequence[float], total: int) -> list[int]:
    best = np.full(total + 1, -np.inf)
    best[0] = 0.0
    takes = np.zeros((len(words), total + 1), dtype=bool)
    for item, (size, gain) in enumerate(zip(words, gains, strict=True)):
        if size > total:
            continue
        with_it = np.full(total + 1, -np.inf)
        with_it[size:] = best[: total + 1 - size] + gain
        takes[item] = with_it > best
        best = np.maximum(best, with_it)
    left = int(np.flatnonzero(best > -np.inf)[-1])
    chosen: list[int] = []
    for item in range(len(words) - 1, -1, -1):
        if takes[item, left]:
            chosen.append(item)
            left -= words[item]
    return chosen[::-1]
