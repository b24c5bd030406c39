"""Summaries: what was asked to be summarised, and what was said of it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from groundwire.domain.families import NO_CORROBORATION

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from groundwire.domain.answers import Provenance, Source
    from groundwire.domain.claims import Claim, Dropped
    from groundwire.domain.comparisons import Difference
    from groundwire.domain.documents import DocumentId, PassageId
    from groundwire.domain.families import Corroboration
    from groundwire.domain.spans import Span

Style = Literal["brief", "bullets", "timeline", "tldr"]
Length = Literal["short", "medium", "long"]

LENGTHS: Mapping[Length, int] = MappingProxyType({"short": 3, "medium": 6, "long": 12})
"""Sentences that the words for a length mean."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject, as a target of a summary: whatever the documents hold about it."""

    text: str

    def __post_init__(self) -> None:
        """Refuse a topic without a word."""
        if not self.text.strip():
            message = "a topic needs a word"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class GivenText:
    """A text that is not in the index, as a target of a summary."""

    text: str

    def __post_init__(self) -> None:
        """Refuse a text without a character to quote."""
        if not self.text.strip():
            message = "there is no text"
            raise ValueError(message)


Target = str | tuple[str, ...] | Topic | GivenText | None
"""What is summarised: a document by any of its names, several, a topic, a text, or everything."""


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph, as coverage lists it.

    Attributes:
        document_id: Its document.
        passage_id: The passage that its first character stands in.
        path: The document's path, for people.
        span: Where it stands in the document's text.
        locator: The place in words, such as ``¶ 4``.
    """

    document_id: DocumentId
    passage_id: PassageId
    path: str
    span: Span
    locator: str

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of a place."""
        return {
            "doc_id": self.document_id,
            "passage_id": self.passage_id,
            "path": self.path,
            "start": self.span.start,
            "end": self.span.end,
            "locator": self.locator,
        }


@dataclass(frozen=True, slots=True)
class Theme:
    """What a summary leaves out: paragraphs on one matter, under a short label.

    Attributes:
        label: A few words of the documents, such as ``Hong Kong protests``.
        places: The paragraphs, by document and place in it.
    """

    label: str
    places: tuple[Place, ...]

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of a theme."""
        return {"label": self.label, "places": [place.to_dict() for place in self.places]}


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a summary stands on, and what it does not represent.

    A paragraph is represented if a sentence of the summary comes from it, or says what one of
    its sentences says.

    Attributes:
        documents: Documents with a represented paragraph.
        documents_total: Documents that were to be summarised.
        paragraphs: Paragraphs that are represented.
        paragraphs_total: Paragraphs that were to be summarised.
        represented: The represented paragraphs, by document and place in it.
        missing: The others, by theme, the largest theme first.
    """

    documents: int
    documents_total: int
    paragraphs: int
    paragraphs_total: int
    represented: tuple[Place, ...] = ()
    missing: tuple[Theme, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of a coverage."""
        return {
            "documents": self.documents,
            "documents_total": self.documents_total,
            "paragraphs": self.paragraphs,
            "paragraphs_total": self.paragraphs_total,
            "represented": [place.to_dict() for place in self.represented],
            "missing": [theme.to_dict() for theme in self.missing],
        }


@dataclass(frozen=True, slots=True)
class When:
    """The days that an event fell on, as far as they can be told.

    Attributes:
        first: The first day that may be meant.
        last: The last one; equal to ``first`` for one exact day.
        words: How the document puts it, such as ``last Tuesday``; empty where the document gives
            no date and its day of publication was taken.
        span: Where these words stand in the document's text; None where there are none.
    """

    first: date
    last: date
    words: str = ""
    span: Span | None = None

    def __post_init__(self) -> None:
        """Check that the days are in order."""
        if self.first > self.last:
            message = f"{self.first} is after {self.last}"
            raise ValueError(message)

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of the days."""
        return {
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "words": self.words,
            "start": self.span.start if self.span else None,
            "end": self.span.end if self.span else None,
        }


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One line of a timeline.

    Attributes:
        when: When it happened, or will.
        claim: The sentence that tells it, cited; further documents that tell it are cited too.
        published: Day of publication of the document that the sentence stands in.
        corroboration: How many documents tell it, and how many independent ones.
        conflicts: Candidates for conflicts and updates between the documents that tell it.
        planned: Whether it lay ahead when it was written of.
    """

    when: When
    claim: Claim
    published: date | None
    corroboration: Corroboration
    conflicts: tuple[Difference, ...] = ()
    planned: bool = False

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of an event."""
        return {
            "when": self.when.to_dict(),
            "claim": self.claim.to_dict(),
            "published": self.published.isoformat() if self.published else None,
            "families": self.corroboration.to_dict(),
            "conflicts": [each.to_dict() for each in self.conflicts],
            "planned": self.planned,
        }


@dataclass(frozen=True, slots=True)
class Summary:
    """Cited sentences that stand for one or more documents.

    Attributes:
        target: What was summarised, in words.
        claims: Verified sentences in reading order; empty if there was nothing to say, and then
            a warning says why.
        sources: The numbered passages.
        coverage: What the summary stands on.
        provenance: How it came about.
        style: How it is laid out.
        events: For the style ``timeline``: its lines, each with one of the claims.
        conflicts: Candidates for conflicts and updates among what the summary says.
        corroboration: How many documents were summarised, and how many independent reports.
        partial: Whether the work was stopped before everything was read.
        dropped: Sentences that did not pass the checks.
        warnings: One-line notices, such as a length that could not be met.
    """

    target: str
    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    coverage: Coverage
    provenance: Provenance
    style: Style = "brief"
    events: tuple[TimelineEvent, ...] = ()
    conflicts: tuple[Difference, ...] = ()
    corroboration: Corroboration = NO_CORROBORATION
    partial: bool = False
    dropped: tuple[Dropped, ...] = ()
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check that every sentence was verified, and that a timeline is its events."""
        if not all(claim.verdict.verified for claim in self.claims):
            message = "only verified claims may be part of a summary"
            raise ValueError(message)
        if self.events and tuple(event.claim for event in self.events) != self.claims:
            message = "the claims of a timeline are those of its events"
            raise ValueError(message)
        if not self.claims and not self.warnings:
            message = "a summary without a sentence says why"
            raise ValueError(message)

    @property
    def text(self) -> str:
        """The summary as Markdown text: sentences with their markers."""
        return " ".join(claim.marked() for claim in self.claims)

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object (schema 1) that ``summarize --json`` prints."""
        return {
            "schema": 1,
            "target": self.target,
            "style": self.style,
            "summary": self.text,
            "claims": [claim.to_dict() for claim in self.claims],
            "events": [event.to_dict() for event in self.events],
            "conflicts": [each.to_dict() for each in self.conflicts],
            "families": self.corroboration.to_dict(),
            "coverage": self.coverage.to_dict(),
            "partial": self.partial,
            "sources": [source.to_dict() for source in self.sources],
            "dropped": [dropped.to_dict() for dropped in self.dropped],
            "engine": self.provenance.engine,
            "model": self.provenance.model,
            "timing_ms": dict(self.provenance.timing_ms),
            "warnings": list(self.warnings),
        }
