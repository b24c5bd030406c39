"""Time expressions: what is one, the days of it, and how the sentence hangs on it."""

from __future__ import annotations

from datetime import date

import pytest

from groundwire.text.timexes import timexes

TOLD = date(2023, 6, 14)


@pytest.mark.parametrize(
    ("text", "words", "role"),
    [
        ("The trial has been adjourned since March.", "March", "since"),
        ("They must leave by Friday.", "Friday", "by"),
        ("It stays shut until 3 July.", "3 July", "until"),
        ("It ended before the summer of 2020.", "the summer of 2020", "before"),
        ("Work stopped after 3 May.", "3 May", "after"),
        ("The line runs from January 2022.", "January 2022", "from"),
        ("The vote was held on Tuesday night.", "Tuesday night", "on"),
    ],
)
def test_roles(text: str, words: str, role: str) -> None:
    (found,) = timexes(text, TOLD)
    assert found.span.of(text) == words
    assert found.role == role


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("since March", date(2023, 3, 1), date(2023, 3, 31)),
        ("from 28 May to 3 June", date(2023, 5, 28), date(2023, 6, 3)),
        ("on June 3-9", date(2023, 6, 3), date(2023, 6, 9)),
        ("from 30 December to 2 January", date(2022, 12, 30), date(2023, 1, 2)),
        ("between Friday and Sunday", date(2023, 6, 9), date(2023, 6, 11)),
        ("last weekend", date(2023, 6, 10), date(2023, 6, 11)),
        ("late last year", date(2022, 9, 1), date(2022, 12, 31)),
        ("earlier in the year", date(2023, 1, 1), date(2023, 6, 14)),
        ("last June", date(2022, 6, 1), date(2022, 6, 30)),
        ("in the first half of 2020", date(2020, 1, 1), date(2020, 6, 30)),
        ("in the fourth quarter of last year", date(2022, 10, 1), date(2022, 12, 31)),
        ("a fortnight ago", date(2023, 5, 28), date(2023, 6, 3)),
        ("two months ago", date(2023, 3, 30), date(2023, 4, 29)),
        ("on 29 February", date(2020, 2, 29), date(2020, 2, 29)),
        ("through the night", date(2023, 6, 13), date(2023, 6, 14)),
    ],
)
def test_days_looking_back(text: str, first: date, last: date) -> None:
    (found,) = timexes(text, TOLD)
    assert found.back == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("next weekend", date(2023, 6, 17), date(2023, 6, 18)),
        ("next June", date(2024, 6, 1), date(2024, 6, 30)),
        ("next Wednesday", date(2023, 6, 21), date(2023, 6, 21)),
        ("later this month", date(2023, 6, 14), date(2023, 6, 30)),
        ("by the end of the year", date(2023, 9, 1), date(2023, 12, 31)),
    ],
)
def test_days_looking_ahead(text: str, first: date, last: date) -> None:
    (found,) = timexes(text, TOLD)
    assert found.ahead == (first, last)


def test_a_weekday_after_the_day_last_spoken_of() -> None:
    (found,) = timexes("the following Tuesday", TOLD, date(2023, 6, 1))
    assert found.back == (date(2023, 6, 6), date(2023, 6, 6))


@pytest.mark.parametrize(
    "text",
    [
        "on Saturdays", "every spring", "on a Tuesday", "in the 1990s", "in the 12th century",
        "April Jones won", "the 2016 referendum", "they may march", "on 31 June", "in winter 2019",
        "in early spring", "the fourth half of 2020", "Good Friday", "in 2020 people voted",
    ],
)  # fmt: skip
def test_what_is_no_expression_of_days(text: str) -> None:
    assert timexes(text, TOLD) == ()


def test_without_a_day_of_publication_only_full_dates_are_read() -> None:
    text = "on Tuesday, yesterday, last week, this weekend, in June, two days ago, on 3 May 2021"
    assert [found.span.of(text) for found in timexes(text)] == ["3 May 2021"]
