"""Short forms of vectors find the candidates of a large index; what they find is scored exactly."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import numpy as np
import pytest

from groundwire.domain.retrieval import Scope
from groundwire.index import heads
from groundwire.index.dense import DenseSearch
from groundwire.index.matrix import read
from tests.unit.index import made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from groundwire.index.matrix import Matrix
    from groundwire.index.store import IndexStore

    Put = Callable[..., None]

PASSAGES = 3_000
DIMENSION = 64
A_DOCUMENT = 5


def uneven(seed: int, count: int) -> NDArray[np.float32]:
    """Return unit vectors that differ more in some directions than in others, as texts' do."""
    draw = np.random.default_rng(seed)
    turned = np.linalg.qr(np.random.default_rng(0).standard_normal((DIMENSION, DIMENSION)))[0]
    numbers = draw.standard_normal((count, DIMENSION)) * 0.95 ** np.arange(DIMENSION) @ turned
    return np.asarray(numbers / np.linalg.norm(numbers, axis=1, keepdims=True), dtype=np.float32)


def add(connection: sqlite3.Connection, vectors: NDArray[np.float32]) -> None:
    for vector in vectors:
        row = connection.execute("SELECT coalesce(max(rowid), 0) + 1 FROM passages").fetchone()[0]
        connection.execute("INSERT INTO passages VALUES (?, ?)", (row, row // A_DOCUMENT))
        halves = vector.astype("<f2").tobytes()
        connection.execute("INSERT INTO vectors VALUES (?, ?)", (row, halves))


def remove(connection: sqlite3.Connection, row: int) -> None:
    connection.execute("DELETE FROM passages WHERE rowid = ?", (row,))
    connection.execute("DELETE FROM vectors WHERE rowid = ?", (row,))


@pytest.fixture
def connection(monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    monkeypatch.setattr(heads, "HEAD", 24)
    monkeypatch.setattr(heads, "CANDIDATES", 200)
    monkeypatch.setattr(heads, "_BLOCK", 256)
    monkeypatch.setattr(heads, "_SCORED", 256)
    opened = sqlite3.connect(":memory:")
    opened.execute("CREATE TABLE passages (rowid INTEGER PRIMARY KEY, document INTEGER)")
    opened.execute("CREATE TABLE vectors (rowid INTEGER PRIMARY KEY, vector BLOB)")
    add(opened, uneven(1, PASSAGES))
    yield opened
    opened.close()


def pairs(found: tuple[NDArray[np.int64], NDArray[np.float64]]) -> dict[int, float]:
    return dict(zip(found[0].tolist(), found[1].tolist(), strict=True))


def agreement(large: heads.Heads, exact: Matrix, documents: range | None) -> float:
    """Return the share of the true best that is found; every score must be exact."""
    queries, wanted = uneven(2, 20), [20] * 20
    among = rows = None
    if documents is not None:
        among = np.arange(documents.start, documents.stop)
        rows = exact.rows[np.isin(exact.rows // A_DOCUMENT, among)]
    true = exact.best(queries, wanted, rows)
    hits = 0
    for one, other in zip(large.best(queries, wanted, among), true, strict=True):
        found, expected = pairs(one), pairs(other)
        both = found.keys() & expected.keys()
        assert {row: found[row] for row in both} == pytest.approx(
            {row: expected[row] for row in both}, abs=2e-6
        )
        assert documents is None or all(row // A_DOCUMENT in documents for row in found)
        hits += len(both)
    return hits / sum(wanted)


def test_nearly_all_of_the_true_best_are_found(connection: sqlite3.Connection) -> None:
    large, exact = heads.read(connection, PASSAGES), read(connection)
    assert large.dimension == exact.dimension == DIMENSION
    assert agreement(large, exact, None) > 0.98
    assert agreement(large, exact, range(100, 400)) > 0.98
    assert agreement(large, exact, range(100, 120)) == 1


def test_candidates_grow_with_what_is_wanted(connection: sqlite3.Connection) -> None:
    large = heads.read(connection, PASSAGES)
    (found,) = large.best(uneven(3, 1), [900])
    assert len(found[0]) >= 900


def test_vectors_are_as_those_scored_in_full(connection: sqlite3.Connection) -> None:
    large, exact = heads.read(connection, PASSAGES), read(connection)
    rows = np.array([7, 2_000, 3])
    found, expected = large.of(rows), exact.of(rows)
    assert found is not None
    assert expected is not None
    assert np.array_equal(found, expected)
    assert large.of(np.array([PASSAGES + 1])) is None


def test_what_is_added_is_found_and_earlier_readers_see_what_they_saw(
    connection: sqlite3.Connection,
) -> None:
    old = heads.read(connection, PASSAGES)
    add(connection, uneven(4, 50))
    new = heads.refreshed(old, connection, PASSAGES + 50)
    assert agreement(new, read(connection), None) > 0.98
    (found,) = new.best(uneven(4, 1), [1])
    assert found[0].tolist() == [PASSAGES + 1]
    assert len(old.rows) == len(old.heads) == PASSAGES
    assert np.shares_memory(old.heads, new.heads)


def test_what_was_taken_away_is_gone_and_room_is_made(connection: sqlite3.Connection) -> None:
    old = heads.read(connection, PASSAGES)
    remove(connection, 17)
    less = heads.refreshed(old, connection, PASSAGES - 1)
    assert agreement(less, read(connection), None) > 0.98
    assert 17 not in less.rows.tolist()
    assert 17 in old.rows.tolist()
    add(connection, uneven(5, 300))
    more = heads.refreshed(old, connection, PASSAGES + 299)
    assert agreement(more, read(connection), None) > 0.98
    assert len(more.rows) == len(more.documents) == PASSAGES + 299


def test_a_passage_without_a_vector_is_a_damaged_index(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM vectors WHERE rowid = 1500")
    with pytest.raises(sqlite3.DatabaseError, match="no vector"):
        heads.read(connection, PASSAGES)


def test_a_large_index_follows_the_revisions(store: IndexStore, put: Put) -> None:
    large = DenseSearch(None, exact_limit=1)

    def nearest(text: str, scope: Scope = Scope()) -> str:  # noqa: B008  # it never changes
        with store.snapshot() as snapshot:
            wanted = made.vector(text)[None, :]
            (found,) = large.search(snapshot._moment, wanted, top_k=[1], scope=scope)
            return snapshot.passages([found[0][0]])[0][0].text

    put(made.document("a.md", "one\ntwo"), made.document("b.md", "three\nfive"))
    assert nearest("two") == "two"
    put(*(made.document(f"more/{n}.md", f"story {n}\nof many") for n in range(20)))
    assert nearest("story 7") == "story 7"
    assert nearest("story 7", Scope(documents=("b.md",))) in {"three", "five"}
    put(made.document("a.md", "one\nfour"))
    assert nearest("four") == "four"
    assert nearest("two") != "two"
    large.close()


def test_a_scope_that_holds_nothing_finds_nothing(store: IndexStore, put: Put) -> None:
    put(made.document("a.md", "one\ntwo"))
    large = DenseSearch(None, exact_limit=1)
    with store.snapshot() as snapshot:
        two = np.stack([made.vector("one"), made.vector("two")])
        nowhere = Scope(documents=("b.md",))
        assert large.search(snapshot._moment, two, top_k=[2, 1], scope=nowhere) == ((), ())
    large.close()
