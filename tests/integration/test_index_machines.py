"""Two machines on one index folder: what a lease does to their writers, with the real Chroma."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.errors import IndexLockedError
from groundwire.index import lease, lock
from groundwire.index.inspect import findings
from groundwire.index.store import IndexStore
from tests.unit.index import processes
from tests.unit.index.machines import HERE, QUICK

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    processes.sync(tmp_path / "index", processes.corpus(size=4))
    return tmp_path / "index"


@pytest.fixture
def writer_there(index: Path) -> Iterator[subprocess.Popen[str]]:
    """A writer on another machine that holds the lease and waits before it commits."""
    environment = {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.unit.index.machines", str(index)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "holding\n"
        yield process
        process.kill()


@pytest.fixture(autouse=True)
def machine_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be a machine that the file lock of the other one does not reach."""
    monkeypatch.setattr(lease, "RHYTHM", QUICK)
    monkeypatch.setattr(lock, "this_machine", lambda _note: HERE)
    monkeypatch.setattr(lock, "LOCK", ".lock-here")


def paths(index: Path) -> list[str]:
    with IndexStore(index).snapshot() as snapshot:
        return [info.path for info in snapshot.documents()]


def test_a_second_machine_is_refused_while_the_first_writes(
    index: Path, writer_there: subprocess.Popen[str]
) -> None:
    refused = f"is being written by process {writer_there.pid} on desk-there since 20"
    with pytest.raises(IndexLockedError, match=refused):
        processes.sync(index, processes.corpus(1, size=4))
    said, _ = writer_there.communicate("commit\n")
    assert said == ""
    assert "there.md" in paths(index)
    processes.sync(index, processes.corpus(1, size=4))
    assert [each for each in findings(index) if each.status != "ok"] == []


def test_a_machine_that_stood_still_commits_nothing_after_another_took_over(
    index: Path, writer_there: subprocess.Popen[str], caplog: pytest.LogCaptureFixture
) -> None:
    writer_there.send_signal(signal.SIGSTOP)
    with caplog.at_level(logging.WARNING, logger="groundwire"):
        processes.sync(index, processes.corpus(1, size=4))
    writer_there.send_signal(signal.SIGCONT)
    said, _ = writer_there.communicate("commit\n")
    assert said.startswith(f"StoreError: another machine has taken over the index in {index}")
    assert len(said.splitlines()) == 1
    assert "there.md" not in paths(index)
    assert len(caplog.records) == 2
    assert caplog.records[1].getMessage().endswith(" is dead and is taken over")
    assert [each for each in findings(index) if each.status != "ok"] == []


def test_a_machine_that_lost_its_power_is_followed_after_a_while(
    index: Path, writer_there: subprocess.Popen[str]
) -> None:
    writer_there.kill()
    writer_there.communicate()
    held = lock.holder(index)
    assert held is not None
    assert (held.host, held.pid) == ("desk-there", writer_there.pid)
    processes.sync(index, processes.corpus(1, size=4))
    assert lock.holder(index) is None
    assert "there.md" not in paths(index)
