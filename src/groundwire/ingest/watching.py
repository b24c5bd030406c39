"""Notice that files of the roots changed: by what the system tells, and by looking now and then.

The system's notices only say *when* to look, never *what* to read: they may be lost, come twice, or
not come at all from a network drive. Whether a file is read again is decided by its size, its
times and its inode (:class:`Stamps`), so that a look at a large folder costs no reading.
"""

from __future__ import annotations

import os
import stat
import time
from typing import TYPE_CHECKING, Final

from groundwire.domain.errors import StoreError

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Generator, Iterator, Sequence
    from pathlib import Path

    from watchfiles import Change

QUIET_S: Final = 1.0
"""Seconds without a further change after which a sync begins: a copied folder comes in one go."""
AT_LATEST_S: Final = 10.0
"""Seconds after which a sync begins though changes go on."""
LOOK_S: Final = 300.0
"""Seconds after which everything is looked at though nothing was told."""
TICK_S: Final = 2.0
"""Seconds between two looks at the roots themselves."""

_POLLED_MS: Final = 5_000
_SETTLED_NS: Final = 2_000_000_000

_Stamp = tuple[int, int, int, int]


class Stamps:
    """What files looked like when they were last read: size, two times, inode.

    The time of the last status change is among them, because no program can set it. A file that
    changed within two seconds before it was read is read once more, because a second change may
    fall into the same tick of the clock; so is one from the future, whose clock is not to be
    trusted.
    """

    def __init__(self) -> None:
        """Know no file."""
        self._known: dict[str, _Stamp] = {}

    def touched(self, path: Path) -> bool:
        """Return whether a file may have changed since this was last asked of it."""
        now = time.time_ns()
        try:
            found = path.lstat()
        except OSError:
            self._known.pop(str(path), None)
            return True
        stamp = (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
        if self._known.get(str(path)) == stamp:
            return False
        if now - max(found.st_mtime_ns, found.st_ctime_ns) > _SETTLED_NS:
            self._known[str(path)] = stamp
        else:
            self._known.pop(str(path), None)
        return True


def changes(
    roots: Callable[[], Sequence[Path]], ignored: Path, stop: threading.Event
) -> Generator[bool]:
    """Yield True each time something in the roots may have changed, when it has come to rest.

    Between them False is yielded every few seconds, so that the caller can do what waits. A root
    that is missing is waited for; one that comes, goes or is replaced counts as changed.

    Args:
        roots: Gives the files and folders to watch.
        ignored: A folder whose changes do not count: that of the index.
        stop: When set, the iteration ends soon.

    Raises:
        StoreError: The system lets nobody watch, and looking is refused as well.
    """
    looked = time.monotonic()
    while not stop.is_set():
        watched = tuple(roots())
        before = [_identity(root) for root in watched]
        folders = [root for root in watched if root.is_dir()]
        # What changed before the watch began was not told, so the first look counts as a change. It
        # comes after the watch began: in between nothing would be told either.
        is_first = True
        for told in _told(folders, ignored, stop):
            due = is_first or time.monotonic() - looked >= LOOK_S
            is_first = False
            replaced = [_identity(root) for root in watched] != before
            if told or due or replaced:
                looked = time.monotonic()
            if replaced or tuple(roots()) != watched:
                break
            yield told or due


def _told(folders: Sequence[Path], ignored: Path, stop: threading.Event) -> Iterator[bool]:
    """Yield whether the system told of a change in some folders, every few seconds.

    Raises:
        StoreError: They can be watched in no way.
    """
    if not folders:
        while not stop.wait(TICK_S):
            yield False
        return
    for polling in (None, True):
        try:
            yield from _watched(folders, ignored, stop, polling=polling)
        except FileNotFoundError:
            return  # a folder that went away a moment ago
        except (OSError, RuntimeError) as error:
            # Too many folders for the system's own notices: they are looked at in turn instead.
            if polling:
                raise StoreError(f"the folders cannot be watched: {error}") from error
        else:
            return


def _watched(
    folders: Sequence[Path], ignored: Path, stop: threading.Event, *, polling: bool | None
) -> Iterator[bool]:
    from watchfiles import watch

    inside = f"{ignored}{os.sep}"

    def counts(_change: Change, path: str) -> bool:
        return path != str(ignored) and not path.startswith(inside)

    for found in watch(
        *folders,
        watch_filter=counts,
        debounce=int(AT_LATEST_S * 1000),
        step=int(QUIET_S * 1000),
        stop_event=stop,
        rust_timeout=int(TICK_S * 1000),
        yield_on_timeout=True,
        raise_interrupt=True,
        force_polling=polling,
        poll_delay_ms=_POLLED_MS,
        ignore_permission_denied=True,
    ):
        yield bool(found)


def _identity(root: Path) -> tuple[int, ...]:
    """Return what tells a root from another one in its place, and a file from its next version."""
    try:
        found = root.stat()
    except OSError:
        return ()
    if stat.S_ISDIR(found.st_mode):
        return (found.st_dev, found.st_ino)
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
