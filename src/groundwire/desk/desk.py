"""The desk: everything that the product does, as one object."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from groundwire.answer.pipeline import Request
from groundwire.desk.issuing import Asked, Given
from groundwire.desk.summarizing import given_in, in_words, summary_events
from groundwire.desk.watching import Watching
from groundwire.domain.errors import GroundwireError
from groundwire.domain.events import Done, Failed
from groundwire.domain.retrieval import EVERYTHING
from groundwire.retrieve.filtered import search_filtered
from groundwire.summarize.request import SummaryRequest

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator, Sequence

    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable

    from groundwire.domain.answers import Answer
    from groundwire.domain.checks import CheckReport
    from groundwire.domain.comparisons import Comparison
    from groundwire.domain.conversations import Turn
    from groundwire.domain.events import Event
    from groundwire.domain.ledger import Occasion
    from groundwire.domain.quotations import QuoteReport
    from groundwire.domain.reports import Finding
    from groundwire.domain.retrieval import Ranking, Scope
    from groundwire.domain.summaries import Style, Summary, Target


class Desk(Watching):
    """Answers questions about, searches and summarizes a folder of documents.

    Thread-safe. Opening writes nothing and loads no model; a missing index is fine until
    something other than ``sync`` is asked of it. Use it as a context manager, or ``close`` it.
    """

    def search(
        self,
        question: str,
        *,
        top_k: int = 10,
        scope: Scope | None = None,
        filters: bool | None = None,
    ) -> Ranking:
        """Return the best passages for a question, best first; ``filters`` as for ``ask``."""
        retriever, reads = self._parts.retriever(), self._reads_filters(filters)
        scope = scope or EVERYTHING
        with self._parts.store.snapshot(scope) as snapshot:
            return search_filtered(
                retriever, snapshot, question, top_k=top_k, scope=scope, reads=reads
            )

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        scope: Scope | None = None,
        filters: bool | None = None,
        occasion: Occasion | None = None,
    ) -> Answer:
        """Return the answer to a question: cited sentences, or an abstention.

        Args:
            question: What is asked.
            history: The turns before it, oldest first.
            scope: Which documents may be used.
            filters: Whether the question is read for further filters ("in June", "according to
                Harbour Wire"); None: as the settings say.
            occasion: Where it is asked: then the answer is in the ledger before it is returned.

        Raises:
            IndexMissingError: Nothing was indexed yet.
            NoDocumentsError: The index or the scope holds no document.
            StoreError: It cannot be entered in the ledger.
        """
        return self.answer(
            question, history=history, scope=scope, filters=filters, occasion=occasion
        ).result

    def answer(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        scope: Scope | None = None,
        filters: bool | None = None,
        occasion: Occasion | None = None,
    ) -> Given[Answer]:
        """Return the answer to a question as ``ask`` does, with the id of its ledger entry."""
        reads = self._reads_filters(filters)
        request = Request(question, scope or EVERYTHING, tuple(history), filters=reads)
        for event in self._answering(request, occasion):
            if isinstance(event, Done):
                return Given(event.answer, event.entry)  # type: ignore[arg-type]  # an Answer
        raise AssertionError("a pipeline ends with Done")  # pragma: no cover

    def ask_events(  # noqa: PLR0913 -- as ``ask``, and how to stop it
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        scope: Scope | None = None,
        cancel: threading.Event | None = None,
        filters: bool | None = None,
        occasion: Occasion | None = None,
    ) -> Iterator[Event]:
        """Yield what happens while a question is answered.

        The last event is ``Done`` or ``Failed``; errors a user can cause are told, not raised. With
        an ``occasion``, ``Done`` comes when the answer is in the ledger.
        """
        reads = self._reads_filters(filters)
        request = Request(question, scope or EVERYTHING, tuple(history), cancel, reads)
        try:
            yield from self._answering(request, occasion)
        except GroundwireError as error:
            yield Failed(error.code, str(error))

    def check(
        self, claim: str, *, evidence: str | None = None, scope: Scope | None = None
    ) -> CheckReport:
        """Return what the documents, or a given text, say of a claim that somebody else made.

        Raises:
            NoDocumentsError: The index or the scope holds no document.
        """
        from groundwire.desk.checking import check

        return check(self._parts, claim, evidence, scope or EVERYTHING)

    def quote(self, text: str, *, scope: Scope | None = None) -> QuoteReport:
        """Return whether the documents print a quotation: exactly, altered, spliced, or not.

        Raises:
            NoDocumentsError: The index or the scope holds no document.
        """
        from groundwire.desk.quoting import quote_report

        return quote_report(self._parts, text, scope or EVERYTHING)

    def compare(
        self,
        left: str,
        right: str,
        *,
        scope: Scope | None = None,
        occasion: Occasion | None = None,
    ) -> Comparison:
        """Return two documents held side by side.

        Args:
            left: The one, as for ``show``.
            right: The other.
            scope: Which documents may be meant.
            occasion: As for ``ask``.

        Raises:
            NotFoundError: No document, or several, fit a name.
        """
        return self.comparison(left, right, scope=scope, occasion=occasion).result

    def comparison(
        self,
        left: str,
        right: str,
        *,
        scope: Scope | None = None,
        occasion: Occasion | None = None,
    ) -> Given[Comparison]:
        """Return two documents as ``compare`` does, with the id of the ledger entry."""
        from groundwire.desk.comparing import compare_documents

        if occasion is not None:
            self._issuing.check()
        compared = compare_documents(self._parts, left, right, scope or EVERYTHING)
        if occasion is None:
            return Given(compared.comparison)
        enter = self._issuing.enter if compared.indexed else self._issuing.enter_outside
        entry = enter(compared.comparison, occasion, compared.documents)
        return Given(compared.comparison, entry)

    def condense(self, question: str, history: Sequence[Turn]) -> str:
        """Return a follow-up as it stands alone; any other question as it is."""
        return self._parts.condenser.condense(question, tuple(history)).text

    def summarize(  # noqa: PLR0913 -- what is wanted, each under its own name
        self,
        target: Target = None,
        *,
        sentences: int | None = None,
        words: int | None = None,
        style: Style = "brief",
        scope: Scope | None = None,
        occasion: Occasion | None = None,
    ) -> Summary:
        """Return a summary: cited sentences, what they stand on, and what they leave out.

        Ctrl-C ends the reading of many documents, and what was read is summarised.

        Args:
            target: A document as for ``show``, a folder, a glob, several of these, a ``Topic``, a
                ``GivenText``, or None for everything in scope.
            sentences: How many sentences to give; None: as the style has it.
            words: How many words to give instead.
            style: How it is laid out.
            scope: Which documents may be used.
            occasion: As for ``ask``.

        Raises:
            UsageError: A length is less than 1, or there are two.
            NotFoundError: Nothing fits the target, or a name fits several documents.
            NoDocumentsError: The index or the scope holds no document.
            CancelledError: Ctrl-C came before anything was read.
        """
        request = SummaryRequest(target, scope or EVERYTHING, sentences, words, style)
        for event in self._summarizing(request, occasion):
            if isinstance(event, Done):
                return event.answer  # type: ignore[return-value]  # a target gives a Summary
        raise AssertionError("a pipeline ends with Done")  # pragma: no cover

    def summarize_events(  # noqa: PLR0913 -- as ``summarize``, and how to stop it
        self,
        target: Target = None,
        *,
        sentences: int | None = None,
        words: int | None = None,
        style: Style = "brief",
        scope: Scope | None = None,
        cancel: threading.Event | None = None,
        occasion: Occasion | None = None,
    ) -> Iterator[Event]:
        """Yield what happens while a target is summarised; ``cancel`` gives a partial summary.

        The last event is ``Done`` or ``Failed``, as for ``ask_events``.
        """
        try:
            request = SummaryRequest(
                target, scope or EVERYTHING, sentences, words, style, cancel=cancel
            )
            yield from self._summarizing(request, occasion)
        except GroundwireError as error:
            yield Failed(error.code, str(error))

    def _answering(self, request: Request, occasion: Occasion | None) -> Iterator[Event]:
        events = partial(self._parts.pipeline().events, request)
        if occasion is None:
            return events()
        return self._issuing.events(Asked("answer", request.question, occasion), events)

    def _summarizing(self, request: SummaryRequest, occasion: Occasion | None) -> Iterator[Event]:
        events = partial(summary_events, self._parts, request)
        if occasion is None:
            return events()
        asked = Asked("summary", in_words(request.target), occasion, given_in(request.target))
        return self._issuing.events(asked, events)

    def _reads_filters(self, wanted: bool | None) -> bool:  # noqa: FBT001 -- private, one argument
        return self.settings.retrieval.filters if wanted is None else wanted

    def doctor(self) -> tuple[Finding, ...]:
        """Return what is in order and what is not, with the command that mends it."""
        from groundwire.desk.doctor import examine

        return examine(self._parts)

    def as_retriever(self, *, top_k: int = 10, scope: Scope | None = None) -> BaseRetriever:
        """Return the hybrid retriever for people who build with LangChain."""
        from groundwire.chain.retriever import HybridRetriever

        return HybridRetriever(
            search=lambda question: self.search(question, top_k=top_k, scope=scope)
        )

    def as_chain(self) -> Runnable[str, str]:
        """Return retriever → prompt → chat model → parser; its drafts are not checked.

        Raises:
            SettingsError: No language model is set.
        """
        return self._parts.runnable(self.as_retriever())
