"""Time expressions of a text and the days that they name: "last Tuesday", "in early June".

An expression is read as looking back and as looking ahead; which of the two is meant, the
sentence decides (``text.moments``). What is too wide to be days ("the 1990s", "the 12th century")
and what recurs ("on Saturdays", "every June") is not returned.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from groundwire.domain.spans import Span
from groundwire.text import relative, told
from groundwire.text.dates import MONTH, PLACED, WEEKDAY, YEAR
from groundwire.text.told import Told

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from groundwire.text.days import Days
    from groundwire.text.told import Reading

Role = Literal["on", "by", "since", "until", "before", "after", "from"]

_D = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_TO = r"(?:\s?[-\u2013]\s?|\s+(?:to|until|till|through|and)\s+)"
_IN = rf"(?:,?\s+(?P<year>{YEAR}))?"
_PART = r"(?P<part>night|evening|afternoon|morning|early\s+hours)"
_OF = rf"(?:the\s+{_PART}\s+of\s+(?:the\s+)?)?"
_ON = rf"(?:{WEEKDAY},?\s+)?"
_NAMED = rf"(?:(?P<weekday>{WEEKDAY}),?\s+)?"
_TIME = r"(?:\s+(?-i:morning|afternoon|evening|night|lunchtime))?"
_WHICH = r"(?:(?P<which>last|next|this)\s+)?"
_THIRD = (
    r"(?P<third>early|mid|late|(?:the\s+)?(?:very\s+)?(?:start|beginning|middle|end)\s+of)[\s-]+"
)
_COUNT = r"(?P<count>an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3})"
_UNIT = r"(?P<unit>day|week|fortnight|month|year)"
_PERIOD = r"(?P<period>week|month|year)"
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?<![\w-]){shape}(?!\w)", re.IGNORECASE))
    for name, shape in (
        (
            "range",
            (
                rf"(?:between|from)\s+{_ON}(?P<a>{_D})(?:\s+(?P<month1>{MONTH}))?{_TO}{_ON}"
                rf"(?P<b>{_D})\s+(?P<month>{MONTH}){_IN}"
            ),
        ),
        (
            "range",
            (
                rf"(?P<a>{_D})(?:\s+(?P<month1>{MONTH}))?(?:\s?[-\u2013]\s?|\s+to\s+)(?P<b>{_D})"
                rf"\s+(?P<month>{MONTH}){_IN}"
            ),
        ),
        (
            "range",
            (
                rf"(?:(?:between|from)\s+)?(?P<month1>{MONTH})\s+(?P<a>{_D}){_TO}"
                rf"(?:(?P<month>{MONTH})\s+)?(?P<b>{_D})(?![\d,.]\d|\s*%){_IN}"
            ),
        ),
        ("weekdays", rf"(?:(?:between|from)\s+)?(?P<from>{WEEKDAY}){_TO}(?P<to>{WEEKDAY})"),
        (
            "day",
            r"(?P<year>(?:1[5-9]|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>3[01]|[12]\d|0[1-9])",
        ),
        ("day", rf"{_OF}{_NAMED}(?:the\s+)?(?P<day>{_D})(?:\s+of)?\s+(?P<month>{MONTH}){_IN}"),
        ("day", rf"{_OF}{_NAMED}(?P<month>{MONTH})\s+(?P<day>{_D})(?![\d,.]\d|\s*%){_IN}"),
        (
            "feast",
            (
                r"(?P<feast>Christmas\s+(?:Day|Eve)|Boxing\s+Day|New\s+Year['\u2019]?s\s+(?:Day|Eve)"
                rf"|(?<=at\s)Christmas|(?<=over\s)Christmas)(?:,?\s+(?P<year>{YEAR}))?"
            ),
        ),
        ("month", rf"(?:{_THIRD})?{_WHICH}(?P<month>{MONTH})(?:,?\s+(?:of\s+)?(?P<year>{YEAR}))?"),
        (
            "season",
            (
                rf"(?:{_THIRD})?(?:the\s+)?{_WHICH}(?P<season>spring|summer|autumn|winter)"
                rf"(?:\s+of)?(?:\s+(?P<year>{YEAR}))?"
            ),
        ),
        (
            "quarter",
            (
                r"(?:the\s+)?(?P<ordinal>first|second|third|fourth)\s+(?P<piece>quarter|half)"
                rf"(?:\s+of\s+(?:(?P<year>{YEAR})|(?P<which>last|this|next)\s+year))?"
            ),
        ),
        ("period", rf"(?:the\s+)?(?P<edge>earlier|later)\s+(?:this\s+|in\s+the\s+){_PERIOD}"),
        ("period", rf"(?:{_THIRD})?(?P<which>last|next|this)\s+{_PERIOD}"),
        ("period", rf"{_THIRD}the\s+(?P<period>month|year)"),
        ("weekend", r"(?P<which>last|next|this|the)\s+weekend"),
        ("following", rf"the\s+(?:following|next)\s+(?P<weekday>{WEEKDAY})"),
        ("weekday", rf"{_OF}{_WHICH}(?P<weekday>{WEEKDAY}){_TIME}"),
        (
            "near",
            (
                r"(?P<near>yesterday|today|tonight|tomorrow|(?-i:Overnight)|last\s+night"
                rf"|through\s+the\s+night|this\s+(?:morning|afternoon|evening)){_TIME}"
            ),
        ),
        ("ago", rf"{_COUNT}\s+{_UNIT}s?\s+(?P<way>ago|earlier|later|(?:before|after)(?=[,.;]|$))"),
        (
            "same",
            (
                r"(?:that|(?:later\s+)?the\s+same)\s+"
                r"(?:day|morning|afternoon|evening|night)"
            ),
        ),
        (
            "same",
            r"(?:the\s+)?(?P<step>next|following|previous)\s+(?:day|morning|afternoon|evening|night)",
        ),
        ("same", r"the\s+day\s+(?P<step>before|after)(?=[,.;]|$)"),
        ("year", rf"(?:{_THIRD})?(?P<year>{YEAR})"),
    )
)
_READERS = told.READERS | relative.READERS
_ANY = re.compile(
    rf"\d|(?-i:{MONTH}|{WEEKDAY})|night|morning|afternoon|evening|day\b|yesterday|tomorrow"
    r"|week|month|year|quarter|half|spring|summer|autumn|winter|christmas|ago\b|earlier|later",
    re.IGNORECASE,
)
_RECURS = re.compile(
    r"\b(?:an?|every|each|any|most|some|all|another|no|week\s+on|week\s+from|usual|typical"
    r"|Black|Good|Bloody|Ash|Easter|Super|Palm|Cyber|Shrove|Maundy)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_NEWSPAPER = re.compile(r"\s+(?-i:Times|Telegraph|Mirror|Mail|Post|Express|World|Night)\b")
_ACCOUNTS = re.compile(
    r"\b(?:profits?|loss(?:es)?|sales|revenues?|earnings|output|gdp|econom(?:y|ies)|exports?|imports?"
    r"|growth|grew|shrank|inflation|shipments|results|orders|investors|shares|income|spending)\b",
    re.IGNORECASE,
)
_MID_SENTENCE = re.compile(r"[\w,]\s$")
_YEAR_PLACED = re.compile(
    r"\b(?:in|since|by|during|from|until|till|before|after|throughout)\s+$", re.IGNORECASE
)
_COUNTED = re.compile(
    r"['\u2019]s\b|\s+(?:people|men|women|children|jobs|votes|cases|homes|years|days|hours|miles|km"
    r"|metres|tonnes|dollars|euros|pounds|of|\w+s\s+(?:were|are)\b)|\s?[-\u2013/]\d|s\b|[.,]\d"
)
_IN_SEASON = re.compile(r"\b(?:in|since|by|until|from|during|this)\s$", re.IGNORECASE)
_COUNTED_FROM = frozenset({"ago", "following", "same"})
_MAY_RECUR = frozenset({"weekday", "weekdays", "month", "season"})
# A month or season alone counts where one can stand, a quarter where accounts are spoken of.
_BARE: dict[str, Callable[[re.Match[str], str], object]] = {
    "month": lambda _match, before: PLACED.search(before),
    "season": lambda _match, before: _IN_SEASON.search(before),
    "quarter": lambda match, _before: _ACCOUNTS.search(match.string),
}
_ROLE = re.compile(
    r"\b(?P<word>since|until|till|by|before|after|from|following|beyond|prior\s+to|ahead\s+of)\s+"
    r"(?:(?:as\s+\w+\s+as|at\s+(?:the\s+)?(?:least|latest|earliest)|about|around|the\s+\w+\s+of)\s+)?$",
    re.IGNORECASE,
)
_ROLES: dict[str, Role] = {
    "since": "since", "until": "until", "till": "until", "by": "by", "before": "before",
    "after": "after", "from": "from", "following": "after", "beyond": "after",
    "prior to": "before", "ahead of": "before",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression (the field's name for one, after the TimeML annotation scheme).

    Attributes:
        span: Where it stands.
        role: How the sentence hangs on it: something was ``on`` these days, or ``by`` them.
        back: The days that it names when it looks back from the day on which it is told.
        ahead: Those that it names when it looks ahead.
        news: Whether it is how news tells its own day: a weekday, "yesterday", "this morning".
        counted: Whether it is counted from another day: "two days later", "that evening".
    """

    span: Span
    role: Role
    back: Days | None
    ahead: Days | None
    news: bool
    counted: bool = False


