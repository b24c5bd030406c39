"""The desk: everything that the product does, as one object."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Self

from groundwire.answer.pipeline import Request
from groundwire.desk.build import Parts, identity
from groundwire.desk.given import hits_of
from groundwire.desk.naming import at_least_one, the_one
from groundwire.desk.summarizing import summarize_one
from groundwire.desk.syncing import as_events, ignore, or_nothing_found
from groundwire.domain.errors import GroundwireError, IndexMissingError
from groundwire.domain.events import Done, Failed, Status
from groundwire.domain.retrieval import Scope
from groundwire.retrieve.filtered import search_filtered
from groundwire.settings import load_settings

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator, Sequence
    from types import TracebackType

    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable

    from groundwire.domain.answers import Answer
    from groundwire.domain.checks import CheckReport
    from groundwire.domain.conversations import Turn
    from groundwire.domain.documents import Document, DocumentInfo
    from groundwire.domain.events import Event
    from groundwire.domain.reports import Finding, SyncReport
    from groundwire.domain.retrieval import Ranking
    from groundwire.domain.summaries import Summary
    from groundwire.settings import Settings

EVERYTHING = Scope()


class Desk:
    """Answers questions about, searches and summarizes a folder of documents.

    Thread-safe. Opening writes nothing and loads no model; a missing index is fine until
    something other than ``sync`` is asked of it. Use it as a context manager, or ``close`` it.
    """

    def __init__(
        self, settings: Settings, *, on_status: Callable[[str], None] | None = None
    ) -> None:
        """Build a desk on settings that are already loaded; most callers want ``open``.

        Args:
            settings: The settings.
            on_status: Told in words what is done when a question has to wait for more than its
                answer: the export of an encoder that was never used here.
        """
        self._parts = Parts(settings, on_status)

    @classmethod
    def open(cls, index_dir: Path | str | None = None, config: Path | None = None) -> Desk:
        """Return a desk.

        Args:
            index_dir: The index's folder; by default as the settings say.
            config: A configuration file instead of the user's own.

        Raises:
            SettingsError: A setting is wrong.
        """
        overrides = {"index.dir": str(index_dir) if index_dir is not None else None}
        return cls(load_settings(config, overrides).settings)

    def __enter__(self) -> Self:
        """Return the desk itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the desk."""
        self.close()

    def close(self) -> None:
        """Let go of the index's files."""
        self._parts.store.close()

    @property
    def settings(self) -> Settings:
        """The settings in effect."""
        return self._parts.settings

    def warm_up(self) -> None:
        """Load what the first question needs; for a background thread."""
        self._parts.checked_encoder()

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
        from groundwire.ingest.sync import check_roots, sync_roots

        roots = check_roots([Path(path).expanduser() for path in paths or ()])
        if not roots and not self._parts.store.exists():
            raise IndexMissingError(str(self.settings.index_folder()))
        tell = on_progress or ignore
        encoder = self._parts.encoder(lambda text: tell(Status(text)))
        writing = self._parts.store.writer(
            identity(encoder.identity), self._parts.canary(), rebuild=rebuild
        )
        with writing as writer:
            report = sync_roots(writer, encoder, roots, on_progress=as_events(tell), cancel=cancel)
            if report.cancelled:
                writer.suspend()
            return or_nothing_found(report, [str(root) for root in roots] or writer.roots())

    def forget(self, paths: Sequence[Path | str]) -> SyncReport:
        """Remove roots, with all their documents, from the index. The files stay.

        Raises:
            NotFoundError: A path is not a root of the index.
        """
        from groundwire.ingest.sync import forget_roots

        manifest = self._parts.store.manifest()
        with self._parts.store.writer(manifest.identity, None) as writer:
            return forget_roots(writer, [Path(path).expanduser() for path in paths])

    def docs(self, scope: Scope | None = None) -> tuple[DocumentInfo, ...]:
        """Return the indexed documents of a scope, by path."""
        with self._parts.store.snapshot() as snapshot:
            return snapshot.documents(scope or EVERYTHING)

    def show(self, document: str) -> Document:
        """Return a document with its text of record.

        Args:
            document: Its id, path, end of its path, title, or a glob that fits only it.

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
        with self._parts.store.snapshot() as snapshot:
            return search_filtered(
                retriever, snapshot, question, top_k=top_k, scope=scope or EVERYTHING, reads=reads
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
        from groundwire.ground.checking import check_claim

        if evidence is not None:
            return check_claim(claim, hits_of(evidence), EVERYTHING)
        top_k = self.settings.retrieval.top_k
        ranking = self.search(claim, top_k=top_k, scope=scope, filters=False)
        if not ranking.hits:
            at_least_one(self.docs(scope))
        return check_claim(claim, ranking.hits, scope or EVERYTHING)

    def condense(self, question: str, history: Sequence[Turn]) -> str:
        """Return a follow-up as it stands alone; any other question as it is."""
        return self._parts.condenser.condense(question, tuple(history)).text

    def summarize(self, target: str, *, sentences: int = 5, scope: Scope | None = None) -> Summary:
        """Return a summary of one document, in the document's own sentences.

        Args:
            target: The document, as for ``show``.
            sentences: How many sentences to give.
            scope: Which documents may be meant.

        Raises:
            NotFoundError: No document, or several, fit.
        """
        return summarize_one(self._parts, self.show(target), sentences, scope or EVERYTHING)

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
