"""Vectors kept in SQLite, in memory for exact scoring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

DECIMALS = 6
"""Of a cosine: so that copies of one text tie wherever they stand."""
_BLOCK = 4_096
_COPYING = 6
"""How many times as long a vector takes to be picked out as to be scored."""
_SIGNED_SCALE = np.float32(127)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The vectors of some passages.

    Attributes:
        rows: Row numbers of the passages, ascending.
        vectors: Their unit vectors, of shape (rows, dimension).
    """

    rows: NDArray[np.int64]
    vectors: NDArray[np.float32]

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self.vectors.shape[1])

    def best(
        self,
        queries: NDArray[np.float32],
        top_k: Sequence[int],
        among: NDArray[np.int64] | None = None,
    ) -> tuple[tuple[NDArray[np.int64], NDArray[np.float64]], ...]:
        """Return for each query the row numbers and cosines of its best, and of all that tie.

        Cosines are rounded to six decimals, so that copies of one text tie wherever they stand.

        Args:
            queries: Unit vectors, of (queries, dimension); they are scored in one product.
            top_k: How many to return for each, 1 or more.
            among: The row numbers to choose from; None for all.
        """
        rows = self.rows if among is None else among
        cosines = self._cosines(queries, among).astype(np.float64).round(DECIMALS)
        return tuple(largest(rows, scores, k) for scores, k in zip(cosines, top_k, strict=True))

    def of(self, rows: NDArray[np.int64]) -> NDArray[np.float32] | None:
        """Return the vectors of rows, in the order given; None if one of them is not here."""
        places = np.minimum(np.searchsorted(self.rows, rows), len(self.rows) - 1)
        if not (len(self.rows) and np.array_equal(self.rows[places], rows)):
            return None
        return np.asarray(self.vectors[places])

    def _cosines(
        self, queries: NDArray[np.float32], among: NDArray[np.int64] | None
    ) -> NDArray[np.float32]:
        if among is None:
            return np.asarray(queries @ self.vectors.T)
        places = np.searchsorted(self.rows, among)
        if len(among) * _COPYING > len(self.rows):
            return np.asarray((queries @ self.vectors.T)[:, places])
        return np.asarray(queries @ self.vectors[places].T)


def largest(
    rows: NDArray[np.int64], scores: NDArray[np.float64], top_k: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the rows with the ``top_k`` largest scores and with all that tie, and their scores."""
    if top_k >= len(scores):
        return rows, scores
    threshold = np.partition(scores, -top_k)[-top_k]
    kept = np.flatnonzero(scores >= threshold)
    return rows[kept], scores[kept]


def read(connection: sqlite3.Connection, after: int = 0) -> Matrix:
    """Return the vectors of all passages with a row number above ``after``."""
    return _read(connection, "rowid > ?", (after,))


def read_rows(connection: sqlite3.Connection, rows: str, values: tuple[str, ...]) -> Matrix:
    """Return the vectors of the passages whose row numbers the given query selects."""
    return _read(connection, f"rowid IN ({rows})", values)


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return vectors scaled to unit length; zero stays zero."""
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.where(norms > 0, norms, 1), dtype=np.float32)


def to_bytes(vector: NDArray[np.float32]) -> bytes:
    """Return the stored form of a vector: half precision, little endian."""
    return vector.astype("<f2").tobytes()


def from_bytes(stored: Iterable[bytes]) -> NDArray[np.float32]:
    """Return stored vectors as unit vectors, of shape (vectors, dimension)."""
    blobs = list(stored)
    if not blobs:
        return np.empty((0, 0), dtype=np.float32)
    halves = np.frombuffer(b"".join(blobs), dtype="<f2").reshape(len(blobs), -1)
    return unit(halves.astype(np.float32))


def to_signed_bytes(vectors: NDArray[np.float32]) -> bytes:
    """Return unit vectors in eight bits a number: 127 times the number, rounded.

    Good to about 0.002 of a cosine, which is enough for telling sentences of one passage apart.
    """
    return np.round(vectors * _SIGNED_SCALE).astype(np.int8).tobytes()


def from_signed_bytes(stored: bytes, dimension: int) -> NDArray[np.float32]:
    """Return the vectors that ``to_signed_bytes`` made bytes of, of shape (vectors, dimension).

    They have unit length to about a hundredth; scaling them would give other bytes when a passage
    is stored again, and two indexes of the same documents would differ.
    """
    numbers = np.frombuffer(stored, dtype=np.int8).reshape(-1, dimension)
    return numbers.astype(np.float32) / _SIGNED_SCALE


def _read(connection: sqlite3.Connection, where: str, values: tuple[str | int, ...]) -> Matrix:
    # Counted first and read in blocks, so that a large index is held once and not three times.
    counting = f"SELECT count(*) FROM passages WHERE {where}"  # noqa: S608  # values are bound
    count = int(connection.execute(counting, values).fetchone()[0])
    reading = f"SELECT rowid, vector FROM vectors WHERE {where} ORDER BY rowid"  # noqa: S608  # the same
    found = connection.execute(reading, values)
    rows = np.empty(count, dtype=np.int64)
    vectors = np.empty((count, 0), dtype=np.float32)
    done = 0
    while block := found.fetchmany(_BLOCK):
        part = slice(done, done + len(block))
        halves = from_bytes(blob for _, blob in block)
        if not done:
            vectors = np.empty((count, halves.shape[1]), dtype=np.float32)
        rows[part] = [row for row, _ in block]
        vectors[part] = halves
        done += len(block)
    return Matrix(rows[:done], vectors[:done])


def refreshed(old: Matrix, connection: sqlite3.Connection) -> Matrix:
    """Return the vectors of all passages, of which ``old`` holds those of an earlier revision."""
    present = connection.execute("SELECT rowid FROM passages ORDER BY rowid").fetchall()
    rows = np.fromiter((row for (row,) in present), dtype=np.int64, count=len(present))
    kept = np.isin(old.rows, rows, assume_unique=True)
    new = read(connection, after=int(old.rows[-1]) if len(old.rows) else 0)
    if not len(new.rows):
        return Matrix(old.rows[kept], old.vectors[kept])
    if not kept.any():
        return new
    return Matrix(
        np.concatenate((old.rows[kept], new.rows)),
        np.concatenate((old.vectors[kept], new.vectors)),
    )
