"""Which files changed since they were indexed, and what that costs the second time."""

from __future__ import annotations

import hashlib
import os
import stat
import threading
import time
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.errors import CancelledError
from groundwire.ingest import changed
from groundwire.ingest.changed import changes
from groundwire.ingest.loaders.registry import load
from groundwire.ingest.reading import read_file

if TYPE_CHECKING:
    from pathlib import Path

    from groundwire.ingest.discover import FoundFile

TEXT = "The ferry sank on Monday, officials said.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder with three old files."""
    folder = tmp_path / "docs"
    folder.mkdir()
    for name in ("a.md", "b.md", "c.md"):
        write(folder / name, TEXT + name)
    return folder


def write(path: Path, text: str) -> None:
    path.write_text(text)


def indexed(root: Path) -> dict[str, dict[str, str]]:
    return {
        str(root): {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in root.iterdir()
        }
    }


def test_added_changed_and_removed_are_told_apart(root: Path) -> None:
    known = indexed(root)
    assert len(changes(known, None, load)) == 0
    write(root / "b.md", "Something else happened.\n")
    (root / "c.md").unlink()
    write(root / "d.md", TEXT)
    write(root / "empty.md", "")
    write(root / "picture.png", "no document")
    found = changes(known, None, load)
    assert (found.added, found.changed, found.removed) == (("d.md",), ("b.md",), ("c.md",))
    assert len(found) == 3


def test_a_root_that_is_gone_is_not_a_folder_of_removed_files(root: Path) -> None:
    known = indexed(root)
    root.rename(root.with_name("elsewhere"))
    found = changes(known, None, load)
    assert found.gone == (str(root),)
    assert found.removed == ()


def test_the_second_look_reads_nothing_and_still_sees_a_change(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, memory = indexed(root), tmp_path / "cache" / "files.json"
    read: list[str] = []

    def noting(file: FoundFile) -> bytes:
        read.append(file.relative)
        return read_file(file)

    monkeypatch.setattr(changed, "read_file", noting)
    monkeypatch.setattr(changed, "_SETTLED_NS", 0)
    changes(known, memory, load)
    assert sorted(read) == ["a.md", "b.md", "c.md"]
    assert stat.S_IMODE(memory.stat().st_mode) == 0o600
    read.clear()
    assert len(changes(known, memory, load)) == 0
    assert read == []
    before = (root / "a.md").stat()
    time.sleep(0.01)
    write(root / "a.md", (TEXT + "a.md").replace("Monday", "Sunday"))  # of the same length
    os.utime(root / "a.md", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert changes(known, memory, load).changed == ("a.md",)
    assert read == ["a.md"]


def test_a_file_that_changed_a_moment_ago_is_read_again(root: Path, tmp_path: Path) -> None:
    memory = tmp_path / "files.json"
    changes(indexed(root), memory, load)
    assert not memory.exists()


@pytest.mark.parametrize("content", ["", "[]", "{", '{"x": 3}'])
def test_a_damaged_memory_costs_time_and_nothing_else(
    root: Path, tmp_path: Path, content: str
) -> None:
    memory = tmp_path / "files.json"
    memory.write_text(content)
    assert len(changes(indexed(root), memory, load)) == 0


def test_it_can_be_stopped(root: Path) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(CancelledError):
        changes(indexed(root), None, load, stop)
