"""Which passages hold words next to one another, the earliest first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.retrieval import Scope
from tests.unit.index import made

if TYPE_CHECKING:
    from collections.abc import Callable

    from groundwire.index.snapshot import Snapshot
    from groundwire.index.store import IndexStore

EVERYTHING = Scope()
LATE = made.document(
    "late.md", "No deal was signed.\nNobody wept.", source="B", published=date(2020, 5, 2)
)
EARLY = made.document("early.md", "A deal was signed.", source="A", published=date(2020, 5, 1))
UNDATED = made.document("a.md", "The deal was not signed. A deal was signed.", title="A deal")
WIDE = made.document("wide.md", "船はもう来ない。\n島の人は船を待つ。", published=date(2020, 5, 1))


@pytest.fixture
def filled(store: IndexStore, put: Callable[..., None]) -> IndexStore:
    put(LATE, EARLY, UNDATED, WIDE)
    return store


def _paths(snapshot: Snapshot, words: str, top_k: int = 9, scope: Scope = EVERYTHING) -> list[str]:
    found = snapshot.passages(snapshot.phrase(words, top_k=top_k, scope=scope))
    return [info.path for _, info in found]


def test_every_passage_is_found_and_undated_ones_come_last(filled: IndexStore) -> None:
    with filled.snapshot() as snapshot:
        assert _paths(snapshot, "deal was signed") == ["early.md", "late.md", "a.md"]
        assert _paths(snapshot, "“Deal” was — signed!", top_k=2) == ["early.md", "late.md"]
        assert _paths(snapshot, "signed deal") == []
        assert _paths(snapshot, "wept") == ["late.md"]


def test_a_scope_is_part_of_the_search(filled: IndexStore) -> None:
    with filled.snapshot() as snapshot:
        assert _paths(snapshot, "deal was signed", scope=Scope(sources=("b",))) == ["late.md"]
        assert _paths(snapshot, "船は", scope=Scope(sources=("b",))) == []


def test_titles_and_outlets_are_not_quoted(filled: IndexStore) -> None:
    with filled.snapshot() as snapshot:
        assert _paths(snapshot, "A deal") == ["early.md", "a.md"]


def test_scripts_without_spaces_are_found_inside_a_run(filled: IndexStore) -> None:
    with filled.snapshot() as snapshot:
        assert _paths(snapshot, "はもう来") == ["wide.md"]
        assert len(snapshot.phrase("船", top_k=9, scope=EVERYTHING)) == 2
        assert len(snapshot.phrase("船", top_k=1, scope=EVERYTHING)) == 1
        assert _paths(snapshot, "船.*来") == []


@pytest.mark.parametrize("words", ["", '"', "…", "\0", "🙂", '" OR "deal', "deal* NEAR signed"])
def test_operators_and_marks_mean_nothing(filled: IndexStore, words: str) -> None:
    with filled.snapshot() as snapshot:
        assert _paths(snapshot, words) == []
