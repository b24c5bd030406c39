"""One question, from retrieval to a checked answer, told as events."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from groundwire.answer.evidence import gather
from groundwire.domain.answers import Abstention, Answer, Provenance
from groundwire.domain.claims import Claim
from groundwire.domain.errors import CancelledError, ModelError, NoDocumentsError
from groundwire.domain.events import ClaimReady, Done, Found, Status
from groundwire.ground.cite import renumber, sources

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator, Sequence

    from groundwire.answer.drafted import DraftedAnswerer
    from groundwire.answer.evidence import Evidence
    from groundwire.answer.extractive import Extract, ExtractiveAnswerer
    from groundwire.domain.answers import Outcome
    from groundwire.domain.claims import Dropped
    from groundwire.domain.conversations import Turn
    from groundwire.domain.events import Event
    from groundwire.domain.retrieval import Hit, Scope
    from groundwire.index.store import IndexStore
    from groundwire.retrieve.hybrid import HybridRetriever


_OWN_SENTENCES = "these are the documents' own sentences"


@dataclass(frozen=True, slots=True)
class Request:
    """One question as it was put to the desk."""

    question: str
    scope: Scope
    history: Sequence[Turn] = ()
    cancel: threading.Event | None = None

    def check_cancelled(self) -> None:
        """Stop here if the person who asked no longer wants to know."""
        if self.cancel is not None and self.cancel.is_set():
            raise CancelledError


@dataclass(slots=True)
class _Run:
    """What one run has gathered so far."""

    started: float = field(default_factory=time.perf_counter)
    timing_ms: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    by_model: bool = False

    def mark(self, stage: str) -> None:
        self.timing_ms[stage] = round(1000 * (time.perf_counter() - self.started))

    def ready(self, claim: Claim) -> ClaimReady:
        numbered = renumber(claim, self.numbers)
        self.claims.append(numbered)
        if "first_claim" not in self.timing_ms:
            self.mark("first_claim")
        return ClaimReady(numbered)


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found in one snapshot of the index, which is closed again."""

    evidence: Evidence
    provenance: Provenance

    @property
    def hits(self) -> tuple[Hit, ...]:
        return self.evidence.ranking.hits


class AnswerPipeline:
    """Retrieves, answers extractively or lets a model draft, and says only what is verified."""

    def __init__(
        self,
        store: IndexStore,
        retriever: HybridRetriever,
        extractive: ExtractiveAnswerer,
        drafted: DraftedAnswerer | None = None,
        *,
        top_k: int,
    ) -> None:
        """Keep the parts.

        Args:
            store: Where snapshots come from.
            retriever: Finds the passages.
            extractive: Answers without a model, and instead of one that fails.
            drafted: Answers with a model; None for the extractive engine.
            top_k: Passages that an answer may use.
        """
        self._store = store
        self._retriever = retriever
        self._extractive = extractive
        self._drafted = drafted
        self._top_k = top_k

    def events(self, request: Request) -> Iterator[Event]:
        """Yield what happens, ending with ``Done``.

        Raises:
            NoDocumentsError: The index or the scope holds no document.
            CancelledError: The request was cancelled.
        """
        run = _Run()
        yield Status("searching the documents")
        found = self._retrieve(request)
        run.mark("retrieve")
        request.check_cancelled()
        yield Found(found.hits)
        extract = self._extractive.answer(found.evidence)
        run.mark("read")
        if self._drafted is not None and extract.outcome != "nothing":
            yield Status(f"asking {self._drafted.model}")
            yield from self._draft(self._drafted, request, found, run)
        if not run.by_model:
            for claim in extract.claims:
                request.check_cancelled()
                yield run.ready(claim)
        run.mark("total")
        yield Done(self._finish(request, found, extract, run))

    def _retrieve(self, request: Request) -> _Found:
        with self._store.snapshot() as snapshot:
            if not snapshot.documents(request.scope):
                raise NoDocumentsError(
                    "no document is in the index"
                    if request.scope.is_everything()
                    else "no document matches the scope",
                    hint="run: groundwire docs (lists what is indexed)",
                )
            ranking = self._retriever.search(
                snapshot, request.question, top_k=self._top_k, scope=request.scope
            )
            vector = self._retriever.vector(request.question)
            evidence = gather(request.question, vector, ranking, snapshot)
            provenance = Provenance(
                "extractive", snapshot.generation, snapshot.revision, self._retriever.encoder_name
            )
        return _Found(evidence, provenance)

    def _draft(
        self, drafted: DraftedAnswerer, request: Request, found: _Found, run: _Run
    ) -> Iterator[Event]:
        """Yield the model's sentences that hold; a model that fails leaves a warning."""
        hits = found.hits
        try:
            for result in drafted.claims(request.question, hits, request.history, request.cancel):
                if isinstance(result, Claim):
                    yield run.ready(result)
                else:
                    run.dropped.append(result)
        except ModelError as error:
            run.by_model = bool(run.claims)
            instead = "the answer may not be whole" if run.by_model else _OWN_SENTENCES
            run.warnings.append(f"{error}; {instead}")
            return
        refused = not run.claims and not run.dropped
        run.by_model = bool(run.claims) or refused
        if not run.by_model:
            wrote = f"nothing that {drafted.model} wrote is in the documents"
            run.warnings.append(f"{wrote}; {_OWN_SENTENCES}")

    def _finish(self, request: Request, found: _Found, extract: Extract, run: _Run) -> Answer:
        hits = found.hits
        abstention = None if run.claims else _abstention(extract, found)
        outcome: Outcome = (
            "answered" if run.claims else "related" if _near(abstention) else "nothing"
        )
        return Answer(
            question=request.question,
            standalone=request.question,
            outcome=outcome,
            claims=tuple(run.claims),
            sources=sources(run.claims, hits),
            filters=request.scope,
            provenance=self._provenance(found, extract, run),
            abstention=abstention,
            dropped=tuple(run.dropped),
            warnings=tuple(run.warnings),
        )

    def _provenance(self, found: _Found, extract: Extract, run: _Run) -> Provenance:
        base = found.provenance
        drafted = self._drafted if run.by_model else None
        prompt, prompt_hash = drafted.prompt if drafted else (None, None)
        return Provenance(
            engine="llm" if drafted else "extractive",
            generation=base.generation,
            revision=base.revision,
            encoder=base.encoder,
            model=drafted.model if drafted else None,
            prompt=prompt,
            prompt_hash=prompt_hash,
            timing_ms=dict(run.timing_ms),
            scores=extract.scores,
        )


def _near(abstention: Abstention | None) -> bool:
    return abstention is not None and bool(abstention.nearest)


def _abstention(extract: Extract, found: _Found) -> Abstention:
    """Return why nothing is said; a model may decline what the extractive engine would answer."""
    if extract.abstention is not None:
        return extract.abstention
    return Abstention("The documents do not say.", found.hits[:3])
