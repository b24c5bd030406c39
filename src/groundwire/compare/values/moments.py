"""The times that a sentence names, each as the stretch of days that it means there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from groundwire.text.timexes import timexes

if TYPE_CHECKING:
    from datetime import date

    from groundwire.domain.spans import Span

_AHEAD = re.compile(
    r"\b(?:will|shall|would|could|may|might|due|expected|scheduled|planned|next|plans?|hopes?"
    r"|(?:is|are|was|were)\s(?:not\s)?to|opens|closes|begins|starts|ends|arrives|votes)\b"
    r"|\b(?:until|by)\s(?:the\s)?$",
    re.IGNORECASE,
)
_REACH = 90


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of time that a sentence names.

    Attributes:
        span: Where it is named.
        first: Its first day.
        last: Its last day.
    """

    span: Span
    first: date
    last: date

    def apart_from(self, other: Moment) -> bool:
        """Return whether two stretches share no day."""
        return self.last < other.first or other.last < self.first


@lru_cache(maxsize=4096)
def moments(text: str, published: date | None) -> tuple[Moment, ...]:
    """Return the stretches of time that a sentence names, in order, none overlapping another.

    Those that cannot be placed in the calendar are left out.

    Args:
        text: A sentence.
        published: The day from which weekdays and dates without a year are counted.
    """
    found: list[Moment] = []
    for timex in timexes(text, published):
        near = text[max(0, timex.span.start - _REACH) : timex.span.start]
        days = (timex.ahead or timex.back) if _AHEAD.search(near) else (timex.back or timex.ahead)
        if days is not None:
            found.append(Moment(timex.span, days.first, days.last))
    return tuple(found)
