"""An index folder whose Chroma is a dictionary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from groundwire.index import mirror, proposals
from groundwire.index.store import IndexStore
from tests.unit.index import made
from tests.unit.index.memory import InMemoryVectors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from groundwire.domain.documents import Document

    Put = Callable[..., None]


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> type[InMemoryVectors]:
    monkeypatch.setattr(mirror, "ChromaVectors", InMemoryVectors)
    monkeypatch.setattr(proposals, "ChromaVectors", InMemoryVectors)
    monkeypatch.setattr(InMemoryVectors, "everything", {})
    return InMemoryVectors


@pytest.fixture
def store(tmp_path: Path, memory: type[InMemoryVectors]) -> Iterator[IndexStore]:
    assert memory.everything == {}
    opened = IndexStore(tmp_path / "index")
    yield opened
    opened.close()


@pytest.fixture
def put(store: IndexStore) -> Put:
    """Write documents, a passage a line, in one commit."""

    def write(*documents: Document) -> None:
        with store.writer(made.identity(), made.canary()) as writer:
            writer.add_root(made.ROOT)
            for each in documents:
                passages = made.cut(each)
                writer.put(each, passages, made.vectors(passages))

    return write
