"""A few of the random kills: ``make test-faults`` makes two hundred."""

from __future__ import annotations

import random
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from groundwire.index.catalog import open_writing
from groundwire.index.matrix import from_bytes, to_bytes
from groundwire.index.store import IndexStore
from tests.faults import holdings
from tests.faults.folder import ChangingFolder
from tests.unit.index import made, processes

if TYPE_CHECKING:
    from pathlib import Path

KILLS = 8


@pytest.mark.timeout(120)
def test_random_kills_lose_nothing_and_leave_what_a_fresh_build_makes() -> None:
    words = [sys.executable, "-m", "tests.faults.kills", "--kills", str(KILLS), "--seed", "5"]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    last = ran.stdout.splitlines()[-1].split()
    assert int(last[0]) >= KILLS
    assert int(last[-3]) > 0, "answers were given, or nothing could have been lost"


def test_the_folder_that_changes_makes_every_change(tmp_path: Path) -> None:
    folder = ChangingFolder(tmp_path / "news", random.Random(3))  # noqa: S311 -- changes
    changes = {folder.change() for _ in range(60)}
    assert changes == {"add", "rewrite", "rename", "delete", "pack", "post"}
    assert {path.suffix for path in folder.path.rglob("*.*")} == {".txt", ".zip", ".mbox"}


def test_an_index_that_lacks_one_thing_is_another(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        processes.sync(folder, processes.corpus(size=4), group=2 if folder is one else 4)
    assert holdings.differences(one, other) == []
    store = IndexStore(other)
    with store.writer(made.identity(), made.canary()) as writer:
        writer.remove([processes.corpus(size=1)[0].id])
    store.close()
    found = [each.partition(":")[0] for each in holdings.differences(one, other)]
    assert {"documents", "texts", "passages", "passages_fts", "vectors"} <= set(found)


def test_a_vector_that_chroma_does_not_have_is_a_difference(tmp_path: Path) -> None:
    processes.sync(tmp_path, processes.corpus(size=4))
    (catalog,) = tmp_path.glob("*/catalog.sqlite3")
    connection = open_writing(catalog)
    connection.execute("UPDATE vectors SET vector = (SELECT vector FROM vectors LIMIT 1)")
    connection.close()
    assert "another vector" in " ".join(holdings.chroma_faults(tmp_path))


def test_a_vector_that_is_taken_over_stays_the_same_to_the_last_bit(tmp_path: Path) -> None:
    """Half precision, scaled to unit length and rounded again, may give the next number."""
    counts = np.random.default_rng(1).integers(1, 4, (4_000, made.DIMENSION))
    units = (counts / np.linalg.norm(counts, axis=1, keepdims=True)).astype(np.float32)
    bytes_of = {to_bytes(each): each for each in units}
    drifting = [
        each for stored, each in bytes_of.items() if to_bytes(from_bytes([stored])[0]) != stored
    ]
    assert len(drifting) > 3
    document = processes.corpus(size=1)[0]
    passages = made.cut(document)
    ids = [passage.id for passage in passages]
    store = IndexStore(tmp_path)
    with store.writer(made.identity(), made.canary()) as writer:
        vectors = np.stack(drifting[: len(passages)])
        for _ in range(3):
            writer.put(document, passages, vectors)
            writer.commit()
            kept = writer.vectors_of(ids)
            vectors = np.stack([kept[each] for each in ids])
    store.close()
    assert [to_bytes(each) for each in vectors] == [to_bytes(each) for each in drifting[:3]]
