"""Given passages are scored as FTS5 scores them, and what is known of a revision is kept."""

from __future__ import annotations

import dataclasses
import sqlite3
from contextlib import closing, contextmanager
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from groundwire.domain.documents import PassageId
from groundwire.domain.errors import (
    IndexCorruptError,
    IndexMismatchError,
    StoreError,
)
from groundwire.index import facts, generations, lexical, stored
from groundwire.index.facts import FactsCache
from groundwire.index.inspect import findings
from groundwire.index.stemming import Stemmer, hash_of
from groundwire.text.tokens import words
from tests.unit.index import made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from groundwire.domain.documents import Document
    from groundwire.index.store import IndexStore

    Put = Callable[..., None]

WORDS = (
    *("agreement", "Agreed", "AGREE", "café", "Café's", "naïve", "Зеленский", "Зеленского"),
    *("3.5", "1,000", "90-day", "well-known", "O’Brien", "don't", "U.S.", "首相", "は", "oil"),
    *("2019", "June", "relational", "news", "new", "Straße", "Smørrebrød", "—", "e\u0301tude"),
)
LINES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
DOCUMENTS = st.tuples(LINES, st.lists(LINES, min_size=1, max_size=3))
CORPORA = st.lists(DOCUMENTS, min_size=1, max_size=9)


def corpus(written: list[tuple[str, list[str]]]) -> list[Document]:
    return [
        made.document(
            f"{number}.md",
            "\n".join(lines),
            title=title,
            source=("The Courier", "Élan", "")[number % 3],
            published=date(2019, 6, 1 + number) if number % 2 else None,
        )
        for number, (title, lines) in enumerate(written)
    ]


def scores_of_fts5(connection: sqlite3.Connection, query: list[str]) -> dict[PassageId, float]:
    """Return what FTS5 itself gives for the distinct terms of a query."""
    terms = {term.tokens: term for term in map(Stemmer().term, query) if term.tokens}
    if not terms:
        return {}
    rows = connection.execute(
        "SELECT id, -bm25(passages_fts) FROM passages_fts JOIN passages"
        " ON passages.rowid = passages_fts.rowid WHERE passages_fts MATCH ?",
        (" OR ".join(term.quoted() for term in terms.values()),),
    )
    return dict(rows.fetchall())


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(CORPORA, st.lists(LINES, max_size=4))
@example([("oil", ["oil " * 250, "oil"]), ("a", ["b"])], ["oil oils", "3.5 June 3.5"])
def test_bm25_is_that_of_fts5(
    store: IndexStore, written: list[tuple[str, list[str]]], asked: list[str]
) -> None:
    documents = corpus(written)
    queries = [list(words(line)) for line in asked] + [["relational", "relational", "oil"], []]
    with store.writer(made.identity(), made.canary()) as writer:
        writer.remove([each.id for each in writer.known(made.ROOT).values()])
        for each in documents:
            passages = made.cut(each)
            writer.put(each, passages, made.vectors(passages))
    ids = [passage.id for each in documents for passage in made.cut(each)]
    with store.snapshot() as snapshot:
        found = snapshot.bm25(ids, queries)
        expected = [scores_of_fts5(snapshot._connection, query) for query in queries]
    assert found.shape == (len(queries), len(ids))
    for row, scores in zip(found, expected, strict=True):
        assert row == pytest.approx([scores.get(each, 0) for each in ids], rel=1e-4, abs=1e-9)


A = made.document(
    "a.md", "oil fell in June\nministers agreed on oil", title="Talks", source="Harbour Wire"
)
B = made.document("b.md", "talks on oil 3.5 percent", title="Rates", published=date(2019, 6, 1))


def ids_of(*documents: Document) -> list[PassageId]:
    return [passage.id for each in documents for passage in made.cut(each)]


def test_passages_are_scored_in_the_order_asked(store: IndexStore, put: Put) -> None:
    put(A, B)
    ids = ids_of(A, B)
    with store.snapshot() as snapshot:
        scores = snapshot.bm25([*ids[::-1], ids[0]], [["fell"], ["3.5"]])
        assert scores[0].tolist() == [0, 0, scores[0, 2], scores[0, 2]]
        assert scores[0, 2] > 0
        assert scores[1, 0] > 0
        assert not scores[1, 1:].any()
        assert snapshot.bm25([], [["oil"]]).shape == (1, 0)
        assert snapshot.bm25(ids, []).shape == (0, 3)
        assert not snapshot.bm25(ids, [["nowhere", "—", ""], []]).any()
        with pytest.raises(IndexCorruptError, match="no passage nothing"):
            snapshot.bm25([PassageId("nothing")], [["oil"]])


