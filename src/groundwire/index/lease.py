"""The writer's lease: machines that share an index folder write to it one at a time.

A file lock keeps the processes of one machine apart and reaches no further on many shared folders.
The lease does: a file that names its holder and that the holder changes every ten seconds. Another
machine watches it. One change and it is refused; none for a minute, and it takes the lease over.
No two clocks are ever compared, so that a clock that is wrong or jumps matters to nobody.

The holder looks at the lease before each commit and stops if it is another's by then.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire import durability
from groundwire.domain.errors import IndexLockedError, StoreError
from groundwire.index.faults import file_errors_in_words
from groundwire.index.holder import SIZE, Holder, parsed
from groundwire.index.mounts import of_one_kernel

if TYPE_CHECKING:
    from pathlib import Path

    from groundwire.index.machine import Machine

_LOGGER = logging.getLogger(__name__)

LEASE = ".lease"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a lease is renewed, and when it counts as dead, in seconds.

    Attributes:
        beat: Between two renewals.
        dead: Without renewal, as the one who watches feels them pass.
        look: Between two looks of the one who watches.
        settle: Between taking over and looking whether nobody else did so just then.
    """

    beat: float = 10.0
    dead: float = 60.0
    look: float = 0.5
    settle: float = 1.0


RHYTHM = Rhythm()


class Lease:
    """A lease that is held: renewed in the background until it is given back."""

    def __init__(self, folder: Path, holder: Holder, *, seized: bool, beat: float) -> None:
        """Begin to renew a lease that was just taken.

        Args:
            folder: The index folder.
            holder: This process.
            seized: Whether it was another machine's, who may not know yet.
            beat: Seconds between renewals.
        """
        self.seized = seized
        self._folder = folder
        self._holder = holder
        self._beat = beat
        self._lock = threading.Lock()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._renew_on, name="lease", daemon=True)
        self._thread.start()

    @property
    def token(self) -> str:
        """What no other lease has."""
        return self._holder.token

    def check(self) -> None:
        """Make sure that the lease is still this process's, and renew it.

        Raises:
            StoreError: Another machine has taken it over; or the folder cannot be used.
        """
        with file_errors_in_words(self._folder):
            if not self._renewed():
                raise lost(self._folder, read(self._folder))

    def give_back(self) -> None:
        """Stop renewing it, and remove the file if it is still this process's."""
        self._end.set()
        self._thread.join()
        try:
            if self._renewed():
                (self._folder / LEASE).unlink()
                durability.sync(self._folder)
        except OSError as error:
            _LOGGER.debug("the lease could not be given back: %s", error)

    def _renew_on(self) -> None:
        while not self._end.wait(self._beat):
            try:
                if not self._renewed():
                    return  # the next check says so
            except OSError as error:
                _LOGGER.debug("the lease could not be renewed: %s", error)

    def _renewed(self) -> bool:
        """Renew the file in place; return whether it is still this process's.

        Whoever takes a lease over puts another file in its place, and so what is written here
        to the old one harms nobody.
        """
        with self._lock:
            try:
                descriptor = os.open(self._folder / LEASE, os.O_RDWR | os.O_NOFOLLOW)
            except FileNotFoundError:
                return False
            try:
                found = parsed(os.pread(descriptor, SIZE, 0))
                if found is None or found.token != self._holder.token:
                    return False
                fresh = self._holder.renewing()
                os.pwrite(descriptor, fresh.to_bytes(), 0)
                os.fsync(descriptor)
                self._holder = fresh
            finally:
                os.close(descriptor)
        return True


def take(folder: Path, machine: Machine, rhythm: Rhythm) -> Lease:
    """Take the lease of an index folder. This machine's file lock is held.

    What a process left behind that this kernel ran is dead, since its file lock is gone. So is
    what this machine left behind before it was started again, on a file system that no other
    machine can have mounted. Any other lease is watched, which takes a minute at most.

    Raises:
        IndexLockedError: Another machine holds it.
        OSError: The folder cannot be written to.
    """
    holder = Holder.on(machine)
    while True:
        content = _content(folder)
        if content is None:
            if _created(folder, holder):
                return Lease(folder, holder, seized=False, beat=rhythm.beat)
            continue
        other = parsed(content)
        foreign = other is None or not (
            other.shares_kernel_with(holder)
            or (other.shares_machine_with(holder) and of_one_kernel(folder))
        )
        if foreign:
            _watch(folder, content, rhythm)
        if _content(folder) == content:
            _seize(folder, holder, settle=rhythm.settle if foreign else 0)
            return Lease(folder, holder, seized=foreign, beat=rhythm.beat)


def read(folder: Path) -> Holder | None:
    """Return who holds the lease or died with it; None if nobody does or it cannot be read."""
    try:
        content = _content(folder)
    except OSError:
        return None
    return None if content is None else parsed(content)


def lost(folder: Path, other: Holder | None) -> StoreError:
    """Return the error for a writer that finds the lease in other hands."""
    return StoreError(
        f"another machine has taken over the index in {folder}: {other or 'it does not say which'}",
        hint="what was committed stays; when that one has finished, run: groundwire index",
    )


def _watch(folder: Path, content: bytes, rhythm: Rhythm) -> None:
    """Return when a lease has not changed for so long that it is dead, or when it is gone.

    Raises:
        IndexLockedError: It is alive.
    """
    other = parsed(content) or "another machine"
    _LOGGER.warning(
        "the index is leased to %s; watching for %.0f seconds whether it is still there",
        other,
        rhythm.dead,
    )
    end = time.monotonic() + rhythm.dead
    while time.monotonic() < end:
        time.sleep(rhythm.look)
        found = _content(folder)
        if found is None:
            return
        if found != content:
            raise IndexLockedError(str(folder), str(parsed(found) or other))
    _LOGGER.warning("the lease of %s is dead and is taken over", other)


def _created(folder: Path, holder: Holder) -> bool:
    """Make the file; return whether it was not there."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        descriptor = os.open(folder / LEASE, flags, durability.AS_THE_USER_HAS_IT)
    except FileExistsError:
        return False
    try:
        os.write(descriptor, holder.to_bytes())
        os.fsync(descriptor)
    except OSError:
        (folder / LEASE).unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)
    durability.sync(folder)
    return True


def _seize(folder: Path, holder: Holder, *, settle: float) -> None:
    """Put this process's lease in the place of a dead one.

    Raises:
        IndexLockedError: Another machine did so in the same moment, and later.
    """
    durability.write(folder / LEASE, holder.to_bytes())
    time.sleep(settle)
    found = read(folder)
    if found is None or found.token != holder.token:
        raise IndexLockedError(str(folder), str(found or "another machine"))


def _content(folder: Path) -> bytes | None:
    try:
        # Somebody else may have put a link or a pipe there.
        descriptor = os.open(folder / LEASE, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        return file.read(SIZE)
