"""What a question asks for: its rare terms, its names, the kind of answer it expects."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from groundwire.answer.place_words import homes
from groundwire.answer.tokens import tokenize
from groundwire.retrieve.asked import known_outlets
from groundwire.text.asking import opening_verb
from groundwire.text.tokens import names, words

if TYPE_CHECKING:
    from collections.abc import Collection

    from groundwire.answer.tokens import Token
    from groundwire.index.snapshot import Snapshot

AnswerKind = Literal["person", "number", "date", "place", "reason", "other"]

_OPENERS: tuple[tuple[AnswerKind, re.Pattern[str]], ...] = (
    ("date", re.compile(r"\b(?:when|(?:what|which) (?:date|day|month|year|decade|century))\b")),
    ("date", re.compile(r"\b(?:what deadline|how long ago)\b")),
    (
        "number",
        re.compile(
            r"\bhow (?:many|much|old|long|far|tall|large|big|high|fast|often|few|wide|deep|heavy"
            r"|hard|small)\b"
        ),
    ),
    (
        "number",
        re.compile(r"\bwhat (?:share|percent\w*|proportion|number|amount|fraction|price|sum)\b"),
    ),
    ("person", re.compile(r"\b(?:who|whom|whose)\b")),
    (
        "place",
        re.compile(
            r"\bwhere\b|\b(?:what|which) (?:city|country|state|place|region|town|location|river"
            r"|nation|county|continent|area)\b"
        ),
    ),
    ("reason", re.compile(r"\bwhy\b|\breasons?\b|\bwhat (?:caused|causes|led)\b")),
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?={_MONTH}\b)|(?<=[a-z.])\s\d{{1,2}}(?:st|nd|rd|th)?(?=,?\s+\d{{4}}\b)",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?<!\S)([A-Z]{2,})(?!\S)")
_FIGURE = re.compile(r"\d(?:[\w.,]*\w)?")


@dataclass(frozen=True)
class Question:
    """A question with what retrieval statistics say about its words.

    Attributes:
        text: The question as it is searched for.
        tokens: Its tokens, without the imperative that it opens with.
        weights: Inverse passage frequency of each content stem; a stem that no passage has
            weighs as much as the rarest possible one.
        unmentioned: Names and numbers of the question that no document has word for word.
        kind: What kind of answer is expected.
    """

    text: str
    tokens: tuple[Token, ...]
    weights: dict[str, float]
    unmentioned: tuple[str, ...]
    kind: AnswerKind

    @cached_property
    def mass(self) -> float:
        """The sum of the weights; a little more than 0 for a question of stop words only."""
        return sum(self.weights.values()) or 1e-9

    @cached_property
    def stems(self) -> frozenset[str]:
        """Every stem that the question says, stop words too: none of them can be its answer."""
        return frozenset(token.stem for token in self.tokens)

    @cached_property
    def named(self) -> tuple[frozenset[str], ...]:
        """The names in it, each as the stems of its words."""
        found = (tokenize(name) for name in names(self.text))
        return tuple(frozenset(t.stem for t in each if t.content) for each in found)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Stems of its numbers in digits, but for the day of a date, which is written many ways."""
        tokens = tokenize(_DAY.sub(" ", self.text))
        return frozenset(token.stem for token in tokens if token.stem[:1].isdigit())

    def coverage(self, stems: frozenset[str]) -> float:
        """Return the share of the question's weight that the given stems cover, 0 to 1."""
        return sum(w for each, w in self.weights.items() if each in stems) / self.mass


def read(text: str, snapshot: Snapshot, settled: Collection[str] = ()) -> Question:
    """Return a question weighed by the frequencies of one snapshot of the index.

    Args:
        text: The question as it is searched for.
        snapshot: Where frequencies are.
        settled: Phrases of it that were read as filters: what is found fits them already.
    """
    for phrase in settled:
        text = text.replace(phrase, " " * len(phrase))
    verb = opening_verb(text)
    tokens = tokenize(text[verb.end :] if verb else text)
    stems = tuple(dict.fromkeys(token.stem for token in tokens if token.content))
    frequencies = snapshot.frequencies(stems)
    total = snapshot.count()
    weights = {
        each: math.log(1 + (total - found + 0.5) / (found + 0.5))
        for each in stems
        for found in (frequencies.get(each, 0),)
    }
    return Question(text, tokens, weights, _unmentioned(text, snapshot), _kind(text))


def _unmentioned(text: str, snapshot: Snapshot) -> tuple[str, ...]:
    """Return the names and figures of which no document has every word side by side.

    The day of a date is left out, since documents write dates in many ways; a year counts as
    mentioned where something was published in it. The outlets of the index are no topics.
    """
    sources, _ = snapshot.sources()
    outlets = known_outlets(sources)
    named = [name for name in names(text) if words(name) and not outlets.find(name)]
    figures = list(dict.fromkeys(_FIGURE.findall(_DAY.sub(" ", text))))
    counts = snapshot.frequencies(figures)
    return (
        *(name for name in named if not _is_mentioned(name, snapshot)),
        *(figure for figure in figures if not counts.get(figure)),
    )


def _is_mentioned(name: str, snapshot: Snapshot) -> bool:
    """Return whether a document has a name, or each of the names that a hyphen or initials join.

    "Trump-Kim" and "LVMH Notre-Dame" are two names each; "Hawaiian" is Hawaii's.
    """
    if any(snapshot.contains_phrase(each) for each in (name, *homes(name))):
        return True
    parts = name.split("-") if " " not in name else _INITIALS.split(name)
    parts = [part.strip() for part in parts if part.strip()]
    return len(parts) > 1 and all(snapshot.contains_phrase(part) for part in parts)


def _kind(text: str) -> AnswerKind:
    lowered = text.casefold()
    openings = ((kind, opener.search(lowered)) for kind, opener in _OPENERS)
    found = [(match.start(), kind) for kind, match in openings if match]
    return min(found)[1] if found else "other"
