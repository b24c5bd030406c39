"""Where the sentences of a summary stand in the accounts, and what that makes of them."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from groundwire.compare.differences import differences
from groundwire.compare.values.subjects import Said
from groundwire.summarize.sameness import NEAR, share_told, tells
from groundwire.text.tokens import content_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from groundwire.domain.claims import Claim
    from groundwire.domain.comparisons import Difference
    from groundwire.domain.documents import DocumentId
    from groundwire.retrieve.accounts import Account

LEAST = -10.0
"""The salience of a claim whose sentences would not be said by themselves."""

Place = tuple[int, int]
"""Which account, and which sentence of it."""


class Places:
    """Finds the sentences that claims rest on."""

    def __init__(
        self, accounts: Sequence[Account], weigh: Callable[[], Sequence[NDArray[np.float64]]]
    ) -> None:
        """Keep the accounts.

        Args:
            accounts: What was read.
            weigh: Returns the salience of each sentence, by account; asked once it is needed.
        """
        self._accounts = accounts
        self._weigh = weigh
        self._at: dict[DocumentId, int] = {
            account.document.id: at for at, account in enumerate(accounts)
        }
        self._starts = [[s.span.start for s in account.sentences] for account in accounts]

    @cached_property
    def _weights(self) -> Sequence[NDArray[np.float64]]:
        return self._weigh()

    def of(self, claim: Claim) -> tuple[Place, ...]:
        """Return the sentences that a claim cites, in the order of its citations, each once."""
        found: list[Place] = []
        for citation in claim.citations:
            account = self._at.get(citation.document_id)
            if account is not None:
                starts = self._starts[account]
                first = max(bisect_right(starts, citation.span.start) - 1, 0)
                last = bisect_right(starts, citation.span.end - 1)
                found += ((account, at) for at in range(first, last))
        return tuple(dict.fromkeys(found))

    def weight(self, claim: Claim) -> float:
        """Return the salience of the best sentence that a claim rests on."""
        found = (float(self._weights[account][at]) for account, at in self.of(claim))
        return max((weight for weight in found if weight > -np.inf), default=LEAST)

    def everything(self) -> tuple[Place, ...]:
        """Return every sentence, by account and place in it."""
        return tuple(
            (at, sentence)
            for at, account in enumerate(self._accounts)
            for sentence in range(len(account.sentences))
        )

    def said(self, place: Place) -> Said:
        """Return a sentence as it is held beside others."""
        return Said(self._accounts[place[0]], place[1])

    def rank(self, claim: Claim) -> tuple[float, tuple[Place, ...]]:
        """Return what claims are sorted by, the most salient first, then by place."""
        return -self.weight(claim), self.of(claim)

    def tells(self, one: Claim, other: Claim) -> bool:
        """Return whether a claim tells what another one tells, or rests on the same sentence."""
        mine, theirs = self.of(one), self.of(other)
        if set(mine) & set(theirs):
            return True
        if not mine or not theirs:
            return one.text == other.text
        cosine = float((self._vectors(mine) @ self._vectors(theirs).T).max())
        return cosine >= NEAR and tells(cosine, share_told(_stems(one.text), _stems(other.text)))

    def _vectors(self, places: Sequence[Place]) -> NDArray[np.float32]:
        return np.stack([self._accounts[account].vectors[at] for account, at in places])


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(content_words(text))


def distinct(claims: Sequence[Claim], places: Places) -> tuple[Claim, ...]:
    """Return the claims without those that say what an earlier one says."""
    kept: list[Claim] = []
    for claim in claims:
        if not any(places.tells(claim, other) for other in kept):
            kept.append(claim)
    return tuple(kept)


def most_salient(claims: Sequence[Claim], count: int, places: Places) -> tuple[Claim, ...]:
    """Return so many of the claims, those of the greatest salience, in their order."""
    order = sorted(range(len(claims)), key=lambda at: (-places.weight(claims[at]), at))
    return tuple(claims[i] for i in sorted(order[:count]))


def conflicts(claims: Sequence[Claim], places: Places) -> tuple[Difference, ...]:
    """Return candidates for conflicts and updates of what claims say with what others tell."""
    numbers = {place: n for n, place in enumerate(places.everything())}
    saids = [places.said(place) for place in numbers]
    return differences(
        saids, sides=[numbers[each] for claim in claims for each in places.of(claim)]
    )
