"""A group of documents that are encoded and written together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from groundwire.domain.reports import Moved
from groundwire.ingest.duplicates import print_of
from groundwire.ingest.passages import passage_id, segment
from groundwire.text.sentences import sentences

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from numpy.typing import NDArray

    from groundwire.domain.documents import Document, Passage, PassageId
    from groundwire.index.files import StoredFile
    from groundwire.index.writer import Writer
    from groundwire.index.writing import Known
    from groundwire.ingest.kept import Former
    from groundwire.models.encoder import Encoder

_GROUP = 256


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A document that was read and not yet written.

    Attributes:
        document: The document.
        passages: Its passages.
        before: What was stored at its path; None for nothing.
        former: What it was stored as at another path; None for nothing.
    """

    document: Document
    passages: tuple[Passage, ...]
    before: Known | None
    former: Former | None

    def former_ids(self) -> dict[PassageId, PassageId]:
        """Return for each passage its id at the document's former path."""
        if self.former is None:
            return {}
        old = self.former.known.id
        return {each.id: passage_id(old, each.span, each.text) for each in self.passages}


@dataclass(slots=True)
class _Made:
    """All that is stored of passages, by id."""

    vectors: dict[PassageId, NDArray[np.float32]]
    sentences: dict[PassageId, NDArray[np.float32]]
    tokens: dict[PassageId, tuple[NDArray[np.int8], ...]]

    def adopt(self, new: PassageId, old: PassageId) -> None:
        """Give a passage what is stored under another id, if anything is."""
        if new not in self.vectors and old in self.vectors:
            self.vectors[new] = self.vectors[old]
            self.sentences[new] = self.sentences[old]
            self.tokens[new] = self.tokens[old]


class Group:
    """Documents that wait to be encoded and written, with the files that they complete.

    Attributes:
        added: Paths of the documents written that were new.
        changed: Paths of those that stood in the place of another version.
        moved: Those that were found at another path.
        encoded: Passages that went through the encoder.
    """

    def __init__(
        self,
        writer: Writer,
        encoder: Encoder,
        on_progress: Callable[[int, int], None],
        cancel: threading.Event | None,
    ) -> None:
        """Begin empty.

        Args:
            writer: The open index.
            encoder: Makes the vectors of passages that have none.
            on_progress: Told how many passages are encoded, of how many.
            cancel: When set, encoding stops soon.
        """
        self._writer = writer
        self._encoder = encoder
        self._on_progress = on_progress
        self._cancel = cancel
        self._waiting: list[_Waiting] = []
        self._files: dict[tuple[str, str], StoredFile] = {}
        self._passages = 0
        self.added: list[str] = []
        self.changed: list[str] = []
        self.moved: list[Moved] = []
        self.encoded = 0

    def add(self, document: Document, before: Known | None, former: Former | None) -> None:
        """Let a document wait; see ``_Waiting``."""
        waiting = _Waiting(document, segment(document), before, former)
        self._waiting.append(waiting)
        self._passages += len(waiting.passages)

    def note_file(self, root: str, path: str, file: StoredFile) -> None:
        """Note a file all of whose documents are stored once this group is."""
        self._files[root, path] = file

    def is_full(self) -> bool:
        """Return whether so many passages wait that they should be written."""
        return self._passages >= _GROUP

    def clear(self) -> None:
        """Drop what waits."""
        self._waiting.clear()
        self._files.clear()
        self._passages = 0

    def flush(self) -> None:
        """Encode what has no vector yet, write the waiting documents and commit them.

        Raises:
            CancelledError: The encoding was stopped; everything waits as before.
        """
        made = self._made()
        for waiting in self._waiting:
            ids = [passage.id for passage in waiting.passages]
            self._writer.put(
                waiting.document,
                waiting.passages,
                np.stack([made.vectors[each] for each in ids]),
                [made.sentences[each] for each in ids],
                [made.tokens[each] for each in ids],
                made=print_of(waiting.document.text),
            )
            if waiting.former is not None:
                self._writer.remove([waiting.former.known.id])
                self._writer.note_move(waiting.former.known.id, waiting.document.id)
        for (root, path), file in self._files.items():
            self._writer.note_file(root, path, file)
        self._writer.commit()
        for waiting in self._waiting:
            self._tell(waiting)
        self.clear()

    def _made(self) -> _Made:
        """Return what is stored of the waiting passages, the missing encoded."""
        former: dict[PassageId, PassageId] = {}
        for waiting in self._waiting:
            former |= waiting.former_ids()
        passages = [passage for waiting in self._waiting for passage in waiting.passages]
        wanted = [*(passage.id for passage in passages), *former.values()]
        writer = self._writer
        made = _Made(
            writer.vectors_of(wanted), writer.sentences_of(wanted), writer.tokens_of(wanted)
        )
        for new, old in former.items():
            made.adopt(new, old)
        fresh = [passage for passage in passages if passage.id not in made.vectors]
        encoded = self._encoder.encode_parts(
            [passage.text for passage in fresh],
            [sentences(passage.text) for passage in fresh],
            on_progress=self._on_progress,
            cancel=self._cancel,
        )
        for passage, encoding in zip(fresh, encoded, strict=True):
            made.vectors[passage.id] = encoding.vector
            made.sentences[passage.id] = encoding.parts
            made.tokens[passage.id] = encoding.tokens
        self.encoded += len(fresh)
        return made

    def _tell(self, written: _Waiting) -> None:
        path = written.document.path
        if written.former is not None:
            self.moved.append(Moved(written.former.path, path))
        else:
            (self.added if written.before is None else self.changed).append(path)
