"""A desk follows its files until it is stopped."""

from __future__ import annotations

import queue
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from groundwire.desk import watching as desk_watching
from groundwire.desk.desk import Desk
from groundwire.domain.errors import IndexLockedError
from groundwire.domain.events import Failed
from groundwire.domain.reports import Moved
from groundwire.index.lock import writer_lock
from groundwire.ingest import watching

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from groundwire.domain.events import Event
    from groundwire.domain.reports import SyncReport

_PATIENCE_S = 60.0


class Followed:
    """A desk that watches a folder in a thread, and what it tells."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.reports: queue.Queue[SyncReport] = queue.Queue()
        self.failures: queue.Queue[Failed] = queue.Queue()
        self.stop = threading.Event()
        self.thread = threading.Thread(
            target=desk.watch,
            args=([folder],),
            kwargs={
                "stop": self.stop,
                "on_report": self.reports.put,
                "on_progress": self._told,
            },
        )
        self.thread.start()

    def _told(self, event: Event) -> None:
        if isinstance(event, Failed):
            self.failures.put(event)

    def next(self) -> SyncReport:
        """Return the next report of a sync that did something."""
        while True:
            report = self.reports.get(timeout=_PATIENCE_S)
            if report.added or report.changed or report.moved or report.removed:
                return report

    def end(self) -> None:
        self.stop.set()
        self.thread.join(_PATIENCE_S)
        assert not self.thread.is_alive()


@contextmanager
def as_soon_as_free(index: Path) -> Iterator[None]:
    """Hold the writer's lock, once the desk that watches has let go of it."""
    while True:
        with suppress(IndexLockedError), writer_lock(index):
            yield
            return
        time.sleep(0.01)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "news"
    made.mkdir()
    (made / "a.txt").write_text("The bridge at Ford cost £4m.\n")
    return made


@pytest.fixture
def followed(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Desk, Followed]]:
    monkeypatch.setattr(watching, "QUIET_S", 0.05)
    monkeypatch.setattr(watching, "AT_LATEST_S", 0.5)
    monkeypatch.setattr(watching, "TICK_S", 0.1)
    monkeypatch.setattr(desk_watching, "_FIRST_WAIT_S", 0.1)
    with Desk.open(tmp_path / "ix") as desk:
        made = Followed(desk, folder)
        yield desk, made
        made.end()


def test_files_are_followed_as_they_come_change_move_and_go(
    folder: Path, followed: tuple[Desk, Followed]
) -> None:
    desk, follower = followed
    assert follower.next().added == ("a.txt",)
    (folder / "b.txt").write_text("The tunnel at Ford cost £9m.\n")
    assert follower.next().added == ("b.txt",)
    (folder / "b.txt").write_text("The tunnel at Ford cost £11m in the end.\n")
    assert follower.next().changed == ("b.txt",)
    assert "£11m" in desk.ask("What did the tunnel at Ford cost?").claims[0].text
    (folder / "b.txt").rename(folder / "c.txt")
    assert follower.next().moved == (Moved("b.txt", "c.txt"),)
    (folder / "c.txt").unlink()
    assert follower.next().removed == ("c.txt",)


def test_a_change_while_another_process_writes_is_taken_in_afterwards(
    tmp_path: Path, folder: Path, followed: tuple[Desk, Followed]
) -> None:
    _, follower = followed
    follower.next()
    with as_soon_as_free(tmp_path / "ix"):
        (folder / "b.txt").write_text("The tunnel at Ford cost £9m.\n")
        assert follower.failures.get(timeout=_PATIENCE_S).kind == "index_locked"
    assert follower.next().added == ("b.txt",)


def test_a_stop_during_the_first_sync_ends_it(tmp_path: Path, folder: Path) -> None:
    with Desk.open(tmp_path / "ix") as desk:
        stop = threading.Event()
        stop.set()
        reports: list[SyncReport] = []
        desk.watch([folder], stop=stop, on_report=reports.append)
        assert [report.cancelled for report in reports] == [True]
