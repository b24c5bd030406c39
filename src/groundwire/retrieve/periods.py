"""Periods of time that a question names: a month, a year, last week, a day."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from groundwire.retrieve.dates import named_days
from groundwire.text.lexicon import MONTHS

_MONTH = rf"(?:{'|'.join(MONTHS)})"
_YEAR = r"(?:19|20)\d\d"
_MEASURED = (
    r"people|men|women|children|jobs|deaths|votes|cases|homes|years|days|hours|miles|km|metres"
    r"|meters|tonnes|dollars|euros|pounds|terms|prices|money"
)
_PERSON_DOES = (  # May, April and June are people too
    r"\w+ed|is|was|has|had|will|said|says|became|took|left|met|told|went|won|lost|made|gave|would"
    r"|could|and\s+(?:her|his)"
)
_DAY = (
    rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,?\s+{_YEAR})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s+{_YEAR})?"
    rf"|{_YEAR}-\d\d-\d\d)"
)
MONTH_OR_YEAR = (
    rf"(?:(?:early|late|mid)[\s-]+|the\s+(?:start|beginning|end)\s+of\s+)?"
    rf"(?:{_MONTH},?\s+(?:of\s+)?{_YEAR}(?!\d)"
    rf"|{_MONTH}(?!,?\s+(?:of\s+)?\d)(?!['’]s\b)(?!\s+(?:{_PERSON_DOES})\b)"
    rf"|{_YEAR}(?![-\d])(?!['’]s\b)(?!\s+(?:{_MEASURED})\b))"
)
"""Pattern of a month or a year, without regard to case."""

RELATIVE = r"(?:yesterday|(?:last|this)\s+(?:week|month|year)(?!['’]s\b)(?!\s+of\b))"
"""Pattern of a period that is told from today."""

TRAILING = (
    r"the\s+(?:last|past)\s+(?:(?:\d{1,3}|two|three|four|five|six|ten|few|couple\s+of)\s+)?"
    r"(?:days?|weeks?|months?|years?)(?!['’]s\b)(?!\s+of\b)"
)
"""Pattern of a stretch that ends today; it stands after a preposition."""

POINT = rf"(?:{_DAY}|{MONTH_OR_YEAR}|{RELATIVE})"
"""Pattern of anything that "since" or "before" may be followed by."""

_MONTH_NAME = re.compile(rf"\b({_MONTH})\b", re.IGNORECASE)
_YEAR_NUMBER = re.compile(rf"\b{_YEAR}\b")
_WORDS_TOO = frozenset({"may", "march", "august"})
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "few": 3, "couple": 2}
_UNIT_DAYS = {"day": 1, "week": 7, "month": 31, "year": 366}


@dataclass(frozen=True, slots=True)
class Period:
    """Some days.

    Attributes:
        start: The first.
        end: The last.
        words: Their name, such as ``June 2019``.
        preposition: What stands before the name: ``in``, ``on`` or nothing.
        slack: Days after the end in which what happened then is still reported.
    """

    start: date
    end: date
    words: str
    preposition: str = "in"
    slack: int = 7


def read_period(text: str, today: date) -> Period | None:
    """Return the period that a phrase names, or None if it names none after all.

    Args:
        text: A phrase that one of the patterns of this module found.
        today: What "last week" is told from, and what a month or day without a year is not after.
    """
    folded = " ".join(text.casefold().split())
    days = named_days(text, today.year)
    if days:
        return _day(days[0], today, dated=bool(_YEAR_NUMBER.search(text)))
    month, year = _MONTH_NAME.search(text), _YEAR_NUMBER.search(text)
    if month:
        number = [name.casefold() for name in MONTHS].index(month[1].casefold()) + 1
        # "may" and "march" in small letters are words; so is a month that ends in one.
        if month[1] in _WORDS_TOO:
            return None
        return _month(number, int(year[0]) if year else _latest_year(number, today))
    if year:
        number = int(year[0])
        return Period(date(number, 1, 1), date(number, 12, 31), str(number), slack=90)
    return _told_from(folded, today)


def _day(day: date, today: date, *, dated: bool) -> Period | None:
    if not dated and day > today:
        try:
            day = day.replace(year=day.year - 1)
        except ValueError:
            return None
    return Period(day, day, day_words(day), "on")


def _month(month: int, year: int) -> Period:
    start = date(year, month, 1)
    return Period(start, _month_end(start), f"{MONTHS[month - 1]} {year}")


def _month_end(start: date) -> date:
    return start.replace(day=calendar.monthrange(start.year, start.month)[1])


def _latest_year(month: int, today: date) -> int:
    return today.year if month <= today.month else today.year - 1


def _told_from(text: str, today: date) -> Period | None:
    """Return what "yesterday", "last week" and "the past three months" mean today."""
    if text == "yesterday":
        day = today - timedelta(days=1)
        return Period(day, day, day_words(day), "on", slack=1)
    words = text.removeprefix("the ").split()
    unit = words[-1].removesuffix("s")
    if text.startswith("the "):
        number = next((_NUMBERS.get(w) or int(w) for w in words if w in _NUMBERS or w.isdigit()), 1)
        start = today - timedelta(days=number * _UNIT_DAYS[unit])
        return Period(start, today, f"since {day_words(start)}", "", slack=0)
    return _calendar(unit, today, back=words[0] == "last")


def _calendar(unit: str, today: date, *, back: bool) -> Period:
    """Return the calendar week, month or year of today, or the one before."""
    if unit == "week":
        start = today - timedelta(days=today.weekday() + 7 * back)
        return Period(start, start + timedelta(days=6), f"the week of {day_words(start)}", slack=3)
    if unit == "month":
        start = today.replace(day=1)
        start = (start - timedelta(days=1)).replace(day=1) if back else start
        return _month(start.month, start.year)
    year = today.year - back
    return Period(date(year, 1, 1), date(year, 12, 31), str(year), slack=90)


def day_words(day: date) -> str:
    """Return a day as people write it, such as ``9 June 2019``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
