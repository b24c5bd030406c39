"""What a sentence gives of the sort that a question asks for, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from groundwire.answer.expected import FIGURES
from groundwire.compare.values.figures import figures
from groundwire.domain.spans import Span
from groundwire.text.dates import MONTH, WEEKDAY, YEAR
from groundwire.text.names import names
from groundwire.text.people import PERSON_NOUN
from groundwire.text.speech import attributions, quotations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.answer.expected import Sort

_FITS: dict[Sort, dict[str, float]] = {
    "money": {"money": 1},
    "share": {"share": 1, "points": 1, "rate": 0.3},
    "count": {"count": 1, "score": 0.5},
    "rate": {"rate": 1, "duration": 0.5, "count": 0.5},
    "length": {"length": 1, "distance": 1},
    "mass": {"mass": 1, "count": 0.4},
    "size": {
        **dict.fromkeys(("length", "distance", "area", "volume", "mass", "duration"), 1),
        "count": 0.7,
        "share": 0.5,
    },
    "speed": {"speed": 1},
    "degrees": {"degrees": 1},
    "age": {"age": 1, "count": 0.4},
    "duration": {"duration": 1},
    "amount": {
        **dict.fromkeys(("money", "share", "points", "count", "length", "mass"), 1),
        **dict.fromkeys(("volume", "area", "rate", "degrees"), 1),
        "duration": 0.5,
    },
    "clock": {"clock": 1},
}
"""Which figures may answer what, and how well: a mass may be given as so many suns."""

_Rule = tuple[re.Pattern[str], float]
_DATE = re.compile(rf"\b(?:{MONTH}|{WEEKDAY}|{YEAR})\b|\b(?:19|20)\d0s\b|\b\d+th century\b")
_WRITTEN: dict[Sort, tuple[_Rule, ...]] = {
    "clock": (
        (re.compile(r"\b(?:midnight|noon|midday|o'clock|\d{1,2}(?:[.:]\d\d)?\s?[ap]\.?m)\b"), 1),
        (re.compile(r"\b(?:morning|evening|afternoon|night|dawn|dusk)\b"), 0.3),
    ),
    "rate": (
        (re.compile(r"\b(?:once|twice|daily|weekly|monthly|yearly|every|each|times an?)\b"), 0.8),
    ),
    "day": (
        (_DATE, 1),
        (
            re.compile(
                r"\b(?:yesterday|today|tomorrow|tonight|ago|(?:last|next|this) (?:week|month|year"
                r"|night)|(?:days?|weeks?|months?|years?) (?:later|earlier|after|before)"
                r"|Christmas|Easter|spring|summer|autumn|winter|midnight|noon|dawn|weekend)\b"
            ),
            0.6,
        ),
    ),
    "year": ((re.compile(rf"\b{YEAR}\b"), 1), (_DATE, 0.4)),
    "reason": (
        (
            re.compile(
                r"\b(?:because|since|due to|owing to|so that|in order to|caus\w+|reasons?|blam\w+"
                r"|as a result|thanks to|after|which|mean\w*"
                r"|to (?:avoid|prevent|protect|close|keep|make|allow|stop|force|give|show))\b",
                re.IGNORECASE,
            ),
            1,
        ),
    ),
    "person": ((PERSON_NOUN, 0.5),),
    "place": (
        (
            re.compile(
                r"\b(?:house|hospital|lake|port|harbour|town|city|village|building|hall|bank|side"
                r"|station|yard|street|hotel|church|square|airport|island|river|coast|border"
                r"|county|district|university|school)\b",
                re.IGNORECASE,
            ),
            0.6,
        ),
    ),
}
_PLACED = re.compile(
    r"\b(?:in|at|to|from|near|on|into|through|of|outside|inside|across|between|towards?|for|via)\s"
    r"(?:the\s)?(?:\w+\s){0,3}$",
    re.IGNORECASE,
)
_UNPLACED = 0.4
_NAMED: dict[Sort, float] = {"person": 1, "organisation": 1, "name": 0.8}


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may answer.

    Attributes:
        span: Its place in the sentence.
        fit: How well it is of the sort that is asked for, above 0 and up to 1.
    """

    span: Span
    fit: float


@lru_cache(maxsize=8192)
def candidates(sort: Sort, text: str) -> tuple[Candidate, ...]:
    """Return what a sentence gives of a sort; what is written first need not come first.

    Args:
        sort: What is asked for.
        text: The sentence.
    """
    return tuple(Candidate(span, fit) for span, fit in _found(sort, text))


def _found(sort: Sort, text: str) -> Iterator[tuple[Span, float]]:
    if sort in FIGURES or sort == "clock":
        fits = _FITS[sort]
        kinds = ((figure, figure.sort.partition(":")[0]) for figure in figures(text))
        yield from ((figure.span, fits[kind]) for figure, kind in kinds if kind in fits)
    for written, fit in _WRITTEN.get(sort, ()):
        yield from ((Span(*match.span()), fit) for match in written.finditer(text))
    if sort == "statement":
        yield from ((said.clause, 1.0) for said in attributions(text))
    if sort in {"statement", "name"}:
        yield from ((span, 1.0) for span in quotations(text))
    if sort in _NAMED:
        yield from ((span, _NAMED[sort]) for span in _names(text))
    if sort == "place":
        for span in _names(text):
            yield span, 1.0 if _PLACED.search(text, 0, span.start) else _UNPLACED


def _names(text: str) -> Iterator[Span]:
    for name in names(text):
        start = text.find(name)
        if start >= 0:
            yield Span(start, start + len(name))
