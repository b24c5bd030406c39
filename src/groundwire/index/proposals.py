"""Candidates from a Chroma server for indexes too large to score every vector."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from groundwire.index.catalog import get_meta
from groundwire.index.generations import CHROMA
from groundwire.index.reading import documents
from groundwire.index.scoping import source_key
from groundwire.index.vectors import ChromaVectors, VectorsBrokenError, VectorsFullError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Hashable
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from groundwire.domain.retrieval import Scope

PROPOSED = 4
"""How many times as many passages are proposed as are wanted."""
AGAIN_S = 60.0
"""Seconds until a server that failed is asked again."""
UNDATED = 0
"""What stands for a missing date in Chroma, where dates are day numbers."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a snapshot sees.

    Attributes:
        connection: Inside a read transaction.
        folder: Of the generation.
        generation: What tells this generation's files from any other's.
        revision: The revision that the transaction sees.
    """

    connection: sqlite3.Connection
    folder: Path
    generation: Hashable
    revision: int


class Proposer:
    """Asks a Chroma server for candidates. Thread-safe."""

    def __init__(self, vector_url: str | None) -> None:
        """Keep the address of the server, if there is one; nothing is opened."""
        self._url = vector_url
        self._lock = threading.Lock()
        self._opened_at: tuple[Hashable, int] | None = None
        self._failed_at = 0.0
        self._chroma: ChromaVectors | None = None

    @property
    def has_server(self) -> bool:
        """Whether there is somebody to ask."""
        return self._url is not None

    def propose(
        self, moment: Moment, query: NDArray[np.float32], top_k: int, scope: Scope
    ) -> tuple[str, ...] | None:
        """Return passage ids near the query, more than wanted; None if none can be had."""
        with self._lock:
            try:
                chroma = self._opened(moment)
                if chroma is None:
                    return None
                where = _where(moment.connection, scope)
                return chroma.nearest(query, top_k * PROPOSED, where)
            except (VectorsBrokenError, VectorsFullError, OSError):
                self._release()
                self._failed_at = time.monotonic()
                return None

    def close(self) -> None:
        """Let go of the client."""
        with self._lock:
            self._release()
            self._opened_at = None

    def _opened(self, moment: Moment) -> ChromaVectors | None:
        wanted = (moment.generation, moment.revision)
        if self._url is not None and (self._opened_at != wanted or self._may_be_back()):
            self._release()
            # Also remembered when it fails: a server that is away is asked once a minute.
            self._opened_at = wanted
            name = get_meta(moment.connection, "collection")
            self._chroma = ChromaVectors(moment.folder / CHROMA, name, self._url)
        return self._chroma

    def _may_be_back(self) -> bool:
        return self._chroma is None and time.monotonic() - self._failed_at > AGAIN_S

    def _release(self) -> None:
        if self._chroma is not None:
            with suppress(VectorsBrokenError, VectorsFullError):
                self._chroma.close()
        self._chroma = None


def _where(connection: sqlite3.Connection, scope: Scope) -> dict[str, Any] | None:
    parts: list[dict[str, Any]] = []
    if scope.documents:
        ids = [info.id for info in documents(connection, scope)]
        parts.append({"document_id": {"$in": ids}})
    if scope.sources:
        parts.append({"source": {"$in": [source_key(source) for source in scope.sources]}})
    if scope.since:
        parts.append({"published": {"$gte": scope.since.toordinal()}})
    if scope.until:
        parts.append({"published": {"$gt": UNDATED}})
        parts.append({"published": {"$lte": scope.until.toordinal()}})
    if scope.as_of:
        parts.append({"published": {"$lte": scope.as_of.toordinal()}})
    if len(parts) > 1:
        return {"$and": parts}
    return parts[0] if parts else None
