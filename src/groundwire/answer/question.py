"""What a question asks for: its rare terms, its names, the kind of answer it expects."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from groundwire.text.tokens import content_words, names, numbers, words

if TYPE_CHECKING:
    from groundwire.index.snapshot import Snapshot

AnswerKind = Literal["person", "number", "date", "place", "reason", "other"]

_OPENERS: tuple[tuple[AnswerKind, re.Pattern[str]], ...] = (
    ("number", re.compile(r"\bhow (?:many|much|big|large|long|far|old|hard|wide|tall|high)\b")),
    ("number", re.compile(r"\bwhat (?:share|percentage|percent|proportion|number|amount|price)\b")),
    ("date", re.compile(r"\b(?:when|what (?:date|day|month|year|deadline)|which year)\b")),
    ("person", re.compile(r"\b(?:who|whom|whose)\b")),
    ("place", re.compile(r"\b(?:where|what (?:city|country|place)|which (?:city|country))\b")),
    ("reason", re.compile(r"\b(?:why|what (?:caused|reason|reasons))\b")),
)
_FIGURE = re.compile(r"\d(?:[\w.,]*\w)?")
_DATE = re.compile(
    r"\b(?:1[89]\d\d|20\d\d|January|February|March|April|June|July|August|September|October"
    r"|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
    r"|yesterday|today|tomorrow|year|month|week|day|hour|decade|century)s?\b"
)
_REASON = re.compile(
    r"\b(?:because|since|due to|owing to|after|over|as|so that|in order to|led to|caused"
    r"|blamed|reject\w*|fail\w*|demand\w*|refus\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what retrieval statistics say about its words.

    Attributes:
        text: The question as it was asked.
        weights: Inverse passage frequency of each content stem; a stem that no passage has
            weighs as much as the rarest possible one.
        unmentioned: Names and numbers of the question that no document mentions.
        kind: What kind of answer is expected.
    """

    text: str
    weights: dict[str, float]
    unmentioned: tuple[str, ...]
    kind: AnswerKind

    @property
    def mass(self) -> float:
        """The sum of the weights; 0 for a question of stop words only."""
        return sum(self.weights.values())

    def coverage(self, stems: frozenset[str]) -> float:
        """Return the share of the question's weight that the given stems cover, 0 to 1."""
        if not self.weights:
            return 0.0
        return sum(w for stem, w in self.weights.items() if stem in stems) / self.mass

    def expects(self, sentence: str) -> bool:
        """Return whether a sentence holds the kind of thing that was asked for."""
        match self.kind:
            case "number":
                return bool(numbers(sentence))
            case "date":
                return bool(_DATE.search(sentence))
            case "person" | "place":
                return bool(set(map(str.casefold, names(sentence))) - self._own_names())
            case "reason":
                return bool(_REASON.search(sentence))
            case "other":
                return True

    def _own_names(self) -> set[str]:
        return {name.casefold() for name in names(self.text)}


def read(text: str, snapshot: Snapshot) -> Question:
    """Return a question weighed by the frequencies of one snapshot of the index."""
    stems = tuple(dict.fromkeys(content_words(text)))
    frequencies = snapshot.frequencies(stems)
    total = snapshot.count()
    weights = {
        stem: math.log(1 + (total - found + 0.5) / (found + 0.5))
        for stem in stems
        for found in (frequencies.get(stem, 0),)
    }
    return Question(text, weights, _unmentioned(text, snapshot), _kind(text))


def _unmentioned(text: str, snapshot: Snapshot) -> tuple[str, ...]:
    """Return the names and numbers of which no document has every word side by side."""
    wanted = dict.fromkeys((*names(text), *_FIGURE.findall(text)))
    return tuple(name for name in wanted if words(name) and not snapshot.contains_phrase(name))


def _kind(text: str) -> AnswerKind:
    lowered = text.casefold()
    openings = ((kind, opener.search(lowered)) for kind, opener in _OPENERS)
    found = [(match.start(), kind) for kind, match in openings if match]
    return min(found)[1] if found else "other"
