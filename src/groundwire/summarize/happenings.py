"""Happenings: reports of one event, put together across documents."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from groundwire.summarize.reports import Report

ALIKE, SHARED = 0.55, 0.35
"""Least cosine, and least share of the shorter sentence's content words, of two tellings."""

CLOSE, SHARED_IF_CLOSE = 0.75, 0.25
"""The same where the sentences are closer in meaning."""

SAME_SORT, SHARED_IF_SAME_SORT = 0.6, 0.1
"""The same where both give a value of one sort: they may well be a conflict."""

WITHIN, SHARED_WITHIN = 0.7, 0.5
"""The same for two sentences of one document, which are about one thing anyway."""

_EXACT, _VAGUE, _SAID, _OLD = 0.15, 0.3, 0.1, 0.15
_VAGUE_DAYS, _OLD_DAYS = 31, 180
_CONFIRMED = 0.2
_LOOKED_AT = 8


@dataclass(frozen=True)
class Happening:
    """An event, by the reports that tell it.

    Attributes:
        best: The report that stands for all; the first of ``reports``.
        reports: All, the best first, then by day of publication.
    """

    best: Report
    reports: tuple[Report, ...]

    @property
    def readable(self) -> bool:
        """Whether some report can be read alone: the others are only there to be compared."""
        return self.best.stands

    @cached_property
    def independent(self) -> int:
        """How many of the reports' documents report for themselves."""
        return len({report.account.origin for report in self.reports})

    @cached_property
    def salience(self) -> float:
        """How much it matters: the weight of its sentences, how many tell it, how sure the day is.

        What is known to the year, long past when it was told, or only that somebody said
        something, matters less.
        """
        best = self.best
        found = max(report.weight for report in self.reports)
        found += _CONFIRMED * math.log(self.independent)
        found += _EXACT * (best.width == 0) - _VAGUE * (best.width > _VAGUE_DAYS)
        published = best.account.published
        old = published is not None and (published - best.when.last).days > _OLD_DAYS
        return found - _OLD * old - _SAID * best.speaks


def happenings(reports: Iterable[Report]) -> tuple[Happening, ...]:
    """Return the events that reports tell, by first day, last day, path and place.

    A report joins the first event whose heaviest report tells the same.
    """
    groups: list[list[Report]] = []
    near: defaultdict[int, list[int]] = defaultdict(list)
    for report in sorted(reports, key=lambda report: (-report.weight, report.order)):
        months = _months(report)
        around = sorted({at for month in months for at in near[month]})
        joined = next((at for at in around if same_event(groups[at][0], report)), None)
        if joined is None:
            for month in months:
                near[month].append(len(groups))
            groups.append([report])
        else:
            groups[joined].append(report)
    return tuple(sorted((_happening(group) for group in groups), key=_by_days))


def _months(report: Report) -> range:
    """Return the months of a report's days, counted through: only these can hold its event."""
    first, last = report.when.first, report.when.last
    return range(12 * first.year + first.month, 12 * last.year + last.month + 1)


def same_event(one: Report, other: Report) -> bool:
    """Return whether two reports tell one event: days in common, and alike in what they say.

    A plan and what came of it stay two: that something was planned does not bear out that it was.
    """
    apart = one.when.last < other.when.first or other.when.last < one.when.first
    if apart or one.planned != other.planned:
        return False
    cosine, shared = float(one.vector @ other.vector), shared_words(one, other)
    if one.document_id == other.document_id:
        return cosine >= WITHIN and shared >= SHARED_WITHIN
    if one.sorts & other.sorts and cosine >= SAME_SORT and shared >= SHARED_IF_SAME_SORT:
        return True
    alike = cosine >= ALIKE and shared >= SHARED
    return alike or (cosine >= CLOSE and shared >= SHARED_IF_CLOSE)


def shared_words(one: Report, other: Report) -> float:
    """Return the share of the shorter report's content words that the other has; dates apart."""
    least = min(len(one.content), len(other.content))
    return len(one.content & other.content) / max(1, least)


def _happening(group: list[Report]) -> Happening:
    """Return an event; of many reports the first few are looked at for the one that is shown."""
    ordered = sorted(group, key=_cheap)
    best = min(ordered[:_LOOKED_AT], key=_worth) if len(group) > 1 else ordered[0]
    others = sorted((report for report in group if report is not best), key=lambda r: r.order)
    return Happening(best, (best, *others))


def _cheap(report: Report) -> tuple[bool, bool, tuple[str, str, int]]:
    """Return what the best report has least of: copying, vagueness, age."""
    return (report.account.origin != report.document_id, report.width > 0, report.order)


def _worth(report: Report) -> tuple[bool, bool, bool, bool, tuple[str, str, int]]:
    """Return the same with whether it leans on what was said before."""
    copy, vague, order = _cheap(report)
    return (not report.stands, copy, vague, report.said.dangles, order)


def _by_days(happening: Happening) -> tuple[str, str, str, int]:
    best = happening.best
    path, place = best.account.info.path, best.said.at
    return (best.when.first.isoformat(), best.when.last.isoformat(), path, place)
