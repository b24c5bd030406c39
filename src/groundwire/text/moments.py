"""When it happened: the days that go with what a sentence tells.

A sentence may name several days: of the event, of a deadline, of the background. The days of the
event are those that go with the main clause. Days in quotations, in what is supposed or compared
with, and in relative clauses are not; a wrong day is worse than none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from groundwire.text.timexes import timexes
from groundwire.text.zones import SAYS, zones

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from groundwire.domain.spans import Span
    from groundwire.text.days import Days
    from groundwire.text.timexes import Timex
    from groundwire.text.zones import Zones

REACH = 6
"""Sentences over which "that evening" may point back to a day."""

_BE = (
    r"\b(?:is|are|was|were|be|been|being|['\u2019]s|['\u2019]re)\s+"
    r"(?:\w+ly\s+|now\s+|also\s+|not\s+|still\s+)?"
)
_AHEAD = re.compile(
    r"\b(?:will|shall|must|won[\u2019']t)\b|\b\w+[\u2019']ll\b"
    rf"|{_BE}(?:expected|scheduled|planned|due|slated|bound|poised|set(?=\s(?:to|for)\b))\b"
    rf"|{_BE}(?:going\s+)?to\s+(?!have\b)(?=\w)"
    r"|(?<!the\s)(?<!a\s)(?<!its\s)(?<!their\s)(?<!his\s)(?<!her\s)\bplans?\s+to\b"
    r"|\bexpects?\b|\b(?:hopes?|aims?|intends?|wants?|prepares?)\s+to\b",
    re.IGNORECASE,
)
_PERHAPS = re.compile(
    r"\b(?:[Cc]ould|[Mm]ight|[Ss]hould|may|[Cc]an|[Cc]annot|[Pp]erhaps|[Pp]ossibly|likely|[Ii]f"
    r"|to\s+have\s+\w+|(?:has|have|had)\s+to)\b"
)
_WOULD = re.compile(r"\bwould\b|\b\w+[\u2019']d\b", re.IGNORECASE)
_SAYS = re.compile(rf"\b{SAYS}\b", re.IGNORECASE)
_ON_SCHEDULE = re.compile(
    r"\b(?:(?P<sure>opens|closes|begins?|starts|ends|takes?\s+(?:effect|place)|comes?\s+into"
    r"|expires?|runs?\s+out|goes\s+out|go\s+out)|meets?|travels?|votes?|resumes?|returns?|flies|fly|arrives?"
    r"|leaves?|decides?|faces?|says|comes?"
    r"|(?:is|are)\s+(?:coming|returning|opening|launching|leaving|visiting))\b(?:\s+\w+)?\s*(?:on|in|at|from)?\s*$",
    re.IGNORECASE,
)
_INFINITIVE = re.compile(
    r"\b(?:wrong|right|able|unable|happy|said|have)\s+to\s+\w+\s+(?:in|on)\s+$"
)
_NOWADAYS = re.compile(r"\W*Today,\s(?:\S+\s){1,6}?(?:is|are|remains?|has|have|can)\b")
_BY_AT_MOST = timedelta(days=31)
_FAR, _NEAR = timedelta(days=290), timedelta(days=60)
_FRONT_WORDS = 3
_FRONT_REACH = 70
_VERB_REACH = 14
_CLAUSE_END = re.compile(r"\b(?:that|which|who|but|and)\b|[;:\"\u201c]")
_FIRST_VERB = re.compile(
    r"\b(?:was|were|is|are|has|have|had|will|would|could|may|might|should|shall|must|\w+ed)\b"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """The days that the event of a sentence fell on, or will.

    Attributes:
        span: The words that say so, in the sentence.
        days: The first and the last day that may be meant.
        planned: Whether it lay ahead when it was told.
    """

    span: Span
    days: Days
    planned: bool

    @property
    def exact(self) -> bool:
        """Whether one day is meant."""
        return self.days.first == self.days.last


def moment(
    sentence: str, published: date | None = None, spoken: date | None = None
) -> Moment | None:
    """Return the days of what a sentence tells; None if it does not say them, or not surely.

    The first expression of the main clause is taken. Where that has none, one beside it is, if it
    tells the day as news does ("which was declared out on Tuesday") or lies ahead; of these "which
    opened in 1998" is background.

    Args:
        sentence: One sentence.
        published: The day on which it is told; without it only full dates are read.
        spoken: The day that the text spoke of last.
    """
    found = timexes(sentence, published, spoken)
    if not found or _NOWADAYS.match(sentence):
        return None
    parts = zones(sentence, (timex.span for timex in found))
    beside: list[Moment] = []
    for timex in found:
        kind = parts.kind(timex.span)
        if kind == "never":
            continue
        read = _read(timex, parts, published)
        if read is not None and kind in {"main", "told"}:
            return read
        if read is not None and (timex.news or read.planned):
            beside.append(read)
    return beside[0] if beside else None


def moments(sentences: Iterable[str], published: date | None = None) -> tuple[Moment | None, ...]:
    """Return the moment of each sentence of one text, in order.

    A day that one sentence names is what "that evening" and "two days later" in the next ones are
    counted from.

    Args:
        sentences: All sentences of the text.
        published: The day on which it is told.
    """
    spoken: date | None = None
    age = 0
    found: list[Moment | None] = []
    for sentence in sentences:
        age += 1
        one = moment(sentence, published, spoken if age <= REACH else None)
        found.append(one)
        if one is not None and one.exact and not one.planned:
            spoken, age = one.days.first, 0
    return tuple(found)


def _read(timex: Timex, parts: Zones, published: date | None) -> Moment | None:
    """Return the moment that an expression says in its part of the sentence."""
    around = _around(timex, parts)
    if _PERHAPS.search(around) or _INFINITIVE.search(parts.before(timex.span)):
        return None
    if _AHEAD.search(around):
        return _planned(timex, published)
    if _WOULD.search(around):  # "said it would" is a plan, "it would" a thought
        told = _SAYS.search(parts.text[: timex.span.start])
        return _planned(timex, published) if told else None
    present = _ON_SCHEDULE.search(parts.before(timex.span)) if timex.role == "on" else None
    if present:
        return _planned(timex, published) if present["sure"] else _nearest(timex, published)
    if timex.back is None or (published is not None and timex.back.first > published):
        return None if timex.counted else _planned(timex, published)
    return _past(timex, published)


def _around(timex: Timex, parts: Zones) -> str:
    """Return the words that can say whether it lies ahead: before it, or after it at the front."""
    before = parts.before(timex.span)
    last = before.rpartition(",")[2]
    if _SAYS.search(last):
        before = last
    if len(before.split()) > _FRONT_WORDS:
        return before
    after = re.split(_CLAUSE_END, parts.text[timex.span.end : timex.span.end + _FRONT_REACH])[0]
    verb = _FIRST_VERB.search(after)
    return before + (after[: verb.end() + _VERB_REACH] if verb else after)


def _planned(timex: Timex, published: date | None) -> Moment | None:
    """Return a moment that lies ahead; a deadline is any day until then."""
    days = timex.ahead
    if days is None or timex.role in {"since", "until", "before", "after"}:
        return None
    if _is_far(timex.back, days, published):
        return None
    if published is not None and days.last < published:
        return None
    if timex.role == "by":
        if published is None:
            return None
        days = days._replace(first=published)
    return Moment(timex.span, days, planned=True)


def _nearest(timex: Timex, published: date | None) -> Moment | None:
    """Return the nearer of the two days that a verb in the present may mean."""
    if published is None or timex.back is None or timex.ahead is None:
        return _planned(timex, published) if timex.back is None else _past(timex, published)
    behind = abs((published - timex.back.last).days)
    coming = abs((timex.ahead.first - published).days)
    return _past(timex, published) if behind < coming else _planned(timex, published)


def _past(timex: Timex, published: date | None) -> Moment | None:
    """Return a moment that is over, so none of its days is after the day on which it is told."""
    if timex.back is None or timex.role not in {"on", "by"}:
        return None
    if timex.role == "by" and timex.back.last - timex.back.first > _BY_AT_MOST:
        return None
    if _is_far(timex.ahead, timex.back, published):
        return None
    days = timex.back.until(published) if published else timex.back
    return Moment(timex.span, days, planned=False)


def _is_far(other: Days | None, days: Days, published: date | None) -> bool:
    """Return whether days are almost a year off and the same ones of another year are near.

    "On 21 October", published on the 20th, is hardly that of last year, whatever the verb.
    """
    if published is None or other is None or other == days:
        return False
    distance = min(abs(days.first - published), abs(days.last - published))
    beside = min(abs(other.first - published), abs(other.last - published))
    return distance > _FAR and beside < _NEAR
