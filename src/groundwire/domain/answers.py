"""Answers: verified claims or an abstention, and how they came about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from groundwire.domain.families import NO_CORROBORATION
from groundwire.domain.filters import NONE_INFERRED

if TYPE_CHECKING:
    from groundwire.domain.claims import Claim, Dropped
    from groundwire.domain.comparisons import Difference
    from groundwire.domain.families import Corroboration
    from groundwire.domain.filters import InferredFilters
    from groundwire.domain.retrieval import Hit, Scope
    from groundwire.domain.spans import Span

Outcome = Literal["answered", "related", "nothing", "clarify"]
Engine = Literal["extractive", "llm"]


@dataclass(frozen=True, slots=True)
class Abstention:
    """Why nothing was answered, and the closest that was found. A normal result.

    Attributes:
        reason: One sentence for people.
        nearest: The closest passages, best first; empty when nothing is near.
        unmentioned: Names and numbers of the question that no document mentions.
        closest: For each of the passages its sentence that comes closest, in the document's
            offsets; empty where none was told apart.
    """

    reason: str
    nearest: tuple[Hit, ...] = ()
    unmentioned: tuple[str, ...] = ()
    closest: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        """Check that every closest sentence stands in its passage."""
        inside = zip(self.nearest, self.closest, strict=bool(self.closest))
        if not all(hit.passage.span.contains(span) for hit, span in inside):
            message = "a closest sentence stands in its passage"
            raise ValueError(message)

    def excerpts(self) -> tuple[str, ...]:
        """Return the text of each of the nearest passages from its closest sentence on."""
        if not self.closest:
            return tuple(hit.passage.text for hit in self.nearest)
        return tuple(
            hit.passage.text[span.start - hit.passage.span.start :]
            for hit, span in zip(self.nearest, self.closest, strict=True)
        )

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of an abstention."""
        return {
            "reason": self.reason,
            "nearest": [hit.to_dict() for hit in self.nearest],
            "unmentioned": list(self.unmentioned),
            "closest": [[span.start, span.end] for span in self.closest],
        }


@dataclass(frozen=True, slots=True)
class Source:
    """One numbered passage behind an answer.

    Attributes:
        n: Its number in the answer.
        hit: The passage as it was found.
        cited: Whether a sentence of the answer rests on it.
    """

    n: int
    hit: Hit
    cited: bool

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of one source."""
        entry = self.hit.to_dict()
        entry.pop("rank")
        return {"n": self.n, **entry, "cited": self.cited}


@dataclass(frozen=True, slots=True)
class Provenance:
    """How an answer came about: what ``/why`` prints.

    Attributes:
        engine: ``extractive`` or ``llm``.
        generation: Name of the index generation that was read.
        revision: Revision of the index that was read.
        encoder: Name of the encoder.
        model: Name of the language model; None for the extractive engine.
        prompt: Id and version of the prompt, such as ``answer.v1``; None without a model.
        prompt_hash: SHA-256 of the prompt file; None without a model.
        timing_ms: Milliseconds by stage; it differs from run to run.
        scores: The numbers that the decision to answer was made on, by name.
        inferred: The filters that were read out of the question, those lifted again among them.
    """

    engine: Engine
    generation: str
    revision: int
    encoder: str
    model: str | None = None
    prompt: str | None = None
    prompt_hash: str | None = None
    timing_ms: dict[str, int] = field(default_factory=dict)
    scores: dict[str, float] = field(default_factory=dict)
    inferred: InferredFilters = NONE_INFERRED

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of a provenance, without the timings."""
        return {
            "generation": self.generation,
            "revision": self.revision,
            "encoder": self.encoder,
            "prompt": self.prompt,
            "prompt_hash": self.prompt_hash,
            "scores": {name: round(value, 4) for name, value in self.scores.items()},
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of a question: cited sentences, or an abstention.

    Attributes:
        question: The question as asked.
        standalone: The question as it was searched for, with references resolved.
        outcome: ``answered``, ``related``, ``nothing`` or ``clarify``.
        claims: Verified sentences in reading order; empty unless ``answered``.
        sources: The numbered passages, cited ones first.
        filters: The scope that was in force.
        provenance: How the answer came about.
        abstention: Why nothing was answered; None if ``answered``.
        dropped: Sentences that were written and did not pass the checks.
        warnings: One-line notices for people, such as a model that could not be reached.
        conflicts: Candidates for conflicts and updates among what the documents say to it.
        corroboration: How many documents the answer rests on, and how many independent reports.
    """

    question: str
    standalone: str
    outcome: Outcome
    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    filters: Scope
    provenance: Provenance
    abstention: Abstention | None = None
    dropped: tuple[Dropped, ...] = ()
    warnings: tuple[str, ...] = ()
    conflicts: tuple[Difference, ...] = ()
    corroboration: Corroboration = NO_CORROBORATION

    def __post_init__(self) -> None:
        """Check that an answer says something verified, or says why it does not."""
        if self.answered != bool(self.claims) or self.answered == bool(self.abstention):
            message = "an answer has claims, or else an abstention"
            raise ValueError(message)
        if not all(claim.verdict.verified for claim in self.claims):
            message = "only verified claims may be part of an answer"
            raise ValueError(message)

    @property
    def answered(self) -> bool:
        """Whether the documents answered the question."""
        return self.outcome == "answered"

    @property
    def condensed(self) -> bool:
        """Whether another question was searched for than was asked: a follow-up, completed."""
        return self.standalone != self.question

    @property
    def citations(self) -> tuple[int, ...]:
        """The numbers cited, in order of first citation."""
        numbers = (citation.n for claim in self.claims for citation in claim.citations)
        return tuple(dict.fromkeys(numbers))

    @property
    def text(self) -> str:
        """The answer as Markdown text: sentences with their markers, or the abstention."""
        if self.abstention is not None:
            return self.abstention.reason
        return " ".join(
            " ".join(
                filter(None, (claim.text, claim.gloss and f"[{claim.gloss}]", claim.markers()))
            )
            for claim in self.claims
        )

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object (schema 1) that ``ask --json`` prints."""
        return {
            "schema": 1,
            "question": self.question,
            "standalone": self.standalone,
            "answered": self.answered,
            "outcome": self.outcome,
            "answer": self.text,
            "citations": list(self.citations),
            "claims": [claim.to_dict() for claim in self.claims],
            "abstention": self.abstention.to_dict() if self.abstention else None,
            "filters": self.filters.to_dict(),
            "inferred": [phrase.to_dict() for phrase in self.provenance.inferred.phrases],
            "sources": [source.to_dict() for source in self.sources],
            "dropped": [dropped.to_dict() for dropped in self.dropped],
            "conflicts": [each.to_dict() for each in self.conflicts],
            "families": self.corroboration.to_dict(),
            "engine": self.provenance.engine,
            "model": self.provenance.model,
            "provenance": self.provenance.to_dict(),
            "timing_ms": dict(self.provenance.timing_ms),
            "warnings": list(self.warnings),
        }
