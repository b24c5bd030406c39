"""How well a sentence fits what a question expects: the sort, the noun, the words around it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from groundwire.answer.expected import FIGURES
from groundwire.answer.tokens import tokenize
from groundwire.answer.typed import candidates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.answer.candidates import Sentence
    from groundwire.answer.expected import Expected, Sort
    from groundwire.answer.question import Question
    from groundwire.answer.typed import Candidate

GROUPS: dict[str, frozenset[Sort]] = {
    "number": FIGURES,
    "time": frozenset(("day", "year", "clock")),
    "who": frozenset(("person", "organisation", "name")),
    "where": frozenset(("place",)),
    "why": frozenset(("reason",)),
    "says": frozenset(("statement",)),
}
"""Sorts that count alike, by the name of their feature."""

_UNKNOWN = 0.5
_AHEAD = 4
"""Tokens before what is counted in which its number is looked for: "400 tired firefighters"."""

_COUNTED_BARE = 0.3
_REACH = 6.0
"""Tokens after which the pull of a question word on a candidate has fallen to 1/e."""

_SAID_ALIKE = frozenset(("reason", "statement"))
"""Sorts that the question's own words may give: "because the tram was late"."""


def fitness(question: Question, wanted: Expected, sentence: Sentence) -> float:
    """Return how well a sentence gives what is asked for, 0 to 1; a half if nothing is known.

    What the question says itself is no answer. Of two sorts it is the mean.
    """
    if not wanted.sorts:
        return _UNKNOWN
    best = (
        max((each.fit for each in _new(question, sort, sentence)), default=0.0)
        for sort in wanted.sorts
    )
    return sum(best) / len(wanted.sorts)


def by_group(wanted: Expected, fit: float) -> list[float]:
    """Return a sentence's fitness for each of ``GROUPS``; a half for those not asked for."""
    asked = wanted.sorts
    return [fit if sorts.intersection(asked) else _UNKNOWN for sorts in GROUPS.values()]


def bound(question: Question, wanted: Expected, sentence: Sentence) -> float:
    """Return whether what is to be counted stands in a sentence right after a number: 1 if so.

    Without a new number it is 0.3, without the noun 0, and a half where nothing is counted.
    """
    if "count" not in wanted.sorts or not wanted.focus:
        return _UNKNOWN
    tokens = sentence.tokens
    places = [i for i, token in enumerate(tokens) if token.stem in wanted.focus]
    numbered = any(
        token.number and token.stem not in question.stems
        for i in places
        for token in tokens[max(0, i - _AHEAD) : i]
    )
    return 1.0 if numbered else _COUNTED_BARE * bool(places)


def nearness(question: Question, wanted: Expected, sentence: Sentence) -> float:
    """Return how close the question's words stand to something that may answer, 0 to 1.

    It is the largest share of the question's weight, each word's fading with its distance; not a
    number where no sort is known.
    """
    if not wanted.sorts:
        return math.nan
    said = [(i, t.stem) for i, t in enumerate(sentence.tokens) if t.stem in question.weights]
    closest = 0.0
    for sort in wanted.sorts:
        for each in _new(question, sort, sentence):
            start = len(tokenize(sentence.text[: each.span.start]))
            end = start + len(tokenize(each.span.of(sentence.text)))
            pulls: dict[str, float] = {}
            for i, stem in said:
                away = max(start - i, i - end + 1, 0)
                pull = question.weights[stem] * math.exp(-away / _REACH)
                pulls[stem] = max(pull, pulls.get(stem, 0.0))
            closest = max(closest, each.fit * sum(pulls.values()))
    return closest / question.mass


def _new(question: Question, sort: Sort, sentence: Sentence) -> Iterator[Candidate]:
    """Yield the candidates that the question does not say itself."""
    for each in candidates(sort, sentence.text):
        if sort in _SAID_ALIKE:
            yield each
            continue
        tokens = tokenize(each.span.of(sentence.text))
        telling = [t for t in tokens if t.number or t.name or t.date]
        telling = telling or [t for t in tokens if t.content]
        if not telling or any(token.stem not in question.stems for token in telling):
            yield each
