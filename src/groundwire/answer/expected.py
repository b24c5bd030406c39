"""What sort of thing answers a question: an amount of money, a clock time, a person, a place.

The sort is read by rule from the question word, the noun after "which" and the adjective after
"how" (Li and Roth 2002, "Learning Question Classifiers").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from groundwire.answer.tokens import tokenize
from groundwire.text.people import PERSON_NOUN

Figure = Literal[
    "money",
    "share",
    "count",
    "rate",
    "length",
    "mass",
    "size",
    "speed",
    "degrees",
    "age",
    "duration",
    "amount",
]
Sort = (
    Figure
    | Literal[
        "clock",
        "day",
        "year",
        "person",
        "organisation",
        "place",
        "name",
        "reason",
        "statement",
    ]
)

FIGURES: frozenset[Sort] = frozenset(get_args(Figure))
"""Sorts that a figure gives."""

STRICT: frozenset[Sort] = FIGURES | {"clock", "year"}
"""Sorts that are written in one way: a sentence without one does not answer."""

_READ = 1_000
_WORD = r"(?:[\w'$€£%-]+\s)"
_WHICH = r"(?:what|which|whose)"
_FIRST = r"(?:^|(?<=[,.;:?!>-] )|(?<=>)|(?<=\band )|(?<=\bor )|(?<=\bthen ))"
"""Where a question word asks; elsewhere "when" and "who" open a clause of the question."""

_VERB = (
    r"(?= (?:exactly |else )?"
    r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could)\b)"
)
_SPEND = (
    r"(?:costs?|pays?|paid|spen[dt]|raised?|donated?|earn\w*|charged?|fined?|worth|refunded|claim\w*"
    r"|given?|promised?|pledged?|borrow\w*|contribut\w+|saved?|saving)"
)
_SUM = (
    r"(?:price|costs?|fees?|fare|budget|bill|salary|compensation|fine|grant|donations?|pledges"
    r"|savings?|damages|rent|profit|revenue|debt|value|funding|money|payout|turnover|sales)"
)
_METRES = r"(?:(?:kilo|centi)?met(?:re|er)s?|km|miles?|feet|foot|inch(?:es)?|yards?|light-years?)"
_TONNES = r"(?:tonnes?|tons?|kilos?|kilograms?|kg|grams?)"
_DAYS = r"(?:days?|weeks?|months?|years?|hours?|minutes?|seconds?|decades?|centuries)"
_BODIES = (
    r"(?:company|companies|firms?|manufacturer|maker|newspaper|paper|outlet|agency|team|club|party"
    r"|organi[sz]ation|group|university|union|council|court|committee|contractor|bidder|operator"
    r"|airline|body|institution|broadcaster|studio|label|brand|network|journal|magazine)"
)
_PLACES = (
    r"(?:cit(?:y|ies)|countr(?:y|ies)|state|place|region|town|village|location|river|nation|county"
    r"|continent|area|port|street|district|province|island|hotel|airport|building|guesthouse"
    r"|church|station|venue|harbour|lake|galaxy|nationality)"
)
_SAY = (
    r"(?:say|says|said|think|claim|argue|complain|reckon|tell|told|warn|promise|call|want|demand"
    r"|make of|ask|reply|respond|add|deny)"
)
_ANSWER = r"(?:explain|respond|answer|react|reply|comment|describe|put)"
_WORDINGS: tuple[tuple[Sort, str], ...] = (
    ("clock", r"\b(?:what|which) (?:exact )?(?:time|hour)\b|\btime of day\b"),
    ("year", rf"\b{_WHICH} (?:year|decade|century)\b"),
    (
        "day",
        (
            rf"{_FIRST}when\b|\bwhen{_VERB}|\bwhen\?|\bsince when\b|\bdates\b|\bhow long ago\b"
            rf"|\b{_WHICH} (?:[\w-]+ )?(?:dates?|day|month|season|deadline|weekday)\b"
            r"|\bhow (?:soon|recently|early|late)\b"
        ),
    ),
    ("age", r"\bhow old\b|\bwhat age\b"),
    ("rate", r"\bhow (?:often|frequently|regularly)\b"),
    (
        "money",
        (
            rf"\bhow much money\b|\bhow much {_WORD}{{0,9}}?{_SPEND}\b"
            rf"|\b(?:what|which) (?:{_WORD}{{0,4}}?){_SUM}\b"
            rf"|\bwhat (?:do|does|did|will|would|is|was|were|are) {_WORD}{{0,9}}?"
            r"(?:costs?|priced|worth|pay)\b|\b(?:price|cost) of\b"
        ),
    ),
    (
        "share",
        (
            r"\bpercent\w*\b|\bper cent\b|\bproportion\b|\bfraction\b"
            r"|\bwhat (?:[\w-]+ ){0,3}(?:share|rates?|stake)\b"
            r"|\bhow much of (?:the|its|his|her|their)\b"
        ),
    ),
    ("length", rf"\bhow many {_METRES}\b"),
    ("mass", rf"\bhow many {_TONNES}\b|\bhow (?:heavy|massive)\b|\bweigh\w*\b|\bmass of\b"),
    (
        "duration",
        (
            rf"\bhow many {_DAYS}\b|\bfor how long\b|\bduration\b|\bhow long (?:did|do|does|has"
            r"|have|had|will|would|could|might|may|before|after|until)\b"
        ),
    ),
    ("count", r"\bhow many\b|\b(?:what|which) number\b|\bnumber of\b"),
    ("speed", r"\bhow fast\b|\b(?:what|which) speed\b"),
    ("degrees", r"\bhow (?:hot|cold|warm)\b|\btemperature\b"),
    (
        "length",
        (
            rf"\bhow (?:tall|wide|deep|far|high|thick)\b|\b(?:what|which) (?:{_WORD}{{0,2}}?)"
            r"(?:height|altitude|depth|width|length|distance|wavelength)\b"
        ),
    ),
    (
        "size",
        r"\bhow (?:big|large|long|small)\b|\bwhat (?:is|was|were|are) the (?:size|area)\b",
    ),
    ("amount", r"\bhow (?:much|hard|steep\w*|sharp\w*|strong)\b|\bby how\b"),
    (
        "reason",
        r"\bwhy\b|\breasons?\b|\bwhat (?:caused?|causes|made|makes|led|prompted|drove)\b",
    ),
    (
        "place",
        rf"{_FIRST}where\b|\bwhere{_VERB}|\bwhere\?|\b{_WHICH} (?:{_WORD}{{0,2}}?){_PLACES}\b",
    ),
    ("organisation", rf"\b{_WHICH} (?:{_WORD}{{0,2}}?){_BODIES}\b"),
    (
        "person",
        (
            rf"{_FIRST}who(?:m|se|'s|'ll|'d)?\b|\bwhom?\?"
            r"|\b(?:to|by|with|from|for|of|under|against) whom\b"
        ),
    ),
    (
        "name",
        (
            r"\bnames? of\b|\bnick-?name\w*\b|^name\b|\bcalled\b|\btitle of\b|\bnamed\b"
            r"|\bknown (?:as|by)\b"
        ),
    ),
    (
        "statement",
        (
            rf"\bwhat (?:do|does|did|has|have|had) (?:\S+ ){{1,8}}?{_SAY}\b"
            rf"|\bhow (?:do|does|did|has|have|had) (?:\S+ ){{1,6}}?{_ANSWER}\b"
            r"|\breaction\b|\baccording to\b|\bquote\b"
        ),
    ),
)
_RULES = tuple((sort, re.compile(wording)) for sort, wording in _WORDINGS)
_ASKED = re.compile(
    rf"\b{_WHICH}\s(?!(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|may|might"
    r"|should|about|if|happen\w*|else|made|caused|led|kind|sort|type)\b)"
    r"(?P<noun>(?:[a-z][\w'-]*\s){0,2}?[a-z][\w'-]*)"
    r"(?=\s(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|may|might|should|of|in"
    r"|on|at|by|for|to|from|that|[a-z]+ed|[a-z]+s)\b|[?,:;]|$)"
)
_COUNTED = re.compile(
    r"\b(?:how many|number of)\s(?:of\s)?(?:the\s)?(?P<noun>(?:[a-z][\w-]*\s){0,2}?[a-z][\w-]*)\b"
)
_ROLE = re.compile(r"\b(?:what|which)\s(?P<noun>(?:[\w'-]+\s){0,2}?[\w'-]+)")
_EMPTY = frozenset(
    (
        *("year", "time", "date", "day", "number", "amount", "percentage", "share", "price"),
        *("cost", "name", "kind", "sort", "type", "reason", "way"),
    )
)
"""Nouns that say what sort is asked for and need not stand in the answer."""
_OCCASIONS = frozenset(("trip", "visit", "journei", "occas", "attempt"))
"""Stems of what is also counted as so many times."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a question expects of its answer.

    Attributes:
        sorts: The sorts that it asks for, in order, two at most; empty if none can be told.
        focus: Stems of the noun that is asked after: "which *bank*", "how many *hoses*".
    """

    sorts: tuple[Sort, ...]
    focus: frozenset[str]

    @property
    def strict(self) -> bool:
        """Whether one thing is asked for, and it is of a sort that is written in one way."""
        return len(self.sorts) == 1 and self.sorts[0] in STRICT

    @property
    def figure(self) -> bool:
        """Whether a figure is asked for."""
        return bool(FIGURES.intersection(self.sorts))


@lru_cache(maxsize=256)
def expected(question: str) -> Expected:
    """Return what sorts of things a question asks for.

    Args:
        question: Any text; no more than its first thousand characters are read.
    """
    text = " ".join(question[:_READ].casefold().replace("’", "'").split())
    found: dict[int, Sort] = {}
    taken: list[tuple[int, int]] = []
    for sort, rule in _RULES:
        for match in rule.finditer(text):
            if all(match.end() <= start or match.start() >= end for start, end in taken):
                taken.append(match.span())
                found.setdefault(match.start(), sort)
    sorts = tuple(dict.fromkeys(found[at] for at in sorted(found)))[:2]
    if any(sort in STRICT or sort == "day" for sort in sorts):
        sorts = tuple(sort for sort in sorts if sort not in {"statement", "name"})
    return Expected(sorts or _role(text), _focus(text))


def _role(text: str) -> tuple[Sort, ...]:
    """Return that a person is asked for by what they do: "which architect"."""
    match = _ROLE.search(text)
    return ("person",) if match and PERSON_NOUN.search(match["noun"]) else ()


def _focus(text: str) -> frozenset[str]:
    match = _COUNTED.search(text) or _ASKED.search(text)
    said = tokenize(match["noun"]) if match else ()
    stems = frozenset(token.stem for token in said if token.content) - _EMPTY
    return stems | {"time"} if stems & _OCCASIONS else stems
