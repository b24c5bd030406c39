"""The forms of a follow-up, and whether a question leans on what was said before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from groundwire.text.lexicon import MONTHS
from groundwire.text.names import names

if TYPE_CHECKING:
    from collections.abc import Sequence

Shape = Literal["about", "time", "place", "wh"]

_MONTH = "|".join(MONTHS)
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
TIME = re.compile(
    rf"\b(?:in|on|during|since|before|after|by|until|from)?\s?(?:the\s)?(?:(?:early|late|mid)[\s-])?"
    rf"(?:(?:{_DAYS})\b|(?:\d{{1,2}}\s)?(?:{_MONTH})\b(?:\s\d{{1,2}}\b)?(?:,?\s\d{{4}})?"
    r"|(?:19|20)\d\ds?\b|yesterday\b|today\b|(?:last|this|next)\s(?:week|month|year|spring|summer"
    rf"|autumn|winter|{_MONTH}|{_DAYS})\b)"
)
"""A time as a question names it: "in 2018", "last June", "on 20 June 2019"."""

_TOPIC_SHIFT = re.compile(
    r"^(?:(?:and|but|so|then|ok(?:ay)?|or),?\s+)?(?:what|how)\s+about\s+(?P<rest>[^?]+?)\s*[?.!]*$",
    re.IGNORECASE,
)
_JOINED = re.compile(r"^(?:and|or|but)\s+(?:also\s+)?(?P<rest>[^?,]+?)\s*[?.!]*$", re.IGNORECASE)
_BARE = re.compile(
    r"^(?P<rest>(?:in|on|during|since|before|after|by|until|from|at|according\s+to)\s[^?]+?)\s*[?.!]*$",
    re.IGNORECASE,
)
_WH = re.compile(
    r"^(?:(?:and|but|so|ok(?:ay)?),?\s+)?(?P<wh>why(?:\snot)?|when(?:\sexactly)?|where(?:\sexactly)?"
    r"|how(?:\scome|\sexactly|\slong|\sfar|\soften|\smany|\smuch)?|since\swhen|(?:by|with|to|for)\swhom"
    r"|who|which\sones?)(?:\s(?:is|was)\s(?:that|this)|\s(?:did|does)\s(?:that|this|it)\shappen|\sso"
    r"|\sthen)?\s*[?.!]*$",
    re.IGNORECASE,
)
_STARTS_A_CLAUSE = re.compile(
    r"(?:who|whom|whose|what|when|where|why|which|how|is|are|was|were|do|does|did|has|have|had|can"
    r"|could|will|would|should|may|might|if|then|tell|give|show|list)\b",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"\b(?:that|those|these|this)(?:\s+(?!is\b|was\b|are\b|were\b)[a-z]+)?\s*[?.!]*$|\b(?:this|these|those)\s[a-z]+"
    r"|\bthat\s(?:day|time|year|week|month|event|visit|meeting|decision|deal|vote|place|happen)\b"
    r"|\b(?:else|the\s(?:same|other)|any\sother|another|instead|both\sof\sthem|either\sof\sthem)\b",
    re.IGNORECASE,
)
_LONGEST = 7


@dataclass(frozen=True, slots=True)
class NewPart:
    """A question of which only the new part is said.

    Attributes:
        shape: What is said: somebody or something else, a time, a place, or a question word.
        rest: The words.
    """

    shape: Shape
    rest: str


def read_ellipsis(question: str) -> NewPart | None:
    """Return the new part of a question that says nothing else; None for a whole question."""
    text = question.strip()
    wh = _WH.match(text)
    if wh:
        return NewPart("wh", " ".join(wh["wh"].split()).casefold())
    match = _TOPIC_SHIFT.match(text) or _JOINED.match(text) or _BARE.match(text)
    if match is None:
        return None
    rest = match["rest"].strip()
    if match.re is _BARE:
        rest = rest[0].lower() + rest[1:]
    if len(rest.split()) > _LONGEST or _STARTS_A_CLAUSE.match(rest):
        return None
    if TIME.fullmatch(rest):
        return NewPart("time", rest)
    if re.match(r"(?:in|at|from|on|according\sto)\b", rest, re.IGNORECASE):
        return NewPart("place", rest)
    return NewPart("about", rest)


def leans_back(question: str, said: Sequence[str]) -> bool:
    """Return whether a question without pronouns leans on what was said before.

    Args:
        question: What is asked.
        said: The turns before it.
    """
    if read_ellipsis(question) or _POINTING.search(question):
        return True
    if names(question):
        return False
    before = " ".join(said).casefold()
    nouns = re.findall(r"\bthe\s([a-z]{4,})\b", question)
    return any(re.search(rf"\b{noun}\b", before) for noun in nouns)