def test_a_stem_is_as_good_as_its_word(store: IndexStore, put: Put) -> None:
    put(A, B)
    with store.snapshot() as snapshot:
        word, stem, both = snapshot.bm25(ids_of(A), [["agreed"], ["agreem"], ["agre"] * 2])
        assert stem.tolist() == [0, 0]
        assert both.tolist() == word.tolist()
        assert word[1] > 0


def test_stems_are_those_of_the_body_only(store: IndexStore, put: Put) -> None:
    put(A, B)
    with store.snapshot() as snapshot:
        found = snapshot.stems([*ids_of(A), PassageId("nothing")])
    assert list(found) == ids_of(A)
    assert found[ids_of(A)[0]].tolist() == sorted(map(hash_of, ["oil", "fell", "in", "june"]))
    assert found[ids_of(A)[1]].dtype == np.uint32


def test_rows_leave_with_their_document(store: IndexStore, put: Put, tmp_path: Path) -> None:
    put(A, B)
    with store.writer(made.identity(), None) as writer:
        writer.remove([A.id])
    with catalog(tmp_path / "index") as connection:
        assert connection.execute("SELECT count(*) FROM stems").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM tokens").fetchone() == (1,)
    with store.snapshot() as snapshot:
        assert snapshot.tokens(ids_of(A)) == snapshot.stems(ids_of(A)) == {}


def test_what_is_known_of_a_revision_ends_with_it(store: IndexStore, put: Put) -> None:
    put(A)
    with store.snapshot() as snapshot:
        assert snapshot.frequencies(["oil", "talks"]) == {"oil": 2, "talks": 2}
        assert (snapshot.count(), snapshot.sources()) == (2, (frozenset({"Harbour Wire"}), None))
        alone = snapshot.bm25(ids_of(A), [["fell"]])
        assert snapshot.documents_of(ids_of(A)[:1])[0].title == "Talks"
        with pytest.raises(IndexCorruptError):
            snapshot.documents_of(ids_of(B))
    renamed = made.document(A.path, A.text, title="Renamed", source="Harbour Wire")
    put(renamed, B)
    with store.snapshot() as snapshot:
        assert snapshot.frequencies(["oil", "talks"]) == {"oil": 3, "talks": 1}
        assert snapshot.count() == 3
        assert snapshot.sources() == (frozenset({"Harbour Wire", "The Courier"}), B.published)
        assert (snapshot.bm25(ids_of(A), [["fell"]]) != alone).any()
        assert snapshot.documents_of(ids_of(A, B)[1:])[0].title == "Renamed"
        assert snapshot.documents_of(ids_of(A, B)[1:])[1].title == "Rates"
        assert snapshot.vectors(ids_of(B)) == pytest.approx(made.vectors(made.cut(B)), abs=1e-3)


