"""The desk: everything that the product does, as one object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.answer.pipeline import Request
from groundwire.desk.calibrating import Calibrated
from groundwire.desk.naming import the_one
from groundwire.desk.summarizing import summary_events
from groundwire.desk.syncing import forget_paths, ignore, sync_paths
from groundwire.domain.errors import GroundwireError
from groundwire.domain.events import Done, Failed
from groundwire.domain.retrieval import EVERYTHING
from groundwire.retrieve.filtered import search_filtered
from groundwire.summarize.request import SummaryRequest

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable

    from groundwire.domain.answers import Answer
    from groundwire.domain.checks import CheckReport
    from groundwire.domain.comparisons import Comparison
    from groundwire.domain.conversations import Turn
    from groundwire.domain.documents import Document, DocumentInfo
    from groundwire.domain.events import Event
    from groundwire.domain.families import Family
    from groundwire.domain.quotations import QuoteReport
    from groundwire.domain.reports import Finding, SyncReport
    from groundwire.domain.retrieval import Ranking, Scope
    from groundwire.domain.summaries import Style, Summary, Target
    from groundwire.retrieve.accounts import Account


class Desk(Calibrated):
    """Answers questions about, searches and summarizes a folder of documents.

    Thread-safe. Opening writes nothing and loads no model; a missing index is fine until
    something other than ``sync`` is asked of it. Use it as a context manager, or ``close`` it.
    """

    def sync(
        self,
        paths: Sequence[Path | str] | None = None,
        *,
        rebuild: bool = False,
        on_progress: Callable[[Event], None] | None = None,
        cancel: threading.Event | None = None,
    ) -> SyncReport:
        """Bring the index up to date with the files.

        A sync that is stopped, by ``cancel`` or Ctrl-C, keeps what was committed. A new index that
        was being built beside a live one stays aside: the live one goes on answering, and the
        next sync continues the new one, except that a ``rebuild`` begins anew.

        Args:
            paths: Files and folders to add or refresh; None: those synced before.
            rebuild: Build a new index beside the old one even if nothing demands it.
            on_progress: Told ``Status`` and ``Progress`` events.
            cancel: When set, the work stops soon, and the report says so.

        Returns:
            What was done. Where nothing at all was found to index, that is a line in it.

        Raises:
            NotFoundError: A path does not exist; nothing was written.
            IndexLockedError: Another process is writing.
            StoreError: The index cannot be written.
        """
        told = on_progress or ignore
        return sync_paths(self._parts, paths or (), rebuild=rebuild, tell=told, cancel=cancel)

    def forget(self, paths: Sequence[Path | str]) -> SyncReport:
        """Remove roots, with all their documents, from the index. The files stay.

        Raises:
            NotFoundError: A path is not a root of the index.
        """
        return forget_paths(self._parts, paths)

    def docs(self, scope: Scope | None = None) -> tuple[DocumentInfo, ...]:
        """Return the indexed documents of a scope, by path."""
        with self._parts.store.snapshot() as snapshot:
            return snapshot.documents(scope or EVERYTHING)

    def families(self, scope: Scope | None = None) -> tuple[Family, ...]:
        """Return the copy families of a scope: reports with the documents that copy them."""
        from groundwire.desk.listing import families_of

        return families_of(self._parts, scope or EVERYTHING)

    def show(self, document: str) -> Document:
        """Return a document with its text of record.

        Args:
            document: Its id, path, title, a part of these, or a glob that fits only it.

        Raises:
            NotFoundError: None fits, or several do.
        """
        with self._parts.store.snapshot() as snapshot:
            return snapshot.document(the_one(snapshot.find(document), document).id)

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
    ) -> Answer:
        """Return the answer to a question: cited sentences, or an abstention.

        Args:
            question: What is asked.
            history: The turns before it, oldest first.
            scope: Which documents may be used.
            filters: Whether the question is read for further filters ("in June", "according to
                Harbour Wire"); None: as the settings say.

        Raises:
            IndexMissingError: Nothing was indexed yet.
            NoDocumentsError: The index or the scope holds no document.
        """
        reads = self._reads_filters(filters)
        request = Request(question, scope or EVERYTHING, tuple(history), filters=reads)
        for event in self._parts.pipeline().events(request):
            if isinstance(event, Done):
                return event.answer  # type: ignore[return-value]  # a question gives an Answer
        raise AssertionError("a pipeline ends with Done")  # pragma: no cover

    def ask_events(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        scope: Scope | None = None,
        cancel: threading.Event | None = None,
        filters: bool | None = None,
    ) -> Iterator[Event]:
        """Yield what happens while a question is answered.

        The last event is ``Done`` or ``Failed``; errors a user can cause are told, not raised.
        """
        reads = self._reads_filters(filters)
        request = Request(question, scope or EVERYTHING, tuple(history), cancel, reads)
        try:
            yield from self._parts.pipeline().events(request)
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

    def account(self, document: str) -> Account:
        """Return a document sentence by sentence, with stored vectors; named as for ``show``."""
        from groundwire.desk.comparing import account_called

        return account_called(self._parts, document)

    def quote(self, text: str, *, scope: Scope | None = None) -> QuoteReport:
        """Return whether the documents print a quotation: exactly, altered, spliced, or not.

        Raises:
            NoDocumentsError: The index or the scope holds no document.
        """
        from groundwire.desk.quoting import quote_report

        return quote_report(self._parts, text, scope or EVERYTHING)

    def compare(self, left: str, right: str, *, scope: Scope | None = None) -> Comparison:
        """Return two documents held side by side.

        Args:
            left: The one, as for ``show``.
            right: The other.
            scope: Which documents may be meant.

        Raises:
            NotFoundError: No document, or several, fit a name.
        """
        from groundwire.desk.comparing import compare_documents

        return compare_documents(self._parts, left, right, scope or EVERYTHING)

    def condense(self, question: str, history: Sequence[Turn]) -> str:
        """Return a follow-up as it stands alone; any other question as it is."""
        return self._parts.condenser.condense(question, tuple(history)).text

    def summarize(
        self,
        target: Target = None,
        *,
        sentences: int | None = None,
        words: int | None = None,
        style: Style = "brief",
        scope: Scope | None = None,
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

        Raises:
            UsageError: A length is less than 1, or there are two.
            NotFoundError: Nothing fits the target, or a name fits several documents.
            NoDocumentsError: The index or the scope holds no document.
            CancelledError: Ctrl-C came before anything was read.
        """
        request = SummaryRequest(target, scope or EVERYTHING, sentences, words, style)
        for event in summary_events(self._parts, request):
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
    ) -> Iterator[Event]:
        """Yield what happens while a target is summarised; ``cancel`` gives a partial summary.

        The last event is ``Done`` or ``Failed``; errors a user can cause are told, not raised.
        """
        try:
            request = SummaryRequest(
                target, scope or EVERYTHING, sentences, words, style, cancel=cancel
            )
            yield from summary_events(self._parts, request)
        except GroundwireError as error:
            yield Failed(error.code, str(error))

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
