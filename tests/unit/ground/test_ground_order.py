"""Names, numbers and negations keep the order and company that they have in the source."""

from __future__ import annotations

from datetime import date

import pytest

from groundwire.ground.order import follows

FRIDAY = date(2019, 6, 21)
CLUB = (
    "The UK Club, which insures the owner, Shoei Kisen Kaisha, against third-party claims, said "
    "the demand was largely unsupported."
)
TRADE = (
    "By most estimates, China accounts for more than 90 percent of North Korea's foreign trade, "
    "though sanctions that Beijing itself voted for have cut into that commerce."
)
TALKS = (
    "President Emmanuel Macron met Councillor Ida Clough on Monday, but they did not shake hands."
)
MACRON = (
    "President Emmanuel Macron, who went to the scene on Monday, promised that the cathedral would "
    "be rebuilt."
)
SALUTE = (
    "Xi was met by Kim Jong Un and his wife, Ri Sol Ju, and was given a salute, state media "
    "reported."
)
SMIT = "Peter Berdowski, chief executive of Boskalis, the parent company of Smit, said it was free."


@pytest.mark.parametrize(
    ("draft", "source"),
    [
        ("The UK Club said the demand was largely unsupported.", CLUB),
        ("The demand was largely unsupported, the UK Club said.", CLUB),
        ("According to the UK Club, the demand was largely unsupported.", CLUB),
        ("China accounts for more than 90% of North Korea's foreign trade.", TRADE),
        ("China accounts for more than nine tenths of North Korea's foreign trade.", TRADE),
        ("Macron promised that the cathedral would be rebuilt.", MACRON),
        ("President Macron promised the cathedral would be rebuilt.", MACRON),
        ("The cathedral would be rebuilt, Emmanuel Macron promised.", MACRON),
        ("State media reported that Xi was met by Kim Jong Un and his wife.", SALUTE),
        ("Emmanuel Macron met Ida Clough on Monday, but they did not shake hands.", TALKS),
    ],
)
def test_a_shorter_sentence_follows_its_source(draft: str, source: str) -> None:
    assert follows(draft, source, source)


@pytest.mark.parametrize(
    ("draft", "source"),
    [
        ("The demand was largely unsupported.", CLUB),
        ("The demand was unsupported, the UK Club said.", CLUB),
        ("The owner said the demand was largely unsupported.", CLUB),
        ("Shoei Kisen Kaisha said the demand was largely unsupported.", CLUB),
        ("The demand said the UK Club was largely unsupported.", CLUB),
        ("China accounts for 90% of North Korea's foreign trade.", TRADE),
        ("North Korea accounts for more than 90% of China's foreign trade.", TRADE),
        ("China accounts for more than 90% of Korea's foreign trade.", TRADE),
        ("Does China account for more than 90% of North Korea's foreign trade?", TRADE),
        ("The cathedral would be rebuilt.", MACRON),
        ("The cathedral would be rebuilt, Emmanuel Macron said.", MACRON),
        ("Kim Jong Un was met by Xi and his wife, state media reported.", SALUTE),
        ("Ida Clough met Emmanuel Macron on Monday, but they did not shake hands.", TALKS),
        ("Emmanuel Macron met Ida Clough on Monday.", TALKS),
        ("Emmanuel Macron met Ida Clough on Monday, but they did shake hands.", TALKS),
        ("Peter Berdowski, the parent company of Smit, said it was free.", SMIT),
        ("Few ships left.", "A few ships left."),
        ("A few ships left.", "Few ships left."),
        ("It may rain on Monday.", "It may rain on Monday, if the wind turns, he said."),
        ("The ships left and the.", "The ships left and the crews stayed."),
    ],
)
def test_what_changes_places_or_loses_its_company_does_not(draft: str, source: str) -> None:
    assert not follows(draft, source, source)


def test_a_short_name_must_be_clear_in_its_passage() -> None:
    passage = "{} Mr Kim smiled."
    source = "Kim Jong Un flew home."
    assert follows("Kim flew home.", source, passage.format(source))
    assert not follows("Kim flew home.", source, source)
    assert not follows("Kim flew home.", source, passage.format(source + " Kim Yo Jong stayed."))
    assert not follows("Un flew home.", source, passage.format(source))


def test_vice_presidents_are_no_presidents() -> None:
    source = "Vice President Mike Pence spoke."
    assert not follows("President Mike Pence spoke.", source, source)
    assert follows("Mike Pence spoke.", source, source)


def test_a_date_resolves_by_the_day_of_publication() -> None:
    source = "The ship left on Thursday with 20 men."
    assert follows("The ship left on 20 June 2019 with 20 men.", source, source, FRIDAY)
    assert not follows(
        "The ship left on 13 June 2019 with 20 men.", source, source, date(2019, 6, 21)
    )
    assert follows("The ship left with 20 men.", source, source)
