"""Passages that say the same, nearly word for word: agency copy that several outlets printed.

Two passages are copies if most stems of the shorter stand in the longer (Broder 1997, "On the
resemblance and containment of documents") and so do its numbers, its names and its denials: a
story reprinted with another figure, another name or a "not" is news, not a copy. Of two documents
that are known to be one report and its copy, passages need have fewer stems in common: they may be
reworded.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from groundwire.text.tokens import content_words, names, numbers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from groundwire.domain.documents import DocumentId

_DENIAL = re.compile(r"\b(?:not|no|never|nor|neither|without|denie[sd])\b|n['’]t\b", re.IGNORECASE)

CONTAINED = 0.8
"""Share of the shorter passage's stems that the longer has at least."""

CONTAINED_IN_COPY = 0.6
"""The same for passages of a document and of its copy."""

LEAST = 15
"""A passage of fewer different stems is no copy of anything: short texts are alike by chance."""


def families(
    stems: Sequence[NDArray[np.uint32]],
    texts: Sequence[str],
    documents: Sequence[DocumentId],
    origins: Mapping[DocumentId, DocumentId],
) -> tuple[tuple[int, ...], ...]:
    """Return groups of passages that are copies of the first of the group.

    A copy need not be cut into passages as its original is. So a passage of a copy is left out if
    the passages of other members of its family that come before it say all that it says.

    Args:
        stems: For each passage the hashes of its different stems.
        texts: Its text.
        documents: Its document.
        origins: For the documents that have a copy family, its first printed member.

    Returns:
        Places in the order given: groups by their first member, and so are their members.
    """
    containment = _containment(stems)
    least = _least(documents, origins)
    groups: dict[int, list[int]] = {}
    for place in range(len(stems)):
        first = next(
            (
                each
                for each in groups
                if containment[each, place] >= least[each, place]
                and _same_facts(texts[each], texts[place])
            ),
            None,
        )
        if first is not None:
            groups[first].append(place)
            continue
        said = [each for each in groups if _are_copies(documents[each], documents[place], origins)]
        if not (
            said
            and _is_said(stems[place], [stems[each] for each in said])
            and _has_facts(_facts(texts[place]), _all_facts([texts[each] for each in said]))
        ):
            groups[place] = [place]
    return tuple(tuple(group) for group in groups.values())


def holds(text: str, sentence: str) -> bool:
    """Return whether a copy's passage says a sentence, if in somewhat other words."""
    stems = frozenset(content_words(sentence))
    shared = len(stems & frozenset(content_words(text)))
    return shared >= CONTAINED_IN_COPY * max(1, len(stems)) and _has_facts(
        _facts(sentence), _facts(text)
    )


def _are_copies(
    one: DocumentId, other: DocumentId, origins: Mapping[DocumentId, DocumentId]
) -> bool:
    return one != other and one in origins and origins[one] == origins.get(other)


def _least(
    documents: Sequence[DocumentId], origins: Mapping[DocumentId, DocumentId]
) -> NDArray[np.float64]:
    """Return for each pair of passages what share of stems makes copies of them."""
    copied = [[_are_copies(one, other, origins) for other in documents] for one in documents]
    shape = len(documents), len(documents)
    return np.where(np.array(copied, dtype=bool).reshape(shape), CONTAINED_IN_COPY, CONTAINED)


def _is_said(stems: NDArray[np.uint32], others: Sequence[NDArray[np.uint32]]) -> bool:
    """Return whether several passages together have most stems of one."""
    shared = np.isin(stems, np.concatenate(others)).sum()
    return bool(shared >= CONTAINED_IN_COPY * len(stems))


def _all_facts(texts: Sequence[str]) -> _Facts:
    found = [_facts(text) for text in texts]
    return _Facts(
        frozenset[str]().union(*(each.numbers for each in found)),
        frozenset[str]().union(*(each.names for each in found)),
        sum(each.denials for each in found),
    )


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
    return _has_facts(shorter, longer) and shorter.denials == longer.denials


def _has_facts(shorter: _Facts, longer: _Facts) -> bool:
    return (
        shorter.numbers <= longer.numbers
        and shorter.names <= longer.names
        and shorter.denials <= longer.denials
    )


class _Facts(NamedTuple):
    numbers: frozenset[str]
    names: frozenset[str]
    denials: int


@lru_cache(maxsize=1024)
def _facts(text: str) -> _Facts:
    return _Facts(frozenset(numbers(text)), frozenset(names(text)), len(_DENIAL.findall(text)))
