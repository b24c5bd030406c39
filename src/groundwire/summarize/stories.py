"""Stories that several documents tell on different days: what later reports have overtaken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from groundwire.retrieve.accounts import Account

ONE_STORY = 0.55
"""Documents whose sentences are on average this close in meaning tell one story."""

NEWEST = 0.35
"""What a sentence gains in the last report of a story; in one before it, the share of the story's
other reports that came earlier still."""

OVERTAKEN = 1.0
"""What a sentence loses that tells how things stand, by the share of the reports that came later:
"is still shut" is no news once the canal is open."""

_STANDS = re.compile(
    r"\b(?:still|so far|not yet|yet to|remain(?:s|ed)?|ha(?:s|ve) not|continues? to"
    r"|could not (?:say|predict|tell)"
    r"|(?:is|are|was|were) (?:now )?(?:waiting|stuck|expected|being))\b",
    re.IGNORECASE,
)


def worth_by_time(
    accounts: Sequence[Account], of: NDArray[np.int64], texts: Sequence[str]
) -> NDArray[np.float64]:
    """Return what the day of its report adds to the weight of each sentence, or takes from it.

    Args:
        accounts: Independent documents.
        of: For each sentence its document, as a place in ``accounts``.
        texts: The sentences.

    Returns:
        Shape (sentences,). Zero in undated documents and where nobody else tells the story.
    """
    before, after = _others(accounts)
    stands = np.array([bool(_STANDS.search(text)) for text in texts], dtype=np.float64)
    worth: NDArray[np.float64] = NEWEST * before[of] - OVERTAKEN * stands * after[of]
    return worth


def _others(accounts: Sequence[Account]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return for each document which shares of its story's others came before and after it."""
    centres = np.stack([_centre(account.vectors) for account in accounts])
    dated = np.array([account.published is not None for account in accounts])
    days = np.array([a.published.toordinal() if a.published else 0 for a in accounts])
    one = (centres @ centres.T >= ONE_STORY) & dated[:, None] & dated[None, :]
    np.fill_diagonal(one, val=False)
    others = np.maximum(one.sum(axis=1), 1)
    before = (one & (days[None, :] < days[:, None])).sum(axis=1) / others
    after = (one & (days[None, :] > days[:, None])).sum(axis=1) / others
    return before, after


def _centre(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    centre = vectors.mean(axis=0, dtype=np.float64)
    found: NDArray[np.float64] = centre / max(float(np.linalg.norm(centre)), 1e-9)
    return found
