"""Values are found with their units and brought to one form."""

from __future__ import annotations

from datetime import date

import pytest

from groundwire.text.dates import dates
from groundwire.text.values import missing, values

FRIDAY = date(2019, 6, 21)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("90 percent", "share:9/10"),
        ("90%", "share:9/10"),
        ("90 per cent", "share:9/10"),
        ("nine tenths", "share:9/10"),
        ("nine-tenths", "share:9/10"),
        ("half of it", "share:1/2"),
        ("a third higher", "share:1/3"),
        ("a third summit", "ordinal:3"),
        ("3rd", "ordinal:3"),
        ("the twenty-first century", "ordinal:21"),
        ("$1.2bn", "money:1200000000:usd"),
        ("1.2 billion dollars", "money:1200000000:usd"),
        ("US$1.2 billion", "money:1200000000:usd"),
        ("€850m", "money:850000000:eur"),
        ("£84m", "money:84000000:gbp"),
        ("14 years", "quantity:14:year"),
        ("14-year", "quantity:14:year"),
        ("fourteen years", "quantity:14:year"),
        ("420 km", "quantity:420:kilometre"),
        ("two percentage points", "quantity:2:percentage point"),
        ("27,000 light-years", "quantity:27000:light-year"),
        ("half a million", "number:500000"),
        ("340,000 donors", "number:340000"),
        ("two hundred and five", "number:205"),
        ("20 June 2019", "2019-06-20"),
        ("June 20, 2019", "2019-06-20"),
        ("the 20th of June 2019", "2019-06-20"),
        ("2019-06-20", "2019-06-20"),
        ("Thursday, 20 June 2019", "2019-06-20"),
        ("June 2019", "2019-06"),
        ("20 June", "--06-20"),
        ("Thursday", "weekday:3"),
        ("yesterday", "yesterday"),
        ("1990s", "1990s"),
        ("2016", "number:2016"),
        ("9:30 p.m.", "clock:21:30"),
        ("21:30", "clock:21:30"),
    ],
)
def test_one_value_has_one_form(text: str, canonical: str) -> None:
    assert [value.canonical for value in values(text)] == [canonical]


@pytest.mark.parametrize("text", ["one of them", "G20", "M87*", "they may march on", "31 June x"])
def test_what_is_no_value(text: str) -> None:
    assert all(value.kind == "number" for value in values(text) if value.span.of(text) == "31")
    assert not [v for v in values(text) if v.span.of(text) != "31"] or text.startswith("31")


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("10-15 percent", ["share:1/10", "share:3/20"]),
        ("between 10 and 15 percent", ["share:1/10", "share:3/20"]),
        ("$10-15m", ["money:10000000:usd", "money:15000000:usd"]),
        ("10 to 15 miles", ["quantity:10:mile", "quantity:15:mile"]),
        ("nine votes to six", ["number:9", "number:6"]),
    ],
)
def test_the_ends_of_a_range_are_two_values(text: str, ends: list[str]) -> None:
    assert [value.canonical for value in values(text)] == ends


def test_spans_hold_the_value_with_its_unit() -> None:
    text = "On 20 June 2019 some 14 years and $1.2bn were lost."
    assert [v.span.of(text) for v in values(text)] == ["20 June 2019", "14 years", "$1.2bn"]


@pytest.mark.parametrize(
    ("exact", "coarse"),
    [
        ("20 June 2019", "June 2019"),
        ("20 June 2019", "2019"),
        ("20 June", "June"),
        ("on Thursday", "20 June 2019"),
        ("20 June", "20 June 2019"),
        ("last February", "February 2019"),
        ("yesterday", "20 June"),
        ("20 June 2019", "Thursday"),
    ],
)
def test_a_date_says_what_follows_from_it(exact: str, coarse: str) -> None:
    assert not missing(values(coarse, FRIDAY), values(exact, FRIDAY))


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("June 2019", "20 June 2019"),
        ("Thursday, 20 June", "Wednesday, 20 June"),
        ("12 June 2018", "12 June"),
        ("It will open on Thursday", "It opened on 20 June 2019"),
        ("last June", "June 2019"),
    ],
)
def test_and_not_more(said: str, wanted: str) -> None:
    assert missing(values(wanted, FRIDAY), values(said, FRIDAY))


def test_months_that_are_words_count_where_a_month_can_stand() -> None:
    assert [d.span.of("May it rain in May.") for d in dates("May it rain in May.")] == ["May"]
    assert not dates("They march. March with them!")


def test_a_value_says_itself() -> None:
    (one,) = values("90%")
    (other,) = values("nine tenths")
    assert one.says(other)
    assert other.says(one)
