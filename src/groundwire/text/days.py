"""Days of the calendar: months, seasons, weeks, and what recurs every year."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

Unit = Literal["day", "week", "month", "year"]
Third = Literal["early", "mid", "late"]

_UNIT_DAYS: dict[Unit, float] = {"day": 1, "week": 7, "month": 30.44, "year": 365.25}
_HALF: dict[Unit, int] = {"day": 0, "week": 3, "month": 15, "year": 182}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_LONG = 100


class Days(NamedTuple):
    """A stretch of days, both ends included."""

    first: date
    last: date

    def until(self, day: date) -> Days:
        """Return the part that is not after a day; the first day at least."""
        return Days(self.first, max(self.first, min(self.last, day)))

    def since(self, day: date) -> Days:
        """Return the part that is not before a day; the last day at least."""
        return Days(min(self.last, max(self.first, day)), self.last)


def month(year: int, number: int) -> Days:
    """Return a calendar month; number 13 is January of the next year."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    length = calendar.monthrange(year, number)[1]
    return Days(date(year, number, 1), date(year, number, length))


def season(name: str, year: int) -> Days:
    """Return the season that begins in a year, by the meteorologists' months of the north."""
    start = _SEASONS[name]
    return Days(month(year, start).first, month(year, start + 2).last)


def quarter(year: int, number: int) -> Days:
    """Return a quarter of a calendar year."""
    return Days(month(year, 3 * number - 2).first, month(year, 3 * number).last)


def whole_year(year: int) -> Days:
    """Return a calendar year."""
    return Days(date(year, 1, 1), date(year, 12, 31))


def week_of(day: date) -> Days:
    """Return the week of a day, from Monday to Sunday."""
    start = day - timedelta(days=day.weekday())
    return Days(start, start + timedelta(days=6))


def weekend_before(day: date) -> Days:
    """Return the Saturday and Sunday that a day is in or after."""
    saturday = day - timedelta(days=(day.weekday() - 5) % 7)
    return Days(saturday, saturday + timedelta(days=1))


def third(days: Days, which: Third) -> Days:
    """Return the early, middle or late third: by days 10 and 20 of a month, by months of a year."""
    if (days.last - days.first).days > _LONG:
        year = days.first.year
        cuts = date(year, 5, 1), date(year, 9, 1)
    else:
        cuts = days.first + timedelta(days=10), days.first + timedelta(days=20)
    day = timedelta(days=1)
    if which == "early":
        return Days(days.first, cuts[0] - day)
    return Days(cuts[0], cuts[1] - day) if which == "mid" else Days(cuts[1], days.last)


def about(day: date, count: int, unit: Unit) -> Days:
    """Return the days that lie about so many units from a day: exact days, else half a unit wide.

    Raises:
        OverflowError: The calendar does not reach so far.
    """
    middle = day + timedelta(days=round(count * _UNIT_DAYS[unit]))
    half = timedelta(days=_HALF[unit])
    return Days(middle - half, middle + half)


def recurring(
    of_year: Callable[[int], Days | None], told: date, which: str = ""
) -> tuple[Days | None, Days | None]:
    """Return which one of something that comes every year is meant, looking back and ahead.

    What has begun and not ended is cut at the day on which it is told.

    Args:
        of_year: Returns that of one year, or None if there was none (29 February).
        told: The day on which it is told.
        which: ``last``, ``next``, ``this`` or nothing.
    """
    years = range(told.year - 4, told.year + 5)
    known = [days for year in years if (days := of_year(year)) is not None]
    if which == "last":
        past = [days for days in known if days.last < told][-1:]
        return (past[0], None) if past else (None, None)
    if which == "next":
        coming = [days for days in known if days.first > told][:1]
        return (None, coming[0]) if coming else (None, None)
    if which == "this":
        known = [days for days in known if days.first.year == told.year]
    back = [days.until(told) for days in known if days.first <= told][-1:]
    ahead = [days.since(told) for days in known if days.last >= told][:1]
    return (back[0] if back else None), (ahead[0] if ahead else None)
