"""Vectors in Chroma: a copy for fast search of large indexes, remade from SQLite at will.

Two processes that have one Chroma folder open damage it without a word, even when one of them
only reads: opening writes, and the first query folds the log into the files. So the folder
of an index is opened by its one writer alone; readers open a private copy, or ask a server.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from groundwire.index.faults import says_full
from groundwire.index.server import ANSWER_S, WRITE_S, ServerClient

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from chromadb.api.models.Collection import Collection
    from numpy.typing import NDArray

Fields = dict[str, str | int]
"""What Chroma can filter a passage by: ``document_id``, ``source``, ``published``."""

_PAGE = 10_000
_HNSW = {"space": "cosine", "max_neighbors": 8, "ef_construction": 24, "sync_threshold": 5_000}
"""A light graph for the folder, which is written along with every group and not searched.

Chroma's own values, 16, 100 and 1,000, take half as long again at 10,000 passages, far longer at a
million: each writing back of the graph writes the names of all passages. See docs/scaling.md.
"""
_SHOWN = 200
"""Characters of what Chroma says that are passed on: a server can say anything."""


class VectorsBrokenError(Exception):
    """Chroma failed. Nothing is lost: the vectors are in SQLite too."""


class VectorsFullError(Exception):
    """Chroma could not write because the disk is full."""


class ChromaVectors:
    """One collection of passage vectors, in a folder or on a server.

    A server gets the collection with the first vectors: who only reads makes nothing there.
    """

    def __init__(self, folder: Path, collection: str, url: str | None = None) -> None:
        """Open the collection, and make it if it is not there.

        Args:
            folder: The Chroma folder; not touched when there is a server.
            collection: Name of the collection.
            url: Address of a Chroma server, such as ``http://host:8000``.

        Raises:
            VectorsBrokenError: The folder is damaged, or the server cannot be reached.
        """
        self._name = collection
        self._collection: Collection | None
        with _faults():
            self._client = ServerClient(url, _settings()) if url else _local(folder)
        try:
            with _faults():
                if isinstance(self._client, ServerClient):
                    self._collection = self._client.find(collection)
                else:
                    self._collection = self._made()
                self._batch = self._client.get_max_batch_size()
        except BaseException:
            self.close()
            raise

    def upsert(
        self, ids: Sequence[str], vectors: NDArray[np.float32], fields: Sequence[Fields]
    ) -> None:
        """Write vectors under their passage ids; writing twice is harmless.

        Raises:
            VectorsBrokenError: Chroma failed.
            VectorsFullError: The disk is full.
        """
        for start in range(0, len(ids), self._batch):
            part = slice(start, start + self._batch)
            with self._asked(WRITE_S):
                if self._collection is None:
                    self._collection = self._made()
                self._collection.upsert(
                    ids=list(ids[part]),
                    embeddings=np.ascontiguousarray(vectors[part], dtype=np.float32),
                    metadatas=list(fields[part]),
                )

    def delete(self, ids: Sequence[str]) -> None:
        """Remove passages; ids that are not there are ignored.

        Raises:
            VectorsBrokenError: Chroma failed.
            VectorsFullError: The disk is full.
        """
        for start in range(0, len(ids), self._batch):
            with self._asked(WRITE_S):
                if self._collection is not None:
                    self._collection.delete(ids=list(ids[start : start + self._batch]))

    def ids(self) -> set[str]:
        """Return the ids of all passages that are there."""
        found: set[str] = set()
        with self._asked(WRITE_S):
            if self._collection is not None:
                for offset in range(0, self._collection.count(), _PAGE):
                    page = self._collection.get(limit=_PAGE, offset=offset, include=[])
                    found.update(page["ids"])
        return found

    def read(self, ids: Sequence[str]) -> dict[str, tuple[NDArray[np.float32], Fields]]:
        """Return vector and fields of those passages that are there."""
        with self._asked(WRITE_S):
            if self._collection is None:
                return {}
            got = self._collection.get(ids=list(ids), include=["embeddings", "metadatas"])
            vectors = np.asarray(got["embeddings"], dtype=np.float32)
            fields = [cast("Fields", dict(each)) for each in got["metadatas"] or ()]
        pairs = zip(vectors, fields, strict=True)
        return dict(zip(got["ids"], pairs, strict=True))

    def count(self) -> int:
        """Return how many passages are there."""
        with self._asked(WRITE_S):
            return self._collection.count() if self._collection is not None else 0

    def nearest(
        self, vector: NDArray[np.float32], top_k: int, where: Mapping[str, Any] | None
    ) -> tuple[str, ...]:
        """Return the ids of about the ``top_k`` nearest passages that satisfy ``where``.

        Raises:
            VectorsBrokenError: Chroma failed.
        """
        with self._asked(ANSWER_S):
            if self._collection is None:
                return ()
            found = self._collection.query(
                query_embeddings=np.asarray(vector, dtype=np.float32)[None, :],
                n_results=top_k,
                where=dict(where) if where else None,
                include=[],
            )
        return tuple(found["ids"][0])

    def close(self) -> None:
        """Let go of the folder or the connection."""
        with _faults():
            self._client.close()

    def drop(self) -> None:
        """Remove the collection and everything in it."""
        with _faults():
            self._client.delete_collection(self._name)

    def _made(self) -> Collection:
        if isinstance(self._client, ServerClient):
            return self._client.make(self._name)
        made: Collection = self._client.get_or_create_collection(
            self._name, embedding_function=None, configuration={"hnsw": dict(_HNSW)}
        )
        return made

    @contextmanager
    def _asked(self, seconds: float) -> Iterator[None]:
        if isinstance(self._client, ServerClient):
            self._client.wait(seconds)
        with _faults():
            yield


def remake(folder: Path, collection: str) -> ChromaVectors:
    """Return an empty collection in a new folder, in place of whatever was there.

    Raises:
        VectorsBrokenError: It cannot be made.
    """
    shutil.rmtree(folder, ignore_errors=True)
    return ChromaVectors(folder, collection)


def drop_collection(folder: Path, collection: str, url: str | None) -> None:
    """Remove a collection and everything in it.

    Raises:
        VectorsBrokenError: It cannot be reached.
    """
    chroma = ChromaVectors(folder, collection, url)
    try:
        chroma.drop()
    finally:
        chroma.close()


def _settings() -> Any:  # noqa: ANN401  # Chroma's own type is not known before its import
    from chromadb.config import Settings

    # Chroma would read a file .env of the current folder, which may be full of strangers' files,
    # and such a file can name classes to import and addresses to report to.
    return Settings(_env_file=None, anonymized_telemetry=False)


def _local(folder: Path) -> Any:  # noqa: ANN401  # its declared type cannot be closed
    import chromadb

    folder.mkdir(parents=True, exist_ok=True)
    try:
        return chromadb.PersistentClient(str(folder), settings=_settings())
    except BaseException:
        _forget_half_opened(str(folder))
        raise


def _forget_half_opened(path: str) -> None:
    # Chroma keeps what it could not open and would give it out again for the same path.
    from chromadb.api.shared_system_client import SharedSystemClient

    with suppress(Exception):
        SharedSystemClient._release_system(path)  # noqa: SLF001  # nothing public does it


@contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        raise _fault(error) from error
    except BaseException as error:
        # Chroma's Rust part can panic, and a panic is not an Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise _fault(error) from error


def _fault(error: BaseException) -> VectorsBrokenError | VectorsFullError:
    said = " ".join(str(error).split()) or type(error).__name__
    message = "".join(each if each.isprintable() else "?" for each in said[:_SHOWN])
    return VectorsFullError(message) if says_full(error) else VectorsBrokenError(message)
