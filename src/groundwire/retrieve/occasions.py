"""Named events that a question tells time by: "since the Hanoi summit"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from groundwire.domain.filters import InferredFilter
from groundwire.domain.spans import Span
from groundwire.retrieve.periods import day_words
from groundwire.retrieve.windows import COMPARES

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


_EVENTS = (
    r"summit|conference|election|vote|referendum|inauguration|coronation|wedding|funeral|attacks?"
    r"|bombing|shooting|fire|blaze|storm|hurricane|typhoon|earthquake|quake|floods?|flooding"
    r"|eruption|crash|collision|disaster|explosion|blast|strike|walkout|protests?|march|riots?"
    r"|coup|invasion|war|ceasefire|truce|treaty|agreement|deal|accord|merger|takeover|acquisition"
    r"|launch|listing|bankruptcy|collapse|scandal|trial|verdict|ruling|resignation|appointment"
    r"|arrest|debate|games|olympics|tournament|outbreak|lockdown|budget|grounding|blockage"
    r"|reopening|meeting|visit"
)
_NAME = r"[A-Z][\w.-]*(?:['’]s)?"
_PATTERN = re.compile(
    r"\b(?P<edge>(?i:since|after|following|before))\s+(?:the\s+)?"
    rf"(?P<event>(?:(?:19|20)\d\d\s+)?(?:{_NAME}\s+){{1,4}}(?:[a-z]+\s+)?(?i:{_EVENTS})"
    rf"|(?:{_EVENTS})\s+(?:in|of|at)\s+{_NAME}(?:\s+{_NAME}){{0,2}})\b"
)
_COVERAGE = re.compile(
    r"\b(?:published|articles?|stor(?:y|ies)|coverage|reporting|headlines?|reported|wrote|written)"
    r"(?:\s+[^\s,;:.]+){0,3}\s*$",
    re.IGNORECASE,
)


def since_events(
    question: str,
    first_report: Callable[[str], date | None],
    named: tuple[Span, ...],
) -> tuple[InferredFilter, ...]:
    """Return a filter for the first named event that a question tells time by, if it is known.

    An event has the day of the first report that names it. What came before an event is mostly
    told in reports of the event, so "before" counts only for reports that were published before
    it. A question that compares needs what came before too, unless it says "since".

    Args:
        question: What is asked.
        first_report: When the first document that names an event was published; None: none does.
        named: Where outlets are named; "after The Verge reported" is no event.
    """
    for match in _PATTERN.finditer(question):
        place = Span(*match.span("event"))
        if any(span.start < place.end and place.start < span.end for span in named):
            continue
        edge = match["edge"].lower()
        if edge == "before" and not _COVERAGE.search(question[: match.start()]):
            continue
        if edge != "since" and COMPARES.search(question):
            continue
        day = first_report(match["event"])
        if day is None:
            continue
        told = f"{day_words(day)}, the first report of “{match['event']}”"
        phrase = InferredFilter("event", Span(*match.span()), match.group(), "")
        if edge == "before":
            return (replace(phrase, words=f"published until {told}", until=day),)
        return (replace(phrase, words=f"published since {told}", since=day),)
    return ()
