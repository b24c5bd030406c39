"""One question, from retrieval to a checked answer, told as events."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from groundwire.answer.clarifying import clarifying
from groundwire.answer.condenser import Condenser
from groundwire.answer.conflicts import conflicts
from groundwire.answer.evidence import gather
from groundwire.answer.running import Gathered, Run
from groundwire.domain.answers import Abstention, Answer, Provenance
from groundwire.domain.claims import Claim
from groundwire.domain.errors import CancelledError, ModelError, NoDocumentsError, UsageError
from groundwire.domain.events import Done, Found, Status
from groundwire.domain.families import NO_CORROBORATION
from groundwire.domain.filters import NONE_INFERRED
from groundwire.ground.cite import sources
from groundwire.retrieve.conversation import search_in_conversation
from groundwire.retrieve.families import corroboration_of
from groundwire.retrieve.filters import facts_of, loosened, read_filters

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator, Sequence

    from groundwire.answer.condense import Condensed
    from groundwire.answer.drafted import DraftedAnswerer
    from groundwire.answer.extractive import ExtractiveAnswerer
    from groundwire.domain.answers import Outcome
    from groundwire.domain.conversations import Turn
    from groundwire.domain.events import Event
    from groundwire.domain.families import Corroboration
    from groundwire.domain.filters import InferredFilters
    from groundwire.domain.retrieval import Scope
    from groundwire.index.snapshot import Snapshot
    from groundwire.index.store import IndexStore
    from groundwire.retrieve.asked import Asked
    from groundwire.retrieve.hybrid import HybridRetriever


_LOGGER = logging.getLogger(__name__)

_OWN_SENTENCES = "these are the documents' own sentences"


@dataclass(frozen=True, slots=True)
class Request:
    """One question as it was put to the desk.

    Attributes:
        question: What is asked.
        scope: Which documents may be used.
        history: The turns before it, oldest first.
        cancel: Set when the answer is no longer wanted.
        filters: Whether the question itself is read for further filters.
    """

    question: str
    scope: Scope
    history: Sequence[Turn] = ()
    cancel: threading.Event | None = None
    filters: bool = True

    def check_cancelled(self) -> None:
        """Stop here if the person who asked no longer wants to know."""
        if self.cancel is not None and self.cancel.is_set():
            raise CancelledError


class AnswerPipeline:
    """Retrieves, answers extractively or lets a model draft, and says only what is verified."""

    def __init__(  # noqa: PLR0913 -- a pipeline has these parts
        self,
        store: IndexStore,
        retriever: HybridRetriever,
        extractive: ExtractiveAnswerer,
        drafted: DraftedAnswerer | None = None,
        condenser: Condenser | None = None,
        *,
        top_k: int,
    ) -> None:
        """Keep the parts.

        Args:
            store: Where snapshots come from.
            retriever: Finds the passages.
            extractive: Answers without a model, and instead of one that fails.
            drafted: Answers with a model; None for the extractive engine.
            condenser: Completes follow-ups; None: by rules alone.
            top_k: Passages that an answer may use.
        """
        self._store = store
        self._retriever = retriever
        self._extractive = extractive
        self._drafted = drafted
        self._condenser = condenser or Condenser()
        self._top_k = top_k

    def events(self, request: Request) -> Iterator[Event]:
        """Yield what happens, ending with ``Done``.

        Raises:
            UsageError: The question has no words.
            NoDocumentsError: The index or the scope holds no document.
            CancelledError: The request was cancelled.
        """
        if not request.question.strip():
            raise UsageError("the question is empty", hint="ask something about the documents")
        run = Run(self._condenser.condense(request.question, request.history, request.cancel))
        if run.asked.candidates:
            yield Done(self._clarify(request, run.asked))
            return
        yield Status("searching the documents")
        found = self._find(request, run)
        extract = found.extract
        yield Found(found.hits)
        if self._drafted is not None and extract.outcome == "answered":
            yield Status(f"asking {self._drafted.model}")
            yield from self._draft(self._drafted, request, found, run)
        if not run.by_model:
            run.warnings.extend(extract.notices)
            for claim in extract.claims:
                request.check_cancelled()
                yield run.ready(claim)
        run.mark("total")
        yield Done(self._finish(request, found, run))

    def _find(self, request: Request, run: Run) -> Gathered:
        """Return what is found with the filters that the question speaks of, or without them.

        Such a filter was read and not asked for, so where it leaves nothing to answer with, it is
        lifted, and people are told.
        """
        with self._store.snapshot(request.scope) as snapshot:
            filters = NONE_INFERRED
            if request.filters:
                facts = facts_of(snapshot, request.scope)
                filters = read_filters(run.asked.text, facts, request.scope)
            asked = self._retriever.read(snapshot, run.asked.text)
            first, *looser = loosened(filters)
            found = self._attempt(snapshot, request, asked, first, run)
            for loose in looser:
                if found.extract.outcome == "answered":
                    break
                found = self._attempt(snapshot, request, asked, loose, run)
        run.warnings.extend(filter(None, [found.provenance.inferred.notice]))
        return found

    def _attempt(
        self,
        snapshot: Snapshot,
        request: Request,
        asked: Asked,
        filters: InferredFilters,
        run: Run,
    ) -> Gathered:
        scope = filters.within(request.scope)
        ranking = search_in_conversation(
            self._retriever,
            snapshot,
            run.asked.text,
            run.asked.said_before,
            top_k=self._top_k,
            scope=scope,
        )
        if not ranking.hits and scope == request.scope and not snapshot.documents(scope):
            raise _no_documents(scope)
        run.mark("retrieve")
        request.check_cancelled()
        evidence = gather(asked, replace(ranking, inferred=filters), snapshot)
        extract = self._extractive.answer(evidence)
        run.mark("read")
        provenance = Provenance(
            engine="extractive",
            generation=snapshot.generation,
            revision=snapshot.revision,
            encoder=self._retriever.encoder_name,
            scores=extract.scores,
            inferred=filters,
        )
        return Gathered(evidence, extract, scope, provenance)

    def _draft(
        self, drafted: DraftedAnswerer, request: Request, found: Gathered, run: Run
    ) -> Iterator[Event]:
        """Yield the model's sentences that hold; a model that fails leaves a warning."""
        hits = found.hits
        try:
            for result in drafted.claims(run.asked.text, hits, request.history, request.cancel):
                if isinstance(result, Claim):
                    yield run.ready(result)
                else:
                    _LOGGER.info("a drafted sentence was dropped: %s", result.reason)
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

    def _clarify(self, request: Request, asked: Condensed) -> Answer:
        with self._store.snapshot() as snapshot:
            generation, revision = snapshot.generation, snapshot.revision
        read = Provenance("extractive", generation, revision, self._retriever.encoder_name)
        return clarifying(request.question, asked.clarification, request.scope, read)

    def _finish(self, request: Request, found: Gathered, run: Run) -> Answer:
        hits = found.hits
        abstention = None if run.claims else _abstention(found)
        near = bool(abstention and abstention.nearest)
        outcome: Outcome = "answered" if run.claims else "related" if near else "nothing"
        numbered = sources(run.claims, hits)
        return Answer(
            question=request.question,
            standalone=run.asked.text,
            outcome=outcome,
            claims=tuple(run.claims),
            sources=numbered,
            filters=found.scope,
            provenance=self._provenance(found, run),
            abstention=abstention,
            dropped=tuple(run.dropped),
            warnings=tuple(run.warnings),
            conflicts=conflicts(found.evidence, run.claims, numbered),
            corroboration=self._corroboration(found, run),
        )

    def _corroboration(self, found: Gathered, run: Run) -> Corroboration:
        citations = [citation for claim in run.claims for citation in claim.citations]
        if not citations:
            return NO_CORROBORATION
        with self._store.snapshot() as snapshot:
            return corroboration_of(snapshot, citations, found.hits, found.scope)

    def _provenance(self, found: Gathered, run: Run) -> Provenance:
        drafted = self._drafted if run.by_model else None
        prompt, prompt_hash = drafted.prompt if drafted else (None, None)
        return replace(
            found.provenance,
            engine="llm" if drafted else "extractive",
            model=drafted.model if drafted else None,
            prompt=prompt,
            prompt_hash=prompt_hash,
            timing_ms=dict(run.timing_ms),
        )


def _no_documents(scope: Scope) -> NoDocumentsError:
    return NoDocumentsError(
        "no document is in the index" if scope.is_everything() else "no document matches the scope",
        hint="run: groundwire docs (lists what is indexed)",
    )


def _abstention(found: Gathered) -> Abstention:
    """Return why nothing is said; a model may decline what the extractive engine would answer."""
    if found.extract.abstention is not None:
        return found.extract.abstention
    return Abstention("The documents do not say.", found.hits[:3])
