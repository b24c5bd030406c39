"""Families are those of the documents that are there, in whatever order they came and went."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from groundwire.index.store import IndexStore
from groundwire.ingest.duplicates import print_of
from tests.fakes.stories import story
from tests.unit.index import made
from tests.unit.index.memory import InMemoryVectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.domain.documents import Document, DocumentId

_STORIES = [story(number, 6).split("\n\n") for number in range(3)]


@st.composite
def documents(draw: st.DrawFn) -> list[Document]:
    """Return documents made of parts of three stories, with or without a day."""
    found = []
    for number in range(draw(st.integers(2, 7))):
        parts = draw(
            st.lists(
                st.tuples(st.integers(0, 2), st.integers(0, 5)), min_size=2, max_size=8, unique=True
            )
        )
        text = "\n\n".join(_STORIES[which][place] for which, place in sorted(parts))
        day = draw(st.none() | st.integers(0, 3))
        published = None if day is None else date(2024, 3, 4) + timedelta(days=day)
        found.append(made.document(f"{number}.md", text, published=published))
    return found


def put(store: IndexStore, groups: Sequence[Sequence[Document]], gone: Sequence[Document]) -> None:
    with store.writer(made.identity(), made.canary()) as writer:
        for group in groups:
            for each in group:
                writer.put(each, (), made.vectors(()), made=print_of(each.text))
            writer.commit()
        writer.remove([each.id for each in gone])


def read(store: IndexStore) -> list[tuple[DocumentId, ...]]:
    with store.snapshot() as snapshot:
        found = [tuple(each.id for each in family.members) for family in snapshot.families()]
        origins = {each: family[0] for family in found for each in family}
        everyone = [info.id for info in snapshot.documents()]
        assert snapshot.origins(everyone) == origins
        assert sum(map(len, found)) == len(origins)
    return found


def families(
    groups: Sequence[Sequence[Document]], gone: Sequence[Document] = ()
) -> list[tuple[DocumentId, ...]]:
    with (
        tempfile.TemporaryDirectory() as folder,
        patch("groundwire.index.mirror.ChromaVectors", InMemoryVectors),
    ):
        store = IndexStore(Path(folder))
        put(store, groups, gone)
        found = read(store)
        store.close()
    return found


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_the_order_of_arrival_does_not_matter(data: st.DataObject) -> None:
    wanted = data.draw(documents())
    shuffled = data.draw(st.permutations(wanted))
    cut = data.draw(st.integers(0, len(wanted)))
    assert families([wanted]) == families([shuffled[:cut], shuffled[cut:]])


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_who_came_and_went_leaves_no_trace(data: st.DataObject) -> None:
    everyone = data.draw(documents())
    kept = data.draw(st.lists(st.sampled_from(everyone), unique_by=lambda each: each.id))
    gone = [each for each in everyone if each not in kept]
    assert families([everyone], gone) == families([kept])


@settings(max_examples=25, deadline=None)
@given(documents())
def test_the_origin_is_the_earliest(wanted: list[Document]) -> None:
    ages = {each.id: each.published or date.max for each in wanted}
    for family in families([wanted]):
        assert [ages[each] for each in family] == sorted(ages[each] for each in family)
