"""What a sentence says, read for its values: figures, times, names, quotations, and their words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from groundwire.compare.values.concepts import attribute, attributes_of, concept, weight
from groundwire.compare.values.figures import figures
from groundwire.compare.values.moments import moments
from groundwire.domain.spans import Span
from groundwire.text.lexicon import STOPWORDS, TITLES
from groundwire.text.names import names
from groundwire.text.speech import attributions, quotations
from groundwire.text.tokens import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from groundwire.compare.values.amounts import Figure
    from groundwire.compare.values.moments import Moment

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
_TOLD = re.compile(r"\b(?:said|told|announced|reported|confirmed|warned)\b[^,;:]{0,40}$")
_THAT = re.compile(r"\s+that\b")
_BE = frozenset({"is", "are", "was", "were"})
_DEED = re.compile(
    r"(?P<subject>(?:The|An?|Her|His|Its|Their)\s(?:[^\W\d_][\w’'-]*\s){1,4}?)"
    r"(?P<verb>is|are|was|were|has|have|had|will|paid|won|lost|sold|bought|spent|cost|got|gave|took|fell"
    r"|rose|held|lives|plays|holds|covers|carries|runs|works|costs|serves"
    r"|stands|weighs|measures|employs|has|[a-z]{2,}ed)\b"
)
_NOUN_BEFORE = re.compile(
    r"\b(?P<noun>[a-z]{3,})\s(?:of|at|to|is|was|stood\sat|rose\sto|stands\sat|reached)\s$"
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


@dataclass(frozen=True, eq=False)
class Facts:
    """What a sentence says, read for its values, each part when it is first asked for.

    Attributes:
        text: The sentence.
        published: The day from which its dates are counted, if it is known.
    """

    text: str
    published: date | None
    _near: dict[Span, Mapping[str, float]] = field(default_factory=dict, init=False)

    @cached_property
    def breaks(self) -> tuple[int, ...]:
        """Where its clauses end."""
        return tuple(match.end() for match in _BREAK.finditer(self.text))

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Its content words, in order."""
        return tuple(_words(self.text, self.breaks))

    @cached_property
    def content(self) -> frozenset[str]:
        """The concepts of its content words."""
        return frozenset(word.concept for word in self.words)

    @cached_property
    def deed(self) -> tuple[frozenset[str], str] | None:
        """The concepts of the subject that it opens with, and its verb; None if not sure."""
        match = _DEED.match(self.text)
        if match is None:
            return None
        subject = frozenset(
            concept(part) for part in words(match["subject"]) if part not in STOPWORDS
        )
        verb = match["verb"].casefold()
        return subject, "be" if verb in _BE else concept(verb)

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """Its times, in order."""
        return moments(self.text, self.published)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Its figures, in order; those of its times are none."""
        found = figures(self.text)
        if not found:
            return ()
        return tuple(
            figure
            for figure in found
            if not any(figure.span.overlaps(moment.span) for moment in self.moments)
        )

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Its names, in order."""
        return tuple(_names(self.text))

    @cached_property
    def quotes(self) -> tuple[Span, ...]:
        """What stands in quotation marks, in order."""
        return tuple(_bare(self.text, span) for span in quotations(self.text))

    @cached_property
    def said(self) -> tuple[Span, ...]:
        """Its clauses that say who speaks."""
        return tuple(one.clause for one in attributions(self.text))

    def clause_at(self, place: int) -> int:
        """Return the number of the clause that a character stands in."""
        return sum(each <= place for each in self.breaks)

    def around(self, span: Span) -> Mapping[str, float]:
        """Return the concepts of the sentence, weighed by how near to a span they stand."""
        known = self._near.get(span)
        if known is not None:
            return known
        clause = self.clause_at(span.start)
        here = sum(word.at < span.start for word in self.words)
        found: dict[str, float] = {}
        for rank, word in enumerate(self.words):
            if span.start <= word.at < span.end:
                continue
            steps = abs(rank - here + (rank < here))
            near = weight(word.concept) / (1.0 + steps / _NEAR)
            near *= 1.0 if word.clause == clause else _ELSEWHERE
            found[word.concept] = max(near, found.get(word.concept, 0.0))
        return self._near.setdefault(span, found)

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

    def counts(self, span: Span) -> frozenset[str]:
        """Return the concepts of what a number may count: the nouns after it and before it.

        Before it stands the noun of "a crew of 25" and "put the turnout at 900".
        """
        before = _NOUN_BEFORE.search(self.text, 0, span.start)
        named = frozenset([concept(before["noun"])]) if before else frozenset()
        return self.counted(span) | named

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
        told = _TOLD.search(self.text, 0, span.start) and _THAT.match(self.text, span.end)
        return bool(told) or any(clause.overlaps(span) for clause in self.said)


@lru_cache(maxsize=4096)
def facts(text: str, published: date | None = None) -> Facts:
    """Return what a sentence says, read for its values.

    Args:
        text: One sentence.
        published: The day from which its dates are counted, if it is known.
    """
    return Facts(text, published)


@lru_cache(maxsize=4096)
def names_of(text: str) -> tuple[str, ...]:
    """Return the names of a sentence, as written, each once."""
    return names(text)


def _bare(text: str, span: Span) -> Span:
    """Return the place of a quotation without the comma or full stop that the report sets."""
    return Span(span.start, span.start + max(1, len(span.of(text).rstrip(" ,.;"))))


def _words(text: str, breaks: tuple[int, ...]) -> Iterator[Word]:
    clause = 0
    for match in _WORD.finditer(text):
        while clause < len(breaks) and breaks[clause] <= match.start():
            clause += 1
        folded = "".join(words(match.group()))
        if folded and folded not in STOPWORDS and not folded[0].isdigit():
            yield Word(match.start(), concept(folded), attribute(folded), clause, match.group())


def _names(text: str) -> Iterator[Name]:
    for name in names_of(text):
        start = text.find(name)
        numbered = any(map(str.isdigit, name)) or _NUMBERED.match(text, start + len(name))
        if start < 0 or numbered:
            continue
        before = _SLOT.search(text, 0, start)
        parts = frozenset(part for part in words(name) if part.title() not in TITLES)
        if parts:
            slot = before["slot"] if before else ""
            yield Name(Span(start, start + len(name)), name, parts, slot)
