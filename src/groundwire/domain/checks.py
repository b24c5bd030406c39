"""Checks: a claim that somebody else made, held against the documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groundwire.domain.answers import Source
    from groundwire.domain.claims import Citation, Verdict
    from groundwire.domain.retrieval import Scope


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What the documents say of a claim.

    Attributes:
        claim: The claim as it was put.
        verdict: ``quoted`` if it stands in a document word for word, ``supported`` if a sentence,
            or two, say it in nearly the same words; ``contradicted`` if a sentence on the same
            thing gives another value or turns a negation; ``attribution_dropped`` if the words
            are there, but said by somebody or hedged; otherwise ``unsupported``, which is not
            "false": the words are judged, and a free paraphrase is not recognised.
        support: How far the best passage supports it by the words that they share, from 0 to 1; a
            hint for people, on which no verdict rests alone.
        evidence: What the verdict rests on, best first; the closest sentences if unsupported.
        missing: Values and names of the claim that are nowhere in the passages found.
        sources: The passages behind the evidence, numbered as its citations are.
        filters: The scope that was in force.
    """

    claim: str
    verdict: Verdict
    support: float
    evidence: tuple[Citation, ...]
    missing: tuple[str, ...]
    sources: tuple[Source, ...]
    filters: Scope

    def __post_init__(self) -> None:
        """Check that what is found true or false is shown, and every source of it numbered."""
        if self.verdict.label != "unsupported" and not self.evidence:
            message = f"a claim that is {self.verdict.label} needs evidence"
            raise ValueError(message)
        if {one.n for one in self.evidence} != {source.n for source in self.sources}:
            message = "the sources of a check are those of its evidence"
            raise ValueError(message)

    @property
    def supported(self) -> bool:
        """Whether the documents say what the claim says."""
        return self.verdict.verified

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object (schema 1) that ``check --json`` prints."""
        return {
            "schema": 1,
            "claim": self.claim,
            "supported": self.supported,
            "verdict": self.verdict.label,
            "score": round(self.verdict.score, 4),
            "judge": self.verdict.judge,
            "reasons": list(self.verdict.reasons),
            "support": round(self.support, 4),
            "evidence": [citation.to_dict() for citation in self.evidence],
            "missing": list(self.missing),
            "sources": [source.to_dict() for source in self.sources],
            "filters": self.filters.to_dict(),
        }
