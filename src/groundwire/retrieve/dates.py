"""Days that a question names."""

from __future__ import annotations

import re
from datetime import date

from groundwire.text.lexicon import MONTHS

_MONTHS = {name.casefold(): number for number, name in enumerate(MONTHS, 1)}
_NAMES = "|".join(_MONTHS)
_MONTH_DAY = re.compile(
    rf"\b({_NAMES})\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+((?:19|20)\d\d))?\b", re.IGNORECASE
)
_DAY_MONTH = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({_NAMES})(?:,?\s+((?:19|20)\d\d))?\b", re.IGNORECASE
)
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b")


def named_days(text: str, year: int) -> tuple[date, ...]:
    """Return the days that a text names: "October 6, 2023", "6 October", "2023-10-06".

    Args:
        text: A question or a clause.
        year: The year of a day that is named without one.
    """
    found = [
        *((m[3], m[1], m[2]) for m in _MONTH_DAY.finditer(text)),
        *((m[3], m[2], m[1]) for m in _DAY_MONTH.finditer(text)),
    ]
    named = [_day(int(y or year), _MONTHS[m.casefold()], int(d)) for y, m, d in found]
    named += [_day(int(m[1]), int(m[2]), int(m[3])) for m in _ISO.finditer(text)]
    return tuple(dict.fromkeys(day for day in named if day is not None))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
