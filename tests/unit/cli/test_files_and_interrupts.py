"""Results that go to files, and Ctrl-C that asks for what there is."""

from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.errors import UsageError
from groundwire.interfaces.cli.files import write_text
from groundwire.interfaces.cli.interrupts import first_stops

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "out.md"
    target.write_text("old", encoding="utf-8")
    write_text(target, "new")
    assert target.read_text(encoding="utf-8") == "new\n"
    assert [each.name for each in tmp_path.iterdir()] == ["out.md"]
    write_text(target, "mine", private=True)
    assert target.stat().st_mode & 0o077 == 0


def test_where_nothing_can_be_written_is_said_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        write_text(tmp_path / "missing" / "out.md", "text")
    with pytest.raises(UsageError):
        write_text(tmp_path, "text")
    assert list(tmp_path.iterdir()) == []


def test_the_first_interrupt_asks_and_the_second_leaves() -> None:
    told: list[str] = []
    before = signal.getsignal(signal.SIGINT)
    with first_stops(told.append) as cancel:
        os.kill(os.getpid(), signal.SIGINT)
        assert cancel.wait(5)
        assert len(told) == 1
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_another_thread_gets_an_event_that_no_signal_sets() -> None:
    found: list[bool] = []

    def work() -> None:
        with first_stops(lambda _text: None) as cancel:
            found.append(cancel.is_set())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [False]
