"""Bring the index in line with the folders it was made from.

Files are compared by the hash of their bytes: an unchanged file is not even parsed. Of a file that
holds many documents, such as a mailbox, those that are as they were are left as they are. A file
that is found at another path, with the bytes of one that is gone, was moved: its documents keep
their vectors, and the index remembers what they were called. Work is committed in groups of some
hundred passages, so an interruption costs at most one group and the next sync goes on where this
one stopped.

A file that was indexed and cannot be read any more is taken out and listed as a failure: a stale
version must not be cited. A whole root that is missing is only reported, because that is how a
drive that is not mounted looks; ``forget_roots`` takes it out.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from groundwire.domain.errors import CancelledError, NotFoundError
from groundwire.domain.reports import SyncFailure, SyncReport
from groundwire.index.files import StoredFile
from groundwire.ingest.discover import discover, mode_of
from groundwire.ingest.group import Group
from groundwire.ingest.kept import Kept
from groundwire.ingest.loaders.base import LoadError
from groundwire.ingest.reading import documents_of, read_file
from groundwire.ingest.roots import roots_absorbed, roots_to_forget, roots_to_sync

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Mapping, Sequence

    from groundwire.domain.documents import Document
    from groundwire.index.writer import Writer
    from groundwire.index.writing import Known
    from groundwire.ingest.discover import FoundFile
    from groundwire.ingest.kept import Former
    from groundwire.ingest.reading import Load
    from groundwire.models.encoder import Encoder


@dataclass(frozen=True, slots=True)
class SyncProgress:
    """How far a sync has come.

    Attributes:
        done: Files dealt with.
        total: Files found.
        current: The file being dealt with, relative to its root; empty at the end.
        encoded: Passages encoded so far.
    """

    done: int
    total: int
    current: str
    encoded: int


def sync_roots(  # noqa: PLR0913  # what is synced, with what, and who is told
    writer: Writer,
    encoder: Encoder,
    roots: Sequence[Path],
    load: Load,
    *,
    touched: Callable[[Path], bool] | None = None,
    on_progress: Callable[[SyncProgress], None] | None = None,
    cancel: threading.Event | None = None,
) -> SyncReport:
    """Add roots to the index, or refresh those it has.

    Roots of the index that have no documents yet are synced along: that is how an index looks that
    is being built anew.

    Args:
        writer: The open index.
        encoder: Makes the vectors of passages that have none.
        roots: Files and folders; all roots of the index if empty.
        load: Reads the files.
        touched: Whether a file may have changed; without it each is read to see. New files are
            read in any case.
        on_progress: Told about every file and every encoded batch.
        cancel: When set, the sync stops soon and keeps what was committed.

    Returns:
        What happened. Files that cannot be read are lines in it.

    Raises:
        NotFoundError: A root does not exist; nothing was changed.
        UsageError: No root was given and the index has none.
    """
    known = writer.roots()
    unfilled = [root for root in known if not writer.known(root)]
    targets = roots_to_sync(known, roots, unfilled)
    run = _Sync(writer, encoder, load, touched, on_progress, cancel)
    run.go(targets)
    return run.report()


def check_roots(paths: Sequence[Path | str]) -> tuple[Path, ...]:
    """Return what ``sync_roots`` takes, checked before anything is opened or loaded.

    Raises:
        NotFoundError: One of the paths does not exist.
        UsageError: One of the paths cannot be stored.
    """
    roots = tuple(map(Path, paths))
    for root in roots:
        mode_of(root)
    return roots


def forget_roots(writer: Writer, roots: Sequence[Path | str]) -> SyncReport:
    """Take roots and their documents out of the index.

    Raises:
        NotFoundError: A path is not a root of the index; nothing was changed.
    """
    removed: list[str] = []
    for root in roots_to_forget(writer.roots(), roots):
        removed.extend(sorted(writer.known(root)))
        writer.remove_root(root)
    writer.commit()
    return SyncReport(removed=tuple(removed))


class _Sync:
    """One run: what was found so far, and the group that waits to be encoded."""

    def __init__(  # noqa: PLR0913, PLR0917  # those of ``sync_roots``
        self,
        writer: Writer,
        encoder: Encoder,
        load: Load,
        touched: Callable[[Path], bool] | None,
        on_progress: Callable[[SyncProgress], None] | None,
        cancel: threading.Event | None,
    ) -> None:
        self._writer = writer
        self._load = load
        self._touched = touched
        self._on_progress = on_progress
        self._cancel = cancel
        self._group = Group(writer, encoder, self._tell_encoding, cancel)
        self._kept = Kept(writer)
        self._removed: list[str] = []
        self._unchanged: list[str] = []
        self._failures: list[SyncFailure] = []
        self._done = self._total = 0
        self._current = ""
        self._cancelled = False

    def go(self, roots: Sequence[Path]) -> None:
        """Sync the roots, one after the other."""
        found = [(root, files) for root in roots if (files := self._discover(root)) is not None]
        self._total = sum(len(files) for _, files in found)
        try:
            for root, files in found:
                self._register(root)
                self._kept.look(str(root), {file.relative for file in files})
            for root, files in found:
                self._sync(root, files)
            self._group.flush()
        except CancelledError:
            self._group.clear()
            self._cancelled = True
        # Last, so that what was moved is still there to take vectors from.
        for base, path, documents in self._kept.gone():
            self._withdraw(base, path, documents)
        self._writer.commit()
        self._tell("")

    def report(self) -> SyncReport:
        """Return what was done."""
        group = self._group
        return SyncReport(
            added=tuple(group.added),
            changed=tuple(group.changed),
            moved=tuple(group.moved),
            removed=tuple(self._removed),
            unchanged=tuple(self._unchanged),
            failures=tuple(self._failures),
            encoded=group.encoded,
            cancelled=self._cancelled,
        )

    def _discover(self, root: Path) -> tuple[FoundFile, ...] | None:
        """List a root's files; None if the root is gone, which is a line in the report."""
        try:
            return tuple(discover(root))
        except NotFoundError as error:
            kept = "; its documents were kept" if self._writer.known(str(root)) else ""
            self._failures.append(SyncFailure(str(root), f"{error}{kept}"))
            return None

    def _register(self, root: Path) -> None:
        """Make a root known, and take in known roots that lie inside it."""
        for inner in roots_absorbed(self._writer.roots(), root):
            self._removed.extend(sorted(self._writer.known(inner)))
            self._writer.remove_root(inner)
        if str(root) not in self._writer.roots():
            self._writer.add_root(str(root))
        self._writer.commit()

    def _sync(self, root: Path, files: Sequence[FoundFile]) -> None:
        """Read the files of a root."""
        for file in files:
            if self._cancel is not None and self._cancel.is_set():
                raise CancelledError
            self._tell(file.relative)
            self._take(root, file)
            self._done += 1
            if self._group.is_full():
                self._group.flush()

    def _take(self, root: Path, file: FoundFile) -> None:
        """Read one file; what cannot be read is a line in the report and leaves the index."""
        place = (str(root), file.relative)
        known, stored = self._kept.documents(*place), self._kept.file(*place)
        try:
            if stored is not None and self._touched is not None and not self._touched(file.path):
                self._leave(stored, known)
                return
            data = read_file(file)
            digest = hashlib.sha256(data).hexdigest()
            if stored is not None and stored.digest == digest:
                self._leave(stored, known)
                return
            content = self._load(data, file.path.name)
            del data
            documents, problems = documents_of(root, file, content, digest)
        except LoadError as error:
            self._failures.append(SyncFailure(file.relative, str(error)))
            if known:
                self._withdraw(*place, known)
            return
        self._failures.extend(SyncFailure(path, reason) for path, reason in problems)
        here = {document.path for document in documents}
        self._remove({path: each for path, each in known.items() if path not in here})
        self._put(documents, known, {} if known else self._kept.former(*place, digest))
        self._group.note_file(*place, StoredFile(digest, problems))

    def _put(
        self,
        documents: Sequence[Document],
        known: Mapping[str, Known],
        former: Mapping[str, Former],
    ) -> None:
        """Let the documents of a file that are new, changed or moved wait to be written."""
        for document in documents:
            if self._group.is_full():
                self._group.flush()
            before = known.get(document.path)
            if before is not None and before.content_hash == document.content_hash:
                self._unchanged.append(document.path)
            else:
                self._group.add(document, before, former.get(document.path))

    def _leave(self, stored: StoredFile, known: Mapping[str, Known]) -> None:
        """Leave a file as it was, and say again what of it could not be read."""
        self._unchanged.extend(known)
        self._failures.extend(SyncFailure(path, reason) for path, reason in stored.problems)

    def _withdraw(self, root: str, path: str, documents: Mapping[str, Known]) -> None:
        """Take a file with all its documents out of the index."""
        self._remove(documents)
        self._writer.note_file(root, path, None)

    def _remove(self, documents: Mapping[str, Known]) -> None:
        self._writer.remove([known.id for known in documents.values()])
        self._removed.extend(sorted(documents))

    def _tell(self, path: str) -> None:
        """Report the file that is being dealt with."""
        self._current = path
        self._tell_encoding(0, 0)

    def _tell_encoding(self, done: int, _total: int) -> None:
        """Report that the encoder has done some of the waiting passages."""
        if self._on_progress is not None:
            encoded = self._group.encoded + done
            self._on_progress(SyncProgress(self._done, self._total, self._current, encoded))
