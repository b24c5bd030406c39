"""Sessions under several processes: all write at once, one is killed, nothing saved is lost."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path

from groundwire.records.conversations import Conversations
from groundwire.records.database import open_database
from groundwire.records.sessions import Sessions

ROOT = Path(__file__).parents[2]
EXCHANGES = 15

CHAT = """
import sys, time
from pathlib import Path
from groundwire.records.database import open_database
from groundwire.records.sessions import Sessions

sessions = Sessions(open_database(Path(sys.argv[1])))
session = sessions.begin()
for number in range(1000):
    sessions.save(session, f"question {number}", "answer", "said " * 100, {"number": number})
    print(session, number, flush=True)
"""


def talk(path: Path, name: str, shared: str) -> None:
    with open_database(path) as database:
        sessions = Sessions(database)
        own = sessions.begin()
        for number in range(EXCHANGES):
            sessions.save(own, f"{name} {number}", "answer", f"{name} {number}", {})
            sessions.save(shared, f"{name} {number}", "answer", f"{name} {number}", {})


def test_two_processes_save_at_once_and_every_exchange_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "data" / "groundwire.sqlite3"
    shared = "01ARYZ6S41" + "0" * 16
    context = multiprocessing.get_context("spawn")
    processes = [
        context.Process(target=talk, args=(path, name, shared)) for name in ("left", "right")
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    with open_database(path) as database:
        sessions = Sessions(database)
        assert sorted(info.exchanges for info in sessions.listing()) == [15, 15, 30]
        exchanges = sessions.exchanges(shared)
        assert [exchange.number for exchange in exchanges] == list(range(1, 31))
        assert all(exchange.question == exchange.text for exchange in exchanges)
        for name in ("left", "right"):
            mine = [each.question for each in exchanges if each.question.startswith(name)]
            assert mine == [f"{name} {number}" for number in range(EXCHANGES)]
        turns = Conversations(database).turns(f"terminal:{shared}")
        pairs = zip(turns[::2], turns[1::2], strict=True)
        assert all(asked.text == told.text for asked, told in pairs)


def test_a_kill_loses_nothing_that_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "data" / "groundwire.sqlite3"
    for _ in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", CHAT, str(path)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        ) as process:
            assert process.stdout is not None
            lines = [process.stdout.readline() for _ in range(10)]
            os.kill(process.pid, signal.SIGKILL)
            lines += [line for line in process.stdout.read().splitlines() if " " in line]
        session, last = lines[0].split()[0], lines[-2].split()[1]
        assert process.returncode == -signal.SIGKILL
        with open_database(path) as database:
            sessions = Sessions(database)
            exchanges = sessions.exchanges(session)
            assert len(exchanges) >= int(last) + 1
            assert [each.result["number"] for each in exchanges] == list(range(len(exchanges)))
            assert len(sessions.turns(session)) == 2 * len(exchanges)
            assert database.rows("PRAGMA integrity_check") == [("ok",)]
    with open_database(path) as database:
        assert len(Sessions(database).listing()) == 3
