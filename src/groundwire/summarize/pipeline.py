"""One summary, from what was asked to checked sentences, told as events."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from groundwire.chain.summary import Wish
from groundwire.compare.numbering import numbered
from groundwire.domain.answers import Provenance
from groundwire.domain.events import ClaimReady, Done, Status
from groundwire.domain.families import Corroboration
from groundwire.domain.summaries import Summary
from groundwire.ground.cite import renumber, sources
from groundwire.summarize.coverage import cover
from groundwire.summarize.drafting import draft, shown
from groundwire.summarize.extractive import ExtractiveSummarizer
from groundwire.summarize.fitting import fitted
from groundwire.summarize.lines import lines
from groundwire.summarize.places import conflicts
from groundwire.summarize.reading import Reading, read
from groundwire.summarize.run import Run
from groundwire.summarize.targets import by_day, choose
from groundwire.summarize.topics import on_topic

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from groundwire.domain.claims import Claim
    from groundwire.domain.comparisons import Difference
    from groundwire.domain.events import Event
    from groundwire.domain.summaries import Coverage, TimelineEvent
    from groundwire.index.store import IndexStore
    from groundwire.models.encoder import Encoder
    from groundwire.retrieve.accounts import Account
    from groundwire.retrieve.hybrid import HybridRetriever
    from groundwire.summarize.drafted import DraftedSummarizer
    from groundwire.summarize.drafting import Drafting
    from groundwire.summarize.request import SummaryRequest

_OWN_SENTENCES = "these are the documents' own sentences"
_WORDS_A_SENTENCE = 20


@dataclass(frozen=True, slots=True)
class _Made:
    """What a summary says, however it was made.

    Attributes:
        claims: The sentences, not numbered yet.
        accounts: The documents that they stand for.
        coverage: What they represent of these.
        events: For a timeline, its lines.
        prompts: Ids and hashes of the prompts, if a model wrote the sentences.
    """

    claims: tuple[Claim, ...]
    accounts: tuple[Account, ...]
    coverage: Coverage
    events: tuple[TimelineEvent, ...] = ()
    prompts: tuple[str, str] | None = None


class SummaryPipeline:
    """Reads what is meant, chooses or lets a model draft, and says only what is verified."""

    def __init__(
        self,
        store: IndexStore,
        encoder: Encoder,
        retriever: HybridRetriever,
        drafted: DraftedSummarizer | None = None,
    ) -> None:
        """Keep the parts.

        Args:
            store: Where snapshots come from.
            encoder: The encoder of the index.
            retriever: Finds the passages on a topic.
            drafted: Summarises with a model; None: in the documents' own sentences.
        """
        self._store = store
        self._encoder = encoder
        self._retriever = retriever
        self._drafted = drafted
        self._extractive = ExtractiveSummarizer()

    def events(self, request: SummaryRequest) -> Iterator[Event]:
        """Yield what happens, ending with ``Done``.

        Raises:
            NotFoundError: The target means no document, or a name means several.
            NoDocumentsError: The index or the scope holds no document.
            CancelledError: It was stopped before anything was read.
        """
        started = time.perf_counter()
        yield Status("looking for the documents")
        reading = self._choose(request)
        yield Status(f"reading {_counted(len(reading.chosen.infos), 'document')}")
        yield from read(self._store, reading, self._encoder.identity.dimension, request.cancel)
        yield from self.told(request, reading, started)

    def told(self, request: SummaryRequest, reading: Reading, started: float) -> Iterator[Event]:
        """Yield what happens from what was read to the summary, ending with ``Done``.

        Args:
            request: What was asked for.
            reading: What was read for it.
            started: When it began, by the clock of ``time.perf_counter``.
        """
        run = Run(request, reading, _in_order(reading), started)
        run.mark("read")
        drafting = yield from self._draft(run)
        if self._drafted is None or drafting is None:
            made = self._by_rule(run)
        else:
            made = self._by_model(run, self._drafted, drafting)
        run.mark("choose")
        summary = self._finish(run, made)
        for claim in summary.claims:
            yield ClaimReady(claim)
        yield Done(summary)

    def _choose(self, request: SummaryRequest) -> Reading:
        with self._store.snapshot(request.scope) as snapshot:
            chosen = choose(snapshot, self._retriever, request.target, request.scope)
            origins = snapshot.origins([info.id for info in chosen.infos])
            return Reading(chosen, snapshot.generation, snapshot.revision, origins)

    def _draft(self, run: Run) -> Generator[Event, None, Drafting | None]:
        """Return what a model has made; None where the documents' own sentences are to stand."""
        drafted = self._drafted
        if drafted is None or run.reading.stopped:
            return None
        if run.request.style == "timeline":
            run.warnings.append(f"a timeline is made by rule: {drafted.model} was not asked")
            return None
        subject = run.reading.chosen.subject
        groups = shown(run.accounts, subject)
        drafting = yield from draft(drafted, groups, _wish(run), run.places, run.request.cancel)
        run.mark("draft")
        drafting.claims, leaning = run.glossing.standing(drafting.claims)
        drafting.dropped += leaning
        run.dropped = tuple(drafting.dropped)
        run.partial = drafting.stopped
        if drafting.usable:
            return drafting
        run.warnings.append(f"{drafting.why(drafted.model)}; {_OWN_SENTENCES}")
        return None

    def _by_rule(self, run: Run) -> _Made:
        """Return the documents' own sentences."""
        if run.request.style == "timeline":
            events, said = lines(run)
            run.warnings += said
            claims = tuple(event.claim for event in events)
            return _Made(claims, run.accounts, cover(run.accounts, claims, run.sayable), events)
        extracted = self._extractive.summarize(run.accounts, run.wanted())
        run.warnings += extracted.warnings
        return _Made(extracted.claims, run.accounts, extracted.coverage)

    def _by_model(self, run: Run, drafted: DraftedSummarizer, drafting: Drafting) -> _Made:
        """Return the model's sentences that hold, in the length that was asked for."""
        read = run
        if drafting.done < drafting.parts and drafting.done:
            read = run.only(drafting.read)
            total = len(run.reading.chosen.infos)
            run.warnings.append(f"stopped after {len(read.accounts)} of {total} documents")
        elif drafting.stopped or drafting.failure is not None:
            run.warnings.append(drafting.why(drafted.model))

        def own(count: int) -> tuple[Claim, ...]:
            return self._extractive.summarize(read.accounts, read.wanted(count)).claims

        claims, said = fitted(drafting.claims, run.request, _wish(run).sentences, read.places, own)
        run.warnings += said
        claims = read.glossing.glossed(claims)
        prompts = drafted.prompts(combined=drafting.combined)
        return _Made(claims, read.accounts, cover(read.accounts, claims), prompts=prompts)

    def _finish(self, run: Run, made: _Made) -> Summary:
        differing = _conflicts(run, made)
        run.mark("total")
        numbers: dict[str, int] = {}
        claims = tuple(renumber(claim, numbers) for claim in made.claims)
        differing = numbered(differing, numbers)
        events = tuple(
            replace(event, claim=claim, conflicts=numbered(event.conflicts, numbers))
            for event, claim in zip(made.events, claims, strict=False)
        )
        hits = {str(s.hit.passage.id): s.hit for each in run.accounts for s in each.sentences}
        return Summary(
            target=run.reading.chosen.name,
            claims=claims,
            sources=sources(claims, [hits[passage_id] for passage_id in numbers]),
            coverage=_coverage(run, made),
            provenance=self._provenance(run, made),
            style=run.request.style,
            events=events,
            conflicts=differing,
            corroboration=Corroboration(
                len(made.accounts), len({account.origin for account in made.accounts})
            ),
            partial=run.partial or run.reading.stopped,
            dropped=run.dropped,
            warnings=(*run.reading.warnings, *run.warnings),
        )

    def _provenance(self, run: Run, made: _Made) -> Provenance:
        prompt, prompt_hash = made.prompts or (None, None)
        model = self._drafted.model if self._drafted and made.prompts else None
        return Provenance(
            engine="llm" if made.prompts else "extractive",
            generation=run.reading.generation,
            revision=run.reading.revision,
            encoder=self._encoder.identity.name,
            model=model,
            prompt=prompt,
            prompt_hash=prompt_hash,
            timing_ms=dict(run.timing_ms),
        )


