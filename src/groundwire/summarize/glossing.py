"""Drafted sentences that lean on others: said with the words that they leave open, or dropped."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from groundwire.domain.claims import Dropped
from groundwire.summarize.hygiene import candidates
from groundwire.summarize.referring import Referring
from groundwire.text.standing import dangles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.domain.claims import Claim
    from groundwire.retrieve.accounts import Account
    from groundwire.summarize.hygiene import Candidate
    from groundwire.summarize.places import Place, Places

LEANS = "it leans on a sentence that is not shown"


class Glossing:
    """Says what drafted sentences leave open, as the documents' own sentences have it said."""

    def __init__(self, accounts: Sequence[Account], places: Places) -> None:
        """Keep the accounts, and where claims stand in them."""
        self._documents = [_Document(account) for account in accounts]
        self._places = places

    def standing(self, claims: Sequence[Claim]) -> tuple[list[Claim], list[Dropped]]:
        """Return the claims that can be said with nothing before them, and why not the others."""
        kept = [claim for claim in claims if self._stands(claim)]
        return kept, [Dropped(claim.text, LEANS) for claim in claims if claim not in kept]

    def glossed(self, claims: Sequence[Claim]) -> tuple[Claim, ...]:
        """Return the claims, each with the gloss that it needs where it stands."""
        said = ""
        found: list[Claim] = []
        before: Place | None = None
        for claim in claims:
            place = self._place(claim)
            candidate = self._candidate(place)
            gloss = claim.gloss
            if place and candidate and not gloss and dangles(claim.text):
                follows = before == (place[0], place[1] - 1)
                shown = found[-1].text if follows else ""
                gloss = self._documents[place[0]].referring.gloss(candidate, shown, said)
            found.append(replace(claim, gloss=gloss))
            said = f"{said} {claim.text} {gloss}"
            before = place
        return tuple(found)

    def _stands(self, claim: Claim) -> bool:
        place = self._place(claim)
        candidate = self._candidate(place)
        if place is None or candidate is None or not dangles(claim.text):
            return True
        return self._documents[place[0]].referring.stands(candidate)

    def _place(self, claim: Claim) -> Place | None:
        return next(iter(self._places.of(claim)), None)

    def _candidate(self, place: Place | None) -> Candidate | None:
        return self._documents[place[0]].candidates.get(place[1]) if place else None


class _Document:
    """The candidates of an account, made when they are first asked for."""

    def __init__(self, account: Account) -> None:
        self._account = account

    @cached_property
    def candidates(self) -> dict[int, Candidate]:
        return {each.at: each for each in candidates(self._account)}

    @cached_property
    def referring(self) -> Referring:
        return Referring(self._account)
