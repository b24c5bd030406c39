"""Summaries: what was asked to be summarised, and what was said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groundwire.domain.answers import Provenance, Source
    from groundwire.domain.claims import Claim, Dropped


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a summary stands on.

    Attributes:
        documents: Documents that a sentence of the summary comes from.
        documents_total: Documents that were to be summarised.
        paragraphs: Paragraphs that a sentence of the summary comes from.
        paragraphs_total: Paragraphs that were to be summarised.
    """

    documents: int
    documents_total: int
    paragraphs: int
    paragraphs_total: int

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of a coverage."""
        return {
            "documents": self.documents,
            "documents_total": self.documents_total,
            "paragraphs": self.paragraphs,
            "paragraphs_total": self.paragraphs_total,
        }


@dataclass(frozen=True, slots=True)
class Summary:
    """Cited sentences that stand for one or more documents.

    Attributes:
        target: What was summarised, in words.
        claims: Verified sentences in reading order.
        sources: The numbered passages.
        coverage: What the summary stands on.
        provenance: How it came about.
        dropped: Sentences that did not pass the checks.
        warnings: One-line notices, such as a length that could not be met.
    """

    target: str
    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    coverage: Coverage
    provenance: Provenance
    dropped: tuple[Dropped, ...] = ()
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check that every sentence was verified."""
        if not all(claim.verdict.verified for claim in self.claims):
            message = "only verified claims may be part of a summary"
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
            "summary": self.text,
            "claims": [claim.to_dict() for claim in self.claims],
            "coverage": self.coverage.to_dict(),
            "sources": [source.to_dict() for source in self.sources],
            "dropped": [dropped.to_dict() for dropped in self.dropped],
            "engine": self.provenance.engine,
            "model": self.provenance.model,
            "timing_ms": dict(self.provenance.timing_ms),
            "warnings": list(self.warnings),
        }
