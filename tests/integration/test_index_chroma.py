"""The catalog and the real Chroma: drift, damage, full disks, servers."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.errors import StoreError
from groundwire.domain.retrieval import Scope
from groundwire.index import generations
from groundwire.index.catalog import get_meta, open_reading
from groundwire.index.dense import DenseSearch
from groundwire.index.inspect import findings
from groundwire.index.store import IndexStore
from groundwire.index.vectors import ChromaVectors
from tests.unit.index import made, processes

if TYPE_CHECKING:
    from collections.abc import Iterator


def problems(folder: Path) -> list[str]:
    return [f"{each.check}: {each.message}" for each in findings(folder) if each.status != "ok"]


def paths(folder: Path) -> list[str]:
    with IndexStore(folder).snapshot() as snapshot:
        return [info.path for info in snapshot.documents()]


def chroma_folder(folder: Path) -> Path:
    return folder / generations.read_current(folder) / generations.CHROMA


@contextlib.contextmanager
def chroma(folder: Path) -> Iterator[ChromaVectors]:
    generation = folder / generations.read_current(folder)
    connection = open_reading(generation / generations.CATALOG)
    opened = ChromaVectors(generation / generations.CHROMA, get_meta(connection, "collection"))
    yield opened
    opened.close()
    connection.close()


@pytest.fixture
def index(tmp_path: Path) -> Path:
    processes.sync(tmp_path / "index", processes.corpus(size=10))
    return tmp_path / "index"


def test_a_chroma_that_drifted_is_repaired_by_the_next_write(index: Path) -> None:
    extra = made.document("extra.md", "not in the catalog")
    with chroma(index) as opened:
        opened.delete(sorted(opened.ids())[:3])
        opened.upsert(["extra"], made.vectors(made.cut(extra)), [{"document_id": "x"}])
    assert problems(index) == ["chroma: 3 passages are missing, 1 are too many"]
    processes.sync(index, processes.corpus(size=9))
    assert problems(index) == []


def test_a_chroma_that_is_gone_is_made_again(index: Path) -> None:
    shutil.rmtree(chroma_folder(index))
    assert len(problems(index)) == 1
    processes.sync(index, processes.corpus(size=10))
    assert problems(index) == []


def test_a_damaged_chroma_is_made_again(index: Path) -> None:
    (chroma_folder(index) / "chroma.sqlite3").write_bytes(b"damaged" * 3000)
    assert [each.split(":")[0] for each in problems(index)] == ["chroma"]
    with IndexStore(index).snapshot() as snapshot:
        large = DenseSearch(None, exact_limit=1)
        vectors = made.vector("story 7")[None, :]
        (found,) = large.search(snapshot._moment, vectors, top_k=[1], scope=Scope())
        assert snapshot.passages([found[0][0]])[0][0].text == "story 7"
        large.close()
    processes.sync(index, processes.corpus(1, size=10))
    assert problems(index) == []


def test_a_full_disk_keeps_the_last_commit(small_disk: Path) -> None:
    index = small_disk / "index"
    processes.sync(index, processes.corpus(size=10))
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"-" * 3_000_000)
    with pytest.raises(StoreError, match="the disk is full") as caught:
        processes.sync(index, processes.corpus(1, size=5000), group=100)
    assert caught.value.hint
    assert len(paths(index)) >= 10
    ballast.unlink()
    processes.sync(index, processes.corpus(1, size=20))
    assert paths(index) == [each.path for each in processes.corpus(1, size=20)]
    assert problems(index) == []


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = Path(sys.executable).with_name("chroma")
    words = [str(command), "run", "--host", "127.0.0.1", "--port", str(port)]
    running = subprocess.Popen(
        [*words, "--path", str(tmp_path / "server")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    running.terminate()
    running.wait()


def test_vectors_can_be_kept_on_a_server(tmp_path: Path, server: str) -> None:
    folder = tmp_path / "index"
    store = IndexStore(folder, vector_url=server)
    for version in (0, 1):
        with store.writer(made.identity(), made.canary()) as writer:
            for each in processes.corpus(version, size=5):
                passages = made.cut(each)
                writer.put(each, passages, made.vectors(passages))
    assert not chroma_folder(folder).exists()
    with store.snapshot() as snapshot:
        large = DenseSearch(server, exact_limit=1)
        vectors = made.vector("story 3")[None, :]
        scope = Scope(documents=("00*",))
        (found,) = large.search(snapshot._moment, vectors, top_k=[2], scope=scope)
        assert large._proposer._chroma is not None
        large.close()
        assert found == snapshot.dense(made.vector("story 3"), top_k=2)
    assert {each.status for each in findings(folder, vector_url=server)} == {"ok"}
    store.close()


def test_a_server_that_is_away_stops_writing_and_not_reading(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    processes.sync(folder, processes.corpus(size=5))
    away = IndexStore(folder, vector_url="http://127.0.0.1:9")
    document = processes.corpus(1, size=1)[0]

    def write() -> None:
        with away.writer(made.identity(), None) as writer:
            writer.put(document, made.cut(document), made.vectors(made.cut(document)))

    with pytest.raises(StoreError, match="cannot be used") as caught:
        write()
    assert "Chroma server" in caught.value.hint
    with away.snapshot() as snapshot:
        assert snapshot.dense(made.vector("story 3"), top_k=1)
