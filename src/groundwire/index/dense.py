"""Dense search: exact scoring of the vectors in SQLite, and Chroma where that is too much."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import numpy as np

from groundwire.domain.retrieval import Scope
from groundwire.index import reading, stored
from groundwire.index.matrix import MatrixCache, from_bytes, from_signed_bytes, read_rows, unit
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
"""Up to how many passages every vector is scored; above, Chroma proposes and these are scored.

Measured with 100,000 vectors of 384 numbers: scoring all of them takes about as long as asking
Chroma and scoring its proposals, is ready sooner, needs less memory, and finds all of the true best
100 where Chroma finds 80 to 94.
"""


class DenseSearch:
    """Finds the passages nearest to a vector. Thread-safe."""

    def __init__(self, vector_url: str | None, *, exact_limit: int = EXACT_LIMIT) -> None:
        """Keep the address of the Chroma server, if there is one; nothing is opened."""
        self._limit = exact_limit
        self._cache = MatrixCache()
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

        Up to the limit of passages in scope, these are the true best. Above, Chroma proposes
        candidates in scope, which are scored exactly; if it fails to, everything is scored.

        Args:
            moment: What is read.
            vectors: Of shape (vectors, dimension).
            top_k: How many to return for each.
            scope: Which documents may be used.
        """
        connection = moment.connection
        size = reading.count_passages(connection, scope)
        if max(top_k, default=0) < 1 or not size:
            return ((),) * len(top_k)
        queries = unit(np.asarray(vectors, dtype=np.float32))
        if size > self._limit:
            proposed = [
                self._proposed(moment, query, k, scope, size)
                for query, k in zip(queries, top_k, strict=True)
            ]
            found = [each for each in proposed if each is not None]
            if len(found) == len(proposed):
                return tuple(found)
        if size <= self._limit < reading.count_passages(connection, Scope()):
            # A small part of a large index: not worth holding all of it in memory.
            part = read_rows(connection, *passages_in(scope))
            return _best(connection, part, queries, top_k)
        matrix = self._cache.at(connection, moment.generation, moment.revision)
        if scope.is_everything():
            return _best(connection, matrix, queries, top_k)
        rows = np.fromiter(stored.passage_rows(connection, scope), dtype=np.int64)
        return _best(connection, matrix, queries, top_k, among=rows)

    def _proposed(
        self, moment: Moment, query: NDArray[np.float32], top_k: int, scope: Scope, size: int
    ) -> tuple[tuple[PassageId, float], ...] | None:
        """Return the best of what Chroma proposes; None if it does not propose enough."""
        proposed = self._proposer.propose(moment, query, top_k, scope)
        listed = _listed(moment.connection, proposed, scope) if proposed else None
        if listed is None or len(listed.rows) < min(top_k, size):
            return None
        return _best(moment.connection, listed, query[None, :], [top_k])[0]

    def vectors(self, moment: Moment, rows: Sequence[int]) -> NDArray[np.float32]:
        """Return the unit vectors of passages by row number, of shape (rows, dimension).

        They are picked from memory if dense search has put them there.

        Raises:
            sqlite3.DatabaseError: There is a passage without a vector.
        """
        matrix = self._cache.held(moment.generation, moment.revision)
        if matrix is None:
            listed = json.dumps(list(rows))
            matrix = read_rows(moment.connection, "SELECT value FROM json_each(?)", (listed,))
        if not rows:
            return np.empty((0, matrix.vectors.shape[1]), dtype=np.float32)
        found = matrix.of(np.array(rows, dtype=np.int64))
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
    """Return the stored unit vectors of those passages that are in the catalog."""
    rows = stored.vectors(connection, ids)
    stacked = from_bytes(blob for _, blob in rows)
    return {passage_id: stacked[place] for place, (passage_id, _) in enumerate(rows)}


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
    matrix: Matrix,
    queries: NDArray[np.float32],
    top_k: Sequence[int],
    among: NDArray[np.int64] | None = None,
) -> tuple[tuple[tuple[PassageId, float], ...], ...]:
    best = matrix.best(queries, [max(k, 1) for k in top_k], among)
    ids = stored.ids_of_rows(connection, sorted({row for rows, _ in best for row in rows.tolist()}))
    return tuple(
        _sorted(
            (ids[row], score) for row, score in zip(rows.tolist(), scores.tolist(), strict=True)
        )[:k]
        for (rows, scores), k in zip(best, top_k, strict=True)
    )


def _sorted(found: Iterable[tuple[PassageId, float]]) -> tuple[tuple[PassageId, float], ...]:
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))
