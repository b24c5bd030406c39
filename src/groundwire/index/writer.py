"""The writer: collects changes and commits them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from groundwire.index import calibration, files, reading, writing
from groundwire.index.catalog import get_meta, set_meta
from groundwire.index.dense import sentences_of, tokens_of, vectors_of
from groundwire.index.faults import in_words
from groundwire.index.fence import Fence
from groundwire.index.mirror import fields_of
from groundwire.index.writing import Entry

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from groundwire.domain.calibration import Calibration
    from groundwire.domain.documents import Document, DocumentId, Passage, PassageId
    from groundwire.domain.encoders import EncoderIdentity
    from groundwire.index.families import Print
    from groundwire.index.files import StoredFile
    from groundwire.index.lease import Lease
    from groundwire.index.mirror import Mirror
    from groundwire.index.stemming import Stemmer
    from groundwire.index.writing import Known


class Writer:
    """Changes an index. Got from ``IndexStore.writer``; used by one thread.

    Changes are collected until ``commit``. What the writer reads is what was committed.

    Attributes:
        suspended: Whether the work was ended early.
    """

    def __init__(  # noqa: PLR0913  # all that a writer stands on
        self,
        connection: sqlite3.Connection,
        mirror: Mirror,
        index_dir: Path,
        encoder: EncoderIdentity,
        stemmer: Stemmer,
        *,
        lease: Lease,
    ) -> None:
        """Wrap the connection of the one that holds the lock."""
        self._fence = Fence(connection, index_dir, lease)
        self._connection = connection
        self._mirror = mirror
        self._index_dir = index_dir
        self._encoder = encoder
        self._stemmer = stemmer
        self._puts: dict[DocumentId, Entry] = {}
        self._removals: set[DocumentId] = set()
        self._roots: set[str] | None = None
        self._files: dict[tuple[str, str], StoredFile | None] = {}
        self._moves: dict[DocumentId, DocumentId] = {}
        self.suspended = False

    def suspend(self) -> None:
        """End the work early: drop what is not committed, and replace no live generation."""
        self._reset()
        self.suspended = True

    def roots(self) -> tuple[str, ...]:
        """Return the roots that belong to the index, sorted, with changes not yet committed."""
        if self._roots is not None:
            return tuple(sorted(self._roots))
        with in_words(self._index_dir):
            return reading.roots(self._connection)

    def add_root(self, root: str) -> None:
        """Make a folder or file belong to the index."""
        self._roots = {*self.roots(), root}

    def remove_root(self, root: str) -> None:
        """Make a root and its documents belong to the index no more."""
        self._roots = set(self.roots()) - {root}
        self.remove([known.id for known in self.known(root).values()])
        for path in self.files(root):
            self.note_file(root, path, None)

    def known(self, root: str) -> dict[str, Known]:
        """Return what is known of the documents of a root, by path."""
        with in_words(self._index_dir):
            return writing.known(self._connection, root)

    def files(self, root: str) -> dict[str, StoredFile]:
        """Return the files of a root whose documents are all stored, by path."""
        with in_words(self._index_dir):
            return files.files(self._connection, root)

    def note_file(self, root: str, path: str, file: StoredFile | None) -> None:
        """Note that all documents of a file are stored with this commit; None: that none are."""
        self._files[root, path] = file

    def note_move(self, old: DocumentId, new: DocumentId) -> None:
        """Note that a document goes by another id now, so that what cites it can be followed."""
        self._moves[old] = new

    def moves(self) -> dict[DocumentId, DocumentId]:
        """Return for the ids of moved documents the ids that they got."""
        with in_words(self._index_dir):
            return files.moves(self._connection)

    def vectors_of(self, ids: Sequence[PassageId]) -> dict[PassageId, NDArray[np.float32]]:
        """Return the vectors of those passages that are stored already, unit to a thousandth."""
        with in_words(self._index_dir):
            return vectors_of(self._connection, ids)

    def sentences_of(self, ids: Sequence[PassageId]) -> dict[PassageId, NDArray[np.float32]]:
        """Return the vectors of the sentences of those passages that are stored already."""
        with in_words(self._index_dir):
            return sentences_of(self._connection, ids, self._encoder.dimension)

    def tokens_of(self, ids: Sequence[PassageId]) -> dict[PassageId, tuple[NDArray[np.int8], ...]]:
        """Return the vectors of the word pieces of those passages that are stored already.

        By passage they come sentence by sentence, as ``put`` takes them.
        """
        with in_words(self._index_dir):
            found = tokens_of(self._connection, ids, self._encoder.token_dimension)
        return {passage_id: tokens.by_sentence() for passage_id, tokens in found.items()}

    def put(  # noqa: PLR0913  # all that is stored of a document
        self,
        document: Document,
        passages: Sequence[Passage],
        vectors: NDArray[np.float32],
        sentences: Sequence[NDArray[np.float32]] | None = None,
        tokens: Sequence[tuple[NDArray[np.int8], ...]] | None = None,
        *,
        made: Print | None = None,
    ) -> None:
        """Add a document, or replace it wholly.

        Args:
            document: The document.
            passages: Its passages.
            vectors: Their unit vectors, of shape (passages, dimension).
            sentences: For each passage the vectors of its sentences, of shape (sentences,
                dimension); None for none.
            tokens: For each passage, sentence by sentence, 127 times the unit vectors of word
                pieces, of shape (pieces, token dimension); None for none.
            made: What copies of it are found by; None if none are looked for.

        Raises:
            ValueError: The shapes do not fit, or a passage is not a slice of the document.
        """
        if sentences is None:
            sentences = [np.empty((0, self._encoder.dimension), dtype=np.float32)] * len(passages)
        entry = Entry(
            document,
            tuple(passages),
            np.array(vectors, dtype=np.float32),
            tuple(np.array(rows, dtype=np.float32) for rows in sentences),
            tuple(tokens) if tokens is not None else ((),) * len(passages),
            made,
        )
        entry.check(self._encoder)
        self._puts[document.id] = entry
        self._removals.discard(document.id)

    def remove(self, ids: Iterable[DocumentId]) -> None:
        """Take documents away; ids that are not there are ignored."""
        for document_id in ids:
            self._puts.pop(document_id, None)
            self._removals.add(document_id)

    def claim(self) -> None:
        """Write into the catalog that nobody who held the lease before may commit to it.

        Raises:
            StoreError: Another machine has taken over.
        """
        with in_words(self._index_dir):
            self._transact(lambda: None)

    def commit(self) -> None:
        """Make the collected changes visible, all at once.

        New vectors go to Chroma first, then everything else in one transaction, and old vectors
        leave Chroma last: whatever is cut off, Chroma has all that the catalog has.

        Raises:
            StoreError: The disk is full, a reader does not let go, another machine has taken
                over, or the like. The index stays as it was at the last commit.
        """
        with in_words(self._index_dir):
            old = self._old_passages()
            self._removals.intersection_update(old)
            roots = self._changed_roots()
            pending = (self._puts, self._removals, self._files, self._moves, roots is not None)
            if not any(pending):
                return
            self._mark_dirty()
            self._fence.look()
            self._send_vectors()
            self._transact(lambda: self._apply(roots))
        new = {passage.id for entry in self._puts.values() for passage in entry.passages}
        self._reset()
        self._mirror.forget(sorted(set().union(*old.values()) - new))

    def calibration(self) -> Calibration | None:
        """Return the calibration of the generation that is written to; None if there is none."""
        with in_words(self._index_dir):
            return calibration.readable(self._connection)

    def calibrate(self, fitted: Calibration | None) -> None:
        """Keep a calibration, or drop the one there is, at once: it waits for no ``commit``."""
        with in_words(self._index_dir):
            self._transact(lambda: self._keep(fitted))

    def repair(self) -> None:
        """Make Chroma equal to the catalog if a write was cut off, or Chroma's folder is gone."""
        with in_words(self._index_dir):
            if get_meta(self._connection, "dirty") != "0" or self._mirror.lost():
                self._mark_dirty()
                self._mirror.repair()

    def finish(self) -> None:
        """Commit what is left, and note that nothing was cut off."""
        self.commit()
        self._mirror.close()
        with in_words(self._index_dir):
            if get_meta(self._connection, "dirty") != "0":
                self._transact(lambda: set_meta(self._connection, "dirty", "0"))

    def _reset(self) -> None:
        self._puts, self._removals, self._roots = {}, set(), None
        self._files, self._moves = {}, {}

    def _old_passages(self) -> dict[DocumentId, set[PassageId]]:
        touched = (*self._puts, *self._removals)
        found = ((each, writing.passage_ids(self._connection, each)) for each in touched)
        return {document_id: ids for document_id, ids in found if ids is not None}

    def _changed_roots(self) -> set[str] | None:
        if self._roots is None or self._roots == set(reading.roots(self._connection)):
            return None
        return self._roots

    def _mark_dirty(self) -> None:
        if get_meta(self._connection, "dirty") == "0":
            self._transact(lambda: set_meta(self._connection, "dirty", "1"))

    def _send_vectors(self) -> None:
        entries = [entry for entry in self._puts.values() if entry.passages]
        if entries:
            self._mirror.write(
                [passage.id for entry in entries for passage in entry.passages],
                np.concatenate([entry.vectors for entry in entries]),
                [fields_of(entry.document) for entry in entries for _ in entry.passages],
            )

    def _apply(self, roots: set[str] | None) -> None:
        connection = self._connection
        for document_id in (*self._removals, *self._puts):
            writing.delete_document(connection, document_id)
        for entry in self._puts.values():
            writing.insert_document(connection, entry, self._stemmer)
        files.store(connection, self._files)
        files.store_moves(connection, self._moves.items())
        if roots is not None:
            connection.execute("DELETE FROM roots")
            connection.executemany("INSERT INTO roots VALUES (?)", [(root,) for root in roots])
        self._raise_revision()

    def _keep(self, fitted: Calibration | None) -> None:
        calibration.store(self._connection, fitted)
        self._raise_revision()

    def _raise_revision(self) -> None:
        revision = int(get_meta(self._connection, "revision"))
        set_meta(self._connection, "revision", str(revision + 1))

    def _transact(self, change: Callable[[], None]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._fence.check()
            change()
            self._fence.look()
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
