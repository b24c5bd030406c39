"""Dense search: exact scoring of the vectors in SQLite, of candidates where they are many."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import numpy as np

from groundwire.domain.retrieval import Scope
from groundwire.index import reading, stored
from groundwire.index.heads import Heads
from groundwire.index.held import VectorCache
from groundwire.index.matrix import from_signed_bytes, read_rows, unit
from groundwire.index.proposals import Proposer
from groundwire.index.scoping import passages_in
from groundwire.index.tokens import from_stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from groundwire.domain.documents import PassageId
    from groundwire.index.matrix import Matrix
    from groundwire.index.proposals import Moment
    from groundwire.index.tokens import TokenVectors

EXACT_LIMIT = 200_000
"""Up to how many passages every vector is scored in full; above, short forms are scored first."""


class DenseSearch:
    """Finds the passages nearest to a vector. Thread-safe."""

    def __init__(self, vector_url: str | None, *, exact_limit: int = EXACT_LIMIT) -> None:
        """Keep the address of the Chroma server, if there is one; nothing is opened."""
        self._limit = exact_limit
        self._cache = VectorCache(exact_limit)
        self._proposer = Proposer(vector_url)

    def search(
        self,
        moment: Moment,
        vectors: NDArray[np.float32],
        *,
        top_k: Sequence[int],
        scope: Scope,
    ) -> tuple[tuple[tuple[PassageId, float], ...], ...]:
        """Return for each vector the passages in scope with the largest cosine, best first.

        Up to the limit of passages in the index, these are the true best. Above, candidates are
        found first, and scored exactly: by a Chroma server if there is one that proposes enough,
        else by ``Heads``.

        Args:
            moment: What is read.
            vectors: Of shape (vectors, dimension).
            top_k: How many to return for each.
            scope: Which documents may be used.
        """
        connection = moment.connection
        if max(top_k, default=0) < 1:
            return ((),) * len(top_k)
        queries = unit(np.asarray(vectors, dtype=np.float32))
        if self._proposer.has_server:
            found = self._from_server(moment, queries, top_k, scope)
            if found is not None:
                return found
        held = self._cache.at(connection, moment.generation, moment.revision)
        if not len(held.rows):
            return ((),) * len(top_k)
        if scope.is_everything():
            return _best(connection, held, queries, top_k)
        numbers = stored.document_numbers if isinstance(held, Heads) else stored.passage_rows
        among = np.fromiter(numbers(connection, scope), dtype=np.int64)
        if not len(among):
            return ((),) * len(top_k)
        return _best(connection, held, queries, top_k, among=among)

    def _from_server(
        self,
        moment: Moment,
        queries: NDArray[np.float32],
        top_k: Sequence[int],
        scope: Scope,
    ) -> tuple[tuple[tuple[PassageId, float], ...], ...] | None:
        """Return the best in a large index with a server; None if it is small or none helps."""
        connection = moment.connection
        if reading.count_passages(connection, Scope()) <= self._limit:
            return None
        size = reading.count_passages(connection, scope)
        if size <= self._limit:
            # A small part of a large index: not worth holding all of it in memory.
            part = read_rows(connection, *passages_in(scope))
            return _best(connection, part, queries, top_k) if size else ((),) * len(top_k)
        found: list[tuple[tuple[PassageId, float], ...]] = []
        for query, k in zip(queries, top_k, strict=True):
            proposed = self._proposer.propose(moment, query, k, scope)
            listed = _listed(connection, proposed, scope) if proposed else None
            if listed is None or len(listed.rows) < min(k, size):
                return None
            found += _best(connection, listed, query[None, :], [k])
        return tuple(found)

    def vectors(self, moment: Moment, rows: Sequence[int]) -> NDArray[np.float32]:
        """Return the unit vectors of passages by row number, of shape (rows, dimension).

        They are picked from memory if dense search has put them there.

        Raises:
            sqlite3.DatabaseError: There is a passage without a vector.
        """
        held = self._cache.held(moment.generation, moment.revision)
        if held is None:
            listed = json.dumps(list(rows))
            held = read_rows(moment.connection, "SELECT value FROM json_each(?)", (listed,))
        if not rows:
            return np.empty((0, held.dimension), dtype=np.float32)
        found = held.of(np.array(rows, dtype=np.int64))
        if found is None:
            raise sqlite3.DatabaseError("a passage has no vector")
        return found

    def close(self) -> None:
        """Let go of vectors and clients."""
        self._cache.clear()
        self._proposer.close()


def vectors_of(
    connection: sqlite3.Connection, ids: Sequence[PassageId]
) -> dict[PassageId, NDArray[np.float32]]:
    """Return the vectors of those passages that are in the catalog, just as they are stored.

    They have unit length to about a thousandth; scaling them would give other bytes when a passage
    is stored again, and two indexes of the same documents would differ.
    """
    return {
        passage_id: np.frombuffer(blob, dtype="<f2").astype(np.float32)
        for passage_id, blob in stored.vectors(connection, ids)
    }


def sentences_of(
    connection: sqlite3.Connection, ids: Sequence[PassageId], dimension: int
) -> dict[PassageId, NDArray[np.float32]]:
    """Return the vectors of the sentences of those passages that are in the catalog."""
    found = stored.sentences(connection, ids)
    return {passage_id: from_signed_bytes(blob, dimension) for passage_id, blob in found}


def tokens_of(
    connection: sqlite3.Connection, ids: Sequence[PassageId], dimension: int
) -> dict[PassageId, TokenVectors]:
    """Return the vectors of the word pieces of those passages that are in the catalog."""
    places = stored.places(connection, ids)
    found = stored.tokens(connection, [place.row for place in places.values()])
    return {
        passage_id: from_stored(*found[place.row], dimension)
        for passage_id, place in places.items()
        if place.row in found
    }


def _listed(connection: sqlite3.Connection, ids: Sequence[str], scope: Scope) -> Matrix:
    in_scope, values = passages_in(scope)
    listed = f"SELECT value FROM json_each(?) INTERSECT {in_scope}"  # noqa: S608  # values are bound
    return read_rows(connection, listed, (stored.rows_of_ids(connection, ids), *values))


def _best(
    connection: sqlite3.Connection,
    vectors: Matrix | Heads,
    queries: NDArray[np.float32],
    top_k: Sequence[int],
    among: NDArray[np.int64] | None = None,
) -> tuple[tuple[tuple[PassageId, float], ...], ...]:
    best = vectors.best(queries, [max(k, 1) for k in top_k], among)
    ids = stored.ids_of_rows(connection, sorted({row for rows, _ in best for row in rows.tolist()}))
    return tuple(
        _sorted(
            (ids[row], score) for row, score in zip(rows.tolist(), scores.tolist(), strict=True)
        )[:k]
        for (rows, scores), k in zip(best, top_k, strict=True)
    )


def _sorted(found: Iterable[tuple[PassageId, float]]) -> tuple[tuple[PassageId, float], ...]:
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))
