"""Days and other times of two sentences held side by side."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from groundwire.compare.values.concepts import concept, listed
from groundwire.compare.values.likeness import affinity, other_scope
from groundwire.compare.values.pairing import Found, about
from groundwire.compare.values.series import in_series

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.compare.values.facts import Facts
    from groundwire.compare.values.moments import Moment
    from groundwire.compare.values.pairing import FoundLabel
    from groundwire.compare.values.subjects import Said
    from groundwire.domain.spans import Span

_SAME, _SAME_EQUAL = 0.62, 0.5
_NEAREST = 4
_BESIDE = 0.15
_COARSER = 5
_NEARLY_SAME = 0.85
_LIGHT = frozenset(
    map(concept, listed("gave took made held got came went expected planned scheduled set"))
)
"""Verbs that say little of what was done."""
_LASTING = frozenset({"", "since", "until"})
_MONTH = 28
_PUT_OFF = re.compile(
    r"\b(?:moved|postponed|delayed|put\s(?:off|back)|brought\sforward|rescheduled|first\sset"
    r"|originally|instead)\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_BOUND = re.compile(
    r"\b(since|until|till|by|before|after)\s(?:the\s|early\s|late\s)*$", re.IGNORECASE
)


def timed(left: Said, right: Said, similarity: float) -> Iterator[Found]:
    """Yield the pairs of times at which one thing happened, by two sentences."""
    ranked = sorted(
        (
            (-_score(left, one, right, other, similarity), one.span, other.span, one, other)
            for one in _own(left)
            for other in _own(right)
        ),
        key=lambda each: (each[3].apart_from(each[4]), *each[:3]),
    )
    taken: set[tuple[bool, Span]] = set()
    for score, _, _, one, other in ranked:
        if (False, one.span) in taken or (True, other.span) in taken:
            continue
        if -score < (_SAME if one.apart_from(other) else _SAME_EQUAL):
            continue
        if not _one_event(left, one, right, other, similarity):
            continue
        if one.apart_from(other) and in_series(left, right, _is_dated):
            continue
        taken |= {(False, one.span), (True, other.span)}
        of = about(left.facts, one.span, right.facts)
        label = _label(left, one, right, other)
        found = Found(label, "date", of, one.span, other.span, -score)
        yield _moved(found, left, one, right, other) if label == "agreement" else found


def _moved(found: Found, left: Said, one: Moment, right: Said, other: Moment) -> Found:
    """Return what was found; a date that is cited as a former one makes the new one an update."""
    if now := _replacing(right, other, left):
        return replace(found, label="update", right=now.span)
    if now := _replacing(left, one, right):
        return replace(found, label="update", left=now.span)
    return found


def _replacing(said: Said, old: Moment, other: Said) -> Moment | None:
    """Return the time that a later sentence gives in place of one that both give, if any."""
    days = said.published, other.published
    if days[0] is None or days[1] is None or days[0] < days[1]:
        return None
    new = [each for each in _own(said) if each.apart_from(old)]
    return new[0] if new and _PUT_OFF.search(said.sentence.text) else None


def _own(said: Said) -> list[Moment]:
    """Return the times of a sentence that are not those at which somebody said it."""
    return [each for each in said.facts.moments if not said.facts.is_reported(each.span)]


def _is_dated(said: Facts) -> bool:
    return bool(said.moments)


def _score(left: Said, one: Moment, right: Said, other: Moment, similarity: float) -> float:
    score = 0.5 * similarity + 0.5 * affinity(left, one.span, right, other.span)
    near = left.facts.nearest(one.span, 1), right.facts.nearest(other.span, 1)
    return score + (_BESIDE if near[0] == near[1] else 0.0)


def _one_event(left: Said, one: Moment, right: Said, other: Moment, similarity: float) -> bool:
    """Return whether words near two times, and what bounds them, are alike."""
    near = left.facts.nearest(one.span, _NEAREST), right.facts.nearest(other.span, _NEAREST)
    shared = set(near[0]) & set(near[1])
    if not shared or not one.apart_from(other):
        return bool(shared)
    verbs = left.facts.verbs(one.span) - _LIGHT, right.facts.verbs(other.span) - _LIGHT
    if similarity < _NEARLY_SAME and all(verbs) and verbs[0].isdisjoint(verbs[1]):
        return False
    bounds = {_bound(left, one), _bound(right, other)}
    if len(bounds) > 1 and not (bounds <= _LASTING and len(shared) > 1):
        return False
    if other_scope(left.facts, one.span, right.facts, other.span):
        return False
    return _as_exact(one, other)


def _as_exact(one: Moment, other: Moment) -> bool:
    """Return whether two times are about equally exact: two days, two months, two years."""
    fine, coarse = sorted((each.last - each.first).days + 1 for each in (one, other))
    return coarse == fine or (fine >= _MONTH and coarse <= _COARSER * fine)


def _bound(said: Said, moment: Moment) -> str:
    """Return the word that makes a time a bound: "since", "until", "before"."""
    match = _BOUND.search(said.sentence.text, 0, moment.span.start)
    return match[1].casefold() if match else ""


def _label(left: Said, one: Moment, right: Said, other: Moment) -> FoundLabel:
    named = one.span.of(left.sentence.text), other.span.of(right.sentence.text)
    if set(_WEEKDAY.findall(named[0])) & set(_WEEKDAY.findall(named[1])):
        return "agreement"
    if (one.first, one.last) == (other.first, other.last):
        return "agreement"
    return "conflict" if one.apart_from(other) else "detail"
