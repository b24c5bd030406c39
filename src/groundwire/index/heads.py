"""Vectors of a large index: a short form finds candidates, which are then scored in full.

The short form, the head, is a vector's coordinates along the directions in which the vectors of the
index differ most, their first principal components. Scoring heads costs a quarter of scoring
vectors, and nearly all of the true best are among the first few thousand by head.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np

from groundwire.index.matrix import DECIMALS, largest, unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

_Number = TypeVar("_Number", np.float16, np.float32)

HEAD = 96
"""Numbers of a head. For 200 passages among 106,036 of the news, the true best 100 were all among
the first 4,000 by heads of 96 numbers, and 99.9 in 100 of them by heads of 64."""
CANDIDATES = 4_000
"""How many passages are scored in full at least."""
_TIMES = 10
"""The same as a multiple of how many are wanted."""
_SAMPLE = 8_192
"""Vectors that the directions are taken from, evenly spread over the index."""
_SCORED = 65_536
"""Heads that are scored at a time, each question by itself: after every product the cores wait for
one another, which takes long where others use them too."""
_BLOCK = 16_384
"""Vectors that are read at a time."""
_SPARE = 16
"""One in so many rows is kept free, so that new vectors are added without copying all."""


@dataclass(frozen=True, slots=True)
class Heads:
    """The vectors of all passages of a large index.

    Attributes:
        rows: Row numbers of the passages, ascending.
        documents: For each the number of its document.
        halves: Their vectors as they are stored, of shape (rows, dimension).
        axes: What makes a head of a vector, of shape (dimension, head).
        heads: Of shape (rows, head).
    """

    rows: NDArray[np.int64]
    documents: NDArray[np.int64]
    halves: NDArray[np.float16]
    axes: NDArray[np.float32]
    heads: NDArray[np.float32]

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return len(self.axes)

    def best(
        self,
        queries: NDArray[np.float32],
        top_k: Sequence[int],
        among: NDArray[np.int64] | None = None,
    ) -> tuple[tuple[NDArray[np.int64], NDArray[np.float64]], ...]:
        """Return for each query row numbers and cosines of its best; see ``Matrix.best``.

        What is returned is scored exactly. A passage is missed if thousands of others have the
        better head.

        Args:
            queries: Unit vectors, of (queries, dimension).
            top_k: How many to return for each, 1 or more.
            among: Numbers of the documents to choose from; None for all.
        """
        inside = None if among is None else self._inside(among)
        if inside is not None and np.count_nonzero(inside) <= CANDIDATES:
            places = [np.flatnonzero(inside)] * len(queries)
        else:
            wanted = [max(CANDIDATES, _TIMES * k) for k in top_k]
            places = self._candidates(queries @ self.axes, wanted, inside)
        return tuple(
            largest(self.rows[each], self._cosines(query, each), k)
            for query, each, k in zip(queries, places, top_k, strict=True)
        )

    def of(self, rows: NDArray[np.int64]) -> NDArray[np.float32] | None:
        """Return the unit vectors of rows, in the order given; None if one of them is not here."""
        places = np.minimum(np.searchsorted(self.rows, rows), len(self.rows) - 1)
        if not (len(self.rows) and np.array_equal(self.rows[places], rows)):
            return None
        return self._vectors(places)

    def _inside(self, documents: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which passages are of these documents."""
        known = np.zeros(int(self.documents.max(initial=0)) + 1, dtype=bool)
        known[documents[documents < len(known)]] = True
        return np.asarray(known[self.documents])

    def _vectors(self, places: NDArray[np.int64]) -> NDArray[np.float32]:
        return unit(self.halves[places].astype(np.float32))

    def _cosines(
        self, query: NDArray[np.float32], places: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        cosines = self._vectors(places) @ query
        return np.asarray(cosines.astype(np.float64).round(DECIMALS))

    def _candidates(
        self,
        queries: NDArray[np.float32],
        wanted: Sequence[int],
        inside: NDArray[np.bool_] | None,
    ) -> list[NDArray[np.int64]]:
        """Return for each query the places of the best heads, ascending."""
        found = [_Best(count) for count in wanted]
        for start in range(0, len(self.heads), _SCORED):
            block = self.heads[start : start + _SCORED]
            for best, query in zip(found, queries, strict=True):
                scores = block @ query
                if inside is not None:
                    scores[~inside[start : start + _SCORED]] = -np.inf
                best.add(start, scores)
        return [best.places() for best in found]


class _Best:
    """The places with the largest scores so far."""

    def __init__(self, wanted: int) -> None:
        self._wanted = wanted
        self._least = np.float32(-np.inf)
        self._places = np.empty(0, dtype=np.int64)
        self._scores = np.empty(0, dtype=np.float32)

    def add(self, start: int, scores: NDArray[np.float32]) -> None:
        """Look at the scores of the places from ``start`` on; minus infinity is never taken."""
        kept = np.flatnonzero(scores > self._least)
        self._places = np.concatenate((self._places, kept + start))
        self._scores = np.concatenate((self._scores, scores[kept]))
        if len(self._places) > 2 * self._wanted:
            self._cut()

    def places(self) -> NDArray[np.int64]:
        """Return the places, ascending."""
        if len(self._places) > self._wanted:
            self._cut()
        return np.sort(self._places)

    def _cut(self) -> None:
        best = np.argpartition(self._scores, -self._wanted)[-self._wanted :]
        self._places, self._scores = self._places[best], self._scores[best]
        self._least = self._scores.min()


def read(connection: sqlite3.Connection, count: int) -> Heads:
    """Return the vectors of all ``count`` passages that a connection sees."""
    rows, documents = _numbers(connection, 0)
    return _filled(_room(_axes(connection, rows), count), connection, rows, documents)


def refreshed(old: Heads, connection: sqlite3.Connection, count: int) -> Heads:
    """Return the vectors of all passages, of which ``old`` holds those of an earlier revision.

    Args:
        old: What an earlier revision held.
        connection: What it sees.
        count: How many passages it sees.
    """
    last = int(old.rows[-1]) if len(old.rows) else 0
    rows, documents = _numbers(connection, last)
    if len(old.rows) + len(rows) != count or count > len(_whole(old.heads)):
        old = _kept(old, _numbers(connection, 0)[0], count)
    return _filled(old, connection, rows, documents)


def _room(axes: NDArray[np.float32], count: int) -> Heads:
    """Return no vectors, with room for ``count`` and some more."""
    room, none = count + count // _SPARE, np.empty(0, dtype=np.int64)
    halves = np.empty((room, len(axes)), dtype=np.float16)
    heads = np.empty((room, axes.shape[1]), dtype=np.float32)
    return Heads(none, none, halves[:0], axes, heads[:0])


def _kept(old: Heads, present: NDArray[np.int64], count: int) -> Heads:
    """Return those vectors that are still there, with room for ``count`` and some more."""
    kept = np.isin(old.rows, present, assume_unique=True)
    new, size = _room(old.axes, count), int(np.count_nonzero(kept))
    halves, heads = _whole(new.halves)[:size], _whole(new.heads)[:size]
    np.compress(kept, old.halves, axis=0, out=halves)
    np.compress(kept, old.heads, axis=0, out=heads)
    return Heads(old.rows[kept], old.documents[kept], halves, old.axes, heads)


def _filled(
    old: Heads,
    connection: sqlite3.Connection,
    rows: NDArray[np.int64],
    documents: NDArray[np.int64],
) -> Heads:
    """Return ``old`` with the vectors of further rows, in the arrays that it has.

    Whoever still uses ``old`` does not see them: its own part of the arrays stays as it is.
    """
    halves, heads = _whole(old.halves), _whole(old.heads)
    done = start = len(old.rows)
    for numbers, block in _blocks(connection, int(rows[0])) if len(rows) else ():
        part = slice(done, done + len(block))
        if not np.array_equal(rows[done - start : done - start + len(block)], numbers):
            break
        halves[part] = block
        heads[part] = unit(block.astype(np.float32)) @ old.axes
        done += len(block)
    if done - start != len(rows):
        raise sqlite3.DatabaseError("a passage has no vector")
    return Heads(
        np.concatenate((old.rows, rows)),
        np.concatenate((old.documents, documents)),
        halves[:done],
        old.axes,
        heads[:done],
    )


def _whole(part: NDArray[_Number]) -> NDArray[_Number]:
    """Return the array that is only used in part."""
    return part if part.base is None else cast("NDArray[_Number]", part.base)


def _numbers(
    connection: sqlite3.Connection, after: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the row numbers of passages above ``after``, and those of their documents."""
    found = connection.execute(
        "SELECT rowid, document FROM passages WHERE rowid > ? ORDER BY rowid", (after,)
    )
    pairs = np.fromiter((number for row in found for number in row), dtype=np.int64)
    return pairs[::2].copy(), pairs[1::2].copy()


def _axes(connection: sqlite3.Connection, rows: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the directions in which vectors of the index differ most, of (dimension, head)."""
    chosen = rows[:: max(1, len(rows) // _SAMPLE)].tolist()
    found = connection.execute(
        "SELECT vector FROM vectors WHERE rowid IN (SELECT value FROM json_each(?)) ORDER BY rowid",
        (json.dumps(chosen),),
    )
    sample = unit(_stacked(blob for (blob,) in found).astype(np.float32)).astype(np.float64)
    _, directions = np.linalg.eigh(sample.T @ sample)
    return np.ascontiguousarray(directions[:, ::-1][:, :HEAD], dtype=np.float32)


def _blocks(
    connection: sqlite3.Connection, first: int
) -> Iterator[tuple[list[int], NDArray[np.float16]]]:
    """Yield the vectors from a row number on with their row numbers, some thousand at a time."""
    found = connection.execute(
        "SELECT rowid, vector FROM vectors WHERE rowid >= ? ORDER BY rowid", (first,)
    )
    while block := found.fetchmany(_BLOCK):
        yield [row for row, _ in block], _stacked(vector for _, vector in block)


def _stacked(blobs: Iterable[bytes]) -> NDArray[np.float16]:
    stored = list(blobs)
    return np.frombuffer(b"".join(stored), dtype="<f2").reshape(len(stored), -1)
