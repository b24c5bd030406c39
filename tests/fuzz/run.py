"""Fuzzes every loader and the query path: ``python -m tests.fuzz.run --seconds 60``.

A finding is an input that raises what is no error for people, gives a result that breaks a promise,
takes more than five seconds of computing or a gigabyte, ends the process, or gives another result
the second time or under another order of hashing. It is printed, saved in the fewest bytes that
show it, and the run exits with 1. Inputs depend on the seed and their number alone, so the same
seed finds the same.
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import platformdirs

from tests.fuzz.child import COMPARED, NOW
from tests.fuzz.registry import all_targets

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 10**9


@dataclass(slots=True)
class _Report:
    """What a run has come to.

    Attributes:
        folder: Where findings are saved.
        tried: Number of inputs, by target.
        found: Number of findings, by target.
        digests: Hashes of the first results by target, for each order of hashing.
    """

    folder: Path
    tried: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    digests: dict[str, list[list[str]]] = field(default_factory=dict)

    def add(self, target: str, kind: str, story: str, data: bytes) -> None:
        """Print and save a finding."""
        self.found[target] += 1
        self.folder.mkdir(parents=True, exist_ok=True)
        number = sum(1 for path in self.folder.iterdir() if path.name.startswith(f"{target}--"))
        path = self.folder / f"{target}--{number}"
        path.write_bytes(data)
        sys.stdout.write(f"\n{target}: {kind}\n{story.rstrip()}\n  saved: {path}\n\n")
        sys.stdout.flush()

    def compare(self, target: str) -> None:
        """Hold the results of a target under different orders of hashing against each other."""
        for number, digests in enumerate(zip(*self.digests.get(target, ()), strict=False)):
            if len(set(digests)) > 1:
                self.add(target, "differs", f"input {number}: another order of hashing", b"")


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a child is started with."""

    seed: int
    seconds: float
    most: int
    hashing: str
    shared: Path


def main() -> int:
    """Run, and return 1 if anything was found."""
    parser = argparse.ArgumentParser(description="fuzz every loader and the query path")
    parser.add_argument("--seconds", type=float, default=1200.0, help="in all; default 1200")
    parser.add_argument("--seed", type=int, default=0, help="others give other inputs; default 0")
    parser.add_argument("--only", choices=("loaders", "queries"))
    parser.add_argument("--target", action="append", help="one of them; may be given again")
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"))
    asked = parser.parse_args()
    names = [
        target.name
        for target in all_targets()
        if (asked.only in {None, target.group})
        and (not asked.target or target.name in asked.target)
    ]
    if not names:
        parser.error("no such target")
    report = _Report(asked.findings)
    with tempfile.TemporaryDirectory(prefix="groundwire-fuzz-") as folder:
        shared, share = Path(folder), asked.seconds / len(names)
        if asked.only != "loaders":
            _child((), 0, _Plan(asked.seed, share, 0, "0", shared), report)
        _try_all(names, _Plan(asked.seed, share / 8, COMPARED, "1", shared), report)
        _try_all(names, _Plan(asked.seed, share * 7 / 8, _MOST, "2", shared), report)
    for name in names:
        report.compare(name)
    for name in names:
        sys.stdout.write(f"{name:<16} {report.tried[name]:>9,} tried  {report.found[name]} found\n")
    total, found = sum(report.tried.values()), sum(report.found.values())
    sys.stdout.write(f"{'all':<16} {total:>9,} tried  {found} found\n")
    return 1 if found else 0


def _try_all(names: Sequence[str], plan: _Plan, report: _Report) -> None:
    """Try targets in children; one that is ended by an input is replaced and goes on after it."""
    left, first, ended = list(names), 0, 0
    while left:
        now = plan.shared / NOW
        now.unlink(missing_ok=True)
        code, done = _child(left, first, plan, report)
        left = left[done:]
        first = 0 if done else first
        if code == 0:
            return
        ended += 1
        if not left or not now.exists():
            raise RuntimeError(f"a child ended with {code} before it tried anything")
        tried = now.read_bytes()
        number, data = int.from_bytes(tried[:8], "big"), tried[8:]
        report.add(left[0], "ended the process", _said(code), data)
        first = number + 1
        if ended > len(names):
            raise RuntimeError("too many children were ended")


def _said(code: int) -> str:
    if code == -signal.SIGPROF:
        return "it took more than ten seconds of computing"
    return f"exit {code}" if code >= 0 else signal.Signals(-code).name


def _child(names: Sequence[str], first: int, plan: _Plan, report: _Report) -> tuple[int, int]:
    """Start a child and note what it tells.

    Returns:
        How it ended, and how many targets it was done with.
    """
    words = [sys.executable, "-m", "tests.fuzz.child", *names, "--folder", str(plan.shared)]
    words += ["--seed", str(plan.seed), "--seconds", str(plan.seconds), "--first", str(first)]
    words += ["--most", str(plan.most)]
    environment = {
        "PYTHONHASHSEED": plan.hashing,
        "PYTHONPATH": "src:.",
        "HOME": str(plan.shared),
        "GROUNDWIRE_CACHE_DIR": platformdirs.user_cache_dir("groundwire", appauthor=False),
    }
    done = 0
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True) as child:
        lines: IO[str] = child.stdout  # type: ignore[assignment]  # it is a pipe
        for line in lines:
            done += _note(json.loads(line), report)
    return child.returncode, done


def _note(told: dict[str, Any], report: _Report) -> int:
    """Take in one line of a child; return 1 if it is done with a target."""
    if "found" in told:
        story = f"input {told['number']}\n{told['story']}"
        report.add(told["target"], told["found"], story, bytes.fromhex(told["data"]))
    if "done" not in told:
        return 0
    report.tried[told["done"]] += told["tried"]
    report.digests.setdefault(told["done"], []).append(told["digests"])
    return 1


if __name__ == "__main__":
    sys.exit(main())
