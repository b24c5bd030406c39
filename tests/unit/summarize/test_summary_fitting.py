"""The length that was asked for, out of what a model wrote and the documents' own sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundwire.domain.errors import UsageError
from groundwire.ground.cite import quoted_claim
from groundwire.summarize.fitting import fit_sentences, fit_to_words, fitted
from groundwire.summarize.glossing import LEANS, Glossing
from groundwire.summarize.places import Places, distinct, most_salient
from groundwire.summarize.request import SummaryRequest
from tests.fakes.accounts import account

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from groundwire.domain.claims import Claim
    from groundwire.retrieve.accounts import Account

TRAM = account(
    "Aldermoor council approved the Quay Line tram on Tuesday night after a long debate.\n\n"
    "Engineers expect steel rails beside the harbour wall before next spring.\n\n"
    "Farmers across the valley reported losing most of their apples to frost.\n\n"
    "Nurses at the old hospital began a strike over pay and night shifts.\n\n"
    "Museum visitors admired forty ancient coins from a flooded cellar.",
    name="tram",
)
ECHO = account(
    "Aldermoor council approved the Quay Line tram on Tuesday night after long debate.",
    name="echo",
)


def claims_of(*accounts: Account) -> list[Claim]:
    return [quoted_claim(s.hit, s.span) for each in accounts for s in each.sentences]


def places_of(*accounts: Account) -> Places:
    """Return places where the later sentence of a document is the more salient."""
    return Places(accounts, lambda: [np.arange(len(a.sentences), dtype=float) for a in accounts])


TRAM_CLAIMS = claims_of(TRAM)
PLACES = places_of(TRAM, ECHO)


def own(*claims: Claim) -> Callable[[int], Sequence[Claim]]:
    return lambda count: claims[:count]


def test_of_too_many_the_most_salient_stay_in_their_order() -> None:
    kept, said = fit_sentences(TRAM_CLAIMS[::-1], 2, PLACES, own())
    assert list(kept) == [TRAM_CLAIMS[4], TRAM_CLAIMS[3]]
    assert said == ()


def test_too_few_are_filled_up_behind_them_and_people_are_told() -> None:
    kept, said = fit_sentences(TRAM_CLAIMS[4:], 3, PLACES, own(*TRAM_CLAIMS))
    assert [claim in kept for claim in TRAM_CLAIMS] == [False, False, True, True, True]
    assert kept[0] == TRAM_CLAIMS[4]
    assert said == ("2 sentences of this in the documents' own words",)


def test_where_documents_have_no_more_that_is_said() -> None:
    kept, said = fit_sentences(TRAM_CLAIMS[:1], 9, PLACES, own(*TRAM_CLAIMS))
    assert len(kept) == 5
    assert said[1] == "only 5 sentences can be said of this; 9 were asked for"


def test_what_was_said_is_not_filled_in_again() -> None:
    echo = claims_of(ECHO)
    assert distinct([*TRAM_CLAIMS[:1], *echo], PLACES) == (TRAM_CLAIMS[0],)
    kept, _ = fit_sentences(TRAM_CLAIMS[:1], 2, PLACES, own(*echo, TRAM_CLAIMS[0], TRAM_CLAIMS[1]))
    assert list(kept) == TRAM_CLAIMS[:2]


@given(st.integers(1, 80), st.sets(st.integers(0, 4)))
@settings(max_examples=60)
def test_words_are_met_or_the_closest_below_is_taken_and_said(words: int, some: set[int]) -> None:
    drafted = [TRAM_CLAIMS[at] for at in sorted(some)]
    chosen, said = fit_to_words(drafted, words, PLACES, own(*TRAM_CLAIMS))
    count = sum(len(claim.text.split()) for claim in chosen)
    assert count <= words
    assert (count == words) != bool([line for line in said if "exactly" in line or "fewer" in line])
    assert len(set(chosen)) == len(chosen)


def test_without_a_length_fewer_will_do_and_no_more_than_the_usual_are_said() -> None:
    request = SummaryRequest()
    assert fitted(TRAM_CLAIMS[:2], request, 5, PLACES, own(*TRAM_CLAIMS))[0] == tuple(
        TRAM_CLAIMS[:2]
    )
    assert len(fitted(TRAM_CLAIMS, request, 3, PLACES, own())[0]) == 3
    assert most_salient(TRAM_CLAIMS, 0, PLACES) == ()


def test_a_drafted_sentence_that_leans_is_glossed_or_dropped() -> None:
    told = account(
        "Mayor Ada Holt opened the Velm bridge on Monday after four years of building work.\n\n"
        "She thanked the builders for their patience through two winters of floods.\n\n"
        "But that was not what many of the neighbours had been hoping for either.",
        name="velm",
    )
    claims = claims_of(told)
    glossing = Glossing([told], places_of(told))
    kept, dropped = glossing.standing(claims)
    assert kept == claims[:2]
    assert [(each.sentence, each.reason) for each in dropped] == [(claims[2].text, LEANS)]
    (alone,) = glossing.glossed(claims[1:2])
    assert "Holt" in alone.gloss
    assert alone.text == claims[1].text
    assert glossing.glossed(claims[:2])[1].gloss == ""


def test_a_timeline_is_not_counted_in_words() -> None:
    with pytest.raises(UsageError, match="counted in lines"):
        SummaryRequest(style="timeline", words=50)