def timexes(
    text: str, published: date | None = None, spoken: date | None = None
) -> tuple[Timex, ...]:
    """Return the time expressions of a text in order, none overlapping another.

    Args:
        text: A sentence.
        published: The day on which it is told.
        spoken: The day that the text spoke of last: "two days later" is counted from it.
    """
    if not _ANY.search(text):
        return ()
    since = Told(published, spoken)
    found: list[Timex] = []
    taken: list[Span] = []
    for name, shape in _SHAPES:
        read = _READERS[name]
        for match in shape.finditer(text):
            span = Span(match.start(), match.start() + len(match.group().rstrip(" .")))
            if any(span.overlaps(other) for other in taken) or not _counts(name, match):
                continue
            taken.append(span)
            timex = _timex(span, match, read, since)
            if timex is not None:
                found.append(replace(timex, counted=name in _COUNTED_FROM))
    return tuple(sorted(found, key=lambda timex: timex.span))


def _timex(
    span: Span,
    match: re.Match[str],
    read: Callable[[re.Match[str], Told], Reading | None],
    since: Told,
) -> Timex | None:
    try:
        reading = read(match, since)
    except (ValueError, OverflowError):  # no such day (31 June), or none the calendar reaches
        return None
    if reading is None or (reading.back is None and reading.ahead is None):
        return None
    role = _ROLE.search(match.string[: span.start])
    word = " ".join(role["word"].casefold().split()) if role else ""
    return Timex(span, _ROLES.get(word, "on"), reading.back, reading.ahead, reading.news)


def _counts(name: str, match: re.Match[str]) -> bool:
    """Return whether what looks like an expression is one where it stands."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    parts = match.groupdict()
    dated = any(parts.get(each) for each in ("year", "which", "third"))
    if name in _MAY_RECUR and _RECURS.search(before):
        return False
    if name == "weekday" and _NEWSPAPER.match(after):
        return False
    if name == "near":
        return not (match.group()[0].isupper() and _MID_SENTENCE.search(before))
    if name == "year":
        placed = parts["third"] or _YEAR_PLACED.search(before)
        return bool(placed) and not _COUNTED.match(after)
    return dated or name not in _BARE or bool(_BARE[name](match, before))
