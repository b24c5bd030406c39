"""Chroma kept equal to the catalog by the one writer."""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager, suppress
from datetime import date
from typing import TYPE_CHECKING

from groundwire import durability
from groundwire.domain.errors import StoreError
from groundwire.index.catalog import get_meta
from groundwire.index.faults import disk_fault, disk_full, from_os, says_disk_fault
from groundwire.index.generations import CHROMA
from groundwire.index.matrix import from_bytes
from groundwire.index.proposals import UNDATED
from groundwire.index.scoping import source_key
from groundwire.index.server import shown
from groundwire.index.vectors import (
    ChromaVectors,
    VectorsBrokenError,
    VectorsFullError,
    remake,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from groundwire.domain.documents import Document
    from groundwire.index.vectors import (
        Fields,
    )

_BLOCK = 4_000
_LOOK = "run: groundwire doctor"
_ROOM = 8 * 1024 * 1024
"""Bytes that must be free for a failure not to be put down to a full disk."""


class Mirror:
    """The vectors of the catalog, in Chroma. Opened when something is written, not before."""

    def __init__(self, connection: sqlite3.Connection, generation: Path, url: str | None) -> None:
        """Keep where things are; nothing is opened."""
        self._connection = connection
        self._folder = generation / CHROMA
        self._url = url
        self._collection = get_meta(connection, "collection")
        self._chroma: ChromaVectors | None = None

    def lost(self) -> bool:
        """Return whether the folder is not there, or the server has not as much as the catalog.

        A server that cannot be asked has lost nothing: whoever has something to write is told.
        """
        if self._url is None:
            return not self._folder.is_dir()
        try:
            return self._connected().count() != self._passages()
        except (VectorsBrokenError, VectorsFullError):
            self.abandon()
            return False

    def write(
        self, ids: Sequence[str], vectors: NDArray[np.float32], fields: Sequence[Fields]
    ) -> None:
        """Write vectors.

        Raises:
            StoreError: The disk is full, or Chroma cannot be used at all.
        """
        if ids:
            self._do(lambda chroma: chroma.upsert(ids, vectors, fields))

    def forget(self, ids: Sequence[str]) -> None:
        """Remove vectors.

        Raises:
            StoreError: The disk is full, or Chroma cannot be used at all.
        """
        if ids:
            self._do(lambda chroma: chroma.delete(ids))

    def repair(self) -> None:
        """Make Chroma hold exactly the catalog's passages; nothing is encoded for it.

        Raises:
            StoreError: The disk is full, or Chroma cannot be used at all.
        """
        self._do(self._reconcile)

    def close(self) -> None:
        """Close Chroma, which writes what it holds back, and wait until it is on the disk.

        Chroma itself does not wait for that; after this the catalog may say that all is well.
        """
        chroma, self._chroma = self._chroma, None
        if chroma is not None:
            with self._in_words():
                chroma.close()
                if self._url is not None:
                    # Left from before there was a server, it would be taken for equal afterwards.
                    shutil.rmtree(self._folder, ignore_errors=True)
                elif self._folder.is_dir():
                    durability.sync_tree(self._folder)

    def abandon(self) -> None:
        """Close Chroma after a failure, whatever it says."""
        with suppress(StoreError):
            self.close()

    def _do(self, action: Callable[[ChromaVectors], None]) -> None:
        with self._in_words():
            try:
                action(self._opened())
            except VectorsBrokenError:
                if self._url is not None:
                    raise
                self._rebuild()
                action(self._opened())

    def _opened(self) -> ChromaVectors:
        if self._chroma is None and self._connected().count() != self._passages():
            self._reconcile(self._connected())
        return self._connected()

    def _connected(self) -> ChromaVectors:
        if self._chroma is None:
            self._chroma = ChromaVectors(self._folder, self._collection, self._url)
        return self._chroma

    def _rebuild(self) -> None:
        if self._chroma is not None:
            with suppress(VectorsBrokenError, VectorsFullError):
                self._chroma.close()
        self._chroma = None
        self._chroma = remake(self._folder, self._collection)
        self._reconcile(self._chroma)

    def _reconcile(self, chroma: ChromaVectors) -> None:
        there = chroma.ids()
        rows = self._connection.execute("SELECT id FROM passages")
        wanted = {row[0] for row in rows}
        chroma.delete(sorted(there - wanted))
        missing = sorted(wanted - there)
        for start in range(0, len(missing), _BLOCK):
            self._restore(chroma, missing[start : start + _BLOCK])

    def _restore(self, chroma: ChromaVectors, ids: Sequence[str]) -> None:
        rows = self._connection.execute(
            "SELECT passages.id, vector, documents.id, source_key, published"
            " FROM (SELECT value FROM json_each(?)) AS wanted"
            " JOIN passages ON passages.id = wanted.value"
            " JOIN vectors ON vectors.rowid = passages.rowid"
            " JOIN documents ON documents.number = passages.document",
            (json.dumps(list(ids)),),
        ).fetchall()
        vectors = from_bytes(row[1] for row in rows)
        fields = [fields_for(row[2], row[3], row[4] and date.fromisoformat(row[4])) for row in rows]
        chroma.upsert([row[0] for row in rows], vectors, fields)

    def _passages(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM passages").fetchone()[0])

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except VectorsFullError as error:
            if self._url is not None:
                message = f"the Chroma server {shown(self._url)} has no room: {error}"
                raise StoreError(message, hint="make room there, and run it again") from error
            raise disk_full(self._folder.parent.parent) from error
        except OSError as error:
            raise from_os(error, self._folder.parent.parent) from error
        except VectorsBrokenError as error:
            if self._url is None and shutil.disk_usage(self._folder.parent).free < _ROOM:
                # Chroma does not always say that this is why.
                raise disk_full(self._folder.parent.parent) from error
            if self._url is None and says_disk_fault(error):
                raise disk_fault(self._folder.parent.parent, error) from error
            hint = "start the Chroma server, or unset index.url" if self._url else _LOOK
            where = f"on {shown(self._url)}" if self._url else f"in {self._folder}"
            message = f"the vectors {where} cannot be used: {error}"
            raise StoreError(message, hint=hint) from error


def fields_of(document: Document) -> Fields:
    """Return what Chroma can filter a document's passages by."""
    return fields_for(document.id, source_key(document.source), document.published)


def fields_for(document_id: str, source: str, published: date | None) -> Fields:
    """Return the same from a document's id, the key of its outlet and its date."""
    day = published.toordinal() if published else UNDATED
    return {"document_id": document_id, "source": source, "published": day}
