"""Random kills while a changing folder is indexed and questions are answered from it.

``python -m tests.faults.kills --kills 200 --seed 1`` kills so many processes. Now and then the
index is brought up to date undisturbed and held against one that was made anew, and every answer
that was given is looked up in the ledger.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from groundwire import Desk
from groundwire.domain.events import Done, Failed
from groundwire.domain.ledger import Occasion
from groundwire.index.inspect import findings
from groundwire.interfaces.cli.app import run
from groundwire.records.database import open_database
from groundwire.records.ledger import Ledger
from tests.faults.folder import QUESTIONS, ChangingFolder
from tests.faults.forks import preload, said_by, start
from tests.faults.holdings import differences

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 10
"""After how many rounds the index is compared."""
LONGEST = 0.9
"""Seconds after which a process is killed at the latest."""
UNDISTURBED = 0.2
"""How often an indexer may come to its end; before there are answers, always."""
NOTHING_YET = ("index_missing", "no_documents")


@dataclass
class Run:
    """One run: its folder, its processes and what they said."""

    work: Path
    chance: random.Random
    kills: int = 0
    acknowledged: set[str] = field(default_factory=set)
    compared: int = 0

    def __post_init__(self) -> None:
        self.folder = ChangingFolder(self.work / "news", self.chance)
        self.index = self.work / "index"
        self.config = self.work / "config.toml"
        self.config.write_text(f'data_dir = "{self.work}/data"\ncache_dir = "{self.work}/cache"\n')

    @property
    def records(self) -> Path:
        return self.work / "data" / "groundwire.sqlite3"

    def command(self, index: Path, *words: str) -> int:
        argv = ["--config", str(self.config), "--index-dir", str(index), "-q", *words]
        return run(argv)

    def index_folder(self, index: Path, *words: str) -> int:
        return self.command(index, "index", *words, str(self.folder.path))

    def round(self) -> None:
        """Change the folder, start an indexer and an asker, and kill at least one of them."""
        for _ in range(self.chance.randrange(1, 6)):
            self.folder.change()
        words = ["--rebuild"] * (self.chance.random() < 0.1)
        told, telling = os.pipe()
        victims = {
            "index": start(lambda: self.index_folder(self.index, *words), self.work / "index.log"),
            "ask": start(lambda: self.ask(telling), self.work / "ask.log"),
        }
        os.close(telling)
        order = self.chance.choice((("index", "ask"), ("ask", "index")))
        if not self.acknowledged or self.chance.random() < UNDISTURBED:
            os.waitid(os.P_PID, victims["index"], os.WEXITED | os.WNOWAIT)
        time.sleep(self.chance.uniform(0, LONGEST))
        self.kill(victims[order[0]])
        if self.chance.random() < 0.3:
            self.folder.change()
        time.sleep(self.chance.uniform(0, LONGEST / 2))
        self.kill(victims[order[1]])
        with os.fdopen(told, encoding="ascii") as lines:
            self.acknowledged.update(line.strip() for line in lines if line.strip())
        for name in victims:
            check_log(self.work / f"{name}.log")

    def kill(self, process: int) -> None:
        os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
        self.kills += os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL

    def ask(self, telling: int) -> int:
        """Ask until killed; say which entry an answer became after it was given."""
        with Desk.open(self.index, config=self.config) as desk:
            for number in count():
                entry = entry_of(desk, QUESTIONS[number % len(QUESTIONS)])
                if entry:
                    os.write(telling, f"{entry}\n".encode("ascii"))
                else:
                    time.sleep(0.02)
        return 0

    def compare(self) -> None:
        """Bring the index up to date, and hold it against one that is made anew."""
        self.compared += 1
        fresh = self.work / f"fresh-{self.compared}"
        self.well("index", lambda: self.index_folder(self.index))
        self.well("fresh", lambda: self.index_folder(fresh))
        self.well("compare", lambda: self.same(fresh))

    def well(self, name: str, action: Callable[[], int]) -> None:
        """Run something that is not killed, and that has to end well."""
        code, told = said_by(action, self.work / f"{name}.log")
        assert code == 0, f"{name}: {code}\n{told}"

    def same(self, fresh: Path) -> int:
        """Return 1, having said why, unless the index equals a fresh one and no answer is lost."""
        wrong = differences(self.index, fresh)
        for index in (self.index, fresh):
            found = (each for each in findings(index) if each.status != "ok")
            wrong += [f"{each.check}: {each.message}" for each in found]
        with (
            Desk.open(self.index, config=self.config) as old,
            Desk.open(fresh, config=self.config) as new,
        ):
            wrong += [each for each in QUESTIONS if said(old, each) != said(new, each)]
        wrong += self.lost()
        sys.stderr.write("".join(f"{each}\n" for each in wrong))
        return bool(wrong)

    def lost(self) -> list[str]:
        """Return what is wrong with the ledger."""
        with open_database(self.records) as database:
            ledger = Ledger(database)
            kept = {entry.id for entry in ledger.listing()}
            report = ledger.verify_chain()
            checked = database.rows("PRAGMA integrity_check")
        wrong = [f"answer {each} is lost" for each in sorted(self.acknowledged - kept)]
        wrong += [each.message for each in report.breaks]
        return wrong + [f"the records are damaged: {checked}"] * (checked != [("ok",)])


def entry_of(desk: Desk, question: str) -> str:
    """Ask, and return the id of the answer's entry; empty if there is nothing to ask yet."""
    for event in desk.ask_events(question, occasion=Occasion("api")):
        if isinstance(event, Done):
            return event.entry
        if isinstance(event, Failed) and event.kind not in NOTHING_YET:
            raise AssertionError(f"{event.kind}: {event.message}")
    return ""


def said(desk: Desk, question: str) -> object:
    """Return what is answered, without what depends on when and from which index."""
    result = desk.ask(question).to_dict()
    return {key: result[key] for key in ("outcome", "claims", "standalone")}


def check_log(log: Path) -> None:
    """Make sure that a process that was killed had not failed before in a way of its own."""
    said = log.read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in said, said
    assert "something went wrong" not in said, said


def go(work: Path, kills: int, seed: int) -> Run:
    """Kill so many processes, and compare in between and at the end."""
    preload()
    made = Run(work, random.Random(seed))  # noqa: S311 -- moments, not secrets
    rounds = 0
    while made.kills < kills:
        made.round()
        rounds += 1
        if rounds % ROUNDS == 0 or made.kills >= kills:
            made.compare()
            tell(f"{made.kills} kills, {len(made.acknowledged)} answers: nothing lost")
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    asked = parser.parse_args()
    tell(f"seed {asked.seed}")
    with tempfile.TemporaryDirectory(prefix="groundwire-kills-") as work:
        started = time.monotonic()
        made = go(Path(work), asked.kills, asked.seed)
    tell(
        f"{made.kills} kills in {time.monotonic() - started:.0f} s, {made.compared} comparisons "
        f"with a fresh index, {len(made.acknowledged)} answers kept"
    )


def tell(line: str) -> None:
    print(line, flush=True)  # noqa: T201 -- whoever started it reads it


if __name__ == "__main__":
    main()
