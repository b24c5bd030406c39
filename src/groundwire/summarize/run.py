"""The state of one run: what was asked, what was read, and what each sentence of it weighs."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from groundwire.summarize.glossing import Glossing
from groundwire.summarize.hygiene import candidates
from groundwire.summarize.lengths import Wanted
from groundwire.summarize.places import Places
from groundwire.summarize.pool import RELEVANT
from groundwire.summarize.salience import weights_of

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy as np
    from numpy.typing import NDArray

    from groundwire.domain.claims import Dropped
    from groundwire.domain.documents import DocumentId
    from groundwire.retrieve.accounts import Account
    from groundwire.summarize.hygiene import Candidate
    from groundwire.summarize.reading import Reading
    from groundwire.summarize.request import SummaryRequest


@dataclass
class Run:
    """What one run has gathered so far.

    Attributes:
        request: What was asked for.
        reading: What was read for it.
        accounts: The documents in the order of the summary.
        started: When it began, by the clock of ``time.perf_counter``.
        timing_ms: Milliseconds from the start to the end of each stage.
        warnings: What people should know, one line each.
        dropped: Sentences that did not pass the checks.
        partial: Whether it was stopped.
    """

    request: SummaryRequest
    reading: Reading
    accounts: tuple[Account, ...]
    started: float
    timing_ms: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    dropped: tuple[Dropped, ...] = ()
    partial: bool = False

    def mark(self, stage: str) -> None:
        """Note that a stage has ended."""
        self.timing_ms[stage] = round(1000 * (time.perf_counter() - self.started))

    @cached_property
    def relevance(self) -> tuple[NDArray[np.float64], ...] | None:
        """How near each sentence is to the topic, by account."""
        subject = self.reading.chosen.subject
        return tuple(map(subject.relevance, self.accounts)) if subject else None

    @cached_property
    def sayable(self) -> dict[DocumentId, tuple[Candidate, ...]]:
        """The sentences of each document that may be said."""
        return {account.document.id: candidates(account) for account in self.accounts}

    @cached_property
    def weights(self) -> tuple[NDArray[np.float64], ...]:
        """The salience of each sentence, by account; -inf for those that may not be said."""
        own = tuple(weights_of(a, self.sayable[a.document.id]) for a in self.accounts)
        if self.relevance is None:
            return own
        return tuple(w + RELEVANT * r for w, r in zip(own, self.relevance, strict=True))

    @cached_property
    def places(self) -> Places:
        """Where sentences stand, and what they weigh."""
        return Places(self.accounts, lambda: self.weights)

    @cached_property
    def glossing(self) -> Glossing:
        """What says which words sentences leave open."""
        return Glossing(self.accounts, self.places)

    def wanted(self, sentences: int | None = None) -> Wanted:
        """Return what is wanted of all accounts, or so many sentences of them."""
        request = self.request
        if sentences is not None:
            return Wanted(sentences=sentences, relevance=self.relevance)
        return Wanted(
            sentences=request.sentences,
            words=request.words,
            style=request.style,
            relevance=self.relevance,
        )

    def only(self, documents: Collection[DocumentId]) -> Run:
        """Return the run as if only these documents, and the copies of them, had been read."""
        origins = {each.origin for each in self.accounts if each.document.id in documents}
        return replace(self, accounts=tuple(a for a in self.accounts if a.origin in origins))
