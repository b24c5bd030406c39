"""Reading what is to be summarised: a little at a time, so that it can be followed and stopped."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from groundwire.domain.documents import DocumentInfo
from groundwire.domain.errors import CancelledError, StoreError
from groundwire.domain.events import Progress
from groundwire.retrieve.accounts import account_of, read_accounts
from groundwire.summarize.targets import Chosen
from groundwire.text.sentences import sentences

if TYPE_CHECKING:
    import threading
    from collections.abc import Generator, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from groundwire.domain.documents import Document, DocumentId, Passage
    from groundwire.index.snapshot import Snapshot
    from groundwire.index.store import IndexStore
    from groundwire.models.encoder import Encoder
    from groundwire.retrieve.accounts import Account

BATCH = 16
"""Documents that are read in one snapshot: about 50 ms, in which a writer would have to wait."""

ENCODED = 64
"""Passages of a given text that are encoded at a time: about half a second."""


@dataclass(slots=True)
class Reading:
    """What was read of a target so far.

    Attributes:
        chosen: What the target means.
        generation: Name of the index generation that is read; empty without an index.
        revision: Its revision when the target was looked up.
        origins: For documents that have a copy family, its first printed member.
        accounts: The documents that were read.
        total: How many documents there are to read, or passages of a given text.
        done: How many of them were read.
        gone: How many had left the index when their turn came.
        stopped: Whether somebody stopped it before all were read.
    """

    chosen: Chosen
    generation: str = ""
    revision: int = 0
    origins: Mapping[DocumentId, DocumentId] = field(default_factory=dict)
    accounts: list[Account] = field(default_factory=list)
    total: int = 0
    done: int = 0
    gone: int = 0
    stopped: bool = False

    @property
    def warnings(self) -> tuple[str, ...]:
        """What people should know of it, one line each."""
        unit = "documents" if self.generation else "passages"
        said = []
        if self.stopped:
            said.append(f"stopped after {self.done} of {self.total} {unit}")
        if self.gone:
            said.append(f"{self.gone} of {self.total} documents left the index while it was read")
        return tuple(said)


def read(
    store: IndexStore, reading: Reading, dimension: int, cancel: threading.Event | None
) -> Iterator[Progress]:
    """Read the documents that were chosen and yield how far it has come.

    ``cancel`` and Ctrl-C end it early, and what was read stays.

    Args:
        store: The index. No snapshot of it is held while the progress is told.
        reading: Where the accounts are put.
        dimension: Length of a vector.
        cancel: Set when somebody wants it to end.

    Raises:
        CancelledError: It was stopped before anything was read.
        StoreError: The index was rebuilt meanwhile.
    """
    infos = reading.chosen.infos
    reading.total = len(infos)
    try:
        yield Progress(0, reading.total)
        for first in range(0, reading.total, BATCH):
            if cancel is not None and cancel.is_set():
                reading.stopped = True
                break
            with store.snapshot() as snapshot:
                _read_batch(snapshot, reading, first, dimension)
            yield Progress(reading.done, reading.total)
    except KeyboardInterrupt:
        reading.stopped = True
    if reading.stopped and not reading.accounts:
        raise CancelledError


def _read_batch(snapshot: Snapshot, reading: Reading, first: int, dimension: int) -> None:
    if snapshot.generation != reading.generation:
        raise StoreError("the index was rebuilt while it was read", hint="try again")
    batch = reading.chosen.infos[first : first + BATCH]
    if snapshot.revision != reading.revision:
        there = {info.id: info for info in snapshot.documents()}
        kept = tuple(there[info.id] for info in batch if info.id in there)
        reading.gone += len(batch) - len(kept)
        batch = kept
    # Put aside first: a batch that is broken off leaves nothing behind.
    accounts = tuple(read_accounts(snapshot, batch, dimension, reading.origins))
    reading.accounts += accounts
    reading.done = min(first + BATCH, reading.total)


def read_given(
    document: Document,
    passages: Sequence[Passage],
    encoder: Encoder,
    cancel: threading.Event | None,
) -> Generator[Progress, None, Reading]:
    """Read a text that is not in the index, yield how far it has come, and return what was read.

    ``cancel`` and Ctrl-C end it early, and what was read stays.

    Args:
        document: The text as a document.
        passages: Its passages, in order; at least one.
        encoder: Encodes its sentences.
        cancel: Set when somebody wants it to end.

    Raises:
        CancelledError: It was stopped before anything was read.
    """
    info = DocumentInfo.of(document, len(passages))
    reading = Reading(Chosen(document.title, (info,)), total=len(passages))
    parts: list[NDArray[np.float32]] = []
    try:
        yield Progress(0, reading.total)
        for first in range(0, reading.total, ENCODED):
            if cancel is not None and cancel.is_set():
                reading.stopped = True
                break
            texts = [passage.text for passage in passages[first : first + ENCODED]]
            encoded = encoder.encode_parts(texts, [sentences(text) for text in texts])
            parts += [each.parts for each in encoded]
            yield Progress(len(parts), reading.total)
    except KeyboardInterrupt:
        reading.stopped = True
    if not parts:
        raise CancelledError
    reading.done = len(parts)
    reading.accounts = [account_of(document, info, passages[: len(parts)], lambda *_: parts)]
    return reading
