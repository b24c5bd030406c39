"""The ledger under several processes: no gap, no fork, and no kill loses what was entered."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path

from groundwire.records.database import open_database
from groundwire.records.ledger import Ledger
from groundwire.records.recalls import Recalls
from tests.unit.records.ledger_samples import CARRIED, FERRY, cite, folder, issued

ROOT = Path(__file__).parents[2]
ENTRIES = 25

ANSWERING = """
import sys
from pathlib import Path
from groundwire.records.database import open_database
from groundwire.records.ledger import Ledger
from tests.unit.records.ledger_samples import CARRIED, FERRY, LAMPS, PIER, cite, issued

ledger = Ledger(open_database(Path(sys.argv[1])))
said = issued(cite("ferry.md", CARRIED), cite("pier.md", LAMPS))
for number in range(1000):
    kept = ledger.append(said, [FERRY, PIER])
    print(kept.seq, kept.id, flush=True)
    if number % 5 == 4:
        ledger.erase(kept.id)
        print("erased", kept.id, flush=True)
"""


def answer(path: Path, name: str) -> None:
    with open_database(path) as database:
        ledger, recalls = Ledger(database), Recalls(database)
        for number in range(ENTRIES):
            cited = cite("ferry.md", CARRIED)
            ledger.append(issued(cited, question=f"{name} {number}", conversation=name), [FERRY])
            if number % 10 == 9:
                recalls.check_against(folder({}), "desk")
                assert ledger.verify_chain().sound


def test_processes_append_and_check_at_once_without_gap_or_fork(tmp_path: Path) -> None:
    path = tmp_path / "data" / "groundwire.sqlite3"
    context = multiprocessing.get_context("spawn")
    names = ("left", "middle", "right")
    processes = [context.Process(target=answer, args=(path, name)) for name in names]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    with open_database(path) as database:
        ledger, recalls = Ledger(database), Recalls(database)
        assert ledger.verify_chain().sound
        entries = ledger.listing()
        assert [entry.seq for entry in reversed(entries)] == list(range(1, 3 * ENTRIES + 1))
        for name in names:
            mine = [entry.issued.question for entry in reversed(ledger.listing(None, name))]
            assert mine == [f"{name} {number}" for number in range(ENTRIES)]
        recalls.check_against(folder({}), "desk")
        assert len(recalls.listing()) == 3 * ENTRIES, "each answer was recalled once"


def test_a_process_erases_while_another_walks_the_chain(tmp_path: Path) -> None:
    path = tmp_path / "groundwire.sqlite3"
    with (
        subprocess.Popen(
            [sys.executable, "-c", ANSWERING, str(path)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        ) as process,
    ):
        assert process.stdout is not None
        process.stdout.readline()
        with open_database(path) as database:
            ledger = Ledger(database)
            anchors = [ledger.anchor()]
            while anchors[-1].seq < anchors[0].seq + 50:
                report = ledger.verify_chain(anchors[-1])
                assert report.breaks == ()
                anchors.append(report.anchor)
        os.kill(process.pid, signal.SIGKILL)


def test_a_kill_loses_no_entry_that_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "data" / "groundwire.sqlite3"
    acknowledged: set[str] = set()
    erased: set[str] = set()
    for lines_first in (3, 11, 17):
        with subprocess.Popen(
            [sys.executable, "-c", ANSWERING, str(path)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        ) as process:
            assert process.stdout is not None
            lines = [process.stdout.readline() for _ in range(lines_first)]
            os.kill(process.pid, signal.SIGKILL)
            lines += process.stdout.readlines()
        assert process.returncode == -signal.SIGKILL
        said = [line.split() for line in lines if line.endswith("\n")]
        acknowledged |= {name for first, name in said if first != "erased"}
        erased |= {name for first, name in said if first == "erased"}
        with open_database(path) as database:
            ledger = Ledger(database)
            kept = {entry.id for entry in ledger.listing()}
            assert not kept & erased
            lost = acknowledged - erased - kept
            assert len(lost) <= 1, "at most one was erased and its erasure not yet told"
            erased |= lost
            report = ledger.verify_chain()
            assert report.breaks == ()
            assert report.erased == len(erased)
            assert database.rows("PRAGMA integrity_check") == [("ok",)]
            assert database.rows("PRAGMA foreign_key_check") == []
