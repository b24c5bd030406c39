"""Bring the index in line with the folders it was made from.

Files are compared by the hash of their bytes: an unchanged file is not even parsed. Work is
committed in groups of some hundred passages, so an interruption costs at most one group and the
next sync goes on where this one stopped.

A file that was indexed and cannot be read any more is taken out and listed as a failure: a stale
version must not be cited. A whole root that is missing is only reported, because that is how a
drive that is not mounted looks; ``forget_roots`` takes it out.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from groundwire.domain.errors import CancelledError, NotFoundError
from groundwire.domain.reports import SyncFailure, SyncReport
from groundwire.ingest.discover import discover, mode_of
from groundwire.ingest.duplicates import print_of
from groundwire.ingest.loaders.base import LoadError
from groundwire.ingest.passages import segment
from groundwire.ingest.reading import as_document, read_file
from groundwire.ingest.roots import roots_absorbed, roots_to_forget, roots_to_sync
from groundwire.text.sentences import sentences

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence

    from groundwire.domain.documents import Document, DocumentId, Passage
    from groundwire.index.writer import Writer
    from groundwire.ingest.discover import FoundFile
    from groundwire.models.encoder import Encoder

_GROUP = 256


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


def sync_roots(
    writer: Writer,
    encoder: Encoder,
    roots: Sequence[Path],
    *,
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
    run = _Sync(writer, encoder, on_progress, cancel)
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


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A document that was read and not yet written."""

    document: Document
    passages: tuple[Passage, ...]
    is_new: bool


class _Sync:
    """One run: what was found so far, and the group that waits to be encoded."""

    def __init__(
        self,
        writer: Writer,
        encoder: Encoder,
        on_progress: Callable[[SyncProgress], None] | None,
        cancel: threading.Event | None,
    ) -> None:
        self._writer = writer
        self._encoder = encoder
        self._on_progress = on_progress
        self._cancel = cancel
        self._group: list[_Waiting] = []
        self._added: list[str] = []
        self._changed: list[str] = []
        self._removed: list[str] = []
        self._unchanged: list[str] = []
        self._failures: list[SyncFailure] = []
        self._encoded = self._done = self._total = 0
        self._current = ""
        self._cancelled = False

    def go(self, roots: Sequence[Path]) -> None:
        """Sync the roots, one after the other."""
        found = [(root, files) for root in roots if (files := self._discover(root)) is not None]
        self._total = sum(len(files) for _, files in found)
        try:
            for root, files in found:
                self._register(root)
                self._sync(root, files)
            self._flush()
        except CancelledError:
            self._group.clear()
            self._cancelled = True
        self._writer.commit()
        self._tell("")

    def report(self) -> SyncReport:
        """Return what was done."""
        return SyncReport(
            added=tuple(self._added),
            changed=tuple(self._changed),
            removed=tuple(self._removed),
            unchanged=tuple(self._unchanged),
            failures=tuple(self._failures),
            encoded=self._encoded,
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
        """Take out what is gone from a root, then read its files."""
        known = self._writer.known(str(root))
        here = {file.relative for file in files}
        gone = sorted(path for path in known if path not in here)
        self._writer.remove([known[path][0] for path in gone])
        self._removed.extend(gone)
        for file in files:
            if self._cancel is not None and self._cancel.is_set():
                raise CancelledError
            self._tell(file.relative)
            self._take(root, file, known.get(file.relative))
            self._done += 1
            if sum(len(waiting.passages) for waiting in self._group) >= _GROUP:
                self._flush()

    def _take(self, root: Path, file: FoundFile, known: tuple[DocumentId, str] | None) -> None:
        """Read one file; what cannot be read is a line in the report and leaves the index."""
        try:
            data = read_file(file)
            digest = hashlib.sha256(data).hexdigest()
            if known and known[1] == digest:
                self._unchanged.append(file.relative)
                return
            document = as_document(root, file, data, digest)
        except LoadError as error:
            self._failures.append(SyncFailure(file.relative, str(error)))
            if known:
                self._writer.remove([known[0]])
                self._removed.append(file.relative)
            return
        self._group.append(_Waiting(document, segment(document), known is None))

    def _flush(self) -> None:
        """Encode what has no vector yet, write the waiting documents and commit them."""
        wanted = [passage.id for waiting in self._group for passage in waiting.passages]
        vectors = self._writer.vectors_of(wanted)
        sentence_vectors = self._writer.sentences_of(wanted)
        tokens = self._writer.tokens_of(wanted)
        fresh = [
            passage
            for waiting in self._group
            for passage in waiting.passages
            if passage.id not in vectors
        ]
        encoded = self._encoder.encode_parts(
            [passage.text for passage in fresh],
            [sentences(passage.text) for passage in fresh],
            on_progress=self._tell_encoding,
            cancel=self._cancel,
        )
        for passage, encoding in zip(fresh, encoded, strict=True):
            vectors[passage.id] = encoding.vector
            sentence_vectors[passage.id] = encoding.parts
            tokens[passage.id] = encoding.tokens
        self._encoded += len(fresh)
        for waiting in self._group:
            ids = [passage.id for passage in waiting.passages]
            self._writer.put(
                waiting.document,
                waiting.passages,
                np.stack([vectors[each] for each in ids]),
                [sentence_vectors[each] for each in ids],
                [tokens[each] for each in ids],
                made=print_of(waiting.document.text),
            )
        self._writer.commit()
        for waiting in self._group:
            (self._added if waiting.is_new else self._changed).append(waiting.document.path)
        self._group.clear()

    def _tell(self, path: str) -> None:
        """Report the file that is being dealt with."""
        self._current = path
        self._tell_encoding(0, 0)

    def _tell_encoding(self, done: int, _total: int) -> None:
        """Report that the encoder has done some of the waiting passages."""
        if self._on_progress is not None:
            encoded = self._encoded + done
            self._on_progress(SyncProgress(self._done, self._total, self._current, encoded))
