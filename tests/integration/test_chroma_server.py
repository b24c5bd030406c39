"""An index with its vectors on a real Chroma server, killed, emptied and started again."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import threading
from typing import TYPE_CHECKING

import pytest

from eval.server.running import ChromaServer
from groundwire.domain.errors import StoreError
from groundwire.domain.retrieval import Scope
from groundwire.index import generations
from groundwire.index.catalog import get_meta, open_reading
from groundwire.index.dense import DenseSearch
from groundwire.index.inspect import findings
from groundwire.index.store import IndexStore
from groundwire.index.vectors import ChromaVectors
from tests.integration.serving import asks
from tests.unit.index import made, processes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from groundwire.domain.documents import Document, PassageId


ASKED_FOR = "GROUNDWIRE_INDEX__URL" in os.environ  # noqa: TID251  # as `make test-server` sets it
pytestmark = pytest.mark.skipif(not ASKED_FOR, reason="starts servers again and again")


class Kept:
    """An index with its vectors on a server."""

    def __init__(self, folder: Path, url: str | None) -> None:
        self.folder = folder
        self.url = url
        self.store = IndexStore(folder, vector_url=url)

    def sync(self, wanted: Sequence[Document], *, group: int = 4, rebuild: bool = False) -> None:
        """Make the index hold these documents."""
        with self.store.writer(made.identity(), made.canary(), rebuild=rebuild) as writer:
            writer.add_root(made.ROOT)
            known = writer.known(made.ROOT)
            gone = set(known) - {each.path for each in wanted}
            writer.remove([known[path].id for path in sorted(gone)])
            same = {(each.id, each.content_hash) for each in known.values()}
            news = [each for each in wanted if (each.id, each.content_hash) not in same]
            for start in range(0, len(news), group):
                for each in news[start : start + group]:
                    passages = made.cut(each)
                    writer.put(each, passages, made.vectors(passages))
                writer.commit()

    def passages(self) -> set[str]:
        """Return the ids of the passages of the catalog."""
        with contextlib.closing(open_reading(self._generation / generations.CATALOG)) as opened:
            return {row[0] for row in opened.execute("SELECT id FROM passages")}

    def there(self) -> set[str]:
        """Return the ids of the passages on the server."""
        with contextlib.closing(self.chroma()) as opened:
            return opened.ids()

    def chroma(self, url: str | None = None) -> ChromaVectors:
        """Open the collection."""
        folder = self._generation / generations.CHROMA
        return ChromaVectors(folder, self.collection, url or self.url)

    @property
    def collection(self) -> str:
        """The name of the collection."""
        with contextlib.closing(open_reading(self._generation / generations.CATALOG)) as opened:
            return get_meta(opened, "collection")

    def found(self, dense: DenseSearch, text: str = "story 7") -> list[tuple[PassageId, float]]:
        """Return what a search finds that asks the server for proposals, if it can."""
        with self.store.snapshot() as snapshot:
            query = made.vector(text)[None, :]
            return list(dense.search(snapshot._moment, query, top_k=[3], scope=Scope())[0])

    def exact(self, text: str = "story 7") -> list[tuple[PassageId, float]]:
        """Return what there is to find."""
        with self.store.snapshot() as snapshot:
            return list(snapshot.dense(made.vector(text), top_k=3))

    def problems(self) -> list[str]:
        """Return what the check-up says is wrong."""
        found = findings(self.folder, vector_url=self.url)
        return [f"{each.check}: {each.message}" for each in found if each.status != "ok"]

    @property
    def _generation(self) -> Path:
        return self.folder / generations.read_current(self.folder)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    with ChromaServer(tmp_path_factory.mktemp("chroma") / "server") as server:
        yield server


@pytest.fixture
def server(running: ChromaServer) -> ChromaServer:
    """The server, started again if the test before killed it."""
    if not running.running():
        running.start()
    return running


@pytest.fixture
def kept(tmp_path: Path, server: ChromaServer) -> Iterator[Kept]:
    opened = Kept(tmp_path / "index", server.url)
    opened.sync(processes.corpus(size=10))
    yield opened
    opened.store.close()


@pytest.fixture
def large(server: ChromaServer) -> Iterator[DenseSearch]:
    """A search that takes every index for a large one."""
    opened = DenseSearch(server.url, exact_limit=1)
    yield opened
    opened.close()


def test_a_server_killed_while_writing_is_one_line_and_the_next_sync_goes_on(
    kept: Kept, server: ChromaServer
) -> None:
    wanted = processes.corpus(1, size=10)
    with kept.store.snapshot() as snapshot:
        before = snapshot.count()

    def cut_off() -> None:
        with kept.store.writer(made.identity(), made.canary()) as writer:
            for number, each in enumerate(wanted):
                if number == 5:
                    server.kill()
                writer.put(each, made.cut(each), made.vectors(made.cut(each)))
                writer.commit()

    with pytest.raises(StoreError, match="cannot be used") as caught:
        cut_off()
    assert "\n" not in str(caught.value)
    assert "start the Chroma server" in caught.value.hint
    with kept.store.snapshot() as snapshot:
        assert snapshot.count() == before
        versions = [info.title for info in snapshot.documents()]
    assert sorted(versions) == ["version0"] * 5 + ["version1"] * 5
    assert any("cut off" in each for each in kept.problems())
    server.start()
    kept.sync(wanted)
    assert kept.there() == kept.passages()
    assert kept.problems() == []


@pytest.mark.parametrize("seed", range(3))
def test_a_server_killed_at_any_moment_leaves_nothing_half_visible(
    kept: Kept, server: ChromaServer, seed: int
) -> None:
    moment = random.Random(seed).uniform(0.0, 0.5)  # noqa: S311  # moments, not secrets
    killer = threading.Timer(moment, server.kill)
    killer.start()
    with contextlib.suppress(StoreError):
        kept.sync(processes.corpus(1, size=40), group=1)
    killer.join()
    with kept.store.snapshot() as snapshot:
        for info in snapshot.documents():
            words = snapshot.lexical([info.title], top_k=200)
            assert words
    server.start()
    kept.sync(processes.corpus(2, size=12))
    assert kept.there() == kept.passages()
    assert kept.problems() == []


def test_answers_go_on_while_the_server_is_away(
    kept: Kept, server: ChromaServer, large: DenseSearch
) -> None:
    assert kept.found(large) == kept.exact()
    assert asks(large)
    server.kill()
    assert kept.found(large) == kept.exact()
    assert kept.found(large, "story 2") == kept.exact("story 2")
    (line,) = kept.problems()
    assert line.startswith("chroma: ")
    server.start()
    kept.sync(processes.corpus(size=11))
    assert kept.found(large) == kept.exact()
    assert asks(large)


def test_a_sync_of_nothing_new_needs_no_server(kept: Kept, server: ChromaServer) -> None:
    server.kill()
    kept.sync(processes.corpus(size=10))
    with pytest.raises(StoreError, match="cannot be used"):
        kept.sync(processes.corpus(size=11))
    assert [each.split(":")[0] for each in kept.problems()] == ["writes", "chroma"]


def test_a_server_that_lost_its_disk_is_filled_again_by_a_sync_of_nothing_new(
    kept: Kept, server: ChromaServer, large: DenseSearch
) -> None:
    server.kill()
    shutil.rmtree(server.folder)
    server.start()
    assert kept.found(large) == kept.exact()
    (line,) = kept.problems()
    assert line.startswith("chroma: 30 passages are missing")
    assert server.collections() == [], "who reads makes nothing"
    kept.sync(processes.corpus(size=10))
    assert kept.there() == kept.passages()
    assert kept.problems() == []


def test_a_server_with_other_data_of_that_name_changes_no_answer(
    kept: Kept, large: DenseSearch
) -> None:
    with contextlib.closing(kept.chroma()) as opened:
        opened.delete(sorted(opened.ids()))
        others = [f"other-{number}" for number in range(20)]
        opened.upsert(
            others,
            made.vectors(made.cut(made.document("x", "\n".join(others)))),
            [{"document_id": "x", "source": "x", "published": 0} for _ in others],
        )
    assert kept.found(large) == kept.exact()
    (line,) = kept.problems()
    assert line.startswith("chroma: 30 passages are missing, 20 are too many")
    kept.sync(processes.corpus(size=10))
    assert kept.there() == kept.passages()


def test_two_indexes_on_one_server_do_not_mix(
    kept: Kept, tmp_path: Path, large: DenseSearch
) -> None:
    other = Kept(tmp_path / "other", kept.url)
    other.sync(processes.corpus(1, size=4))
    assert other.there() == other.passages()
    assert kept.there() == kept.passages()
    assert other.passages() & kept.passages(), "they share a passage of the same text"
    assert kept.found(large) == kept.exact()
    other.sync([])
    assert other.there() == set()
    assert kept.there() == kept.passages()
    other.store.close()


def test_a_generation_that_is_removed_takes_its_collection_along(
    kept: Kept, server: ChromaServer
) -> None:
    first = kept.collection
    kept.sync(processes.corpus(size=10), rebuild=True)
    second = kept.collection
    assert {first, second} <= set(server.collections()), "readers may still use the old one"
    kept.sync(processes.corpus(size=10))
    assert first not in server.collections()
    assert second in server.collections()
    assert kept.there() == kept.passages()


def test_an_index_moves_to_a_server_and_back(tmp_path: Path, server: ChromaServer) -> None:
    folder = tmp_path / "index"
    inside = Kept(folder, None)
    inside.sync(processes.corpus(size=5))
    chroma = folder / generations.read_current(folder) / generations.CHROMA
    assert chroma.is_dir()
    outside = Kept(folder, server.url)
    outside.sync(processes.corpus(size=5))
    assert outside.there() == outside.passages()
    assert not chroma.exists(), "a folder that nobody keeps equal is not left behind"
    outside.sync(processes.corpus(1, size=5))
    inside.sync(processes.corpus(1, size=5))
    assert chroma.is_dir()
    assert inside.problems() == []


def test_nothing_stays_open_when_a_server_is_let_go_of(kept: Kept) -> None:
    from chromadb.api.shared_system_client import SharedSystemClient

    before = len(SharedSystemClient._identifier_to_system)
    opened = kept.chroma()
    assert opened.count() == 30
    opened.close()
    assert opened._client._api._session.is_closed
    assert len(SharedSystemClient._identifier_to_system) == before


def test_a_server_that_is_back_is_asked_again_without_a_new_revision(
    kept: Kept, server: ChromaServer, large: DenseSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.kill()
    assert kept.found(large) == kept.exact()
    assert not asks(large)
    server.start()
    kept.found(large)
    assert not asks(large), "not before a minute has gone by"
    monkeypatch.setattr("groundwire.index.proposals.AGAIN_S", 0.0)
    assert kept.found(large) == kept.exact()
    assert asks(large)


def test_a_generation_begun_and_given_up_takes_its_collection_along(
    kept: Kept, server: ChromaServer
) -> None:
    others = set(server.collections()) - {kept.collection}
    with kept.store.writer(made.identity(), made.canary(), rebuild=True) as writer:
        each = processes.corpus(size=1)[0]
        writer.put(each, made.cut(each), made.vectors(made.cut(each)))
        writer.commit()
        writer.suspend()
    kept.sync(processes.corpus(size=2), rebuild=True)
    kept.sync(processes.corpus(size=2))
    assert set(server.collections()) - others == {kept.collection}
