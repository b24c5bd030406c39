"""What every keeper of vectors does: Chroma, and the dictionary that stands for it in tests.

With ``GROUNDWIRE_INDEX__URL`` set, Chroma is the server there.
"""

from __future__ import annotations

import os
import uuid
from typing import TYPE_CHECKING

import numpy as np
import pytest

from groundwire.index.vectors import ChromaVectors, drop_collection, remake
from tests.unit.index import made
from tests.unit.index.memory import InMemoryVectors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from groundwire.index.vectors import Fields

    Keeper = ChromaVectors | InMemoryVectors

URL = os.environ.get("GROUNDWIRE_INDEX__URL")  # noqa: TID251  # the user's own file is not read here
IDS = [f"passage-{number}" for number in range(6)]
VECTORS = np.stack([made.vector(each) for each in IDS])
FIELDS: list[Fields] = [
    {"document_id": f"document-{number // 2}", "source": "ab"[number % 2], "published": number}
    for number in range(6)
]


@pytest.fixture(params=[ChromaVectors, InMemoryVectors])
def kind(request: pytest.FixtureRequest) -> type[Keeper]:
    kind: type[Keeper] = request.param
    return kind


@pytest.fixture
def name() -> str:
    """A collection that nobody else has."""
    return f"contract-{uuid.uuid4().hex}"


@pytest.fixture
def keeper(kind: type[Keeper], tmp_path: Path, name: str) -> Iterator[Keeper]:
    opened = kind(tmp_path / "vectors", name, URL)
    opened.upsert(IDS, VECTORS, FIELDS)
    yield opened
    opened.drop()
    opened.close()


def test_it_keeps_what_it_is_given(keeper: Keeper) -> None:
    assert keeper.ids() == set(IDS)
    assert keeper.count() == 6


def test_writing_twice_is_harmless(keeper: Keeper) -> None:
    keeper.upsert(IDS[:2], VECTORS[2:4], FIELDS[:2])
    assert keeper.count() == 6
    assert set(keeper.nearest(VECTORS[2], 2, None)) == {IDS[0], IDS[2]}


def test_what_is_deleted_is_gone_and_what_is_not_there_is_ignored(keeper: Keeper) -> None:
    keeper.delete([*IDS[:2], "nothing"])
    assert keeper.ids() == set(IDS[2:])
    assert IDS[0] not in keeper.nearest(VECTORS[0], 6, None)
    keeper.delete([])


def test_the_nearest_come_first(keeper: Keeper) -> None:
    expected = [IDS[place] for place in np.argsort(-(VECTORS @ VECTORS[3]))]
    assert list(keeper.nearest(VECTORS[3], 6, None)) == expected
    assert keeper.nearest(VECTORS[3], 1, None) == (IDS[3],)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"document_id": {"$in": ["document-0", "document-2"]}}, [0, 1, 4, 5]),
        ({"source": {"$in": ["a"]}}, [0, 2, 4]),
        ({"published": {"$gte": 4}}, [4, 5]),
        ({"$and": [{"published": {"$gt": 0}}, {"published": {"$lte": 2}}]}, [1, 2]),
        ({"source": {"$in": ["z"]}}, []),
    ],
)
def test_filters_narrow(keeper: Keeper, where: dict[str, object], expected: list[int]) -> None:
    assert set(keeper.nearest(VECTORS[0], 6, where)) == {IDS[place] for place in expected}


def test_it_remembers(kind: type[Keeper], tmp_path: Path, name: str) -> None:
    first = kind(tmp_path, name, URL)
    first.upsert(IDS, VECTORS, FIELDS)
    first.close()
    second = kind(tmp_path, name, URL)
    assert second.ids() == set(IDS)
    second.drop()
    second.close()


def test_it_is_empty_until_something_is_written(
    kind: type[Keeper], tmp_path: Path, name: str
) -> None:
    opened = kind(tmp_path, name, URL)
    assert (opened.ids(), opened.count()) == (set(), 0)
    assert opened.nearest(VECTORS[0], 3, None) == ()
    opened.delete(IDS)
    opened.drop()
    opened.close()


def test_another_collection_is_not_touched(
    keeper: Keeper, kind: type[Keeper], tmp_path: Path, name: str
) -> None:
    other = kind(tmp_path / "vectors", f"{name}-2", URL)
    other.upsert(IDS[:1], VECTORS[1:2], FIELDS[:1])
    other.delete(IDS[1:])
    assert (keeper.count(), other.count()) == (6, 1)
    assert keeper.nearest(VECTORS[0], 1, None) == (IDS[0],)
    other.drop()
    other.close()
    assert keeper.count() == 6


def test_a_collection_that_is_dropped_begins_anew(tmp_path: Path, name: str) -> None:
    first = ChromaVectors(tmp_path, name, URL)
    first.upsert(IDS, VECTORS, FIELDS)
    first.close()
    drop_collection(tmp_path, name, URL)
    drop_collection(tmp_path, name, URL)
    second = ChromaVectors(tmp_path, name, URL)
    assert second.count() == 0
    second.drop()
    second.close()


def test_a_folder_can_be_made_anew(tmp_path: Path) -> None:
    first = ChromaVectors(tmp_path, "made-anew")
    first.upsert(IDS, VECTORS, FIELDS)
    first.close()
    second = remake(tmp_path, "made-anew")
    assert second.count() == 0
    second.upsert(IDS[:1], VECTORS[:1], FIELDS[:1])
    assert second.nearest(VECTORS[0], 1, None) == (IDS[0],)
    second.close()


def test_more_than_one_batch_is_written(tmp_path: Path, name: str) -> None:
    keeper = ChromaVectors(tmp_path, name, URL)
    keeper._batch = 4
    keeper.upsert(IDS, VECTORS, FIELDS)
    assert keeper.ids() == set(IDS)
    keeper.delete(IDS)
    assert keeper.count() == 0
    keeper.drop()
    keeper.close()