def _conflicts(run: Run, made: _Made) -> tuple[Difference, ...]:
    """Return where other documents give other values than a summary does, as candidates."""
    if run.request.style == "timeline":
        return tuple(dict.fromkeys(each for event in made.events for each in event.conflicts))
    return conflicts(made.claims, run.places)


def _coverage(run: Run, made: _Made) -> Coverage:
    """Return what a summary stands on of all that was meant, read or not."""
    coverage = made.coverage
    if run.relevance is not None:
        coverage = on_topic(coverage, run.accounts, run.relevance)
    return replace(coverage, documents_total=len(run.reading.chosen.infos))


def _in_order(reading: Reading) -> tuple[Account, ...]:
    """Return the documents in the order of the summary: a topic's were read the nearest first."""
    if reading.chosen.subject is None:
        return tuple(reading.accounts)
    read_as = {account.document.id: account for account in reading.accounts}
    return tuple(read_as[info.id] for info in by_day([a.info for a in reading.accounts]))


def _wish(run: Run) -> Wish:
    subject = run.reading.chosen.subject
    words = run.request.words
    reports = len({account.origin for account in run.accounts})
    count = words // _WORDS_A_SENTENCE + 1 if words else run.wanted().count(reports)
    return Wish(count, subject.text if subject else "")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"
