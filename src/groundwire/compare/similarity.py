"""How much two sentences of two documents tell the same: by vectors, words and values."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from groundwire.compare.nearest import Nearest
from groundwire.compare.wording import PLAIN_MARKS
from groundwire.text.speech import attributions, negations, quotations
from groundwire.text.tokens import content_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

_UNIT = re.compile(r"(?<=\d)(?=[^\W\d_])")
_NEAREST = 6
_OVERLAP = 0.3
_FEW = 3
_FINE = 1000
_SAME_WORDS = 0.35
_ALL = 0.85
_LEAST_SPOKEN, _SAME_SPEECH = 3, 0.3


@lru_cache(maxsize=8192)
def stems_of(text: str) -> frozenset[str]:
    """Return the stems of a text; a figure and the unit written onto it ("90Hz") are two."""
    return frozenset(content_words(_UNIT.sub(" ", text.translate(PLAIN_MARKS))))


class Similarity:
    """What speaks for each pair of sentences of two documents.

    The score of a pair is how far its cosine stands above its neighbours' and .3 times the share
    of words that both have, each weighed by how few sentences have it.

    Attributes:
        texts: The sentences, left and right.
        stems: The stems of the sentences, left and right.
    """

    def __init__(
        self,
        left: tuple[Sequence[str], NDArray[np.float32]],
        right: tuple[Sequence[str], NDArray[np.float32]],
    ) -> None:
        """Hold two lists of sentences, each with its unit vectors, side by side."""
        self._nearest = Nearest(left[1], right[1])
        self.texts = (tuple(left[0]), tuple(right[0]))
        self.stems = tuple(tuple(stems_of(text) for text in texts) for texts in self.texts)
        count = len(self.stems[0]) + len(self.stems[1])
        seen = Counter(stem for side in self.stems for each in side for stem in each)
        # Whole numbers, so that a sum does not depend on the order of a set.
        self._weights = {
            stem: round(_FINE * math.log(1 + count / often)) for stem, often in seen.items()
        }
        self._told = tuple(tuple(_told(text) for text in side) for side in self.texts)
        self._weighed = tuple(tuple(self.weight(each) for each in side) for side in self._told)
        self._traits = tuple(tuple(_traits(text) for text in side) for side in self.texts)
        self._spoken = tuple(tuple(_spoken(text) for text in side) for side in self.texts)
        self._overlaps: dict[tuple[int, int], float] = {}

    def weight(self, stems: Iterable[str]) -> int:
        """Return how much some stems say; rare ones say more."""
        weights = self._weights
        return sum(weights.get(stem, 0) for stem in stems)

    def share(self, part: frozenset[str], known: frozenset[str]) -> float:
        """Return the weighed share of some stems that are known; 1 where there are none."""
        whole = self.weight(part)
        return self.weight(part & known) / whole if whole else 1.0

    def overlap(self, left: int, right: int) -> float:
        """Return the weighed share, from 0 to 1, of the words of two sentences that both have.

        Clauses that say who speaks do not count: one speaker says many things.
        """
        found = self._overlaps.get((left, right))
        if found is None:
            total = self._weighed[0][left] + self._weighed[1][right]
            shared = self._told[0][left] & self._told[1][right]
            found = 2 * self.weight(shared) / total if total and shared else 0.0
            self._overlaps[left, right] = found
        return found

    def score(self, left: int, right: int) -> float:
        """Return what speaks for a pair; about .1 and more where they tell the same."""
        return self._nearest.margin(left, right) + _OVERLAP * self.overlap(left, right)

    def cosine(self, left: int, right: int) -> float:
        """Return the cosine of a pair."""
        return self._nearest.cosine(left, right)

    def may_be_one(self, left: int, right: int) -> bool:
        """Return whether two sentences do not merely sound alike.

        They do where one denies, or is nothing but a quotation, and the other is not, and where
        people say other words in them.
        """
        traits = self._traits[0][left], self._traits[1][right]
        if traits[0] != traits[1] and self.overlap(left, right) < _SAME_WORDS:
            return False
        one, other = self._spoken[0][left], self._spoken[1][right]
        if min(len(one), len(other)) < _LEAST_SPOKEN:
            return True
        shared = self.weight(one & other)
        return 2 * shared >= _SAME_SPEECH * (self.weight(one) + self.weight(other))

    def sharing_rare_words(self) -> list[tuple[int, int]]:
        """Return the pairs that share at least two words that few sentences have, in order."""
        having = [defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)]
        for side, found in zip(self.stems, having, strict=True):
            for at, each in enumerate(side):
                for stem in each:
                    found[stem].append(at)
        shared = Counter(
            (left, right)
            for stem in having[0].keys() & having[1].keys()
            if len(having[0][stem]) <= _FEW and len(having[1][stem]) <= _FEW
            for left in having[0][stem]
            for right in having[1][stem]
        )
        return sorted(pair for pair, often in shared.items() if often > 1)

    def candidates(self) -> dict[tuple[int, int], float]:
        """Return the scores of the pairs that are among the nearest of either side."""
        return {pair: self.score(*pair) for pair in sorted(self._nearest.pairs(_NEAREST))}


def _told(text: str) -> frozenset[str]:
    """Return the stems of a sentence without who says it; all of them where that is all."""
    said = attributions(text)
    if not said:
        return stems_of(text)
    rest = list(text)
    for one in said:
        rest[one.clause.start : one.clause.end] = " " * len(one.clause)
    return stems_of("".join(rest)) or stems_of(text)


def _traits(text: str) -> tuple[bool, bool]:
    """Return whether a sentence denies something, and whether it is nothing but a quotation."""
    quoted = sum(map(len, quotations(text)))
    return bool(negations(text)), quoted >= _ALL * len(text)


def _spoken(text: str) -> frozenset[str]:
    """Return the stems of what stands between quotation marks."""
    return frozenset(stem for span in quotations(text) for stem in stems_of(span.of(text)))
