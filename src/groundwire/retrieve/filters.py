"""Reading the filters that a question speaks of, and lifting those that hide its answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from groundwire.domain.filters import GUESSED, InferredFilters
from groundwire.retrieve.attributions import ACCORDING_TO, attributed
from groundwire.retrieve.clauses import clauses
from groundwire.retrieve.occasions import since_events
from groundwire.retrieve.recency import asks_for_latest
from groundwire.retrieve.windows import windows
from groundwire.text.asking import read_asking
from groundwire.text.lexicon import CALENDAR
from groundwire.text.tokens import STOPWORDS, content_words, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from groundwire.domain.filters import FilterKind, InferredFilter
    from groundwire.domain.retrieval import Scope
    from groundwire.index.snapshot import Snapshot

SEARCHED: frozenset[FilterKind] = frozenset({"source", "as_of", "dates", "event", "latest"})
"""Kinds that a search applies, where no answer tells whether a filter hid it."""

NAMING = 5000
"""Passages that are looked at to find the first that names an event."""

NEAREST = 20
"""Passages that are looked at to find the year that a month is of."""

_CALENDAR = frozenset(name.casefold() for name in CALENDAR)
_OPENS = re.compile(r"\W*(?:according|as)\b(?:\W+\w+){0,3}\W*$", re.IGNORECASE)
_EARLIEST, _LATEST = date(1000, 1, 1), date(2999, 12, 31)
_CLOSING = " \t\n.?!'\"’”"


def _first(_question: str, scopes: tuple[Scope, ...]) -> int | None:
    return 0 if scopes else None


@dataclass(frozen=True, slots=True)
class Facts:
    """What reading a question needs to know of the index.

    Attributes:
        sources: The outlets, as documents give them.
        today: The day that "last week" is told from: the last that is known about. None if no
            document has a date.
        holds: Whether any document is in a scope.
        first_report: When the first document that names an event was published; None: none does.
        nearest: Which of several scopes holds the passages that have most of a question's words;
            None: none of them has any.
    """

    sources: frozenset[str]
    today: date | None
    holds: Callable[[Scope], bool]
    first_report: Callable[[str], date | None]
    nearest: Callable[[str, tuple[Scope, ...]], int | None] = _first


def facts_of(snapshot: Snapshot, scope: Scope) -> Facts:
    """Return the facts about the part of an index that a person asked for.

    Args:
        snapshot: One revision of the index; it must stay open while the facts are used.
        scope: What the person asked for.
    """
    sources, newest = snapshot.sources()

    def holds(narrower: Scope) -> bool:
        inside = replace(scope, since=narrower.since, until=narrower.until)
        return bool(snapshot.documents(inside, most=1))

    def first_report(event: str) -> date | None:
        return _first_report(snapshot, event, scope)

    def nearest(question: str, scopes: tuple[Scope, ...]) -> int | None:
        return _nearest(snapshot, question, scopes, scope)

    today = scope.as_of or newest
    if today is not None:  # from it is counted, and the calendar ends
        today = min(max(today, _EARLIEST), _LATEST)
    return Facts(sources, today, holds, first_report, nearest)


def read_filters(question: str, facts: Facts, asked: Scope) -> InferredFilters:
    """Return the filters that a question speaks of, but for orders in it to a machine.

    Args:
        question: What is asked.
        facts: What is known of the index.
        asked: What the person asked for beside the question: outlets given there switch the
            reading of outlets off, and days of publication that of dates and events.
    """
    question = read_asking(question).masked
    found: list[InferredFilter] = []
    outlets = attributed(question, facts.sources)
    named = tuple(outlet.span for outlet in outlets)
    if not asked.sources:
        found += outlets
    if facts.today is not None:
        if not (asked.since or asked.until):
            read = windows(question, facts.today, facts.holds, facts.nearest)
            found += read or since_events(question, facts.first_report, named)
        found += asks_for_latest(question, named)
    if len(clauses(question)) > 1:
        found = [each for each in found if _is_said_of_all(question, each, outlets)]
    return InferredFilters(tuple(sorted(found, key=lambda phrase: phrase.span.start)))


def _is_said_of_all(
    question: str, phrase: InferredFilter, outlets: tuple[InferredFilter, ...]
) -> bool:
    """Return whether a phrase is about every clause of a question, and not about its own alone.

    A time that opens the question is, and so is "according to X" at either end. Several outlets
    are taken to be those of the clauses. What only orders leaves nothing out.
    """
    before, after = question[: phrase.span.start], question[phrase.span.end :]
    if phrase.kind in {"latest", "as_of"}:
        return True
    if phrase.kind != "source":
        return not before.strip()
    if len({outlet.sources for outlet in outlets}) > 1:
        return True
    at_an_end = _OPENS.match(before) or not after.strip(_CLOSING)
    return bool(at_an_end and ACCORDING_TO.search(before))


def loosened(filters: InferredFilters) -> tuple[InferredFilters, ...]:
    """Return the filters, then what is left when those are lifted that may be misread.

    A window of publication may be: a day that is named is often that of the event. Who asks what
    an outlet says, or what was known on a day, is not answered by others or from later reports.
    """
    if not filters.kinds & GUESSED:
        return (filters,)
    return filters, filters.lifting(GUESSED)


def _nearest(
    snapshot: Snapshot, question: str, scopes: tuple[Scope, ...], scope: Scope
) -> int | None:
    """Return the scope whose passages are ranked best for a question's words."""
    terms = [w for w in dict.fromkeys(words(question)) if w not in STOPWORDS | _CALENDAR]
    ids = [passage_id for passage_id, _ in snapshot.lexical(terms, top_k=NEAREST, scope=scope)]
    votes = [0.0] * len(scopes)
    for rank, document in enumerate(snapshot.documents_of(ids), 1):
        day = document.published
        for place, each in enumerate(scopes):
            if day and each.since and each.until and each.since <= day <= each.until:
                votes[place] += 1 / rank
    return votes.index(max(votes)) if any(votes) else None


def _first_report(snapshot: Snapshot, event: str, scope: Scope) -> date | None:
    """Return the day of the first document with an event's words side by side, or in its title."""
    ids = [passage_id for passage_id, _ in snapshot.lexical((event,), top_k=NAMING, scope=scope)]
    documents = snapshot.documents_of(ids)
    if not documents:
        wanted = frozenset(content_words(event))
        documents = tuple(
            document
            for document in snapshot.documents(scope)
            if wanted <= frozenset(content_words(document.title))
        )
    return min((each.published for each in documents if each.published), default=None)
