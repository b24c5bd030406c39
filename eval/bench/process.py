"""Running a command as a user would and measuring it from outside."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_KILOBYTE = 1 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes there, kilobytes on Linux
_TAIL = 2000


@dataclass(frozen=True, slots=True)
class Finished:
    """A command that ended well.

    Attributes:
        output: What it printed on stdout.
        seconds: From start to end, as a whole process.
        peak_bytes: Most memory that it, or the largest process it waited for, had resident.
    """

    output: str
    seconds: float
    peak_bytes: int


def run(command: Sequence[str]) -> Finished:
    """Run a command to its end.

    This process stays small and imports nothing heavy, because Linux counts the memory of the
    parent at the moment of the start into the peak of the child.

    Raises:
        SystemExit: The command failed; the message ends with what it said.
    """
    with TemporaryFile() as out, TemporaryFile() as err:
        started = time.perf_counter()
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err) as child:  # noqa: S603 -- commands of this folder
            _, status, usage = os.wait4(child.pid, 0)
            seconds = time.perf_counter() - started
            child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if child.returncode:
            said = err.read().decode(errors="replace")[-_TAIL:]
            raise SystemExit(f"{' '.join(command)}\nfailed with {child.returncode}: {said}")
        return Finished(out.read().decode(), seconds, usage.ru_maxrss * _KILOBYTE)


def size_of(folder: Path) -> int:
    """Return the bytes of all files under a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
