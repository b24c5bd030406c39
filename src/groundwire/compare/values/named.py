"""Names and places of two sentences held side by side."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from groundwire.compare.values.concepts import concept, listed
from groundwire.compare.values.likeness import affinity, other_scope
from groundwire.compare.values.pairing import Found, about
from groundwire.compare.values.series import in_series
from groundwire.ground.words import DEMONYMS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from groundwire.compare.values.facts import Facts, Name
    from groundwire.compare.values.subjects import Said
    from groundwire.domain.comparisons import ValueKind

_PLACES = frozenset({"in", "at", "near", "to", "from", "on", "off", "outside"})
_SAME = 0.5
_BESIDE, _ENOUGH = 4, 2
_STATES = {
    capital: state
    for state, capitals in {
        "us": "united states|washington|white house|america|u.s.|the us|us",
        "china": "china|beijing",
        "russia": "russia|moscow|kremlin",
        "uk": "britain|united kingdom|uk|london|downing street",
        "france": "france|paris",
        "germany": "germany|berlin",
        "japan": "japan|tokyo",
        "north korea": "north korea|pyongyang|the north|north",
        "south korea": "south korea|seoul|the south|south",
        "iran": "iran|tehran",
        "eu": "european union|eu|brussels",
        "ukraine": "ukraine|kyiv|kiev",
        "un": "united nations|un",
    }.items()
    for capital in capitals.split("|")
}
_VARIANT = 0.6
_LETTERS = 3
_GIVEN_AND_SURNAME = 2
_REST, _REST_SIMILAR = 0.6, 0.45
_SHORTEST = 4
_CALLED = re.compile(r"(?:,|\b(?:named|called))\s$")
_ROLE = re.compile(r"\b(?:the|an?|its|their|his|her|[’']s)\s(?:[a-z-]+\s)?([a-z]{4,}),?\s$")
_PLURAL = re.compile(r"[A-Z]s\b")
_COUNTRIES = listed(
    """
    britain england scotland wales spain iran iraq israel pakistan afghanistan poland sweden norway
    denmark finland belgium austria switzerland portugal greece hungary romania bulgaria ireland
    ethiopia kenya nigeria ghana sudan somalia libya tunisia morocco algeria lebanon jordan yemen
    qatar kuwait cuba chile peru colombia venezuela argentina bolivia ecuador haiti nepal
    bangladesh myanmar thailand malaysia singapore indonesia philippines cambodia laos mongolia
    kazakhstan georgia armenia azerbaijan belarus serbia croatia africa asia
    """
).union(DEMONYMS.values())


def named(left: Said, right: Said, similarity: float) -> Iterator[Found]:
    """Yield the names that two sentences give differently for one person, place or body."""
    for one in _unmatched(left, right):
        for other in _unmatched(right, left):
            score = _score(left, one, right, other, similarity)
            if score:
                kind: ValueKind = "place" if one.slot in _PLACES else "name"
                of = about(left.facts, one.span, right.facts)
                yield Found("conflict", kind, of, one.span, other.span, score)
                return


def _unmatched(said: Said, other: Said) -> list[Name]:
    """Return the names of a sentence that the other document does not use there."""
    there = frozenset().union(*(name.words for name in other.facts.names)) | other.named
    return [
        name
        for name in said.facts.names
        if not name.words <= there and len(name.text) >= _SHORTEST and not _PLURAL.search(name.text)
    ]


def _score(left: Said, one: Name, right: Said, other: Name, similarity: float) -> float:
    """Return how surely two names are given for one thing; 0 if they are not."""
    near = 0.5 * similarity + 0.5 * affinity(left, one.span, right, other.span)
    beside = [set(s.facts.nearest(n.span, _BESIDE)) for s, n in ((left, one), (right, other))]
    shared = (beside[0] & beside[1]) - one.words - other.words
    if _role(left, one) & _role(right, other) and _is_new(left, one, right, other):
        return 0.0 if in_series(left, right, _has_slot(one.slot)) else max(near, _SAME)
    if _variants(one, other) or (near >= _SAME and _namesakes(left, one, right, other)):
        return near if shared else 0.0
    if _means(one) == _means(other):
        return 0.0
    if _is_country(one) != _is_country(other) and one.slot in _PLACES:
        return 0.0
    if one.words & other.words or one.words & right.named or other.words & left.named:
        return 0.0
    placed = bool(one.slot) and one.slot == other.slot and near >= _SAME
    before = _before(left, one) & _before(right, other)
    if not (placed and (before or len(shared) >= _ENOUGH)):
        near = _by_the_rest(left, one, right, other, similarity)
    scope = other_scope(left.facts, one.span, right.facts, other.span)
    return 0.0 if scope or in_series(left, right, _has_slot(one.slot)) else near


def _by_the_rest(left: Said, one: Name, right: Said, other: Name, similarity: float) -> float:
    """Return how surely two names are rivals because all the rest of their sentences is alike.

    Neither may be named anywhere in the other document, and no other name may be in the way.
    """
    if similarity < _REST_SIMILAR or not _is_new(left, one, right, other):
        return 0.0
    if (one.slot in _PLACES) != (other.slot in _PLACES):
        return 0.0
    rests = [
        frozenset(
            word.concept
            for word in said.facts.words
            if not name.span.start <= word.at < name.span.end
        )
        for said, name in ((left, one), (right, other))
    ]
    shared = len(rests[0] & rests[1])
    if shared < _ENOUGH or shared < _REST * max(map(len, rests)):
        return 0.0
    return max(similarity, _SAME)


def _namesakes(left: Said, one: Name, right: Said, other: Name) -> bool:
    """Return whether two people who are introduced differ in the given name, not a short form."""
    if not (_is_introduced(left, one) and _is_introduced(right, other)):
        return False
    first, second = one.text.casefold().split(), other.text.casefold().split()
    return (
        len(first) == len(second) == _GIVEN_AND_SURNAME
        and first[1] == second[1]
        and not (first[0].startswith(second[0][:2]) or second[0].startswith(first[0][:2]))
    )


def _is_new(left: Said, one: Name, right: Said, other: Name) -> bool:
    """Return whether neither of two names stands anywhere in the other document."""
    return not (one.words & right.known or other.words & left.known)


def _role(said: Said, name: Name) -> frozenset[str]:
    """Return the concept of the noun right before a name, "the architect X"; empty if none is."""
    role = _ROLE.search(said.sentence.text, 0, name.span.start)
    return frozenset([concept(role[1])]) if role else frozenset()


def _is_introduced(said: Said, name: Name) -> bool:
    """Return whether a name stands beside a comma, or somebody is said to be called so."""
    text = said.sentence.text
    return bool(_CALLED.search(text, 0, name.span.start)) or text[name.span.end :][:1] == ","


def _has_slot(slot: str) -> Callable[[Facts], bool]:
    return lambda said: any(name.slot == slot for name in said.names)


def _means(name: Name) -> str:
    """Return the state that a name means; of a capital, the one whose government it is."""
    whole = " ".join(name.text.casefold().removeprefix("the ").split())
    return _STATES.get(whole, whole)


def _is_country(name: Name) -> bool:
    return bool(name.words & _COUNTRIES) or _means(name) != name.text.casefold()


def _before(said: Said, name: Name) -> frozenset[str]:
    """Return the concepts of the two content words before a name."""
    places = [word.concept for word in said.facts.words if word.at < name.span.start]
    return frozenset(places[-2:])


def _variants(one: Name, other: Name) -> bool:
    """Return whether two names are one name, spelled differently."""
    first, second = one.text.casefold().split(), other.text.casefold().split()
    size = min(len(first), len(second))
    first, second = first[-size:], second[-size:]
    if size == 1 or first == second:
        return False
    return all(
        a == b
        or (
            len(a) >= _LETTERS
            and not a.startswith(b)
            and not b.startswith(a)
            and SequenceMatcher(None, a, b).ratio() >= _VARIANT
        )
        for a, b in zip(first, second, strict=True)
    )
