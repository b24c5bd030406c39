"""What one run of the answer pipeline has found and said so far."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from groundwire.domain.events import ClaimReady
from groundwire.ground.cite import renumber

if TYPE_CHECKING:
    from groundwire.answer.condense import Condensed
    from groundwire.answer.evidence import Evidence
    from groundwire.answer.extractive import Extract
    from groundwire.domain.answers import Provenance
    from groundwire.domain.claims import Claim, Dropped
    from groundwire.domain.retrieval import Hit, Scope


@dataclass(slots=True)
class Run:
    """What one run has gathered so far."""

    asked: Condensed
    started: float = field(default_factory=time.perf_counter)
    timing_ms: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    by_model: bool = False

    def mark(self, stage: str) -> None:
        """Note that a stage has ended."""
        self.timing_ms[stage] = round(1000 * (time.perf_counter() - self.started))

    def ready(self, claim: Claim) -> ClaimReady:
        """Take a claim in, with its citations numbered, and return the event that tells it."""
        numbered = renumber(claim, self.numbers)
        self.claims.append(numbered)
        if "first_claim" not in self.timing_ms:
            self.mark("first_claim")
        return ClaimReady(numbered)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found in one snapshot of the index, which is closed again.

    Attributes:
        evidence: The passages, read.
        extract: What the extractive engine makes of them.
        scope: Where they were looked for.
        provenance: Where they come from, and the filters that were read out of the question.
    """

    evidence: Evidence
    extract: Extract
    scope: Scope
    provenance: Provenance

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The passages that were found."""
        return self.evidence.ranking.hits
