"""Completing a question of which only the new part is said: "and in 2018?", "what about Xi?"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.answer.followups import TIME
from groundwire.answer.place_words import PLACES
from groundwire.text.names import names
from groundwire.text.people import PERSON_NOUN

if TYPE_CHECKING:
    from groundwire.answer.followups import NewPart
    from groundwire.text.people import Cast, Mention

_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might)"
_YES_OR_NO = re.compile(rf"^(?:(?:and|but|so)\s)?(?P<rest>{_AUXILIARY}\b.+)$", re.IGNORECASE)
_WHEN_OR_WHY = re.compile(rf"^(?:when|where|why|how)\s(?P<rest>{_AUXILIARY}\b.+)$", re.IGNORECASE)
_ADVERBS = frozenset({"why", "when", "where", "how", "how long", "how far", "how often"})
_ACCORDING = re.compile(r",?\s*\baccording\sto\s[^,?]+", re.IGNORECASE)
_END = " \t\n?.!"


def complete(new: NewPart, last: str, cast: Cast) -> str:
    """Return the last question with its new part, or nothing if it has no place for it.

    Args:
        new: What is said now.
        last: The question before, in full.
        cast: The names of the conversation.
    """
    if new.shape == "wh":
        return _with_question_word(new.rest, last)
    if new.shape == "time":
        return _with_time(new.rest, last)
    if new.shape == "place":
        return _with_place(new.rest, last)
    return _with_another(new.rest, last, cast)


def _with_question_word(word: str, last: str) -> str:
    """Return "Did Xi go?" and "why?" as "Why did Xi go?"."""
    plain = word.replace(" exactly", "")
    if plain == "how come":
        plain = "why"
    match = _YES_OR_NO.match(last.strip()) or _WHEN_OR_WHY.match(last.strip())
    if match and plain in _ADVERBS:
        rest = match["rest"]
        return f"{plain.capitalize()} {rest[0].lower()}{rest[1:]}"
    return f"{last.rstrip(_END)}, and {word}?"


def _with_time(time: str, last: str) -> str:
    found = list(TIME.finditer(last))
    if not found:
        return f"{last.rstrip(_END)} {time}?"
    place = found[-1]
    start = place.start() + (place.group()[:1] == " ")
    return f"{last[:start]}{time}{last[place.end() :]}"


def _with_place(place: str, last: str) -> str:
    if place.casefold().startswith("according"):
        rest = _ACCORDING.sub("", last).rstrip(_END)
        return f"{rest} {place}?"
    preposition = place.split(maxsplit=1)[0].casefold()
    named = [
        match
        for match in re.finditer(
            rf"\b{preposition}\s((?:the\s)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*)", last
        )
        if not TIME.fullmatch(match.group())
    ]
    if named:
        return f"{last[: named[-1].start()]}{place}{last[named[-1].end() :]}"
    return f"{last.rstrip(_END)} {place}?"


def _with_another(other: str, last: str, cast: Cast) -> str:
    """Return the last question with somebody or something else in the place of a name."""
    mentions = cast.mentions(last)
    person = PERSON_NOUN.search(other)
    if not names(f"of {other}") and not person:
        return ""
    kind = True if person else _kind(other, cast)
    old = _replaced(mentions, kind)
    if old is None:
        return ""
    written = other.removesuffix("'s").removesuffix("’s")
    return f"{last[: old.span.start]}{written}{last[old.span.end :]}"


def _kind(other: str, cast: Cast) -> bool | None:
    if other.strip() in PLACES:
        return False
    known = cast.mentions(f"of {other}")
    return known[0].is_person if known else None


def _replaced(mentions: tuple[Mention, ...], kind: bool | None) -> Mention | None:  # noqa: FBT001 -- what a name's kind is called everywhere
    """Return the name to replace: the first of the same kind, else the first that may be."""
    same = [
        m
        for m in mentions
        if kind is not None and (False if m.name in PLACES else m.is_person) is kind
    ]
    open_kind = [m for m in mentions if kind is None or m.is_person is None]
    found = same or open_kind
    return found[0] if found else None
