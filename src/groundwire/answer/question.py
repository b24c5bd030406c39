"""What a question asks for: its rare terms, its names, the kind of answer it expects."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from groundwire.answer.tokens import tokenize
from groundwire.text.tokens import names, stem, words

if TYPE_CHECKING:
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
_HEAD = re.compile(
    r"\b(?:what|which|how many|how much)\s+"
    r"(?:(?:type|kind|sort|name|percentage|number)s?\s+of\s+(?:the\s+)?)?([a-z]+)"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?={_MONTH}\b)|(?<=[a-z.])\s\d{{1,2}}(?:st|nd|rd|th)?(?=,?\s+\d{{4}}\b)",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d(?:[\w.,]*\w)?")


@dataclass(frozen=True)
class Question:
    """A question with what retrieval statistics say about its words.

    Attributes:
        text: The question as it was asked.
        tokens: Its tokens.
        weights: Inverse passage frequency of each content stem; a stem that no passage has
            weighs as much as the rarest possible one.
        absent: Content stems that no passage has.
        unmentioned: Names and numbers of the question that no document has word for word.
        kind: What kind of answer is expected.
    """

    text: str
    tokens: tuple[Token, ...]
    weights: dict[str, float]
    absent: frozenset[str]
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
    def names(self) -> frozenset[str]:
        """Stems of its names."""
        return frozenset(token.stem for token in self.tokens if token.name)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Stems of its numbers in digits."""
        return frozenset(token.stem for token in self.tokens if token.stem[:1].isdigit())

    @cached_property
    def bigrams(self) -> frozenset[tuple[str, str]]:
        """Neighbouring content stems."""
        pairs = pairwise(self.tokens)
        return frozenset((a.stem, b.stem) for a, b in pairs if a.content and b.content)

    @cached_property
    def head(self) -> str:
        """Stem of the noun that "what", "which" or "how many" asks for; empty if there is none."""
        match = _HEAD.search(self.text.casefold())
        found = stem(match[1]) if match else ""
        return found if found in self.weights else ""

    def coverage(self, stems: frozenset[str]) -> float:
        """Return the share of the question's weight that the given stems cover, 0 to 1."""
        return sum(w for each, w in self.weights.items() if each in stems) / self.mass


def read(text: str, snapshot: Snapshot) -> Question:
    """Return a question weighed by the frequencies of one snapshot of the index."""
    tokens = tokenize(text)
    stems = tuple(dict.fromkeys(token.stem for token in tokens if token.content))
    frequencies = snapshot.frequencies(stems)
    total = snapshot.count()
    weights = {
        each: math.log(1 + (total - found + 0.5) / (found + 0.5))
        for each in stems
        for found in (frequencies.get(each, 0),)
    }
    absent = frozenset(each for each in stems if not frequencies.get(each, 0))
    return Question(text, tokens, weights, absent, _unmentioned(text, snapshot), _kind(text))


def _unmentioned(text: str, snapshot: Snapshot) -> tuple[str, ...]:
    """Return the names and figures of which no document has every word side by side.

    The day of a date is left out, since documents write dates in many ways; a year counts as
    mentioned where something was published in it.
    """
    named = [name for name in dict.fromkeys(names(text)) if words(name)]
    figures = list(dict.fromkeys(_FIGURE.findall(_DAY.sub(" ", text))))
    counts = snapshot.frequencies(figures)
    return (
        *(name for name in named if not snapshot.contains_phrase(name)),
        *(figure for figure in figures if not counts.get(figure)),
    )


def _kind(text: str) -> AnswerKind:
    lowered = text.casefold()
    openings = ((kind, opener.search(lowered)) for kind, opener in _OPENERS)
    found = [(match.start(), kind) for kind, match in openings if match]
    return min(found)[1] if found else "other"
