"""Vectors in Chroma: a copy for fast search of large indexes, remade from SQLite at will.

Two processes that have one Chroma folder open damage it without a word, even when one of them
only reads: opening writes, and the first query folds the log into the files. So the folder
of an index is opened by its one writer alone; readers open a private copy, or ask a server.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from groundwire.index.faults import says_full

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection
    from numpy.typing import NDArray

Fields = dict[str, str | int]
"""What Chroma can filter a passage by: ``document_id``, ``source``, ``published``."""

_PAGE = 10_000


class VectorsBrokenError(Exception):
    """Chroma failed. Nothing is lost: the vectors are in SQLite too."""


class VectorsFullError(Exception):
    """Chroma could not write because the disk is full."""


class ChromaVectors:
    """One collection of passage vectors, in a folder or on a server."""

    def __init__(self, folder: Path, collection: str, url: str | None = None) -> None:
        """Open the collection, and make it if it is not there.

        Args:
            folder: The Chroma folder; not touched when there is a server.
            collection: Name of the collection.
            url: Address of a Chroma server, such as ``http://host:8000``.

        Raises:
            VectorsBrokenError: The folder is damaged, or the server cannot be reached.
        """
        with _faults():
            self._client = _server(url) if url else _local(folder)
        try:
            with _faults():
                self._collection: Collection = self._client.get_or_create_collection(
                    collection,
                    embedding_function=None,
                    configuration={"hnsw": {"space": "cosine"}},
                )
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
            with _faults():
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
            with _faults():
                self._collection.delete(ids=list(ids[start : start + self._batch]))

    def ids(self) -> set[str]:
        """Return the ids of all passages that are there."""
        found: set[str] = set()
        with _faults():
            for offset in range(0, self._collection.count(), _PAGE):
                page = self._collection.get(limit=_PAGE, offset=offset, include=[])
                found.update(page["ids"])
        return found

    def count(self) -> int:
        """Return how many passages are there."""
        with _faults():
            return self._collection.count()

    def nearest(
        self, vector: NDArray[np.float32], top_k: int, where: Mapping[str, Any] | None
    ) -> tuple[str, ...]:
        """Return the ids of about the ``top_k`` nearest passages that satisfy ``where``.

        Raises:
            VectorsBrokenError: Chroma failed.
        """
        with _faults():
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
            _close(self._client)

    def drop(self) -> None:
        """Remove the collection and everything in it."""
        with _faults():
            self._client.delete_collection(self._collection.name)


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

    return Settings(anonymized_telemetry=False)


def _local(folder: Path) -> ClientAPI:
    import chromadb

    folder.mkdir(parents=True, exist_ok=True)
    try:
        return chromadb.PersistentClient(str(folder), settings=_settings())
    except BaseException:
        _forget_half_opened(str(folder))
        raise


def _close(client: Any) -> None:  # noqa: ANN401  # its declared type lacks what is used here
    client.close()
    # Chroma leaves the connections to its server open, its own and its administrator's.
    for each in (client, client._admin_client):  # noqa: SLF001  # nothing public closes them
        session = getattr(each._server, "_session", None)  # noqa: SLF001  # the same
        if session is not None:
            session.close()


def _forget_half_opened(path: str) -> None:
    # Chroma keeps what it could not open and would give it out again for the same path.
    from chromadb.api.shared_system_client import SharedSystemClient

    with suppress(Exception):
        SharedSystemClient._release_system(path)  # noqa: SLF001  # nothing public does it


def _server(url: str) -> ClientAPI:
    import chromadb

    parts = urlsplit(url)
    secure = parts.scheme == "https"
    return chromadb.HttpClient(
        host=parts.hostname or "localhost",
        port=parts.port or (443 if secure else 8000),
        ssl=secure,
        settings=_settings(),
    )


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
    message = " ".join(str(error).split())
    return VectorsFullError(message) if says_full(error) else VectorsBrokenError(message)
