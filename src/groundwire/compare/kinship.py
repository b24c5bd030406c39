"""What two documents are to one another: the same text, versions, copies, reports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from groundwire.domain.comparisons import ComparisonLabel
    from groundwire.retrieve.accounts import Account

_WORD = re.compile(r"\w+")
_WIDTH = 5
_LEAST = 20
_CONTAINED = 0.5
_RESEMBLING = 0.3
_RELATED = 0.45


def kinship(left: Account, right: Account, *, same_family: bool) -> ComparisonLabel:
    """Return what two accounts are to one another.

    Texts that share half of the five-word runs of the shorter, or three in ten of all, are one
    text (Broder 1997): versions of it where the outlet is the same or neither is known, copies
    where it is not. Whether the others are on one event is judged by their mean vectors.
    """
    first, second = (
        tuple(_WORD.findall(account.document.text.casefold())) for account in (left, right)
    )
    if first == second:
        return "same"
    if same_family or _is_one_text(first, second):
        outlets = {each.document.source.casefold().strip() for each in (left, right)}
        return "versions" if len(outlets) == 1 else "copies"
    means = [account.vectors.mean(axis=0) for account in (left, right)]
    norms = [max(float(np.linalg.norm(mean)), 1e-9) for mean in means]
    similarity = float(means[0] @ means[1]) / (norms[0] * norms[1])
    return "reports" if similarity >= _RELATED else "unrelated"


def _is_one_text(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    one, other = _runs(left), _runs(right)
    if min(len(one), len(other)) < _LEAST:
        return False
    shared = len(one & other)
    contained = shared / min(len(one), len(other))
    return contained >= _CONTAINED or shared / len(one | other) >= _RESEMBLING


def _runs(found: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(zip(*(found[start:] for start in range(_WIDTH)), strict=False))
