"""Dense search returns the true best of what is in scope."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundwire.domain.retrieval import Scope
from groundwire.index import mirror, proposals
from groundwire.index.dense import DenseSearch
from groundwire.index.store import IndexStore
from tests.unit.index import made
from tests.unit.index.memory import InMemoryVectors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from groundwire.domain.documents import Document, Passage, PassageId

    Put = Callable[..., None]

SOURCES = ("Harbour Wire", "The Courier", "Élan")
FIRST = date(2019, 1, 1)
DOCUMENTS = tuple(
    made.document(
        f"{'asia' if number % 2 else 'europe'}/{number}.md",
        f"story {number} begins\nand story {number % 4} goes on\nthe same line everywhere",
        source=SOURCES[number % 3],
        published=FIRST + timedelta(days=number) if number % 5 else None,
    )
    for number in range(24)
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IndexStore]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mirror, "ChromaVectors", InMemoryVectors)
        patch.setattr(proposals, "ChromaVectors", InMemoryVectors)
        store = IndexStore(tmp_path_factory.mktemp("dense"))
        with store.writer(made.identity(), made.canary()) as writer:
            for each in DOCUMENTS:
                passages = made.cut(each)
                writer.put(each, passages, made.vectors(passages))
        yield store
        store.close()


def _in_order(window: tuple[date | None, date | None]) -> bool:
    since, until = window
    return since is None or until is None or since <= until


days = st.none() | st.integers(-2, 26).map(lambda number: FIRST + timedelta(days=number))
scopes = st.builds(
    lambda documents, sources, window, as_of: Scope(
        tuple(documents), tuple(sources), window[0], window[1], as_of
    ),
    st.lists(st.sampled_from(["asia/*", "*/1*", "europe/4.md", DOCUMENTS[3].id]), max_size=2),
    st.lists(st.sampled_from(["harbour wire", "ÉLAN", "the courier", "none"]), max_size=2),
    st.tuples(days, days).filter(_in_order),
    days,
)


def in_scope(document: Document, scope: Scope) -> bool:
    from fnmatch import fnmatchcase

    day = document.published
    return all(
        (
            not scope.documents
            or document.id in scope.documents
            or any(fnmatchcase(document.path, each) for each in scope.documents),
            not scope.sources or document.source.casefold() in map(str.casefold, scope.sources),
            scope.since is None or (day is not None and day >= scope.since),
            scope.until is None or (day is not None and day <= scope.until),
            scope.as_of is None or day is None or day <= scope.as_of,
        )
    )


def brute_force(query: str, top_k: int, scope: Scope) -> list[tuple[PassageId, float]]:
    stored = [
        (passage, _stored(passage))
        for document in DOCUMENTS
        if in_scope(document, scope)
        for passage in made.cut(document)
    ]
    scored = [
        (passage.id, round(float(np.float32(kept @ made.vector(query))), 6))
        for passage, kept in stored
    ]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0]))[:top_k]


def _stored(passage: Passage) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    half = made.vector(passage.text).astype(np.float16).astype(np.float32)
    return np.asarray(half / np.linalg.norm(half), dtype=np.float32)


@settings(max_examples=60)
@given(scope=scopes, top_k=st.integers(1, 80), query=st.sampled_from(["a", "b", "story 3 begins"]))
def test_the_best_in_scope_are_the_true_best(
    shared: IndexStore, scope: Scope, top_k: int, query: str
) -> None:
    with shared.snapshot() as snapshot:
        found = snapshot.dense(made.vector(query), top_k=top_k, scope=scope)
    expected = brute_force(query, top_k, scope)
    assert [score for _, score in found] == pytest.approx([each for _, each in expected], abs=2e-6)
    assert len({each for each, _ in found}) == len(expected)
    clear = {each for each, score in expected if score > expected[-1][1] + 1e-5}
    assert clear <= {each for each, _ in found}


@settings(max_examples=40)
@given(scope=scopes, top_k=st.integers(1, 80))
def test_a_large_index_gives_what_a_small_one_gives(
    shared: IndexStore, scope: Scope, top_k: int
) -> None:
    vector = made.vector("b")
    with shared.snapshot() as snapshot:
        expected = snapshot.dense(vector, top_k=top_k, scope=scope)
        for limit in (0, 10, 30):
            large = DenseSearch(None, exact_limit=limit)
            two = np.stack([vector, vector[::-1]])
            found, _ = large.search(snapshot._moment, two, top_k=[top_k, 1], scope=scope)
            large.close()
            assert [score for _, score in found] == pytest.approx(
                [score for _, score in expected], abs=2e-6
            )
            assert len(dict(found)) == len(expected)


def test_copies_tie_in_the_order_of_their_ids(shared: IndexStore) -> None:
    with shared.snapshot() as snapshot:
        found = snapshot.dense(made.vector("the same line everywhere"), top_k=10)
    copies = sorted(made.cut(each)[2].id for each in DOCUMENTS)
    assert [each for each, _ in found] == copies[:10]


def test_vectors_follow_the_revisions(store: IndexStore, put: Put) -> None:
    first = made.document("a.md", "one\ntwo")
    put(first, made.document("b.md", "three"))

    def nearest(text: str) -> str:
        with store.snapshot() as snapshot:
            ((found, score),) = snapshot.dense(made.vector(text), top_k=1)
            assert score <= 1.000001
            return snapshot.passages([found])[0][0].text

    assert nearest("two") == "two"
    put(made.document("a.md", "one\nfour"))
    assert nearest("four") == "four"
    assert nearest("three") == "three"
    assert nearest("two") != "two"
    with store.writer(made.identity(), None) as writer:
        writer.remove([first.id])
    assert nearest("four") == "three"


def test_nothing_is_found_in_an_empty_index(store: IndexStore, put: Put) -> None:
    put()
    with store.snapshot() as snapshot:
        assert snapshot.dense(made.vector("a"), top_k=5) == ()
        assert snapshot.lexical(["a"], top_k=5) == ()
        assert snapshot.documents() == ()
        assert snapshot.count() == 0
