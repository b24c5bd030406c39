"""Expressions counted from the day on which they are told, or from the day last spoken of."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from groundwire.text.dates import WEEKDAY_NUMBERS
from groundwire.text.days import Days, about, month, third, week_of, weekend_before, whole_year
from groundwire.text.told import Reading, both, third_of

if TYPE_CHECKING:
    import re
    from collections.abc import Callable
    from datetime import date

    from groundwire.text.days import Unit
    from groundwire.text.told import Told

_DAY = timedelta(days=1)
_COUNTS = (
    "one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905 -- a list of words reads better
)
_NEAR = {
    "yesterday": (-1, -1),
    "today": (0, 0),
    "tonight": (0, 0),
    "tomorrow": (1, 1),
    "overnight": (-1, 0),
    "through the night": (-1, 0),
    "last night": (-1, -1),
}


def _period_of(day: date, unit: str, shift: int) -> Days:
    if unit == "week":
        return week_of(day + timedelta(days=7 * shift))
    if unit == "month":
        return month(day.year, day.month + shift)
    return whole_year(day.year + shift)


def _read_period(match: re.Match[str], told: Told) -> Reading | None:
    today, parts = told.published, match.groupdict()
    if today is None:
        return None
    unit = match["period"].casefold()
    which = (parts.get("which") or "this").casefold()
    days = _period_of(today, unit, {"last": -1, "this": 0, "next": 1}[which])
    if parts.get("edge"):
        early = match["edge"].casefold() == "earlier"
        return Reading(days.until(today), None) if early else Reading(None, days.since(today))
    part = third_of(parts.get("third"))
    if part and unit != "week":
        days = third(days, part)
    back = days.until(today) if which != "next" and days.first <= today else None
    return Reading(back, days.since(today) if which != "last" and days.last >= today else None)


def _read_weekend(match: re.Match[str], told: Told) -> Reading | None:
    if told.published is None:
        return None
    last, which = weekend_before(told.published), match["which"].casefold()
    week = 7 * _DAY
    following = last if last.last >= told.published else Days(last.first + week, last.last + week)
    if which == "last":
        over = last.last < told.published
        return Reading(last if over else Days(last.first - week, last.last - week), None)
    if which == "next":
        return Reading(None, Days(last.first + week, last.last + week))
    return Reading(last.until(told.published), following.since(told.published))


def _read_weekday(match: re.Match[str], told: Told) -> Reading | None:
    if told.published is None:
        return None
    which = (match["which"] or "").casefold()
    number = WEEKDAY_NUMBERS[match["weekday"].casefold()]
    back = (told.published.weekday() - number) % 7 or 7 * (which == "last")
    ahead = (number - told.published.weekday()) % 7 or 7 * (which == "next")
    night = _DAY if match["part"] == "night" else timedelta(0)
    past, coming = told.published - back * _DAY, told.published + ahead * _DAY
    return Reading(
        None if which == "next" else Days(past, past + night),
        None if which == "last" else Days(coming, coming + night),
        news=True,
    )


def _read_weekdays(match: re.Match[str], told: Told) -> Reading | None:
    if told.published is None:
        return None
    start, end = (WEEKDAY_NUMBERS[match[each].casefold()] for each in ("from", "to"))
    length = (end - start) % 7 * _DAY
    last = told.published - (told.published.weekday() - end) % 7 * _DAY
    first = told.published + (start - told.published.weekday()) % 7 * _DAY
    return Reading(Days(last - length, last), Days(first, first + length), news=True)


def _read_following(match: re.Match[str], told: Told) -> Reading | None:
    if told.spoken is None:
        return None
    days = (WEEKDAY_NUMBERS[match["weekday"].casefold()] - told.spoken.weekday()) % 7 or 7
    return both(Days(told.spoken + days * _DAY, told.spoken + days * _DAY))


def _read_near(match: re.Match[str], told: Told) -> Reading | None:
    if told.published is None:
        return None
    first, last = _NEAR.get(" ".join(match["near"].casefold().split()), (0, 0))
    days = Days(told.published + first * _DAY, told.published + last * _DAY)
    return Reading(None if first > 0 else days, None if last < 0 else days, news=True)


def _read_ago(match: re.Match[str], told: Told) -> Reading | None:
    way = match["way"].casefold()
    origin = told.published if way == "ago" else told.spoken
    if origin is None:
        return None
    words, name = match["count"].casefold(), match["unit"].casefold()
    count = int(words) if words.isdigit() else 1 if words in {"a", "an"} else 0
    count = (count or _COUNTS.index(words) + 1) * (1 + (name == "fortnight"))
    units: dict[str, Unit] = {"day": "day", "month": "month", "year": "year"}
    sign = 1 if way in {"later", "after"} else -1
    return both(about(origin, sign * count, units.get(name, "week")))


def _read_same(match: re.Match[str], told: Told) -> Reading | None:
    if told.spoken is None:
        return None
    step = (match.groupdict().get("step") or "").casefold()
    shift = {"": 0, "previous": -1, "before": -1}.get(step, 1)
    return both(Days(told.spoken + shift * _DAY, told.spoken + shift * _DAY))


READERS: dict[str, Callable[[re.Match[str], Told], Reading | None]] = {
    "ago": _read_ago,
    "following": _read_following,
    "near": _read_near,
    "period": _read_period,
    "same": _read_same,
    "weekday": _read_weekday,
    "weekdays": _read_weekdays,
    "weekend": _read_weekend,
}
"""How each shape of expression is read."""
