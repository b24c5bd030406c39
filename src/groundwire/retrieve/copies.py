"""Passages that say the same, nearly word for word: agency copy that several outlets printed.

Two passages are copies if most stems of the shorter stand in the longer (Broder 1997, "On the
resemblance and containment of documents") and so do its numbers, its names and its denials: a
story reprinted with another figure, another name or a "not" is news, not a copy.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from groundwire.text.tokens import names, numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_DENIAL = re.compile(r"\b(?:not|no|never|nor|neither|without|denie[sd])\b|n['’]t\b", re.IGNORECASE)

CONTAINED = 0.8
"""Share of the shorter passage's stems that the longer has at least."""

LEAST = 15
"""A passage of fewer different stems is no copy of anything: short texts are alike by chance."""


def families(
    stems: Sequence[NDArray[np.uint32]], texts: Sequence[str]
) -> tuple[tuple[int, ...], ...]:
    """Return groups of passages that are copies of the first of the group, each passage once.

    Args:
        stems: For each passage the hashes of its different stems.
        texts: Its text.

    Returns:
        Places in the order given: groups by their first member, and so are their members.
    """
    containment = _containment(stems)
    groups: dict[int, list[int]] = {}
    for place in range(len(stems)):
        first = next(
            (
                each
                for each in groups
                if containment[each, place] >= CONTAINED and _same_facts(texts[each], texts[place])
            ),
            place,
        )
        groups.setdefault(first, []).append(place)
    return tuple(tuple(group) for group in groups.values())


def _containment(stems: Sequence[NDArray[np.uint32]]) -> NDArray[np.float64]:
    """Return for each pair the share of the shorter's stems that the longer has."""
    sizes = np.array([len(each) for each in stems], dtype=np.int64)
    _, column = np.unique(np.concatenate([*stems, np.empty(0, np.uint32)]), return_inverse=True)
    has = np.zeros((len(stems), column.max(initial=-1) + 1), np.float32)
    has[np.repeat(np.arange(len(stems)), sizes), column] = 1
    shorter = np.minimum(sizes[:, None], sizes[None, :])
    share: NDArray[np.float64] = (has @ has.T) / np.maximum(shorter, 1)
    return np.where(shorter >= LEAST, share, 0.0)


def _same_facts(one: str, other: str) -> bool:
    """Return whether the longer text has the shorter's numbers and names, and denies as often."""
    shorter, longer = (_facts(text) for text in sorted((one, other), key=len))
    return (
        shorter.numbers <= longer.numbers
        and shorter.names <= longer.names
        and shorter.denials == longer.denials
    )


class _Facts(NamedTuple):
    numbers: frozenset[str]
    names: frozenset[str]
    denials: int


@lru_cache(maxsize=1024)
def _facts(text: str) -> _Facts:
    return _Facts(frozenset(numbers(text)), frozenset(names(text)), len(_DENIAL.findall(text)))
