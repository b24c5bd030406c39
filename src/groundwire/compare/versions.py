"""Which sentences of two versions of one text are the same, by their words alone."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.compare.edits import likeness
from groundwire.compare.wording import PLAIN_MARKS, wording
from groundwire.text.lexicon import STOPWORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_ALIKE = 0.4
_FOLLOWS = 0.1
_PART = 0.6
_MOST_SHARED = 50
_NEAREST = 5


@dataclass(frozen=True, slots=True)
class Kept:
    """Sentences that became others: mostly one and one; more where they were split or joined.

    Attributes:
        left: Places of the older sentences, in order; none if the others were added.
        right: Places of the newer ones, in order; none if the others were removed.
    """

    left: tuple[int, ...]
    right: tuple[int, ...]


def versions(
    left: Sequence[str], right: Sequence[str], alike: Iterable[tuple[int, int]] = ()
) -> tuple[Kept, ...]:
    """Return what became of each sentence of two versions, in the order of the newer one.

    Equal sentences first, wherever they stand, so that a move is no change; then the most alike
    of the others, better if they follow alike ones; then pieces of sentences that were split.

    Args:
        left: The older sentences.
        right: The newer ones.
        alike: Pairs of places that tell the same in other words, used where words do not decide.
    """
    partners = dict(_equal(left, right))
    equal = frozenset(partners)
    taken = set(partners.values())
    for pair in (*_alike(left, right, partners, taken), *alike):
        if pair[0] not in partners and pair[1] not in taken:
            partners[pair[0]] = pair[1]
            taken.add(pair[1])
    groups = [({one}, {other}) for one, other in sorted(partners.items())]
    open_groups = [group for group in groups if equal.isdisjoint(group[0])]
    for side, texts in enumerate((left, right)):
        matched = (partners, taken)[side]
        _join(
            open_groups, side, [at for at in range(len(texts)) if at not in matched], (left, right)
        )
    return tuple(_in_order(groups, len(left), len(right)))


def _equal(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of equal sentences, the first with the first."""
    waiting: dict[str, deque[int]] = defaultdict(deque)
    for place, each in enumerate(right):
        waiting[_plain(each)].append(place)
    for place, each in enumerate(left):
        same = waiting.get(_plain(each))
        if same:
            yield place, same.popleft()


def _plain(text: str) -> str:
    """Return a sentence with one kind of quotation marks, dashes and spaces."""
    return " ".join(text.translate(PLAIN_MARKS).replace("--", "-").split())


def _alike(
    left: Sequence[str], right: Sequence[str], partners: Mapping[int, int], taken: set[int]
) -> list[tuple[int, int]]:
    """Return pairs of sentences without a partner that share enough words in order, best first."""
    scores = {}
    for pair in _sharing(left, right, partners, taken):
        score = likeness(wording(left[pair[0]]), wording(right[pair[1]]))
        if score >= _ALIKE:
            beside = sum(partners.get(pair[0] + n) == pair[1] + n for n in (-1, 1))
            scores[pair] = score + _FOLLOWS * beside
    return sorted(scores, key=lambda pair: (-scores[pair], pair))


def _sharing(
    left: Sequence[str], right: Sequence[str], partners: Mapping[int, int], taken: set[int]
) -> Iterator[tuple[int, int]]:
    """Yield pairs that share rare words, the most sharing ones of each older sentence."""
    having: dict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(right):
        if place not in taken:
            for key in frozenset(_keys(each)) - STOPWORDS:
                having[key].append(place)
    for place, each in enumerate(left):
        if place in partners:
            continue
        shared = Counter(
            other
            for key in sorted(frozenset(_keys(each)) - STOPWORDS)
            if len(having[key]) <= _MOST_SHARED
            for other in having[key]
        )
        nearest = sorted(shared, key=lambda other: (-shared[other], other))[:_NEAREST]
        yield from ((place, other) for other in nearest)


def _keys(text: str) -> tuple[str, ...]:
    return tuple(token.key for token in wording(text))


def _join(
    groups: Iterable[tuple[set[int], set[int]]],
    side: int,
    free: Iterable[int],
    texts: tuple[Sequence[str], Sequence[str]],
) -> None:
    """Add to each group the sentences beside it that are pieces of its other side."""
    own = {next(iter(group[side])): group for group in groups}
    for place in free:
        for near in (place - 1, place + 1):
            group = own.get(near)
            if group and _is_piece(place, group, side, texts):
                group[side].add(place)
                own[place] = group
                break


def _is_piece(
    place: int,
    group: tuple[set[int], set[int]],
    side: int,
    texts: tuple[Sequence[str], Sequence[str]],
) -> bool:
    """Return whether a sentence holds what the others of its side lack of the other side."""
    lacking = Counter(key for each in group[1 - side] for key in _keys(texts[1 - side][each]))
    lacking -= Counter(key for each in group[side] for key in _keys(texts[side][each]))
    own = Counter(key for key in _keys(texts[side][place]) if key not in STOPWORDS)
    return (own & lacking).total() >= _PART * max(own.total(), 1)


def _in_order(
    groups: Iterable[tuple[set[int], set[int]]], older: int, newer: int
) -> Iterator[Kept]:
    """Yield the groups, and what was added and removed between them."""
    by_left = {place: group for group in groups for place in group[0]}
    by_right = {place: group for group in by_left.values() for place in group[1]}
    removed = [place for place in range(older) if place not in by_left]
    done: set[int] = set()
    for place in range(newer):
        group = by_right.get(place)
        if group is None:
            yield Kept((), (place,))
        elif place == min(group[1]):
            yield from _gone(removed, done, min(group[0]))
            yield Kept(tuple(sorted(group[0])), tuple(sorted(group[1])))
    yield from _gone(removed, done, older)


def _gone(removed: Sequence[int], done: set[int], before: int) -> Iterator[Kept]:
    """Yield the removed sentences before a place that were not yet told."""
    for place in removed:
        if place < before and place not in done:
            done.add(place)
            yield Kept((place,), ())
