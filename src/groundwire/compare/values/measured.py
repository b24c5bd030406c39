"""Figures of two sentences held side by side."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from groundwire.compare.values.likeness import affinity, other_day, other_scope
from groundwire.compare.values.pairing import Found, about
from groundwire.compare.values.series import counts_alike, echoed, in_series

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.compare.values.amounts import Figure
    from groundwire.compare.values.moments import Moment
    from groundwire.compare.values.pairing import When
    from groundwire.compare.values.subjects import Said
    from groundwire.domain.spans import Span

_SAME, _SAME_EQUAL = 0.57, 0.42
_ATTRIBUTE, _NOUN, _OTHER_NOUN, _LONE = 0.12, 0.15, 0.3, 0.06
_LONE_RARE, _NOUN_OF, _NO_NOUN = 0.15, 0.05, 0.1
_RARE = frozenset(
    {"rate", "distance", "score", "clock", "speed", "mass", "volume", "area", "power", "degrees"}
)
_OF_A_KIND = 0.45
_GENERIC = frozenset({"people", "number", "time", "total", "case"})
_CROWD = "crowd"
_OF_ONE_EVENT = frozenset({"dead", "injured", "missing"})
_NEAREST = 3
_REACH = 30
_WINDOW = re.compile(r"\b(?:past|last|next|first|previous|final|opening|top)\s$", re.IGNORECASE)
_CAN = re.compile(r"\b(?:can|capable|capacity|able\sto|designed)\b", re.IGNORECASE)
_IMPLAUSIBLE = 20.0
_REPLACED = re.compile(
    r"\b(?:than|up\sfrom|down\sfrom|instead\sof|rather\sthan|original|earlier|previous|initial)\b"
    r"[^,;]{0,25}$",
    re.IGNORECASE,
)


def measured(left: Said, right: Said, similarity: float) -> Iterator[Found]:
    """Yield the pairs of figures that are of one thing, or of one sort and of different things."""
    ranked = sorted(
        (
            (-_score(left, one, right, other, similarity), one.span, other.span, one, other)
            for one in left.facts.figures
            for other in right.facts.figures
            if one.sort == other.sort
        ),
        key=lambda each: (not each[3].equals(each[4]), *each[:3]),
    )
    taken: set[tuple[bool, Span]] = set()
    for score, _, _, one, other in ranked:
        if (False, one.span) in taken or (True, other.span) in taken:
            continue
        found = _held(left, one, right, other, -score)
        if found is not None and (found.label != "scope" or similarity >= _OF_A_KIND):
            taken |= {(False, one.span), (True, other.span)}
            yield found


def _held(left: Said, one: Figure, right: Said, other: Figure, score: float) -> Found | None:
    """Return how two figures stand to each other; a value cited as a former one is replaced."""
    of = about(left.facts, one.span, right.facts)
    found = Found("agreement", "number", of, one.span, other.span, score)
    thing, when = _other_thing(left, one, right, other), _when(left, one, right, other)
    if one.equals(other):
        if score < _SAME_EQUAL or thing or when == "occasion":
            return None
        return _agreed(found, left, one, right, other)
    if score < _SAME or thing:
        return replace(found, label="scope")
    if one.allows(other):
        return replace(found, label="scope" if when == "occasion" else "detail")
    nouns = left.counted(one.span) | right.counted(other.span)
    if in_series(left, right, counts_alike(one, nouns)):
        return replace(found, label="scope")
    if when == "same" and (echoed(left, one, right) or echoed(right, other, left)):
        when = "day"
    return replace(found, label="conflict", when=when)


def _agreed(found: Found, left: Said, one: Figure, right: Said, other: Figure) -> Found:
    """Return what was found of equal figures: an update if the later text replaces it."""
    if now := _replacing(right, other, left):
        return replace(found, label="update", right=now.span)
    if now := _replacing(left, one, right):
        return replace(found, label="update", left=now.span)
    return found


def _replacing(said: Said, old: Figure, other: Said) -> Figure | None:
    """Return the figure that a later sentence gives in place of one that both give, if any."""
    days = said.published, other.published
    if days[0] is None or days[1] is None or days[0] < days[1]:
        return None
    if not _REPLACED.search(said.sentence.text, 0, old.span.start):
        return None
    own = [each for each in said.facts.figures if each.sort == old.sort and each is not old]
    return own[0] if own else old


def _score(left: Said, one: Figure, right: Said, other: Figure, similarity: float) -> float:
    """Return how surely two figures of one sort are of one thing, about 0 to 1.3."""
    if one.sort == "clock" and not _one_event(left, one, right, other):
        return 0.0
    score = 0.5 * similarity + 0.5 * affinity(left, one.span, right, other.span)
    named = bool(left.facts.attributes(one) & right.facts.attributes(other))
    named = named or _counts_a_crowd(left, one, right, other)
    score += _ATTRIBUTE * named
    if one.sort in {"count", "share"} or one.sort.startswith("money"):
        score += _by_noun(left, one, right, other, named=named)
    elif one.sort in _RARE or one.sort == "age":
        score += _NOUN
    alone = all(
        sum(each.sort == one.sort for each in said.facts.figures) == 1 for said in (left, right)
    )
    if alone:
        score += _LONE_RARE if one.sort in _RARE else _LONE
    return score


def _by_noun(left: Said, one: Figure, right: Said, other: Figure, *, named: bool) -> float:
    """Return what the nouns after two figures speak for their being of one thing, or against."""
    nouns = left.counted(one.span) - _GENERIC, right.counted(other.span) - _GENERIC
    counts = [said.facts.counts(figure.span) for said, figure in ((left, one), (right, other))]
    if ((counts[0] & counts[1]) - _GENERIC) or nouns[0] & nouns[1]:
        return _NOUN if one.sort == "count" else _NOUN_OF
    if all(nouns):
        return -_OTHER_NOUN
    return 0.0 if any(nouns) or named else -_NO_NOUN


def _other_thing(left: Said, one: Figure, right: Said, other: Figure) -> bool:
    """Return whether two figures are of another measure, part or owner."""
    named = left.facts.attributes(one), right.facts.attributes(other)
    whose = left.facts.whose(one.span), right.facts.whose(other.span)
    for pair in (named, whose):
        if all(pair) and pair[0].isdisjoint(pair[1]):
            return True
    equal = one.equals(other)
    if not equal and (_is_window(left, one) or _is_window(right, other)):
        return True
    rates = not equal and one.sort != "rate"
    if other_scope(left.facts, one.span, right.facts, other.span, rates=rates):
        return True
    return not equal and (_far(one, other) or _may(left, one) != _may(right, other))


def _when(left: Said, one: Figure, right: Said, other: Figure) -> When:
    """Return whether two figures are of one time, of another day of it, or of another occasion."""
    times = _times(left, one), _times(right, other)
    if all(times) and all(a.apart_from(b) for a in times[0] for b in times[1]):
        return "occasion"
    if one.sort != "count" or not other_day(left, right):
        return "same"
    if _is_crowd(left, one, right, other):
        return "occasion"
    named = left.facts.attributes(one) | right.facts.attributes(other)
    return "same" if named & _OF_ONE_EVENT else "day"


def _times(said: Said, figure: Figure) -> list[Moment]:
    """Return the times that a figure may be of: of a count, also those of other clauses."""
    clause = said.facts.clause_at(figure.span.start)
    told = [each for each in said.facts.moments if not said.facts.is_reported(each.span)]
    own = [each for each in told if said.facts.clause_at(each.span.start) == clause]
    return own or (told if figure.sort == "count" else [])


def _one_event(left: Said, one: Figure, right: Said, other: Figure) -> bool:
    """Return whether what happened at two times of day is named alike."""
    near = [frozenset(s.facts.nearest(f.span, _NEAREST)) for s, f in ((left, one), (right, other))]
    return bool(near[0] & near[1])


def _may(said: Said, figure: Figure) -> bool:
    """Return whether a figure says what can be, not what is."""
    start = figure.span.start
    return bool(_CAN.search(said.sentence.text, max(0, start - _REACH), start))


def _is_window(said: Said, figure: Figure) -> bool:
    """Return whether a figure says how many are looked at: "the past six games"."""
    return bool(_WINDOW.search(said.sentence.text, 0, figure.span.start))


def _far(one: Figure, other: Figure) -> bool:
    """Return whether two figures differ so much that they can hardly be of one thing."""
    low, high = sorted((one.written, other.written))
    return low > 0 and high / low > _IMPLAUSIBLE


def _counts_a_crowd(left: Said, one: Figure, right: Said, other: Figure) -> bool:
    """Return whether one figure is called a turnout and the other one counts people."""
    sides = (left.facts, one), (right.facts, other)
    called = [_CROWD in facts.attributes(figure) for facts, figure in sides]
    people = ["people" in facts.counted(figure.span) for facts, figure in sides]
    return one.sort == "count" and ((called[0] and people[1]) or (called[1] and people[0]))


def _is_crowd(left: Said, one: Figure, right: Said, other: Figure) -> bool:
    """Return whether two figures count people who came together, or nothing that is named."""
    named = left.facts.attributes(one) | right.facts.attributes(other)
    counted = left.facts.counted(one.span) | right.facts.counted(other.span)
    return one.sort == "count" and (_CROWD in named or "people" in counted or not counted)
