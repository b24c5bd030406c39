"""How the words of a sentence lie in a source text: the features that support is judged by.

None of them needs an index or a model. A word counts by its length, which stands in for rarity;
numbers count more, stopwords not at all where topic is meant.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from groundwire.text.lexicon import STOPWORDS
from groundwire.text.names import names
from groundwire.text.normalize import normalize
from groundwire.text.numerals import numbers
from groundwire.text.porter import stem
from groundwire.text.sentences import sentences
from groundwire.text.tokens import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

FEATURES = (
    "least_covered",
    "in_one_sentence>0.67",
    "in_source>0.75",
    "in_order",
    "novel>0.2",
    "rarest_missing",
    "numbers_missing",
    "names_missing",
    "negation_added",
    "negated_only_here",
    "asks",
    "first_person",
    "words",
    "source_words",
    "source_words>6",
)
"""In the order of ``overlap``. One with a ``>`` is what its value exceeds that bound by, or 0."""

WINDOW = 3
"""Sentences of the source that are read together."""

_MARKER = re.compile(r"\[\d{1,3}\]")


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NEGATIONS = _listed(
    "no not never none nobody nothing neither nor without cannot deny denied denies refuse refused "
    "refuses reject rejected fail failed fails unable lack lacks"
)
_FIRST_PERSON = _listed("i i'm i've i'd me my we us our you your yeah yes hi wow lol haha")
_PREFIX = 5
_REACH_OF_NEGATION = 3


@dataclass(frozen=True)
class _Text:
    """A text as words and stems, sentence by sentence."""

    text: str
    by_sentence: tuple[tuple[str, ...], ...]

    @classmethod
    def read(cls, text: str) -> _Text:
        spans = sentences(text)
        return cls(text, tuple(words(span.of(text)) for span in spans) or ((),))

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(word for sentence in self.by_sentence for word in sentence)

    @cached_property
    def stems(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(map(stem, sentence)) for sentence in self.by_sentence)

    @cached_property
    def flat(self) -> tuple[str, ...]:
        return tuple(each for sentence in self.stems for each in sentence)


@dataclass(frozen=True)
class _Held:
    """A claim held against a source.

    Attributes:
        claim: The claim.
        source: The source.
    """

    claim: _Text
    source: _Text

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        """What each word of the claim counts; 0 for stopwords."""
        return np.array([_weight(word) for word in self.claim.words])

    @cached_property
    def found(self) -> NDArray[np.bool_]:
        """Whether each word of the claim is in each sentence, of (words, sentences)."""
        sets = [frozenset(sentence) for sentence in self.source.stems]
        rows = [[each in sentence for sentence in sets] for each in self.claim.flat]
        return np.array(rows, dtype=bool).reshape(len(self.claim.flat), len(sets))

    def covered(self, rows: slice, size: int) -> tuple[float, int]:
        """Return the weight share of words in the best window, and where that begins."""
        weights, found = self.weights[rows], self.found[rows]
        starts = range(max(found.shape[1] - size + 1, 1))
        sums = [float(found[:, at : at + size].any(axis=1) @ weights) for at in starts]
        best = int(np.argmax(sums))
        return sums[best] / (float(weights.sum()) or 1.0), best

    def least_covered(self) -> float:
        """Return how far the window of the worst sentence of the claim covers it."""
        shares, start = [], 0
        for sentence in self.claim.by_sentence:
            rows = slice(start, start + len(sentence))
            start = rows.stop
            if self.weights[rows].any():
                shares.append(self.covered(rows, WINDOW)[0])
        return min(shares, default=0.0)


def overlap(sentence: str, source: str) -> tuple[float, ...]:
    """Return the features of a sentence held against a source, in the order of ``FEATURES``.

    Args:
        sentence: What is said, of one sentence or a few; markers such as ``[2]`` are left out.
        source: The text that may support it.
    """
    held = _Held(_Text.read(normalize(_MARKER.sub(" ", sentence))), _Text.read(normalize(source)))
    length = max(len(held.claim.flat), 1)
    everywhere = slice(0, len(held.claim.flat))
    _, start = held.covered(everywhere, WINDOW)
    window = [each for found in held.source.stems[start : start + WINDOW] for each in found]
    anywhere = held.found.any(axis=1)
    long_source = math.log1p(len(held.source.flat))
    return (
        held.least_covered(),
        max(held.covered(everywhere, 1)[0] - 0.67, 0.0),
        max(held.covered(everywhere, held.found.shape[1])[0] - 0.75, 0.0),
        _in_order(held.claim.flat, window) / length,
        max(float((~anywhere).sum()) / length - 0.2, 0.0),
        float((held.weights * ~anywhere).max(initial=0.0)),
        float(len(set(numbers(held.claim.text)) - set(numbers(held.source.text)))),
        float(_names_missing(held)),
        *_negations(held, start),
        float("?" in held.claim.text),
        math.log1p(sum(word in _FIRST_PERSON for word in held.claim.words)),
        math.log1p(len(held.claim.flat)),
        long_source,
        max(long_source - 6.0, 0.0),
    )


def _weight(word: str) -> float:
    if word in STOPWORDS:
        return 0.0
    return 1.6 if word[0].isdigit() else min(0.5 + 0.12 * len(word), 1.5)


def _in_order(claim: Sequence[str], window: Sequence[str]) -> int:
    """Return the length of the longest common subsequence (Hunt and Szymanski, 1977)."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(window):
        places.setdefault(word, []).append(place)
    ends: list[int] = []
    for word in claim:
        for place in reversed(places.get(word, ())):
            at = bisect_left(ends, place)
            ends[at : at + 1] = [place]
    return len(ends)


def _names_missing(held: _Held) -> int:
    """Return how many words of names the source lacks; "Japanese" has "Japan"."""
    wanted = {
        stem(word)
        for name in names(held.claim.text)
        for word in words(name)
        if word not in STOPWORDS
    }
    beginnings = {word[:_PREFIX] for word in held.source.flat}
    return sum(word[:_PREFIX] not in beginnings for word in wanted)


def _negations(held: _Held, start: int) -> tuple[float, float]:
    """Return whether the claim alone negates, and how many words it alone negates."""
    near = held.source.by_sentence[start : start + WINDOW]
    added = any(map(_negates, held.claim.words)) and not any(
        _negates(word) for sentence in near for word in sentence
    )
    denied = {word for no, word in _scoped(held.claim.words) if no}
    if not denied:
        return float(added), 0.0
    said = [pair for sentence in held.source.by_sentence for pair in _scoped(sentence)]
    plain = {word for no, word in said if not no} - {word for no, word in said if no}
    return float(added), float(len(denied & plain))


def _scoped(sentence: Sequence[str]) -> Iterator[tuple[bool, str]]:
    """Yield each content stem with whether a negation stands shortly before it."""
    last = -_REACH_OF_NEGATION - 1
    for place, word in enumerate(sentence):
        if _negates(word):
            last = place
        elif word not in STOPWORDS:
            yield place - last <= _REACH_OF_NEGATION, stem(word)


def _negates(word: str) -> bool:
    return word in _NEGATIONS or word.endswith("n't")
