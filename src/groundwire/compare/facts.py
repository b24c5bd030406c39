"""What a sentence says, read for its values: figures, times, names, quotations, and their words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from groundwire.compare.concepts import attribute, attributes_of, concept, weight
from groundwire.compare.figures import figures
from groundwire.compare.moments import moments
from groundwire.domain.spans import Span
from groundwire.text.lexicon import STOPWORDS, TITLES
from groundwire.text.names import names
from groundwire.text.speech import attributions, quotations
from groundwire.text.tokens import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from groundwire.compare.amounts import Figure
    from groundwire.compare.moments import Moment

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W\d_]+)*")
_BREAK = re.compile(r"[,;:()\u2013\u2014]|\s-\s|\b(?:and|but|while|which|who|although|though)\b")
_HEAD = re.compile(
    r"\s?(?:of\s)?(?:(?:the|its|their|his|her|these|those|all|other|some|our)\s)*"
    r"(?P<phrase>(?:[^\W\d_][\w’'-]*\s?){1,4})"
)
_NOT_COUNTED = re.compile(
    r"^(?:at|in|on|of|to|by|for|from|and|or|but|after|as|had|were|was|is|are|has|have|took|with"
    r"|when|than|who|that|which|would|will|said|says|put|it|them|him|her|they|he|she|while|not|be"
    r"|been|during|before|since|until|where|so|if|into|over|under|between|against|more|less|fewer"
    r"|ago|later|earlier|the|an?|this|last|next|through|because|could|can|may|might|did|do|does"
    r"|died|came|went|joined|attended|voted|got|up|down|out|each|per|every|also|now|still)$"
)
_SLOT = re.compile(
    r"\b(?P<slot>by|in|at|near|to|from|with|as|of|for|on|off|outside|against)\s"
    r"(?:the\s|an?\s)?(?:(?:Mr|Mrs|Ms|Dr|Sir|President|Councillor)\.?\s)?$"
)
_VERB = re.compile(
    r"\w{2,}ed|began|begins?|went|left|fell|ran|struck|sank|won|lost|met|came|held|died|born|built"
    r"|opens?|starts?|closes?|ends?|took|made|sold|bought|hit|shot|leaves?|arrives?|flew|set|rose|broke"
    r"|stood|spoke|saw|seen|gave|given|got|led|fled|grew|sent|wrote|written|resume[sd]?|landed|quit"
)
_NUMBERED = re.compile(r"\sof\s\d")
_NEAR, _ELSEWHERE = 6.0, 0.4


@dataclass(frozen=True, slots=True)
class Word:
    """A content word.

    Attributes:
        at: Where it stands.
        concept: What it is compared by.
        attribute: Which measure or state it names; empty for most words.
        clause: The number of its clause.
        written: The word as it stands.
    """

    at: int
    concept: str
    attribute: str
    clause: int
    written: str

    def distance(self, span: Span) -> int:
        """Return how many characters lie between the word and a span."""
        return max(span.start - self.at - len(self.written), self.at - span.end)


@dataclass(frozen=True, slots=True)
class Name:
    """A name.

    Attributes:
        span: Where it stands.
        text: Its characters.
        words: Its words, in small letters.
        slot: The preposition before it; empty if there is none.
    """

    span: Span
    text: str
    words: frozenset[str]
    slot: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sentence says, read for its values.

    Attributes:
        text: The sentence.
        words: Its content words, in order.
        figures: Its figures, in order.
        moments: Its times, in order.
        names: Its names, in order.
        quotes: What stands in quotation marks, in order.
        said: Clauses that say who speaks.
        speakers: Who speaks, by these clauses.
        breaks: Where its clauses end.
    """

    text: str
    words: tuple[Word, ...]
    figures: tuple[Figure, ...]
    moments: tuple[Moment, ...]
    names: tuple[Name, ...]
    quotes: tuple[Span, ...]
    said: tuple[Span, ...]
    speakers: tuple[str, ...]
    breaks: tuple[int, ...]

    def clause_at(self, place: int) -> int:
        """Return the number of the clause that a character stands in."""
        return sum(each <= place for each in self.breaks)

    def around(self, span: Span) -> Mapping[str, float]:
        """Return the concepts of the sentence, weighed by how near to a span they stand."""
        clause = self.clause_at(span.start)
        places = [word.at for word in self.words]
        here = sum(place < span.start for place in places)
        found: dict[str, float] = {}
        for rank, word in enumerate(self.words):
            if span.start <= word.at < span.end:
                continue
            steps = abs(rank - here + (rank < here))
            near = weight(word.concept) / (1.0 + steps / _NEAR)
            near *= 1.0 if word.clause == clause else _ELSEWHERE
            found[word.concept] = max(near, found.get(word.concept, 0.0))
        return found

    def nearest(self, span: Span, count: int) -> tuple[str, ...]:
        """Return the concepts of the content words nearest to a span, outside it."""
        ranked = sorted(
            (word.distance(span), word.concept)
            for word in self.words
            if not span.start <= word.at < span.end
        )
        return tuple(each for _, each in ranked[:count])

    def attributes(self, figure: Figure) -> frozenset[str]:
        """Return the measures and states in a figure's clause, the two nearest to it."""
        span, known = figure.span, attributes_of(figure.sort)
        clause = self.clause_at(span.start)
        own = [word for word in self.words if word.clause == clause and word.attribute in known]
        ranked = sorted(own, key=lambda word: word.distance(span))
        return frozenset(word.attribute for word in ranked[:2])

    def counted(self, span: Span) -> frozenset[str]:
        """Return the concepts of the noun phrase right after a number; empty if there is none."""
        return frozenset(
            concept(part)
            for word in self._phrase(span)
            for part in words(word)
            if part not in STOPWORDS
        )

    def whose(self, span: Span) -> frozenset[str]:
        """Return the capitalised words of the noun phrase right after a number."""
        return frozenset(word.casefold() for word in self._phrase(span) if word[0].isupper())

    def _phrase(self, span: Span) -> list[str]:
        match = _HEAD.match(self.text, span.end)
        said = match["phrase"].split() if match else []
        ends = (n for n, word in enumerate(said) if _NOT_COUNTED.match(word.casefold()))
        return said[: next(ends, len(said))]

    def verbs(self, span: Span) -> frozenset[str]:
        """Return the concepts of the past tenses and other sure verbs in the clause of a span."""
        clause = self.clause_at(span.start)
        return frozenset(
            word.concept
            for word in self.words
            if word.clause == clause and _VERB.fullmatch(word.written)
        )

    def is_reported(self, span: Span) -> bool:
        """Return whether a span belongs to the clause that says who speaks."""
        return any(clause.overlaps(span) for clause in self.said)

    @property
    def content(self) -> frozenset[str]:
        """The concepts of the sentence."""
        return frozenset(word.concept for word in self.words)


