"""Changes in real folders are noticed, by notice and by looking."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from groundwire.ingest import watching

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    Watch = Callable[[Sequence[Path]], Iterator[bool]]

_LONG = 40
"""Looks after which a change that was not noticed never will be."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "QUIET_S", 0.05)
    monkeypatch.setattr(watching, "AT_LATEST_S", 0.5)
    monkeypatch.setattr(watching, "TICK_S", 0.1)
    monkeypatch.setattr(watching, "_POLLED_MS", 50)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "docs"
    made.mkdir()
    return made


@pytest.fixture
def stop() -> Iterator[threading.Event]:
    made = threading.Event()
    yield made
    made.set()


def noticed(looks: Iterator[bool]) -> bool:
    """Return whether one of the next looks finds a change."""
    return any(next(looks) for _ in range(_LONG))


def settled(looks: Iterator[bool]) -> None:
    """Go on until nothing is told any more."""
    assert next(looks)
    while next(looks):
        pass


@pytest.fixture
def watch(tmp_path: Path, stop: threading.Event) -> Watch:
    return lambda roots: watching.changes(lambda: roots, tmp_path / "docs" / "index", stop)


def test_a_new_a_changed_and_a_removed_file_are_noticed(folder: Path, watch: Watch) -> None:
    looks = watch([folder])
    settled(looks)
    file = folder / "a.md"
    file.write_text("One.")
    assert noticed(looks)
    file.write_text("Two, at length.")
    assert noticed(looks)
    file.unlink()
    assert noticed(looks)


def test_what_happens_in_the_index_is_not_noticed(folder: Path, watch: Watch) -> None:
    (folder / "index").mkdir()
    looks = watch([folder])
    settled(looks)
    (folder / "index" / "CURRENT").write_text("x")
    assert not any(next(looks) for _ in range(5))


def test_folders_that_cannot_be_watched_are_looked_at_in_turn(
    folder: Path,
    watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real, asked = watching._watched, []

    def limited(*given: object, polling: bool | None) -> Iterator[bool]:
        asked.append(polling)
        if polling is None:
            raise OSError(28, "No space left on device")
        return real(*given, polling=polling)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(watching, "_watched", limited)
    looks = watch([folder])
    settled(looks)
    (folder / "a.md").write_text("One.")
    assert noticed(looks)
    assert asked == [None, True]


def test_a_file_as_a_root_is_noticed_though_it_is_replaced(folder: Path, watch: Watch) -> None:
    file = folder / "a.md"
    file.write_text("One.")
    looks = watch([file])
    settled(looks)
    for text in ("Two.", "Three."):
        new = folder / "a.tmp"
        new.write_text(text)
        new.replace(file)
        assert noticed(looks)


def test_a_missing_root_is_waited_for_and_then_watched(folder: Path, watch: Watch) -> None:
    late = folder / "late"
    looks = watch([late])
    settled(looks)
    late.mkdir()
    assert noticed(looks)
    settled_after_restart = [next(looks) for _ in range(3)]
    assert not all(settled_after_restart)
    (late / "a.md").write_text("One.")
    assert noticed(looks)


def test_it_looks_now_and_then_though_nothing_is_told(
    folder: Path,
    watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(watching, "LOOK_S", 0.2)
    looks = watch([folder])
    settled(looks)
    assert noticed(looks)


def test_it_ends_when_it_is_stopped(
    folder: Path,
    watch: Watch,
    stop: threading.Event,
) -> None:
    looks = watch([folder])
    settled(looks)
    stop.set()
    assert len(list(looks)) < _LONG
