"""The program that reads files, with a loader that does what the file's name says."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from groundwire.ingest import child
from groundwire.ingest.loaders.base import Loaded, LoadError

if TYPE_CHECKING:
    from collections.abc import Callable

    from groundwire.ingest.loaders.columns import Columns

GIB = 1024**3
read_so_far = 0


def loop() -> NoReturn:
    while True:
        pass


def hold() -> str:
    """Never let another thread of Python run."""
    return str(re.match(r"(a+)+$", "a" * 60 + "b"))


def memory() -> str:
    return str(len(bytearray(8 * GIB)))


def disguised() -> NoReturn:
    try:
        bytearray(8 * GIB)
    except MemoryError as error:
        raise LoadError("damaged") from error
    raise LoadError("there was enough memory")


def refuse() -> NoReturn:
    raise LoadError("not this one")


def noise() -> str:
    print("a line for stdout", flush=True)  # noqa: T201 -- what is tested
    os.write(1, b"\0" * 100_000)
    os.write(2, b"\0" * 100_000)
    return f"read {sys.stdin.read()!r}"


def write() -> int:
    return os.write(os.memfd_create("words"), b"words")


def start() -> str:
    return subprocess.run(["/bin/echo", "started"], capture_output=True, check=True).stdout.decode()


def thread() -> str:
    threading.Thread(target=print).start()
    return "started"


def large() -> str:
    return "words " * (10 * 1024**2)


def descriptors() -> list[str]:
    found = []
    for each in list(Path("/proc/self/fd").iterdir()):
        with suppress(OSError):  # that of the folder itself
            found.append(str(each.readlink()))
    return found


DEEDS: dict[str, Callable[[], object]] = {
    "loop": loop,
    "hold": hold,
    "sleep": lambda: time.sleep(60),
    "abort": os.abort,
    "leave": lambda: os._exit(0),
    "stop": lambda: os.kill(os.getpid(), signal.SIGSTOP),
    "raise": lambda: 1 // 0,
    "memory": memory,
    "disguised": disguised,
    "refuse": refuse,
    "noise": noise,
    "write": write,
    "start": start,
    "thread": thread,
    "large": large,
    "pid": os.getpid,
    "count": lambda: read_so_far,
    "second": lambda: os.abort() if read_so_far > 1 else "the first",
    "variables": lambda: Path("/proc/self/environ").read_bytes(),
    "folder": Path.cwd,
    "descriptors": descriptors,
}


def load(data: bytes, name: str, columns: Columns | None = None) -> Loaded:
    """Do what a file's name says, and say what came of it."""
    global read_so_far  # noqa: PLW0603 -- what one file leaves behind for the next
    read_so_far += 1
    del columns
    try:
        found = DEEDS[name.partition(".")[0]]()
    except OSError as error:
        found = f"refused: {type(error).__name__}"
    return Loaded(f"{len(data)} bytes", "", "", None, "", str(found), ())


if __name__ == "__main__":
    vars(child)["load"] = load
    child.main()
