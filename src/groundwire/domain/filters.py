"""Filters that a question itself speaks of: "in June", "according to Harbour Wire", "latest"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from groundwire.domain.retrieval import Scope
    from groundwire.domain.spans import Span

FilterKind = Literal["source", "as_of", "dates", "event", "latest"]

WINDOWS: frozenset[FilterKind] = frozenset({"as_of", "dates", "event"})
"""Kinds that narrow the days of publication."""

GUESSED: frozenset[FilterKind] = frozenset({"dates", "event"})
"""Kinds that may have been meant otherwise: a day that is named is often that of the event."""

SETTLED: frozenset[FilterKind] = frozenset({"as_of"})
"""Kinds whose words say nothing of the answer itself."""


@dataclass(frozen=True, slots=True)
class InferredFilter:
    """One phrase of a question that was read as a filter.

    Attributes:
        kind: ``source``, ``as_of``, ``dates``, ``event`` or ``latest``.
        span: Where the phrase stands in the question.
        text: Its characters.
        words: What it was read as, such as ``published in June 2019``.
        sources: Outlets that it narrows the search to; none: any.
        since: Earliest day of publication; None: any.
        until: Latest day of publication; None: any.
        lifted: Whether it was taken back, for with it nothing was found.
    """

    kind: FilterKind
    span: Span
    text: str
    words: str
    sources: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    lifted: bool = False

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of one inferred filter."""
        return {
            "kind": self.kind,
            "text": self.text,
            "start": self.span.start,
            "end": self.span.end,
            "read_as": self.words,
            "sources": list(self.sources),
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "lifted": self.lifted,
        }


@dataclass(frozen=True, slots=True)
class InferredFilters:
    """The filters that a question speaks of, in the order of its words.

    Attributes:
        phrases: The phrases, lifted ones among them.
    """

    phrases: tuple[InferredFilter, ...] = ()

    @property
    def in_force(self) -> tuple[InferredFilter, ...]:
        """The filters that were not lifted."""
        return tuple(phrase for phrase in self.phrases if not phrase.lifted)

    @property
    def kinds(self) -> frozenset[FilterKind]:
        """The kinds in force."""
        return frozenset(phrase.kind for phrase in self.in_force)

    @property
    def latest(self) -> bool:
        """Whether newer documents are preferred."""
        return "latest" in self.kinds

    @property
    def said(self) -> tuple[str, ...]:
        """What is in force, in words, nothing twice."""
        return tuple(dict.fromkeys(phrase.words for phrase in self.in_force))

    @property
    def notice(self) -> str:
        """What people are told about the filters that were lifted; empty if none was."""
        lifted = [phrase for phrase in self.phrases if phrase.lifted]
        if not lifted:
            return ""
        words = " ".join(dict.fromkeys(phrase.words for phrase in lifted))
        return f"no document {words} answers this; all dates were searched"

    def within(self, scope: Scope) -> Scope:
        """Return a scope narrowed by the filters in force.

        Args:
            scope: What the person asked for; where it says something of outlets or of days of
                publication, no filter of that kind may be in force.
        """
        found = [phrase for phrase in self.in_force if phrase.kind != "latest"]
        sources = tuple(sorted({source for phrase in found for source in phrase.sources}))
        since = max((phrase.since for phrase in found if phrase.since), default=None)
        until = min((phrase.until for phrase in found if phrase.until), default=None)
        return replace(
            scope,
            sources=scope.sources or sources,
            since=scope.since or since,
            until=scope.until or until,
        )

    def only(self, kinds: Collection[FilterKind]) -> InferredFilters:
        """Return the filters of some kinds."""
        return InferredFilters(tuple(each for each in self.phrases if each.kind in kinds))

    def lifting(self, kinds: Collection[FilterKind]) -> InferredFilters:
        """Return the filters with those of some kinds lifted."""
        return InferredFilters(
            tuple(
                replace(each, lifted=True) if each.kind in kinds else each for each in self.phrases
            )
        )

    def explicit(self, scope: Scope) -> Scope:
        """Return what a person asked for, of a scope that these filters narrowed."""
        if "source" in self.kinds:
            scope = replace(scope, sources=())
        return replace(scope, since=None, until=None) if self.kinds & WINDOWS else scope


NONE_INFERRED = InferredFilters()
