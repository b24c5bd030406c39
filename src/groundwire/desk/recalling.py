"""Old answers, held against the documents of today."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from groundwire.desk.backing import records_file
from groundwire.desk.calibrating import Calibrated
from groundwire.desk.issuing import Issuing
from groundwire.desk.ledger import Book
from groundwire.desk.syncing import forget_paths, ignore, sync_paths
from groundwire.domain.errors import IndexMissingError, NotFoundError, StoreError
from groundwire.domain.recalls import CurrentText
from groundwire.domain.reports import SyncFailure
from groundwire.index.lock import holder
from groundwire.index.store import IndexStore
from groundwire.records.recalls import Recalls
from groundwire.records.verifying import verify
from groundwire.records.versions import Versions

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Mapping, Sequence

    from groundwire.domain.documents import DocumentId
    from groundwire.domain.events import Event
    from groundwire.domain.ledger import Anchor, Door, LedgerEntry
    from groundwire.domain.recalls import Recall, Verification
    from groundwire.domain.reports import SyncReport
    from groundwire.records.ledger import Ledger
    from groundwire.settings import Settings


class Recalling(Calibrated):
    """A desk that remembers what it said, and notices when a document takes it back."""

    def __init__(
        self, settings: Settings, *, on_status: Callable[[str], None] | None = None
    ) -> None:
        """Build a desk on settings that are already loaded; see ``Opened``."""
        super().__init__(settings, on_status=on_status)
        self._folder = settings.index_folder().resolve()
        self._book = Book(records_file(settings))
        self._issuing = Issuing(self._parts, self._book, str(self._folder))
        self._checked: tuple[str, int] | None = None

    def close(self) -> None:
        """Let go of the index's files and of the records."""
        super().close()
        self._book.close()

    @property
    def ledger(self) -> Ledger:
        """What was said, for reading and erasing; an empty ledger where nothing was ever kept.

        An entry is made by giving an ``occasion`` to the verb.

        Raises:
            StoreError: The records cannot be opened.
        """
        return self._book.reading()

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
            What was done, and how many earlier answers are recalled for it. Where nothing at all
            was found to index, that is a line in it.

        Raises:
            NotFoundError: A path does not exist; nothing was written.
            IndexLockedError: Another process is writing.
            StoreError: The index cannot be written.
        """
        told = on_progress or ignore
        report = sync_paths(self._parts, paths or (), rebuild=rebuild, tell=told, cancel=cancel)
        return self._with_recalls(report)

    def forget(self, paths: Sequence[Path | str]) -> SyncReport:
        """Remove roots, with all their documents, from the index. The files stay.

        Raises:
            NotFoundError: A path is not a root of the index.
        """
        return self._with_recalls(forget_paths(self._parts, paths))

    def recalls(self, *, healed: bool = False, untold: Door | None = None) -> tuple[Recall, ...]:
        """Return answers from this index whose quotes do not stand in the documents any more.

        What another process has indexed is looked at first.

        Args:
            healed: Also those whose quotes all stand again.
            untold: Only open ones that this door has not told anybody of, the oldest first;
                Slack tells of its own answers, the others of all. Nothing is looked at
                while somebody is writing to the index: half a sync is no change of a document.

        Returns:
            The recalls; without ``untold`` the latest first.

        Raises:
            StoreError: The records or the index cannot be read.
        """
        if not self._book.exists():
            return ()
        if untold is None or holder(self._folder) is None:
            self._check()
        recalls = Recalls(self.ledger.database)
        if untold is None:
            return recalls.listing(str(self._folder), healed=healed)
        given = untold if untold == "slack" else None
        return recalls.untold(untold, str(self._folder), given=given)

    def told(self, ids: Sequence[int], door: Door) -> None:
        """Note that a door has told people of recalls.

        Raises:
            StoreError: The records cannot be written.
        """
        recalls = Recalls(self.ledger.database)
        for each in ids:
            recalls.told(each, door)

    def verify(self, name: str, anchor: Anchor | None = None) -> Verification:
        """Check an old answer today: the ledger, the kept texts, and the documents as they stand.

        They are looked for in the index that it was read from. A result that was made from a text
        outside of any index is held against the kept text alone.

        Args:
            name: Its id in the ledger, or the beginning of one.
            anchor: A link that was kept elsewhere: the ledger has to pass through it.

        Raises:
            NotFoundError: There is no such answer, or there are several.
            IndexMissingError: The index that it was read from is not there.
            StoreError: The records or the index cannot be read.
        """
        ledger = self.ledger
        entry = ledger.find(name)
        index = entry.issued.index
        if not index:
            return verify(ledger, entry.id, _as_kept(ledger, entry), anchor)
        if index == str(self._folder):
            return verify(ledger, entry.id, self._current(self._parts.store), anchor)
        store = IndexStore(Path(index))
        try:
            return verify(ledger, entry.id, self._current(store), anchor)
        finally:
            store.close()

    def _with_recalls(self, report: SyncReport) -> SyncReport:
        """Hold old answers against what was changed; the index is as it should be in any case."""
        touched = report.added or report.changed or report.moved or report.removed
        if not touched or not self._book.exists():
            return report
        try:
            return replace(report, recalled=self._check())
        except StoreError as error:
            failure = SyncFailure(str(self._book.path), f"{error}; earlier answers are not checked")
            return replace(report, failures=(*report.failures, failure))

    def _check(self) -> int:
        """Hold the quotes of old answers against the index, unless that was done at this revision.

        Returns:
            How many answers do not stand any more that did until now.
        """
        try:
            with self._parts.store.snapshot() as snapshot:
                seen = snapshot.generation, snapshot.revision
                gone = tuple(root for root in snapshot.roots() if not Path(root).exists())
        except IndexMissingError:
            return 0  # a folder that is not mounted looks like this, too
        if seen == self._checked:
            return 0
        ledger, index = self.ledger, str(self._folder)
        recalls = Recalls(ledger.database)
        outside = frozenset(_outside(ledger, index, gone)) if gone else None
        stale = [
            document
            for document in self._stale(recalls.checked(index))
            if outside is None or document in outside
        ]
        found = recalls.check_against(self._current(self._parts.store), index, stale)
        self._checked = seen
        return found.recalled

    def _stale(self, checked: Mapping[DocumentId, frozenset[str]]) -> list[DocumentId]:
        """Return the cited documents whose text is another than when they were last looked at.

        Texts are compared by the hashes that are stored: most documents never change.
        """
        with self._parts.store.snapshot() as snapshot:
            now = snapshot.text_hashes(list(checked))
        return [each for each, versions in checked.items() if versions != {now.get(each)}]

    @staticmethod
    def _current(store: IndexStore) -> Callable[[DocumentId], CurrentText | None]:
        def current(document_id: DocumentId) -> CurrentText | None:
            with store.snapshot() as snapshot:
                try:
                    found = snapshot.document(snapshot.moved(document_id))
                except NotFoundError:
                    return None
            return CurrentText.of(found.path, found.text)

        return current


def _outside(ledger: Ledger, index: str, roots: Sequence[str]) -> tuple[DocumentId, ...]:
    """Return the cited documents that are not of these roots, whose files cannot be seen now."""
    cited = {
        each.document_id: Path(each.root)
        for entry in ledger.listing()
        if entry.issued.index == index
        for each in entry.issued.citations
    }
    return tuple(
        document
        for document, root in cited.items()
        if not any(root.is_relative_to(gone) for gone in roots)
    )


def _as_kept(ledger: Ledger, entry: LedgerEntry) -> Callable[[DocumentId], CurrentText | None]:
    """Return what gives the texts of an entry as they were kept with it."""
    versions = Versions(ledger.database)
    cited = {each.document_id: each for each in entry.issued.citations}

    def current(document_id: DocumentId) -> CurrentText | None:
        text = versions.text(cited[document_id].text_hash)
        return CurrentText.of(cited[document_id].path, text) if text is not None else None

    return current
