"""Choosing sentences one by one: each adds most to those that were chosen before it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from groundwire.summarize.referring import Referring

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from groundwire.summarize.pool import Pool

LIKE_IN_MEANING, LIKE_IN_WORDS = 0.35, 1.1
"""What a sentence loses by its cosine with, and by the words it shares with, the nearest chosen."""

LIKE_ELSEWHERE = 1.5
"""What it loses by its cosine with the nearest one chosen from another document. Within a document
vectors are near one another by their surroundings; across documents they are so by what is told."""

TOO_LIKE = 0.7
"""A sentence this close to a chosen one in words is not said."""

SAME_ELSEWHERE = 0.8
"""Nor is one of another document this close in meaning."""

EACH_FIRST = 1
"""Sentences that a document gives at most until every one has given one."""

AGAIN = 0.3
"""What each sentence that its document has given already costs another one."""


class Chooser:
    """Chooses from a pool.

    A sentence that leans on what was said before is taken only behind the sentence that it stands
    behind in its document, unless a gloss can say for certain what it leaves open. Where better
    ones run out, weak ones are taken, and those that lean last.
    """

    def __init__(self, pool: Pool) -> None:
        """Keep the pool."""
        self.pool = pool
        self.referring = tuple(Referring(account) for account in pool.accounts)
        self._place = {
            (int(of), each.at): place
            for place, (of, each) in enumerate(zip(pool.of, pool.said, strict=True))
        }
        self._weak = np.array([each.weak for each in pool.said], dtype=bool)

    def choose(self, count: int) -> list[int]:
        """Return at most so many places of the pool, in the order of the summary.

        The first does not open with a word that may lean on what was said before, if that costs
        no sentence.
        """
        barred: set[int] = set()
        chosen = self._first(count, barred)
        while chosen and self.pool.said[chosen[0]].dangles:
            barred.add(chosen[0])
            other = self._first(count, barred)
            if len(other) < len(chosen):
                break
            chosen = other
        return chosen

    def _first(self, count: int, barred: set[int]) -> list[int]:
        found: list[int] = []
        for place, _ in self.ranked(barred):
            if len(found) == count:
                break
            found.append(place)
        return sorted(found)

    def ranked(self, barred: Sequence[int] | set[int] = ()) -> Iterator[tuple[int, float]]:
        """Yield all places, the best first, each with what it adds when its turn comes.

        Args:
            barred: Places that are left out.
        """
        size = len(self.pool.said)
        state = _Chosen(self.pool)
        out = np.zeros(size, dtype=bool)
        out[list(barred)] = True
        for usable in (~self._weak, np.ones(size, dtype=bool)):
            waiting = np.zeros(size, dtype=bool)
            while True:
                worth = np.where(usable & ~out & ~waiting, state.worth(), -np.inf)
                if not size or worth.max() == -np.inf:
                    break
                place = int(worth.argmax())
                if not self._stands(place, state):
                    waiting[place] = True
                    continue
                out[place] = True
                yield place, float(worth[place])
                state.add(place)
                after = self._place.get((int(self.pool.of[place]), self.pool.said[place].at + 1))
                if after is not None:
                    waiting[after] = False
        for place in np.flatnonzero(~out).tolist():
            if not state.repeats[place]:
                yield place, float(state.worth()[place])
                state.add(place)

    def stands(self, place: int) -> bool:
        """Return whether a sentence can stand with nothing before it, if need be by a gloss."""
        return self.referring[int(self.pool.of[place])].stands(self.pool.said[place])

    def _stands(self, place: int, state: _Chosen) -> bool:
        before = self._place.get((int(self.pool.of[place]), self.pool.said[place].at - 1))
        return (before is not None and before in state.places) or self.stands(place)


class _Chosen:
    """What was chosen so far, and what each other sentence would add to it."""

    def __init__(self, pool: Pool) -> None:
        size = len(pool.said)
        self._pool = pool
        self.places: set[int] = set()
        self.repeats = np.zeros(size, dtype=bool)
        self._loss = np.zeros(size)
        self._words = np.zeros(size)
        self._given: Counter[int] = Counter()
        self._documents = set(pool.of.tolist())

    def worth(self) -> NDArray[np.float64]:
        """Return what each sentence would add; -inf for what would be said twice."""
        worth = self._pool.weights - self._loss - LIKE_IN_WORDS * self._words
        if len(self._documents) > 1:
            given = np.zeros(max(self._documents) + 1)
            given[list(self._given)] = list(self._given.values())
            worth = worth - AGAIN * given[self._pool.of]
            full = {d for d, n in self._given.items() if n >= EACH_FIRST}
            if full and len(self._given) < len(self._documents):
                worth = np.where(np.isin(self._pool.of, list(full)), -np.inf, worth)
        return np.where(self.repeats, -np.inf, worth)

    def add(self, place: int) -> None:
        """Take a sentence."""
        pool = self._pool
        self.places.add(place)
        self._given[int(pool.of[place])] += 1
        meaning = (pool.vectors @ pool.vectors[place]).astype(np.float64)
        words = pool.terms.against(pool.terms.row(place))
        elsewhere = pool.of != pool.of[place]
        loss = np.where(elsewhere, LIKE_ELSEWHERE, LIKE_IN_MEANING) * meaning
        np.maximum(self._loss, loss, out=self._loss)
        np.maximum(self._words, words, out=self._words)
        self.repeats |= (words >= TOO_LIKE) | (elsewhere & (meaning >= SAME_ELSEWHERE))
        self.repeats[pool.same[place]] = True
