"""Expressions with a date of the calendar: "20 June", "early 2018", "the spring of 2026"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from groundwire.text.dates import MONTH_NUMBERS, WEEKDAY_NUMBERS
from groundwire.text.days import (
    Days,
    month,
    quarter,
    recurring,
    season,
    third,
    whole_year,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from groundwire.text.days import Third

_DAY = timedelta(days=1)
_FEASTS = {
    "christmas": (12, 24, 12, 26),
    "christmas eve": (12, 24, 12, 24),
    "christmas day": (12, 25, 12, 25),
    "boxing day": (12, 26, 12, 26),
    "new years eve": (12, 31, 12, 31),
    "new years day": (1, 1, 1, 1),
}


class Told(NamedTuple):
    """From where days are counted.

    Attributes:
        published: The day on which it is told; None if unknown.
        spoken: The day that the text spoke of last; None if there is none.
    """

    published: date | None
    spoken: date | None


class Reading(NamedTuple):
    """The days that an expression names, looking back and looking ahead."""

    back: Days | None
    ahead: Days | None
    news: bool = False


def both(days: Days) -> Reading:
    """Return days that are the same looking back and looking ahead."""
    return Reading(days, days)


def _day_of(words: str) -> int:
    return int(re.sub(r"\D", "", words))


def _month_of(words: str) -> int:
    name = words.casefold().rstrip(".")
    return int(name) if name.isdigit() else MONTH_NUMBERS[name]


def third_of(words: str | None) -> Third | None:
    """Return which third words such as "early" or "the end of" say."""
    if not words:
        return None
    folded = words.casefold()
    if folded == "late" or "end" in folded:
        return "late"
    return "mid" if "mid" in folded else "early"


def _yearly(
    of_year: Callable[[int], Days | None], parts: Mapping[str, str | None], told: Told
) -> Reading | None:
    """Read what recurs every year: the one of the year that is said, or the one that is meant."""
    if parts.get("year"):
        days = of_year(int(parts["year"] or ""))
        return both(days) if days else None
    if told.published is None:
        return None
    return Reading(*recurring(of_year, told.published, (parts.get("which") or "").casefold()))


def _read_day(match: re.Match[str], told: Told) -> Reading | None:
    parts = match.groupdict()
    number, day = _month_of(match["month"]), _day_of(match["day"])
    date(2000, number, day)
    night = _DAY if parts.get("part") == "night" else timedelta(0)
    weekday = WEEKDAY_NUMBERS.get((parts.get("weekday") or "").casefold())

    def of_year(year: int) -> Days | None:
        try:
            found = date(year, number, day)
        except ValueError:
            return None
        if weekday not in {None, found.weekday()}:
            return None
        return Days(found, found + night)

    return _yearly(of_year, parts, told)


def _read_range(match: re.Match[str], told: Told) -> Reading | None:
    parts = match.groupdict()
    first_month = parts["month1"] or parts["month"] or ""
    start, end = _month_of(first_month), _month_of(parts["month"] or first_month)
    first, last = _day_of(match["a"]), _day_of(match["b"])

    def of_year(year: int) -> Days | None:
        try:
            days = Days(date(year - (start > end), start, first), date(year, end, last))
        except ValueError:
            return None
        return days if days.first <= days.last else None

    return _yearly(of_year, parts, told)


def _read_month(match: re.Match[str], told: Told) -> Reading | None:
    number, part = _month_of(match["month"]), third_of(match["third"])

    def of_year(year: int) -> Days:
        whole = month(year, number)
        return third(whole, part) if part else whole

    return _yearly(of_year, match.groupdict(), told)


def _read_season(match: re.Match[str], told: Told) -> Reading | None:
    name = match["season"].casefold()
    if match["third"] or (name == "winter" and match["year"]):
        return None  # nobody can tell which of two winters
    return _yearly(lambda year: season(name, year), match.groupdict(), told)


def _read_quarter(match: re.Match[str], told: Told) -> Reading | None:
    number = ("first", "second", "third", "fourth").index(match["ordinal"].casefold()) + 1
    if match["piece"].casefold() == "quarter":
        parts = match.groupdict()
        if parts["which"] and told.published:
            shift = {"last": -1, "this": 0, "next": 1}[parts["which"].casefold()]
            return both(quarter(told.published.year + shift, number))
        if parts["year"]:
            return both(quarter(int(parts["year"]), number))
        return _ended(lambda year: quarter(year, number), told)
    if not match["year"] or number > 2:  # noqa: PLR2004 -- a year has two halves
        return None
    year = int(match["year"])
    return both(Days(quarter(year, 2 * number - 1).first, quarter(year, 2 * number).last))


def _ended(of_year: Callable[[int], Days], told: Told) -> Reading | None:
    """Read what is told of when it is over: the results of "the first quarter"."""
    if told.published is None:
        return None
    past, coming = (recurring(of_year, told.published, which) for which in ("last", "next"))
    return Reading(past[0], coming[1])


def _read_feast(match: re.Match[str], told: Told) -> Reading | None:
    name = re.sub(r"['\u2019]", "", " ".join(match["feast"].casefold().split()))
    start, first, end, last = _FEASTS[name.replace("new year ", "new years ")]
    return _yearly(
        lambda year: Days(date(year, start, first), date(year, end, last)), match.groupdict(), told
    )


def _read_year(match: re.Match[str], _told: Told) -> Reading:
    days, part = whole_year(int(match["year"])), third_of(match["third"])
    return both(third(days, part) if part else days)


READERS: dict[str, Callable[[re.Match[str], Told], Reading | None]] = {
    "day": _read_day,
    "feast": _read_feast,
    "month": _read_month,
    "quarter": _read_quarter,
    "range": _read_range,
    "season": _read_season,
    "year": _read_year,
}
"""How each shape of expression is read. A day that does not exist raises ``ValueError``."""
