"""Tries targets one after the other, for ``tests.fuzz.run``, which starts it and reads its stdout.

Before each input is tried it is written to a file, so that one that ends this process is known.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import resource
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fuzz.asking import prepare
from tests.fuzz.registry import targets_called
from tests.fuzz.trying import REPEATED, attempt, bounded, inputs, limit_memory, shrunk

if TYPE_CHECKING:
    from typing import TextIO

    from tests.fuzz.targets import Run, Target
    from tests.fuzz.trying import Finding

NOW = "now"
"""Name of the file with the input that is being tried."""

COMPARED = 12
"""Inputs of each target whose results are compared between two orders of hashing."""

_KINDS_KEPT = 20


def main() -> None:
    """Try the targets that the command line names, and print a line of JSON for each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", help="none: index what the query path is asked")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--first", type=int, required=True)
    parser.add_argument("--most", type=int, required=True)
    asked = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable(logging.CRITICAL)
    replies = _own_stdout()
    if not asked.names:
        prepare(asked.folder)
    for number, target in enumerate(targets_called(asked.names)):
        with target.open(asked.folder) as run:
            told = _Trial(target, bounded(run), replies, asked.folder / NOW)
            told.go(asked.seed, asked.first if number == 0 else 0, asked.seconds, asked.most)


def _own_stdout() -> TextIO:
    """Return stdout, out of reach of what libraries print."""
    replies = os.fdopen(os.dup(1), "w", encoding="ascii")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    return replies


class _Trial:
    """Tries one target."""

    def __init__(self, target: Target, run: Run, replies: TextIO, now: Path) -> None:
        self._target = target
        self._run = run
        self._replies = replies
        self._now = now
        self._kinds: set[str] = set()

    def go(self, seed: int, first: int, seconds: float, most: int) -> None:
        """Try inputs for so long, or so many, and tell of it."""
        self._tell({"begun": self._target.name})
        if self._target.seeds:
            attempt(self._run, self._target.seeds[0])
        limit_memory()
        tried, digests = 0, list[str]()
        until = time.monotonic() + seconds
        for number, data in inputs(self._target, seed, first):
            if tried >= most or (tried and time.monotonic() > until):
                break
            self._now.write_bytes(number.to_bytes(8, "big") + data)
            once = attempt(self._run, data, repeat=number % REPEATED == 0)
            if number < COMPARED:
                digests.append(once.digest)
            tried += 1
            if once.finding is not None and once.finding.kind not in self._kinds:
                self._found(number, once.finding)
        self._tell({"done": self._target.name, "tried": tried, "digests": digests})

    def _found(self, number: int, finding: Finding) -> None:
        if len(self._kinds) >= _KINDS_KEPT:
            return
        self._kinds.add(finding.kind)
        small = shrunk(self._run, finding)
        self._tell(
            {
                "found": small.kind,
                "target": self._target.name,
                "number": number,
                "story": small.story,
                "data": small.data.hex(),
            }
        )

    def _tell(self, value: dict[str, object]) -> None:
        self._replies.write(json.dumps(value) + "\n")
        self._replies.flush()


if __name__ == "__main__":
    main()
