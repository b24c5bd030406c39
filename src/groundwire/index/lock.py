"""One writer at a time: a lock among the processes of a machine, and a lease among machines."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from groundwire import durability
from groundwire.domain.errors import IndexLockedError
from groundwire.index import lease
from groundwire.index.faults import file_errors_in_words, from_os
from groundwire.index.machine import this_machine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from groundwire.index.holder import Holder
    from groundwire.index.lease import Lease

LOCK = ".lock"


def holder(folder: Path) -> Holder | None:
    """Return who last took the lock and did not give it back; None if nobody did.

    The lease outlives a killed process while the lock does not, so a holder is not proof
    that somebody is writing.
    """
    return lease.read(folder)


@contextmanager
def writer_lock(folder: Path, machine_note: Path | None = None) -> Iterator[Lease]:
    """Hold the writer's lock and the lease of an index folder.

    The lock dies with its process. The lease of a process that was killed is taken over at once
    on its own machine, and on another one after a minute without renewal.

    Args:
        folder: The index folder.
        machine_note: Where this machine's made-up id is kept, if it has none of its own.

    Raises:
        IndexLockedError: Somebody else is writing.
        StoreError: The folder cannot be written to.
    """
    from filelock import FileLock, Timeout

    try:
        durability.make_folder(folder)
        lock = FileLock(folder / LOCK, timeout=0, thread_local=False)
        lock.acquire()
    except Timeout as error:
        who = holder(folder)
        raise IndexLockedError(str(folder), str(who or "another process")) from error
    except OSError as error:
        raise from_os(error, folder) from error
    try:
        with file_errors_in_words(folder):
            held = lease.take(folder, this_machine(machine_note), lease.RHYTHM)
        try:
            yield held
        finally:
            held.give_back()
    finally:
        lock.release()
