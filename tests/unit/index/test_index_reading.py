"""What a snapshot returns of what was written."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from groundwire.domain.documents import DocumentId, PassageId
from groundwire.domain.errors import IndexCorruptError, NotFoundError
from groundwire.domain.retrieval import Scope
from tests.unit.index import made

if TYPE_CHECKING:
    from collections.abc import Callable

    from groundwire.index.store import IndexStore

    Put = Callable[..., None]

SUMMIT = made.document(
    "asia/summit.md",
    "Talks in Hanoi collapsed.\nNo deal — “yet” 🙂 was signed.",
    title="No deal at the summit",
    source="Harbour Wire",
    published=date(2019, 2, 28),
)
VISIT = made.document("asia/visit.md", "The president agreed to visit.", title="A visit")
OIL = made.document(
    "markets/oil.md", "Oil fell.\nAgreement on oil is near.", published=date(2019, 6, 1)
)
ALL = (SUMMIT, VISIT, OIL)


@pytest.fixture
def filled(store: IndexStore, put: Put) -> IndexStore:
    put(*ALL)
    return store


def test_a_document_comes_back_as_it_was(filled: IndexStore) -> None:
    with filled.snapshot() as snapshot:
        assert snapshot.document(SUMMIT.id) == SUMMIT
        assert snapshot.passages_of(SUMMIT.id) == tuple(made.cut(SUMMIT))


def test_an_unknown_document_or_passage_is_named(filled: IndexStore) -> None:
    with filled.snapshot() as snapshot:
        with pytest.raises(NotFoundError, match="no document nothing"):
            snapshot.document(DocumentId("nothing"))
        with pytest.raises(IndexCorruptError, match="no passage nothing"):
            snapshot.passages([PassageId("nothing")])
        with pytest.raises(IndexCorruptError, match="no passage nothing"):
            snapshot.vectors([PassageId("nothing")])
        assert snapshot.passages_of(DocumentId("nothing")) == ()


def test_a_listing_is_by_path_and_counts(filled: IndexStore) -> None:
    with filled.snapshot() as snapshot:
        listed = snapshot.documents()
        assert [info.path for info in listed] == sorted(each.path for each in ALL)
        assert [info.passages for info in listed] == [2, 1, 2]
        assert listed[0].characters == len(SUMMIT.text)
        assert snapshot.count() == 5
        assert snapshot.roots() == (made.ROOT,)


def test_passages_come_in_the_order_asked(filled: IndexStore) -> None:
    wanted = [*made.cut(OIL), *made.cut(SUMMIT)][::-1]
    with filled.snapshot() as snapshot:
        found = snapshot.passages([passage.id for passage in wanted])
        assert [passage for passage, _ in found] == wanted
        assert [info.title for _, info in found[:2]] == [SUMMIT.title] * 2
        assert snapshot.passages([]) == ()


def test_vectors_come_in_the_order_asked(filled: IndexStore) -> None:
    wanted = [*made.cut(OIL), *made.cut(SUMMIT)][::-1]
    with filled.snapshot() as snapshot:
        found = snapshot.vectors([passage.id for passage in wanted])
        assert snapshot.vectors([]).size == 0
    assert found == pytest.approx(made.vectors(wanted), abs=1e-3)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        (SUMMIT.id, ["asia/summit.md"]),
        ("asia/visit.md", ["asia/visit.md"]),
        ("./asia/visit.md", ["asia/visit.md"]),
        ("oil.md", ["markets/oil.md"]),
        ("Deal AT the", ["asia/summit.md"]),
        ("isi", ["asia/visit.md"]),
        ("nowhere", []),
        ("NO DEAL at the summit", ["asia/summit.md"]),
        ("asia/*", ["asia/summit.md", "asia/visit.md"]),
        ("*", ["asia/summit.md", "asia/visit.md", "markets/oil.md"]),
        ("", []),
        ("asia/[", []),
    ],
)
def test_a_document_is_found_by_what_people_call_it(
    filled: IndexStore, name: str, paths: list[str]
) -> None:
    with filled.snapshot() as snapshot:
        assert [info.path for info in snapshot.find(name)] == paths


@pytest.mark.parametrize(
    ("scope", "paths"),
    [
        (Scope(documents=(SUMMIT.id, "markets/oil.md")), ["asia/summit.md", "markets/oil.md"]),
        (Scope(documents=("asia/*",)), ["asia/summit.md", "asia/visit.md"]),
        (Scope(documents=("no such thing",)), []),
        (Scope(sources=("harbour WIRE",)), ["asia/summit.md"]),
        (Scope(sources=("harbour wire", "The Courier"), documents=("*oil*",)), ["markets/oil.md"]),
        (Scope(since=date(2019, 3, 1)), ["markets/oil.md"]),
        (Scope(since=date(2019, 2, 28), until=date(2019, 2, 28)), ["asia/summit.md"]),
        (Scope(until=date(2019, 3, 1)), ["asia/summit.md"]),
        (Scope(as_of=date(2019, 3, 1)), ["asia/summit.md", "asia/visit.md"]),
    ],
)
def test_a_scope_narrows(filled: IndexStore, scope: Scope, paths: list[str]) -> None:
    with filled.snapshot() as snapshot:
        assert [info.path for info in snapshot.documents(scope)] == paths
        inside = {info.id for info in snapshot.documents(scope)}
        hits = snapshot.dense(made.vector("anything"), top_k=10, scope=scope)
        found = snapshot.passages([passage_id for passage_id, _ in hits])
        assert {info.id for _, info in found} == inside
        words = snapshot.lexical(["oil", "talks", "visit", "deal"], top_k=10, scope=scope)
        assert {info.id for _, info in snapshot.passages([each for each, _ in words])} == inside


def test_words_are_compared_by_stem(filled: IndexStore) -> None:
    with filled.snapshot() as snapshot:
        terms = ["agreeing", "agre", "OIL", "agreements", "nowhere", "—", "no deal"]
        counts = snapshot.frequencies(terms)
        assert counts == {
            "agreeing": 1,
            "agre": 1,
            "OIL": 2,
            "agreements": 1,
            "nowhere": 0,
            "—": 0,
            "no deal": 2,
        }


def test_a_phrase_must_stand_together_in_a_title_or_a_passage(filled: IndexStore) -> None:
    with filled.snapshot() as snapshot:
        assert snapshot.contains_phrase("talks in Hanoi")
        assert snapshot.contains_phrase("deal at the summit")
        assert not snapshot.contains_phrase("Hanoi talks")
        assert not snapshot.contains_phrase("Harbour Wire")
        assert not snapshot.contains_phrase('"')
        assert not snapshot.contains_phrase("")


def test_a_rare_word_in_a_title_counts_most(filled: IndexStore) -> None:
    with filled.snapshot() as snapshot:
        hits = snapshot.lexical(["visit"], top_k=5)
        assert snapshot.passages([hits[0][0]])[0][0].document_id == VISIT.id
        assert all(score > 0 for _, score in hits)
        assert snapshot.lexical(["nowhere"], top_k=5) == ()
        assert snapshot.lexical([], top_k=5) == ()
        assert snapshot.lexical(["oil"], top_k=0) == ()
        assert len(snapshot.lexical(["oil"], top_k=1)) == 1


@pytest.mark.parametrize(
    "term",
    [
        '"',
        '""',
        "oil OR talks",
        "NOT oil",
        "title:visit",
        "oil*",
        "(",
        "^oil",
        "NEAR(oil fell)",
        "a\0b",
        "\ud800",
        "'",
        "; DROP TABLE passages",
        "-oil",
        "+",
        "{body}",
        "\\",
    ],
)
def test_operators_in_a_term_are_words_like_others(filled: IndexStore, term: str) -> None:
    with filled.snapshot() as snapshot:
        alone = snapshot.lexical([term], top_k=10)
        snapshot.frequencies([term])
        assert not snapshot.contains_phrase(term) or term in {"oil*", "^oil", "-oil", "'"}
        with_oil = {each for each, _ in snapshot.lexical([term, "oil"], top_k=10)}
        assert {each for each, _ in snapshot.lexical(["oil"], top_k=10)} <= with_oil
        assert {each for each, _ in alone} <= with_oil
        assert snapshot.count() == 5
