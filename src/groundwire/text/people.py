"""Which names of an article are people's, and which short name stands for which full one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from groundwire.domain.spans import Span
from groundwire.text.names import names
from groundwire.text.people_words import (
    FEMALE_NAMES,
    FEMALE_ROLES,
    MALE_NAMES,
    MALE_ROLES,
    ORGANISATIONS,
    ROLES,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    _Meant = tuple[str, bool | None, "Gender"]

Gender = Literal["male", "female", ""]

_ROLE = rf"(?:{'|'.join(sorted(ROLES, key=len, reverse=True))})"
PERSON_NOUN = re.compile(rf"\b{_ROLE}\b", re.IGNORECASE)
"""A noun for a person: "the prosecutor", "his wife"."""

_HONORIFIC = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Councillor|Prof|Professor)\.?\s$")
_BEFORE = re.compile(rf"\b{_ROLE}\.?,?\s$", re.IGNORECASE)
_AFTER = re.compile(rf",\s(?:\d\d,|who\b|(?:an?|the)?\s?(?:[\w’'-]+\s){{0,5}}{_ROLE}\b)")
_WORD_BEFORE = re.compile(r"(\w+)\.?,?\s$")
_PLACED = re.compile(r"\b(?:in|at|near|across|outside|inside|into|around|left|via)\s$")
_THE = re.compile(r"\b[Tt]he\s$")
_COMPASS = re.compile(
    r"(?:North|South|East|West|(?:Nor|Sou)thern|(?:Ea|We)stern|New|San|Los|Saint|Great|United)\b"
)
_DEMONYM = re.compile(r"\w+(?:an|ese|ish|ench|utch)")
_REACH = 60


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a sentence.

    Attributes:
        span: Its place in the sentence.
        name: Its characters.
        full: The full name it stands for, where an article gives exactly one; else ``name``.
        is_person: Whether it is a person's; None if that cannot be told.
        gender: What a title, role or given name says; empty if nothing does.
    """

    span: Span
    name: str
    full: str
    is_person: bool | None
    gender: Gender


class Cast:
    """The names of an article, read once."""

    def __init__(self, text: str) -> None:
        """Read the article.

        Args:
            text: As much of it as is known, the title first.
        """
        self._text = text = " ".join(text.split())
        self._names = names(text)
        self._kinds = {name: _kind(name, text) for name in self._names}
        self._people = tuple(name for name in self._names if self._kinds[name])
        self._meant: dict[str, _Meant] = {}

    def mentions(self, sentence: str) -> tuple[Mention, ...]:
        """Return the names of a sentence of the article, in order of their places."""
        plain = sentence.replace("\n", " ")
        found = [
            self._mention(name, Span(start, start + len(name)))
            for name in names(plain)
            for start in _places(name, plain)
        ]
        whole = _outermost(mention.span for mention in found)
        return tuple(
            sorted((each for each in found if each.span in whole), key=lambda each: each.span)
        )

    def _mention(self, name: str, span: Span) -> Mention:
        if name not in self._meant:
            full = self._full(name)
            is_person = True if full != name else self._kinds.get(name)
            self._meant[name] = full, is_person, _gender(full, self._text)
        full, is_person, gender = self._meant[name]
        return Mention(span, name, full, is_person, gender)

    def _full(self, name: str) -> str:
        """Return the one full name that a surname stands for, or the name itself."""
        if " " in name or self._kinds.get(name) is False:
            return name
        longer = [p for p in self._people if " " in p and name in (p.split()[0], p.split()[-1])]
        return longer[0] if len(set(longer)) == 1 else name


@lru_cache(maxsize=64)
def cast_of(text: str) -> Cast:
    """Return the cast of a text; the last few are kept."""
    return Cast(text)


def with_title(mention: Mention, text: str) -> str:
    """Return a person's name as the text gives it first, with "Mr" or "Dr" before a surname."""
    if " " in mention.full:
        return mention.full
    for start in _places(mention.full, text):
        title = _HONORIFIC.search(text, max(0, start - _REACH), start)
        if title:
            return f"{title.group().strip()} {mention.full}"
    return mention.full


def _kind(name: str, text: str) -> bool | None:
    """Return whether a name is a person's, by its words and by what stands around it."""
    parts = name.split()
    if _is_organisation(name, parts):
        return False
    if len(parts) > 1 and parts[0] in MALE_NAMES | FEMALE_NAMES:
        return True
    placed = False
    for start in _places(name, text):
        before = text[max(0, start - _REACH) : start]
        after = text[start + len(name) : start + len(name) + _REACH]
        if _BEFORE.search(before) or _HONORIFIC.search(before) or _AFTER.match(after):
            return True
        placed = placed or bool(_PLACED.search(before) or _THE.search(before))
        placed = placed or (bool(_DEMONYM.fullmatch(name)) and bool(re.match(r"\s[a-z]", after)))
    return False if placed else None


def _is_organisation(name: str, parts: list[str]) -> bool:
    shouted = len(name) > 1 and name.isupper()
    in_words = any(part in ORGANISATIONS for part in parts) or bool(_COMPASS.match(name))
    return shouted or in_words or any(character.isdigit() for character in name)


def _gender(name: str, text: str) -> Gender:
    first = name.split(maxsplit=1)[0]
    if first in MALE_NAMES or first in FEMALE_NAMES:
        return "male" if first in MALE_NAMES else "female"
    for each in dict.fromkeys((name, name.rsplit(maxsplit=1)[-1])):
        for start in _places(each, text):
            title = _WORD_BEFORE.search(text, max(0, start - _REACH), start)
            if title and title[1] in MALE_ROLES | FEMALE_ROLES:
                return "male" if title[1] in MALE_ROLES else "female"
    return ""


def _places(name: str, text: str) -> Iterator[int]:
    """Yield where a name stands in a text as whole words."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
            yield start
        start = text.find(name, end)


def _outermost(spans: Iterable[Span]) -> set[Span]:
    """Return the spans that lie in no other."""
    kept: set[Span] = set()
    reached = 0
    for span in sorted(set(spans), key=lambda each: (each.start, -each.end)):
        if span.end > reached:
            kept.add(span)
            reached = span.end
    return kept
