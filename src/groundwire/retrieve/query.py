"""What a question asks of the index: itself as a whole, and each of its clauses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.domain.spans import Span
from groundwire.retrieve.clauses import clauses
from groundwire.retrieve.dates import named_days
from groundwire.text.asking import opening_verb
from groundwire.text.tokens import words

if TYPE_CHECKING:
    from datetime import date

    from groundwire.retrieve.outlets import Outlets

_YEARS = 10
"""Years that a day without one may be in: an archive holds stories of many."""


@dataclass(frozen=True, slots=True)
class Part:
    """A question or a clause of it.

    Attributes:
        span: Where it stands in the question.
        terms: Its words without the names of outlets: those say where to look, not for what.
        sources: Outlets that it names; for a clause that names none, those of the question.
        days: Days that it names; one named without a year is that of any of the last years.
    """

    span: Span
    terms: tuple[str, ...]
    sources: frozenset[str]
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it is searched for.

    Attributes:
        text: The question.
        whole: The question as one part.
        clauses: Its clauses, at least one.
        outlets: Where outlets are named in it.
        verb: The imperative that it opens with: how to answer, and nothing to look for.
    """

    text: str
    whole: Part
    clauses: tuple[Part, ...]
    outlets: tuple[Span, ...] = ()
    verb: Span | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """The whole question, then its clauses."""
        return (self.whole, *self.clauses)


def read_query(question: str, outlets: Outlets, year: int) -> Query:
    """Return a question with its clauses, and the outlets and days that each names.

    Args:
        question: What is asked, as it is searched for.
        outlets: The outlets of the index.
        year: The last year that a day named without one may be in.
    """
    whole = _part(question, Span(0, len(question)), outlets, year, frozenset())
    found = clauses(question) or (whole.span,)
    parts = tuple(_part(question, span, outlets, year, whole.sources) for span in found)
    named = tuple(outlet.span for outlet in outlets.find(question))
    return Query(question, whole, parts, named, opening_verb(question))


def _part(
    question: str, span: Span, outlets: Outlets, year: int, inherited: frozenset[str]
) -> Part:
    text = span.of(question)
    named = outlets.find(text)
    sources = frozenset[str]().union(*(outlet.sources for outlet in named)) or inherited
    rest = text
    for outlet in reversed(named):
        rest = f"{rest[: outlet.span.start]} {rest[outlet.span.end :]}"
    days = (day for back in range(_YEARS) for day in named_days(text, year - back))
    return Part(span, words(rest), sources, tuple(dict.fromkeys(days)))