@lru_cache(maxsize=4096)
def facts(text: str, published: date | None = None) -> Facts:
    """Return what a sentence says, read for its values.

    Args:
        text: One sentence.
        published: The day from which its dates are counted, if it is known.
    """
    breaks = tuple(match.end() for match in _BREAK.finditer(text))
    said = attributions(text)
    return Facts(
        text=text,
        words=tuple(_words(text, breaks)),
        figures=_undated(figures(text), moments(text, published)),
        moments=moments(text, published),
        names=tuple(_names(text)),
        quotes=quotations(text),
        said=tuple(one.clause for one in said),
        speakers=tuple(one.speaker.of(text) for one in said),
        breaks=breaks,
    )


def _undated(found: tuple[Figure, ...], times: tuple[Moment, ...]) -> tuple[Figure, ...]:
    return tuple(
        figure for figure in found if not any(figure.span.overlaps(time.span) for time in times)
    )


def _words(text: str, breaks: tuple[int, ...]) -> Iterator[Word]:
    clause = 0
    for match in _WORD.finditer(text):
        while clause < len(breaks) and breaks[clause] <= match.start():
            clause += 1
        folded = "".join(words(match.group()))
        if folded and folded not in STOPWORDS and not folded[0].isdigit():
            yield Word(match.start(), concept(folded), attribute(folded), clause, match.group())


def _names(text: str) -> Iterator[Name]:
    for name in names(text):
        start = text.find(name)
        numbered = any(map(str.isdigit, name)) or _NUMBERED.match(text, start + len(name))
        if start < 0 or numbered:
            continue
        before = _SLOT.search(text, 0, start)
        parts = frozenset(part for part in words(name) if part.title() not in TITLES)
        if parts:
            slot = before["slot"] if before else ""
            yield Name(Span(start, start + len(name)), name, parts, slot)
