"""Windows of publication that a question speaks of: "in June 2019", "since March"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from groundwire.domain.filters import InferredFilter
from groundwire.domain.retrieval import Scope
from groundwire.domain.spans import Span
from groundwire.retrieve.periods import (
    MONTH_OR_YEAR,
    POINT,
    RELATIVE,
    TRAILING,
    day_words,
    read_period,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from groundwire.retrieve.periods import Period

    Holds = Callable[[Scope], bool]
    Nearest = Callable[[str, tuple[Scope, ...]], int | None]

_ONE_DAY = timedelta(days=1)
_YEARS_BACK = 10
_COVERAGE = (
    r"published|printed|articles?|stor(?:y|ies)|coverage|reporting|headlines?|news|reports?"
    r"|reported|wrote|written|write"
)
_KNOWN = r"(?:out|known|reported|published|printed|written)"
_PART = r"(?:the\s+(?:(?:early|late)\s+)?(?:morning|afternoon|evening|night|end)\s+of\s+)?"
_PATTERN = re.compile(
    rf"\bbetween\s+(?P<first>{POINT})\s+and\s+(?P<second>{POINT})(?!\w)"
    rf"|\bfrom\s+(?P<begin>{POINT})\s+(?:to|until|till)\s+(?P<finish>{POINT})(?!\w)"
    rf"|\b(?:(?P<state>as\s+(?:of|at))|{_KNOWN}\s+(?P<known>by|before|up\s+to|until|till))"
    rf"\s+{_PART}(?P<stand>{POINT})(?!\w)"
    rf"|\b(?P<edge>since|after|before|until|till)\s+(?P<point>{POINT})(?!\w)"
    rf"|\b(?P<coverage>(?:{_COVERAGE})(?:\s+(?!that\b)[^\s,;:.?!]+){{0,3}})\s+"
    rf"(?:in|during|from|of|throughout|over)\s+(?P<covered>{MONTH_OR_YEAR}|{TRAILING})(?!\w)"
    rf"|\b(?P<before>{MONTH_OR_YEAR})\s+(?:articles|coverage|stories|reporting)\b"
    rf"|\b(?:in|during|throughout|over)\s+(?P<within>{MONTH_OR_YEAR}|{TRAILING})(?!\w)"
    rf"(?!\s*(?:,|&|and|or|to)\s*{MONTH_OR_YEAR}(?!\w))"
    rf"|\bso\s+far\s+(?P<so_far>this\s+(?:week|month|year))(?!\w)"
    rf"|\b(?P<alone>{RELATIVE})(?!\w)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\"[^\"]+\"|“[^”]+”|(?<!\w)['‘][^'‘’]{3,}['’](?!\w)")
_AHEAD = re.compile(
    r"\b(?:will|would|shall|expected|planned|plans?|scheduled|due|set\s+to|forecasts?|predict(?:ed|s)?"
    r"|going\s+to|intend(?:s|ed)?)\b",
    re.IGNORECASE,
)
COMPARES = re.compile(
    r"\b(?:chang\w+|(?:in)?consisten\w+|differ\w*|compar\w+|contrast\w*|than|shift\w*|evol\w+|track"
    r"|timeline|versus|vs)\b",
    re.IGNORECASE,
)
"""Words of a question that holds two times or two states against each other."""


def windows(
    question: str, today: date, holds: Holds, nearest: Nearest
) -> tuple[InferredFilter, ...]:
    """Return the window of publication that a question speaks of, as one or two phrases, or none.

    What happened in a month was published in it or soon after, so such a window ends some days
    later; articles "published in" a month were published in it. Nothing is read from an exact
    day, from what is quoted, from a question about what is to come, from one that compares two
    times, and from a time about which the index holds nothing or nothing else. A month without a
    year is that of the year whose documents are about the question.

    Args:
        question: What is asked.
        today: What "last week" is told from.
        holds: Whether any document is in a scope.
        nearest: Which of several scopes holds what is most about a question; None: none does.
    """
    quoted = [Span(*match.span()) for match in _QUOTED.finditer(question)]
    matches = [
        match
        for match in _PATTERN.finditer(question)
        if not any(span.contains(Span(*match.span())) for span in quoted)
    ]
    read = [
        found
        for match in matches
        for day in _told_on(question, match, today, holds, nearest)
        for found in _read(question, match, day)
    ]
    useful = [phrase for phrase, may in read if _is_useful(phrase, holds, may_be_empty=may)]
    if len(read) == 1:
        return tuple(useful)
    # A beginning and an end make one window; of other pairs nobody can tell what they leave out.
    since = [phrase for phrase in useful if phrase.until is None]
    until = [phrase for phrase in useful if phrase.since is None]
    if len(read) == len(since) + len(until) == 2 and since and until:  # noqa: PLR2004 -- a pair
        begin, end = since[0].since, until[0].until
        return (*since, *until) if begin and end and begin <= end else ()
    return ()


def _told_on(
    question: str, match: re.Match[str], today: date, holds: Holds, nearest: Nearest
) -> tuple[date, ...]:
    """Return the day that a phrase is told on, or none if nobody can tell.

    A month without a year is one with documents. Where several years have some, it is that of
    the documents which are about the question: the last April of the archive may be that of
    another story.
    """
    text = match["within"] or match["covered"] or ""
    if not text or re.search(r"\d", text):
        return (today,)
    found: dict[Scope, date] = {}
    for day in (today, *(date(today.year - back, 12, 31) for back in range(1, _YEARS_BACK))):
        period = read_period(text, day)
        if period is None:
            return (today,)
        found.setdefault(Scope(since=period.start, until=period.end), day)
    scopes = tuple(scope for scope in found if holds(scope))
    if len(scopes) < 2:  # noqa: PLR2004 -- nothing to choose from
        return (found[scopes[0]],) if scopes else (today,)
    best = nearest(question, scopes)
    return () if best is None else (found[scopes[best]],)


def _read(
    question: str, match: re.Match[str], today: date
) -> Iterator[tuple[InferredFilter, bool]]:
    """Yield the window that one phrase speaks of, and whether it speaks of publication."""
    if match["stand"]:
        yield from _standing(match, today)
        return
    found = _coverage_window(match, today)
    speaks_of_publication = found is not None
    if found is None:
        if _AHEAD.search(question):
            return
        compares = COMPARES.search(question) and (match["edge"] or "").lower() != "since"
        found = None if compares else _event_window(match, today)
    if found is not None:
        since, until, words = found
        text, words = match.group(), f"published {words}"
        window = InferredFilter("dates", Span(*match.span()), text, words, since=since, until=until)
        yield window, speaks_of_publication


def _standing(match: re.Match[str], today: date) -> Iterator[tuple[InferredFilter, bool]]:
    """Yield the window of "as of", which later reports have no place in.

    How things stood on a day is reported on the next; what was out by a day was out by then.
    """
    period = read_period(match["stand"], today)
    if period is None:
        return
    until = period.end + _ONE_DAY if match["state"] else period.end
    if (match["known"] or "").lower() == "before":
        until = period.start - _ONE_DAY
    words = f"published until {day_words(until)}"
    yield InferredFilter("as_of", Span(*match.span()), match.group(), words, until=until), True


_Window = tuple[date | None, date | None, str]


def _coverage_window(match: re.Match[str], today: date) -> _Window | None:
    """Return the exact window of a phrase that speaks of when something was published."""
    text = match["covered"] or match["before"]
    period = read_period(text, today) if text else None
    if period is None:
        return None
    return period.start, period.end, f"{period.preposition} {period.words}".strip()


def _event_window(match: re.Match[str], today: date) -> _Window | None:
    """Return the window in which things of a time are reported."""
    first, second = match["first"] or match["begin"], match["second"] or match["finish"]
    if first and second:
        return _between(first, second, today)
    text = match["point"] or match["within"] or match["so_far"] or match["alone"]
    period = read_period(text, today) if text else None
    if period is None:
        return None
    if match["edge"]:
        return _edge(match["edge"].lower(), period)
    return _around(period, today)


def _around(period: Period, today: date) -> _Window:
    """Return the window of a period and the days after it that its events are reported in."""
    until = min(period.end + timedelta(days=period.slack), max(period.end, today))
    words = f"{period.preposition} {period.words}".strip()
    later = f", or up to {day_words(until)}" if until > period.end else ""
    return period.start, until, words + later


def _edge(word: str, period: Period) -> _Window:
    """Return the window that begins or ends with a period."""
    if word == "since":
        return period.start, None, f"since {day_words(period.start)}"
    if word == "after":
        start = period.end + _ONE_DAY
        return start, None, f"since {day_words(start)}"
    end = period.start - _ONE_DAY if word == "before" else period.end
    return None, end, f"until {day_words(end)}"


def _between(first: str, second: str, today: date) -> _Window | None:
    later = read_period(second, today)
    if later is None:
        return None
    # The first of two months has the year of the second: "between March and May 2019".
    earlier = read_period(first, later.end)
    if earlier is None or earlier.start > later.end:
        return None
    until = later.end + timedelta(days=later.slack)
    return earlier.start, until, f"from {day_words(earlier.start)} to {day_words(until)}"


def _is_useful(phrase: InferredFilter, holds: Holds, *, may_be_empty: bool) -> bool:
    """Return whether some document is inside a window and some dated one outside.

    A window of publication that was asked for in so many words may be empty: that is said.
    """
    if not may_be_empty and not holds(Scope(since=phrase.since, until=phrase.until)):
        return False
    earlier = phrase.since and holds(Scope(until=phrase.since - _ONE_DAY))
    later = phrase.until and holds(Scope(since=phrase.until + _ONE_DAY))
    return bool(earlier or later)
