"""One writer at a time, under a lock that says who it is."""

from __future__ import annotations

import json
import os
import socket
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from groundwire.domain.errors import IndexLockedError
from groundwire.index.faults import from_os

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK = ".lock"
HOLDER = ".lock-holder"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who writes.

    Attributes:
        pid: The process.
        host: The machine that it runs on.
        started: When it took the lock, as ISO 8601.
    """

    pid: int
    host: str
    started: str

    def __str__(self) -> str:
        """Return the holder in words."""
        return f"process {self.pid} on {self.host} since {self.started}"


def holder(folder: Path) -> Holder | None:
    """Return who last took the lock and did not give it back; None if nobody did.

    The note outlives a killed process while the lock does not, so a holder is not proof
    that somebody is writing.
    """
    try:
        fields = json.loads((folder / HOLDER).read_text(encoding="utf-8"))
        return Holder(int(fields["pid"]), str(fields["host"]), str(fields["started"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


@contextmanager
def writer_lock(folder: Path) -> Iterator[None]:
    """Hold the writer's lock of an index folder; it dies with its process.

    Raises:
        IndexLockedError: Somebody else holds it; nothing is waited for.
        StoreError: The folder cannot be written to.
    """
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK, timeout=0, thread_local=False)
        lock.acquire()
    except Timeout as error:
        who = holder(folder)
        raise IndexLockedError(str(folder), str(who or "another process")) from error
    except OSError as error:
        raise from_os(error, folder) from error
    try:
        _sign(folder)
        yield
    finally:
        with suppress(OSError):
            (folder / HOLDER).unlink(missing_ok=True)
        lock.release()


def _sign(folder: Path) -> None:
    started = datetime.now(UTC).isoformat(timespec="seconds")
    note = json.dumps(asdict(Holder(os.getpid(), socket.gethostname(), started)))
    try:
        (folder / HOLDER).write_text(note, encoding="utf-8")
    except OSError as error:
        raise from_os(error, folder) from error
