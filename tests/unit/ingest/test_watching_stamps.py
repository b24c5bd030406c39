"""What a file looked like when it was last read decides whether it is read again."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from groundwire.ingest import watching
from groundwire.ingest.watching import Stamps

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_text("One.")
    return path


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let three seconds have passed since the files were written."""
    real = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: real() + 3_000_000_000)


@pytest.mark.usefixtures("settled")
def test_a_file_is_touched_until_it_was_asked_about(file: Path) -> None:
    stamps = Stamps()
    assert stamps.touched(file)
    assert not stamps.touched(file)


@pytest.mark.usefixtures("settled")
def test_a_change_that_keeps_size_and_time_is_noticed(file: Path) -> None:
    stamps = Stamps()
    stamps.touched(file)
    before = file.stat()
    time.sleep(0.02)
    file.write_text("Two.")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_mtime_ns == before.st_mtime_ns
    assert stamps.touched(file)


@pytest.mark.usefixtures("settled")
def test_another_file_in_its_place_is_noticed(file: Path, tmp_path: Path) -> None:
    stamps = Stamps()
    stamps.touched(file)
    other = tmp_path / "b.md"
    other.write_text("Two.")
    other.replace(file)
    assert stamps.touched(file)


def test_a_file_that_changed_a_moment_ago_is_read_once_more(file: Path) -> None:
    stamps = Stamps()
    assert stamps.touched(file)
    assert stamps.touched(file)


@pytest.mark.usefixtures("settled")
def test_a_file_from_the_future_is_read_every_time(file: Path) -> None:
    ahead = time.time_ns() + 10**15
    os.utime(file, ns=(ahead, ahead))
    stamps = Stamps()
    assert stamps.touched(file)
    assert stamps.touched(file)


@pytest.mark.usefixtures("settled")
def test_a_file_that_went_away_and_came_back_is_touched(file: Path) -> None:
    stamps = Stamps()
    stamps.touched(file)
    file.rename(file.with_name("c.md"))
    assert stamps.touched(file)
    file.with_name("c.md").rename(file)
    assert stamps.touched(file)


def test_the_times_between_looks_are_in_order() -> None:
    assert watching.QUIET_S < watching.AT_LATEST_S < watching.LOOK_S
