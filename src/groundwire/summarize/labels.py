"""Themes of what a summary leaves out, each under a few words of the documents."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from groundwire.domain.summaries import Theme
from groundwire.summarize.phrases import phrases
from groundwire.text.sentences import sentences
from groundwire.text.speech import attributions
from groundwire.text.tokens import content_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from groundwire.domain.summaries import Place

_Item = TypeVar("_Item")

MOST = 8
"""Themes that are named; what is left is one more."""

OTHER = "other"
"""Label of paragraphs without a theme of their own, and of those that say nothing alone."""

NEAR = 0.3
"""Paragraphs this near the middle one of a theme, by cosine from the mean of all, are of it."""

SEEDS = 800
"""Paragraphs, evenly spread, that themes are looked for among."""

BACKGROUND, SEEN = 300, 24
"""Paragraphs, evenly spread, that a label is held against, and those of a theme that it is read
off."""

_REPEATED = 0.3
_OF_SEVERAL_WORDS = 0.45
_LONE_NOUN, _LONE_NAME, _NAME, _NAME_AND_NOUN = 0.55, 0.7, 0.8, 1.3
_ONCE, _SHARED = 0.7, 0.2
_OPENING, _OFTEN = 12, 2


@dataclass(frozen=True)
class Matter:
    """A paragraph that a summary leaves out.

    Attributes:
        place: What coverage lists.
        text: Its characters; empty where nothing of it may be said.
        vector: Its unit vector.
    """

    place: Place
    text: str
    vector: NDArray[np.float32]


def themes(matters: Sequence[Matter], said: Sequence[str]) -> tuple[Theme, ...]:
    """Return paragraphs by theme: the largest first, "other" last.

    A theme is the paragraph that most others are near, with these; then the same among the rest
    (leader clustering by density). It is named by the noun phrase of its paragraphs whose words
    most of them have and few other paragraphs, nor the summary.

    Args:
        matters: What is left out, in order.
        said: The sentences of the summary.
    """
    spoken = [at for at, matter in enumerate(matters) if matter.text]
    groups = _groups(np.stack([matters[at].vector for at in spoken])) if spoken else []
    namer = _Namer([matters[at].text for at in spoken], said)
    named: dict[str, list[int]] = {}
    for group in groups:
        named.setdefault(namer.name(group) or OTHER, []).extend(spoken[at] for at in group)
    rest = set(range(len(matters))).difference(*named.values())
    named.setdefault(OTHER, []).extend(rest)
    found = [
        Theme(label, tuple(matters[at].place for at in sorted(places)))
        for label, places in named.items()
        if places
    ]
    return tuple(sorted(found, key=lambda theme: (theme.label == OTHER, -len(theme.places))))


def _groups(vectors: NDArray[np.float32]) -> list[list[int]]:
    """Return groups of rows, at most ``MOST``; rows that are near no seed are in none."""
    count = len(vectors)
    if count > 1:
        vectors = vectors - vectors.mean(axis=0)
        vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    seeds = np.unique(np.linspace(0, count - 1, min(count, SEEDS)).astype(np.int64))
    near = vectors[seeds] @ vectors.T >= NEAR
    near[np.arange(len(seeds)), seeds] = True
    left = np.ones(count, dtype=bool)
    groups: list[list[int]] = []
    while left.any() and len(groups) < MOST:
        sizes = (near & left).sum(axis=1) * left[seeds]
        best = int(sizes.argmax())
        if not sizes[best]:
            break
        members = np.flatnonzero(near[best] & left)
        groups.append(members.tolist())
        left[members] = False
    return groups


class _Namer:
    """Names groups of paragraphs by what sets them apart."""

    def __init__(self, texts: Sequence[str], said: Sequence[str]) -> None:
        self._texts = texts
        background = [*_spread(texts, BACKGROUND), *said]
        self._count = len(background)
        self._frequency = Counter(
            stem for text in background for stem in frozenset(content_words(text))
        )

    def name(self, group: Sequence[int]) -> str:
        """Return a few words for a group; empty if it has no phrase that names anything."""
        texts = [_of_its_own(self._texts[at]) for at in _spread(group, SEEN)]
        inside = Counter(stem for text in texts for stem in frozenset(content_words(text)))
        scores: dict[str, float] = {}
        times: Counter[str] = Counter()
        written: dict[str, str] = {}
        for text in texts:
            for phrase in phrases(text):
                key = phrase.casefold()
                written.setdefault(key, phrase)
                times[key] += 1
                if key not in scores:
                    scores[key] = self._score(phrase, inside, len(texts))
        best = max(
            scores, key=lambda key: scores[key] * (1 + _REPEATED * math.log(times[key])), default=""
        )
        alone = " " not in best and best == written.get(best)
        return "" if alone and times[best] < _OFTEN else written.get(best, "")

    def _score(self, phrase: str, inside: Counter[str], size: int) -> float:
        stems = frozenset(content_words(phrase))
        once = 0.0 if size == 1 else _ONCE
        weight: float = sum(
            (inside[stem] - once)
            / size
            * math.log((1 + self._count) / (0.5 + self._frequency[stem]))
            for stem in stems
        )
        shared = all(inside[stem] > _SHARED * size for stem in stems)
        return (
            _shape(phrase, shared=shared) * weight / float(max(len(stems), 1) ** _OF_SEVERAL_WORDS)
        )


def _spread(items: Sequence[_Item], most: int) -> list[_Item]:
    """Return at most so many items, evenly spread."""
    if len(items) <= most:
        return list(items)
    return [items[number * len(items) // most] for number in range(most)]


def _shape(phrase: str, *, shared: bool) -> float:
    """Return how well a phrase is made for a label: a name with a noun best, a lone noun worst.

    A name with a noun is no better than the name where only a few paragraphs have all the words.
    """
    capitals = [word[:1].isupper() for word in phrase.split()]
    if len(capitals) == 1:
        return _LONE_NAME if capitals[0] else _LONE_NOUN
    if capitals[0] and capitals[-1]:
        return _NAME
    return _NAME_AND_NOUN if any(capitals) and shared else 1.0


def _of_its_own(text: str) -> str:
    """Return a paragraph without the clauses that say who speaks, and who that is."""
    kept: list[str] = []
    for span in sentences(text):
        sentence = span.of(text)
        clauses = [each.clause for each in attributions(sentence)]
        first = min((clause.start for clause in clauses), default=len(sentence))
        opens = first < _OPENING
        cut = clauses[0].end if clauses and opens else 0
        kept.append(sentence[cut : len(sentence) if opens else first])
    return "\n".join(kept)
