"""Figures of sentences: what sort, which number, between which bounds."""

from __future__ import annotations

from datetime import date

import pytest

from groundwire.compare.values.facts import facts
from groundwire.compare.values.figures import figures
from groundwire.compare.values.moments import moments


@pytest.mark.parametrize(
    ("text", "span", "sort", "written"),
    [
        ("They passed it by nine votes to six.", "nine votes to six", "score", 9),
        ("United won 4-2 at home.", "4-2", "score", 4),
        ("Some 900 people came.", "Some 900", "count", 900),
        ("It took half a million people.", "half a million", "count", 500_000),
        ("Nobody was hurt.", "Nobody", "count", 0),
        ("There were no arrests.", "no", "count", 0),
        ("It holds 14 million cubic metres.", "14 million cubic metres", "volume", 14e9),
        ("It is 4.2 miles long.", "4.2 miles", "length", 4.2 * 1609.344),
        ("It runs at 40 km an hour.", "40 km an hour", "speed", 40),
        ("It measures 38km.", "38km", "length", 38_000),
        ("The first in more than a decade.", "more than a decade", "duration", 3652.5),
        ("It may last for weeks.", "weeks", "duration", 14),
        ("Nine in ten agreed.", "Nine in ten", "share", 0.9),
        ("Two thirds of it is paid.", "Two thirds", "share", 2 / 3),
        ("Half the members left.", "Half", "share", 0.5),
        ("It fell by 6 per cent.", "6 per cent", "share", 0.06),
        ("It cost $1,000m.", "$1,000m", "money:usd", 1e9),
        ("It cost 3 million euros.", "3 million euros", "money:eur", 3e6),
        ("It is raised about four times a year.", "about four times a year", "rate", 4),
        ("It goes up once a month.", "once a month", "rate", 12),
        ("A 34-year-old man was held.", "34-year-old", "age", 34),
        ("Ann Lee, 34, was held.", "34", "age", 34),
        ("A man aged 34 was held.", "34", "age", 34),
        ("It struck at 4.15am.", "4.15am", "clock", 255),
        ("It struck at 16:20 sharp.", "16:20", "clock", 980),
        ("Between 300 and 500 came.", "Between 300 and 500", "count", 300),
        ("It lost $3 to $5 million.", "$3 to $5 million", "money:usd", 3e6),
        ("Dozens were hurt.", "Dozens", "count", 24),
    ],
)
def test_a_figure_is_read(text: str, span: str, sort: str, written: float) -> None:
    (figure,) = figures(text)
    assert figure.span.of(text) == span
    assert figure.sort == sort
    assert figure.written == pytest.approx(written)
    assert figure.low <= figure.written <= figure.high


@pytest.mark.parametrize(
    "text",
    [
        "The G20 met.",
        "It opened in 1904.",
        "Flight 370 is missing.",
        "It came third.",
        "Its figure is a third higher.",
        "The Echo Show 5 is on sale.",
        "Resolution 2270 was adopted.",
        "",
    ],
)
def test_what_is_no_figure_is_left_alone(text: str) -> None:
    assert figures(text) == ()


def test_from_one_to_another_is_no_range() -> None:
    low, high = figures("It rose from 5 to 7 people.")
    assert (low.written, high.written) == (5, 7)


@pytest.mark.parametrize(
    ("left", "right", "equal", "allowed"),
    [
        ("400 metres", "1,300 ft", True, True),
        ("4.2 miles", "6.8 kilometres", True, True),
        ("$1bn", "$1,000m", True, True),
        ("50 per cent", "half of it", True, True),
        ("14 years", "more than a decade", False, True),
        ("nearly 400 metres", "399.9 metres", False, True),
        ("more than 200 people", "about 210 people", False, True),
        ("dozens of people", "37 people", False, True),
        ("between 300 and 500 people", "around 400 people", False, True),
        ("about 55 million people", "some 53 million people", False, False),
        ("at least ten months", "no more than eight months", False, False),
        ("for weeks", "for months", False, False),
        ("49 homes", "50 homes", False, False),
        ("nine votes to six", "eight votes to seven", False, False),
        ("eight votes to seven", "seven votes to eight", True, True),
        ("just before 8pm", "at 7.50pm", False, True),
        ("6.20pm", "6.43pm", False, False),
    ],
)
def test_two_figures_are_one_or_may_be(
    left: str, right: str, *, equal: bool, allowed: bool
) -> None:
    (one,), (other,) = figures(left), figures(right)
    assert one.sort == other.sort
    assert (one.equals(other), other.equals(one)) == (equal, equal)
    assert (one.allows(other), other.allows(one)) == (allowed, allowed)


def test_what_is_counted_stands_after_the_number() -> None:
    said = facts("Twelve Chinese fishermen from Holm were rescued; 212 of the homes were lost.")
    people, homes = said.figures
    assert "fishermen" in {word.written for word in said.words}
    assert said.counted(homes.span) == facts("houses").content
    assert said.whose(people.span) == {"chinese"}
    assert said.attributes(people) == {"rescued"}


def test_a_figure_inside_a_time_is_none() -> None:
    said = facts("On 12 June the 12 boats left.", date(2024, 6, 20))
    (figure,) = said.figures
    assert figure.span.start == 15
    (moment,) = said.moments
    assert moment.first == moment.last == date(2024, 6, 12)


def test_times_are_placed_by_the_day_on_which_they_are_told() -> None:
    told = date(2024, 5, 2)
    (back,) = moments("It was signed on Tuesday.", told)
    assert back.first == date(2024, 4, 30)
    (ahead,) = moments("The hearing will be held on Tuesday.", told)
    assert ahead.first == date(2024, 5, 7)
    (season,) = moments("It opens in the spring of 2026.", told)
    assert (season.first, season.last) == (date(2026, 3, 1), date(2026, 5, 31))
    assert season.apart_from(ahead)
    assert not season.apart_from(season)


def test_when_somebody_said_it_is_not_when_it_happened() -> None:
    said = facts(
        "Officials told councillors last Tuesday that the line costs £97m.", date(2024, 5, 2)
    )
    (moment,) = said.moments
    assert said.is_reported(moment.span)
