"""Dates as news writes them, brought to one form, with the day of publication if it is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from groundwire.domain.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTH_NAMES = (
    "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug "
    "september|sept|sep october|oct november|nov december|dec"
)
MONTH_NUMBERS = {
    name: n for n, names in enumerate(_MONTH_NAMES.split(), 1) for name in names.split("|")
}
_DAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday"
WEEKDAY_NUMBERS = {day: n for n, day in enumerate(_DAY_NAMES.split())}
MONTH = r"(?-i:" + "|".join(f"{name.title()}|{name.upper()}" for name in MONTH_NUMBERS) + r")\b\.?"
WEEKDAY = r"(?-i:" + "|".join(day.title() for day in WEEKDAY_NUMBERS) + r")"
YEAR = r"(?:1[5-9]|20)\d\d"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_ON = rf"(?:(?P<weekday>{WEEKDAY}),?\s+)?"
_IN = rf"(?:,?\s+(?P<year>{YEAR}))?"
_PERIOD = "week|month|year|night|spring|summer|autumn|winter"
_AHEAD = re.compile(r"\b(?:will|next|due|tomorrow|plans?|planned|scheduled|shall)\b", re.IGNORECASE)
_WHICH = r"(?:(?P<which>last|next|this)\s+)?"
# "May" and "March" are words too: alone they count only where a month can stand.
PLACED = re.compile(
    r"(?:\b(?:in|since|until|till|by|from|of|early|late|mid|last|next|this|before|after|during|and"
    r"|between|to|through|on)[\s-]+|\()$",
    re.IGNORECASE,
)
_SHAPES = tuple(
    re.compile(rf"\b{shape}(?!\w)", re.IGNORECASE)
    for shape in (
        rf"(?P<year>{YEAR})-(?P<month>0[1-9]|1[0-2])-(?P<day>3[01]|[12]\d|0[1-9])",
        rf"{_ON}(?:the\s+)?{_DAY}(?:\s+of)?\s+(?P<month>{MONTH}){_IN}",
        rf"{_ON}(?P<month>{MONTH})\s+{_DAY}(?![\d,.]\d){_IN}",
        rf"{_WHICH}(?P<month>{MONTH})(?:,?\s+(?:of\s+)?(?P<year>{YEAR}))?",
        rf"{_WHICH}(?P<weekday>{WEEKDAY})s?",
        rf"(?P<relative>(?:last|this|next)\s+(?:{_PERIOD})|yesterday|today|tonight|tomorrow)",
        r"(?P<decade>(?:1[5-9]|20)\d0s)",
    )
)


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date in a text.

    Attributes:
        span: Where it stands.
        canonical: The most exact form that can be known: ``2019-06-20``, ``2019-06``, ``--06-20``,
            ``weekday:3``.
        forms: Everything that the date also says, such as its year or its weekday.
    """

    span: Span
    canonical: str
    forms: frozenset[str]


def dates(text: str, published: date | None = None) -> tuple[DateFound, ...]:
    """Return the dates of a text in order, none overlapping another; bare years are numbers.

    Args:
        text: Any text.
        published: The day from which "Thursday", "20 June" and "last February" are counted. A
            weekday in a sentence that looks ahead ("will", "due") is left as a weekday.
    """
    found: list[DateFound] = []
    for match in _matches(text):
        span = Span(match.start(), match.start() + len(match.group().rstrip(" .")))
        if any(span.overlaps(other.span) for other in found):
            continue
        forms = _forms(match, published, ahead=bool(_AHEAD.search(text)))
        if forms:
            found.append(DateFound(span, forms[0], frozenset(forms)))
    return tuple(sorted(found, key=lambda one: one.span))


def _matches(text: str) -> Iterator[re.Match[str]]:
    for shape in _SHAPES:
        for match in shape.finditer(text):
            parts = match.groupdict()
            bare = parts.get("month") and not (parts.get("year") or parts.get("day"))
            doubtful = bare and not parts.get("which") and match["month"] in {"May", "March", "Mar"}
            if not doubtful or PLACED.search(text[: match.start()]):
                yield match


def _forms(match: re.Match[str], published: date | None, *, ahead: bool) -> list[str]:
    """Return what a match says, the most exact first; nothing if it is no date (31 June)."""
    parts = match.groupdict()
    if parts.get("decade"):
        return [match["decade"].casefold()]
    if parts.get("relative"):
        return _relative(" ".join(match["relative"].casefold().split()), published)
    which = (parts.get("which") or "").casefold()
    weekday = WEEKDAY_NUMBERS.get((parts.get("weekday") or "").casefold())
    if not parts.get("month"):
        return _weekday_forms(weekday or 0, which, published, ahead=ahead)
    month = match["month"].casefold().rstrip(".")
    number = int(month) if month.isdigit() else MONTH_NUMBERS[month]
    year = int(parts["year"]) if parts.get("year") else None
    if not parts.get("day"):
        return _month_forms(number, year, which, published)
    forms = _day_forms(int(parts["day"]), number, year, published)
    named = f"weekday:{weekday}"
    if weekday is None or not forms or named in forms:
        return forms
    # The weekday is part of what is said where the year is not known, or where it contradicts it.
    return [f"{forms[0]} {named}", named, *forms] if forms[0][0] == "-" else [f"{forms[0]} {named}"]


def _day_forms(day: int, month: int, year: int | None, published: date | None) -> list[str]:
    try:
        if year is None and published is not None:
            years = range(published.year - 1, published.year + 2)
            near = [date(y, month, day) for y in years]
            year = min(near, key=lambda one: abs(one - published)).year
        date(year or 2000, month, day)
    except ValueError:
        return []
    partial = f"--{month:02}-{day:02}"
    if year is None:
        return [partial, f"--{month:02}"]
    return _exact(date(year, month, day))


def _exact(day: date) -> list[str]:
    return [
        day.isoformat(),
        f"--{day.month:02}-{day.day:02}",
        f"{day.year}-{day.month:02}",
        f"--{day.month:02}",
        f"weekday:{day.weekday()}",
        str(day.year),
    ]


def _month_forms(month: int, year: int | None, which: str, published: date | None) -> list[str]:
    if year is None and published is not None and which:
        year = published.year
        year -= which == "last" and month >= published.month
        year += which == "next" and month <= published.month
    elif year is None and published is not None:
        months = 12 * published.year + published.month
        year = min(
            range(published.year - 1, published.year + 2),
            key=lambda y: abs(12 * y + month - months),
        )
    plain = f"--{month:02}"
    return [f"{year}-{month:02}", plain, str(year)] if year else [plain]


def _weekday_forms(weekday: int, which: str, published: date | None, *, ahead: bool) -> list[str]:
    plain = f"weekday:{weekday}"
    if published is None or (ahead and which != "last"):
        return [plain]
    back = (published.weekday() - weekday) % 7
    if which == "last" and not back:
        back = 7
    return [plain, *_exact(published - timedelta(days=back))]


def _relative(phrase: str, published: date | None) -> list[str]:
    day = {"yesterday": -1, "last night": -1, "today": 0, "tonight": 0, "tomorrow": 1}.get(phrase)
    if published is None:
        return [phrase]
    if day is not None:
        return [*_exact(published + timedelta(days=day)), phrase]
    if phrase.endswith("year"):
        shift = {"last": -1, "this": 0, "next": 1}[phrase.split(maxsplit=1)[0]]
        return [phrase, str(published.year + shift)]
    return [phrase]
