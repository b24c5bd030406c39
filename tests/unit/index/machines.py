"""A writer on another machine, as far as a lease can tell: ``python -m tests.unit.index.machines``.

It says ``holding``, waits for a line on its standard input, commits, and says what came of it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from groundwire.domain.errors import GroundwireError
from groundwire.index import lease, lock
from groundwire.index.machine import Machine
from groundwire.index.store import IndexStore
from tests.unit.index import made

QUICK = lease.Rhythm(beat=0.05, dead=0.6, look=0.05, settle=0.05)
THERE = Machine("the machine there", "its boot", "desk-there")
HERE = Machine("the machine here", "another boot", "desk-here")


def write(folder: Path) -> None:
    lease.RHYTHM = QUICK
    setattr(lock, "this_machine", lambda _note: THERE)  # noqa: B010 -- in this process alone
    document = made.document("there.md", "written there")
    passages = made.cut(document)
    with IndexStore(folder).writer(made.identity(), made.canary()) as writer:
        writer.put(document, passages, made.vectors(passages))
        print("holding", flush=True)  # noqa: T201  # the test waits for it
        sys.stdin.readline()


if __name__ == "__main__":
    try:
        write(Path(sys.argv[1]))
    except GroundwireError as error:
        print(f"{type(error).__name__}: {error}")  # noqa: T201  # the test reads it
