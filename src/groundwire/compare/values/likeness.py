"""How surely two values are of one thing: by the words around them, and by their story."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.compare.values.concepts import weight
from groundwire.compare.values.subjects import name_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from groundwire.compare.values.facts import Facts
    from groundwire.compare.values.subjects import Said
    from groundwire.domain.spans import Span

_IN_CONTEXT = 0.5
_LEAST_SHARED = 1.2
_SHARED_BY_STRANGERS = 3.0
_FAR_APART = 120
_MANY_NAMES = 5
_DAYS_MISTAKEN = 2
_RATE = re.compile(
    r"\b(?:(?:an?|per|each|every)\s(?P<period>day|week|month|year|hour|person|head)"
    r"|(?P<often>dai|week|month|year|hour|annual)ly|(?P<annual>annual))\b",
    re.IGNORECASE,
)
_PERIODS = {"dai": "day", "annual": "year"}
_SCOPES = (
    r"first|second|third|fourth|final|previous|another|last|next",
    r"north(?:ern)?|south(?:ern)?|east(?:ern)?|west(?:ern)?",
    r"men|women|boys|girls|male|female|adults|children",
    r"upper|lower|inner|outer|left|right|front|rear|single|double",
    r"old|new",
    r"minimum|maximum|average|mean|median|peak",
    r"domestic|foreign|imports?|exports?|imported|exported",
    r"before|after",
)
_SCOPE = tuple(re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for words in _SCOPES)
_REACH = 45
_SHORT_SUBJECT = 3
_ANYBODY = frozenset({"people", "number", "total", "police", "offici"})


def same_story(left: Said, right: Said) -> bool:
    """Return whether two sentences tell of one story, by names and words of their documents."""
    shared = sum(weight(each) for each in left.context & right.context)
    strangers = left.named and right.named and not left.named & right.named
    return shared >= (_SHARED_BY_STRANGERS if strangers else _LEAST_SHARED)


def strangers(left: Said, right: Said, rivals: frozenset[str] = frozenset()) -> bool:
    """Return whether each of two sentences names somebody whom the other document does not know.

    Args:
        left: A sentence.
        right: A sentence of another document.
        rivals: Words of names that do not count, because they are held against each other.
    """
    unknown = (
        left.subjects - rivals - right.known - right.facts.content,
        right.subjects - rivals - left.known - left.facts.content,
    )
    return all(unknown)


def other_company(left: Said, right: Said, rivals: frozenset[str] = frozenset()) -> bool:
    """Return whether the passages of two sentences name many, and nobody in common.

    Where one of them opens with "he" or "it", what was named shortly before must be shared.
    """
    nearby = left.nearby - rivals, right.nearby - rivals
    if (left.points_back or right.points_back) and min(map(len, nearby)) > 1:
        return nearby[0].isdisjoint(nearby[1])
    named = [
        name_words(said.sentence.hit.passage.text) | name_words(said.account.info.title)
        for said in (left, right)
    ]
    return min(map(len, named)) >= _MANY_NAMES and named[0].isdisjoint(named[1])


def far_apart(left: Said, right: Said) -> bool:
    """Return whether two documents were published so far apart that things may have moved."""
    days = left.published, right.published
    if days[0] is None or days[1] is None:
        return False
    return abs((days[0] - days[1]).days) > _FAR_APART


def other_day(left: Said, right: Said) -> bool:
    """Return whether two sentences are of days further apart than reports of one day give it."""
    when = left.when, right.when
    if when[0] is None or when[1] is None:
        return False
    return abs((when[0].first - when[1].first).days) > _DAYS_MISTAKEN


def affinity(left: Said, one: Span, right: Said, other: Span) -> float:
    """Return how alike the words around two values are, from 0 to 1.

    The nearer a word stands to its value, the more it counts; one that only the title or the
    sentences before the other value hold counts half.
    """
    first, second = left.facts.around(one), right.facts.around(other)
    return (_covered(first, second, right) + _covered(second, first, left)) / 2


def _covered(near: Mapping[str, float], there: Mapping[str, float], said: Said) -> float:
    total = sum(near.values())
    if not total:
        return 0.0
    inside = sum(value for each, value in near.items() if each in there)
    around = sum(
        value for each, value in near.items() if each not in there and each in said.context
    )
    return (inside + _IN_CONTEXT * around) / total


def other_scope(left: Facts, one: Span, right: Facts, other: Span, *, rates: bool = True) -> bool:
    """Return whether words near two values limit them differently: a day and a year, old and new.

    Args:
        left: A sentence.
        one: Where its value stands.
        right: The other sentence.
        other: Where its value stands.
        rates: Whether it matters that only one of the two is said to be for each day or year.
    """
    near, there = _near(left, one), _near(right, other)
    often = _rates(near), _rates(there)
    if often[0].isdisjoint(often[1]) and (all(often) or (rates and any(often))):
        return True
    for shape in _SCOPE:
        first = {match.casefold() for match in shape.findall(near)}
        second = {match.casefold() for match in shape.findall(there)}
        if first and second and first.isdisjoint(second):
            return True
    return False


def _rates(text: str) -> set[str]:
    """Return for how long each a text says that something is, such as ``day`` of "daily"."""
    found = (
        (match["period"] or match["often"] or match["annual"]).casefold()
        for match in _RATE.finditer(text)
    )
    return {_PERIODS.get(each, each) for each in found}


def same_deed(left: Said, right: Said) -> bool:
    """Return whether two sentences say that one thing was done, or is so, of different subjects.

    "The insurer paid" and "the owner paid" are such; what follows is not of one thing.
    """
    one, other = left.facts.deed, right.facts.deed
    if one is None or other is None or one[1] != other[1]:
        return False
    subjects = one[0] - _ANYBODY, other[0] - _ANYBODY
    if not all(subjects) or max(map(len, subjects)) > _SHORT_SUBJECT:
        return False
    return subjects[0].isdisjoint(right.facts.content) and subjects[1].isdisjoint(
        left.facts.content
    )


def _near(facts: Facts, span: Span) -> str:
    """Return the words of the clause near a span."""
    start = max([0, *(each for each in facts.breaks if each <= span.start)])
    end = min([len(facts.text), *(each for each in facts.breaks if each > span.end)])
    before = facts.text[max(start, span.start - _REACH) : span.start]
    return before + " | " + facts.text[span.end : min(end, span.end + _REACH)]