def test_facts_are_looked_up_once_and_bounded(
    store: IndexStore, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(A, B)
    monkeypatch.setattr(facts, "_KEPT", 3)
    asked: list[list[str]] = []
    real = lexical.frequencies

    def watched(connection: sqlite3.Connection, tokens: list[str]) -> dict[str, int]:
        asked.append(tokens)
        return real(connection, tokens)

    monkeypatch.setattr(lexical, "frequencies", watched)
    with store.snapshot() as snapshot:
        for _ in range(2):
            assert snapshot.frequencies(["oil", "fell"]) == {"oil": 3, "fell": 1}
        assert asked == [["oil", "fell"]]
        assert list(snapshot.frequencies(["june", "on"]).values()) == [2, 2]
        assert snapshot.frequencies(["oil"]) == {"oil": 3}
        assert len(asked) == 3
        assert len(snapshot._facts._frequencies) <= 3


def test_a_passage_that_is_not_stored_whole_is_a_damaged_index(
    store: IndexStore, put: Put, tmp_path: Path
) -> None:
    put(A)
    with catalog(tmp_path / "index") as connection:
        connection.execute("DELETE FROM stems WHERE rowid = 1")
        connection.execute("DELETE FROM tokens WHERE rowid = 1")
    with pytest.raises(StoreError, match="not stored whole"), store.snapshot() as snapshot:
        snapshot.bm25(ids_of(A), [["oil"]])
    with pytest.raises(StoreError, match="not stored whole"), store.snapshot() as snapshot:
        snapshot.tokens(ids_of(A))


def test_a_snapshot_keeps_its_facts_when_others_ask() -> None:
    cache = FactsCache()
    first = cache.at("g", 1)
    assert cache.at("g", 1) is first
    assert cache.at("g", 2) is not first
    assert cache.at("h", 2) is not cache.at("g", 2)
    kept = cache.at("g", 2)
    cache.clear()
    assert cache.at("g", 2) is not kept


def test_vectors_are_picked_from_memory_or_from_the_table(store: IndexStore, put: Put) -> None:
    put(A, B)
    ids = ids_of(B, A)
    with store.snapshot() as snapshot:
        read = snapshot.vectors(ids)
        snapshot.dense(made.vector("oil"), top_k=1)
        assert snapshot.vectors(ids).tolist() == read.tolist()
        assert snapshot.vectors([]).shape[0] == 0
        assert stored.places(snapshot._connection, ids).keys() == set(ids)


def test_common_words_may_be_left_out(store: IndexStore, put: Put) -> None:
    put(*(made.document(f"{n}.md", f"every oil tank {n} w{n}", title="T") for n in range(8)))
    terms = ["every", "oil", "tank", "w3", "w4"]
    with store.snapshot() as snapshot:
        assert len(snapshot.lexical(terms, top_k=20)) == 8
        assert len(snapshot.lexical(terms, top_k=20, rarest=2)) == 2
        assert len(snapshot.lexical(terms, top_k=20, common=0.5)) == 8
        assert len(snapshot.lexical([*terms, "w5"], top_k=20, common=0.5)) == 3


@contextmanager
def catalog(folder: Path) -> Iterator[sqlite3.Connection]:
    path = folder / generations.read_current(folder) / generations.CATALOG
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


@pytest.mark.parametrize(
    ("change", "words_"),
    [
        ("DELETE FROM tokens WHERE rowid = 1", "2 with word pieces"),
        (
            "INSERT INTO stems SELECT 99, length, body, hashes, counts FROM stems LIMIT 1",
            "4 in the",
        ),
        ("UPDATE tokens SET rowid = 99 WHERE rowid = 1", "1 passages without a row"),
        ("UPDATE stems SET rowid = 99 WHERE rowid = 1", "1 passages without a row"),
        ("UPDATE tokens SET counts = x'01'", "3 odd word pieces"),
        ("UPDATE tokens SET vectors = x'0102'", "3 odd word pieces"),
        ("UPDATE stems SET hashes = x'01' WHERE rowid = 2", "1 odd stems"),
        ("UPDATE stems SET length = 50 WHERE rowid = 3", "1 documents with other stems"),
        ("UPDATE vectors SET vector = x'01' WHERE rowid = 3", "1 odd vectors"),
        (
            "UPDATE vectors SET vector = zeroblob(length(vector)) WHERE rowid = 3",
            "1 vectors of another length than 1",
        ),
    ],
)
def test_rows_that_do_not_fit_are_found(put: Put, tmp_path: Path, change: str, words_: str) -> None:
    put(A, B)
    assert problems(tmp_path / "index") == []
    with catalog(tmp_path / "index") as connection:
        connection.execute(change)
    assert words_ in " ".join(problems(tmp_path / "index"))


def test_an_index_of_another_schema_is_not_looked_into(tmp_path: Path, store: IndexStore) -> None:
    old = dataclasses.replace(made.identity(), schema_version=2)
    with store.writer(old, made.canary()):
        pass
    assert problems(tmp_path / "index") == ["another version of groundwire made this index"]
    with pytest.raises(IndexMismatchError):
        store.check_identity(made.identity())


def problems(folder: Path) -> list[str]:
    checked = findings(folder)
    return [each.message for each in checked if each.status != "ok" and each.check != "chroma"]
