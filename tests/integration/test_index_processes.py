"""The index under several processes, kills, full disks and missing rights, with the real Chroma."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.errors import IndexLockedError
from groundwire.domain.retrieval import Scope
from groundwire.index import generations
from groundwire.index.dense import DenseSearch
from groundwire.index.inspect import findings
from groundwire.index.store import IndexStore
from tests.unit.index import made, processes

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


def start(action: str, folder: Path, *numbers: int) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "tests.unit.index.processes", action, str(folder)]
    environment = {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    return subprocess.Popen(
        [*words, *map(str, numbers)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def described(folder: Path) -> dict[str, object]:
    """Return what an index holds, however it came about."""
    store = IndexStore(folder)
    with store.snapshot() as snapshot:
        documents = [snapshot.document(info.id) for info in snapshot.documents()]
        passages = [snapshot.passages_of(each.id) for each in documents]
        ids = [passage.id for each in passages for passage in each]
        sentences = snapshot.sentence_vectors(ids, made.DIMENSION)
        found: dict[str, object] = {
            "documents": documents,
            "families": snapshot.families(),
            "passages": passages,
            "roots": snapshot.roots(),
            "words": snapshot.lexical(["story", "version", "7", "shared"], top_k=500),
            "sentences": {each: rows.tolist() for each, rows in sentences.items()},
            "tokens": {
                each: [found.counts.tolist(), found.vectors.tolist()]
                for each, found in snapshot.tokens(ids).items()
            },
            "stems": {each: hashes.tolist() for each, hashes in snapshot.stems(ids).items()},
            "scores": snapshot.bm25(ids, [["story", "7"], ["version1"]]).tolist(),
            "near": snapshot.dense(made.vector("story 7"), top_k=500),
            "frequencies": snapshot.frequencies(["version0", "version1", "shared", "7"]),
        }
    store.close()
    return found


def problems(folder: Path) -> list[str]:
    return [f"{each.check}: {each.message}" for each in findings(folder) if each.status != "ok"]


def files(folder: Path) -> dict[str, tuple[int, str]]:
    return {
        str(path.relative_to(folder)): (
            path.stat().st_mtime_ns,
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in folder.rglob("*")
        if path.is_file()
    }


def live(folder: Path) -> Path:
    return folder / generations.read_current(folder)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    processes.sync(tmp_path / "index", processes.corpus())
    return tmp_path / "index"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may look into."""
    folder = Path(tempfile.mkdtemp(prefix="groundwire-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_reading_writes_nothing(index: Path) -> None:
    before, names = files(index), sorted(map(str, index.rglob("*")))
    assert described(index)["roots"] == (made.ROOT,)
    assert problems(index) == []
    with IndexStore(index).snapshot() as snapshot:
        large = DenseSearch(None, exact_limit=1)
        vectors = made.vector("story 7")[None, :]
        (found,) = large.search(snapshot._moment, vectors, top_k=[3], scope=Scope())
        large.close()
        assert found == snapshot.dense(made.vector("story 7"), top_k=3)
    assert files(index) == before
    assert sorted(map(str, index.rglob("*"))) == names


def test_a_reader_never_mixes_revisions(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    processes.sync(folder, processes.corpus(0, size=12))
    store = IndexStore(folder)
    seen: list[int] = []
    writing = start("rewrite", folder, 8)
    while writing.poll() is None:
        with store.snapshot() as snapshot:
            titles = {info.title for info in snapshot.documents()}
            assert len(titles) == 1
            (title,) = titles
            assert snapshot.frequencies([title])[title] == snapshot.count() == 36
            version = title.removeprefix("version")
            hits = snapshot.dense(made.vector(f"shared line {version}"), top_k=12)
            texts = {passage.text for passage, _ in snapshot.passages([each for each, _ in hits])}
            assert texts == {f"shared line {version}"}
            seen.append(snapshot.revision)
    output, _ = writing.communicate()
    assert writing.returncode == 0, output
    store.close()
    assert seen == sorted(seen)
    assert len(set(seen)) > 1
    assert problems(folder) == []


@pytest.mark.timeout(180)
def test_ten_kills_and_a_sync_equal_a_fresh_build(tmp_path: Path) -> None:
    killed, fresh = tmp_path / "killed", tmp_path / "fresh"
    driver = start("killed", killed, 10, 7)
    output, _ = driver.communicate()
    assert driver.returncode == 0, output
    processes.sync(killed, processes.corpus(1))
    processes.sync(fresh, processes.corpus(1))
    assert described(killed) == described(fresh)
    assert problems(killed) == []
    with IndexStore(killed).snapshot() as snapshot:
        assert [len(family.members) for family in snapshot.families()] == [5] * 8


def test_a_second_writer_is_told_who_writes(index: Path) -> None:
    holding = start("hold", index)
    assert holding.stdout is not None
    assert holding.stdout.readline() == "holding\n"
    with pytest.raises(IndexLockedError) as caught:
        processes.sync(index, processes.corpus(1))
    assert f"process {holding.pid} on {socket.gethostname()}" in str(caught.value)
    assert len(described(index)["documents"]) == 40  # type: ignore[arg-type]  # a list
    holding.send_signal(signal.SIGKILL)
    holding.communicate()
    processes.sync(index, processes.corpus(1))
    assert problems(index) == []


@as_root
def test_a_read_only_index_can_be_read(open_folder: Path) -> None:
    folder = open_folder / "index"
    processes.sync(folder, processes.corpus())
    folder.chmod(0o755)
    before = files(folder)
    output, _ = start("read-as-nobody", folder).communicate()
    assert output.splitlines() == [
        "120 passages, story 3, 40 with the word",
        f"StoreError: the index in {folder} cannot be written to",
    ]
    assert files(folder) == before


def half_commit(catalog: Path) -> None:
    """Leave a catalog as a kill in the middle of a commit does."""
    copies = {name: catalog.with_name(f"{name}.copy") for name in ("db", "journal")}
    connection = sqlite3.connect(catalog, isolation_level=None)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE texts SET text = 'torn ' || text")
    connection.execute("UPDATE documents SET title = 'torn'")
    journal = catalog.with_name(f"{catalog.name}-journal")
    shutil.copy(catalog, copies["db"])
    shutil.copy(journal, copies["journal"])
    connection.execute("ROLLBACK")
    connection.close()
    copies["db"].replace(catalog)
    copies["journal"].replace(journal)


@as_root
def test_a_commit_that_was_cut_off_is_rolled_back_by_whoever_may(open_folder: Path) -> None:
    folder = open_folder / "index"
    processes.sync(folder, processes.corpus())
    expected = described(folder)
    half_commit(live(folder) / generations.CATALOG)
    folder.chmod(0o755)
    output, _ = start("read-as-nobody", folder).communicate()
    assert output.startswith("StoreError: a write to the index in")
    assert len(output.splitlines()) == 1
    assert described(folder) == expected
    assert problems(folder) == []
