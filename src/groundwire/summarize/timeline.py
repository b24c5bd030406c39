"""Timelines: one line an event, from all documents, in order of the days on which it happened."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from groundwire.compare.differences import differences
from groundwire.compare.values.subjects import Said
from groundwire.domain.families import Corroboration
from groundwire.domain.summaries import TimelineEvent
from groundwire.ground.cite import cite, number, quoted_claim
from groundwire.summarize.happenings import happenings, shared_words
from groundwire.summarize.reports import reports

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from groundwire.domain.claims import Citation, Claim
    from groundwire.domain.comparisons import Difference
    from groundwire.domain.documents import DocumentId
    from groundwire.domain.spans import Span
    from groundwire.retrieve.accounts import Account
    from groundwire.summarize.happenings import Happening

POSITION_SCALE = 4.0
"""Sentences after which an early position has lost its weight, where no weights are given."""

NEAR_DAYS = 3
"""Two exact days no further apart may be two accounts of one event."""

NEAR_ALIKE, NEAR_SHARED = 0.6, 0.3
"""Least cosine and least share of content words of such accounts."""

_BEGINS = re.compile(r"\b(?:beg[au]n|begins|start(?:ed|s)|broke\sout)\b", re.IGNORECASE)


def timeline(
    accounts: Sequence[Account],
    weights: Sequence[NDArray[np.float64]] | None = None,
    *,
    most: int | None = None,
) -> tuple[TimelineEvent, ...]:
    """Return the events that documents tell, by first day, last day and path.

    Tellings of one event make one line: the earliest of those that can be read alone, with a
    citation of each further independent report. Text that addresses a chatbot is never said.

    Args:
        accounts: The documents.
        weights: Salience of each sentence, by account; any scale. None: the earlier in its
            document, the more salient.
        most: How many lines at most: the most salient events; None for all.
    """
    every = happenings(reports(accounts, _scaled(accounts, weights)))
    readable = (every[at] for at in _ranked(every) if every[at].readable)
    kept = {id(happening) for happening in islice(readable, most)}
    found = [happening for happening in every if id(happening) in kept]
    by_day = _exact(every)
    claims = number([_claim(happening) for happening in found])
    return tuple(
        TimelineEvent(
            when=happening.best.when,
            claim=claim,
            published=happening.best.account.published,
            corroboration=_corroboration(happening),
            conflicts=_conflicts(happening, by_day),
            planned=happening.best.planned,
        )
        for happening, claim in zip(found, claims, strict=True)
    )


def _ranked(every: Sequence[Happening]) -> list[int]:
    return sorted(range(len(every)), key=lambda at: (-every[at].salience, at))


def _scaled(
    accounts: Sequence[Account], weights: Sequence[NDArray[np.float64]] | None
) -> list[NDArray[np.float64]]:
    """Return the weights of all sentences by their rank among all: from 0 to 1."""
    if weights is None:
        return [np.exp(-np.arange(len(account.sentences)) / POSITION_SCALE) for account in accounts]
    flat = np.concatenate([np.zeros(0), *weights])
    _, inverse = np.unique(flat, return_inverse=True)
    ranked = inverse.astype(np.float64) / max(1, int(inverse.max(initial=0)))
    ends = np.cumsum([len(each) for each in weights])
    return np.split(ranked, ends[:-1]) if len(weights) else []


def _claim(happening: Happening) -> Claim:
    """Return the line's sentence, with one citation of each further independent report."""
    best = happening.best
    claim = quoted_claim(best.hit, best.said.span)
    cited = {best.account.origin}
    further: list[Citation] = []
    for report in happening.reports:
        if report.account.origin not in cited:
            cited.add(report.account.origin)
            further.append(cite(report.hit, report.said.span))
    return replace(claim, citations=(*claim.citations, *further), gloss=best.gloss)


def _corroboration(happening: Happening) -> Corroboration:
    documents = {report.document_id for report in happening.reports}
    return Corroboration(len(documents), happening.independent)


def _exact(every: Sequence[Happening]) -> dict[date, list[Happening]]:
    """Return the events of which one exact day is told, by that day."""
    found: defaultdict[date, list[Happening]] = defaultdict(list)
    for happening in every:
        if not happening.best.width:
            found[happening.best.when.first].append(happening)
    return dict(found)


def _conflicts(
    happening: Happening, by_day: Mapping[date, Sequence[Happening]]
) -> tuple[Difference, ...]:
    """Return where the tellings of an event differ, and where another report gives another day."""
    days = {(report.document_id, report.when.span) for report in happening.reports}
    found = [each for each in differences(_saids(happening)) if not _is_of_the_day(each, days)]
    if happening.best.width:
        return tuple(found)
    first = happening.best.when.first
    around = (timedelta(days=shift) for shift in range(-NEAR_DAYS, NEAR_DAYS + 1) if shift)
    for other in (other for shift in around for other in by_day.get(first + shift, ())):
        if _may_be_one(happening, other):
            both = differences([*_saids(happening), *_saids(other)])
            found += [each for each in both if each.kind == "date" and each not in found]
    return tuple(found)


def _is_of_the_day(difference: Difference, days: set[tuple[DocumentId, Span | None]]) -> bool:
    """Return whether a difference is about the event's own days: the tellings agree on those."""
    return difference.kind == "date" and any(
        (statement.citation.document_id, statement.value) in days
        for statement in difference.statements
    )


def _may_be_one(left: Happening, right: Happening) -> bool:
    """Return whether two events on neighbouring days may be one that reports date differently."""
    one, other = left.best, right.best
    if one.planned != other.planned:
        return False
    if {r.account.origin for r in left.reports} & {r.account.origin for r in right.reports}:
        return False
    return (
        float(one.vector @ other.vector) >= NEAR_ALIKE and shared_words(one, other) >= NEAR_SHARED
    )


def _saids(happening: Happening) -> list[Said]:
    return [Said(report.account, report.said.at) for report in happening.reports]
