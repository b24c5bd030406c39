"""What was typed, kept from one chat to the next in a private file that several chats share.

One entry a line, as a JSON string: a line that was damaged costs itself and no other, and the file
is harmless to look at. Entries are only ever appended, each in one write under a lock, so that two
chats neither tear nor lose one; the file is replaced, under the same lock, when it has grown past
its limit.
"""

from __future__ import annotations

import fcntl
import json
import os
import stat
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from prompt_toolkit.history import History, InMemoryHistory

from groundwire import durability

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
    from pathlib import Path

LIMIT = 10_000
_LONGEST = 20_000
_TAIL_BYTES = 1 << 24
_WAIT_S = 1.0
_STEP_S = 0.01
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NONBLOCK


class Discreet(History):
    """A history that does not keep what begins with a space."""

    def append_string(self, string: str) -> None:
        """Keep a text, unless it begins with a space."""
        if not string.startswith(" "):
            super().append_string(string)


class MemoryHistory(Discreet, InMemoryHistory):
    """What was typed in this chat, forgotten at its end."""


class SharedHistory(Discreet):
    """What was typed in this chat and all others, oldest first in one file.

    Each prompt begins with what every chat has kept until then. Where the file cannot be used, the
    history lasts as long as the chat.

    Attributes:
        trouble: Why the file cannot be used, in words; empty if it can.
    """

    def __init__(self, path: Path, limit: int = LIMIT) -> None:
        """Make the file private, and cut it to its newest entries.

        Args:
            path: The file; made with its folder if it is not there.
            limit: How many entries are kept.
        """
        super().__init__()
        self._path = path
        self._limit = limit
        self._unsaved: list[str] = []
        self._read: tuple[int, int, int] | None = None
        self.trouble = ""
        self._bound()

    async def load(self) -> AsyncGenerator[str, None]:
        """Yield the entries, the newest first, those of other chats among them."""
        self._loaded = self._loaded and self._read == _state(self._path)
        async for entry in super().load():
            yield entry

    def load_history_strings(self) -> Iterable[str]:
        """Return the entries of the file, the newest first."""
        self._read = _state(self._path)
        entries: list[str] = []
        try:
            with _locked(self._path) as descriptor:
                entries = _entries(descriptor)
        except OSError as error:
            self._note(error)
        return [*reversed(self._unsaved), *reversed(entries[-self._limit :])]

    def store_string(self, string: str) -> None:
        """Append an entry to the file; one that is too long or cannot be written stays here."""
        try:
            if len(string) > _LONGEST:
                self._unsaved.append(string)
                return
            with _locked(self._path) as descriptor:
                _append(descriptor, string)
        except OSError as error:
            self._unsaved.append(string)
            self._note(error)

    def _bound(self) -> None:
        try:
            with _locked(self._path) as descriptor:
                entries = _entries(descriptor)
                if len(entries) > self._limit:
                    _replace(self._path, entries[-self._limit :])
        except OSError as error:
            self._note(error)

    def _note(self, error: OSError) -> None:
        self.trouble = f"history is not kept: {self._path}: {error.strerror or error}"


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    """Open the file for this process alone; it is private before anything is read or written.

    Raises:
        OSError: It cannot be made, opened, made private or locked, or is no plain file.
    """
    path.parent.mkdir(mode=stat.S_IRWXU, parents=True, exist_ok=True)
    path.parent.chmod(stat.S_IRWXU)
    while True:
        descriptor = os.open(path, _FLAGS, stat.S_IRUSR | stat.S_IWUSR)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise OSError(f"{path.name} is no plain file")
            os.fchmod(descriptor, stat.S_IRUSR | stat.S_IWUSR)
            _lock(descriptor)
            if _is_still(descriptor, path):
                yield descriptor
                return
        finally:
            os.close(descriptor)


def _lock(descriptor: int) -> None:
    """Wait for the lock, but not for a chat that was stopped while it held it."""
    end = time.monotonic() + _WAIT_S
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                raise
            time.sleep(_STEP_S)
        else:
            return


def _is_still(descriptor: int, path: Path) -> bool:
    """Return whether the file was not replaced while the lock was waited for."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _entries(descriptor: int) -> list[str]:
    """Return the entries, the oldest first, without lines that are damaged."""
    size = os.fstat(descriptor).st_size
    start = max(0, size - _TAIL_BYTES)
    with os.fdopen(os.dup(descriptor), "rb") as file:
        file.seek(start)
        lines = file.read().splitlines()
    return [entry for line in lines[1 if start else 0 :] if (entry := _entry(line)) is not None]


def _entry(line: bytes) -> str | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return _whole(value) if isinstance(value, str) and value else None


def _whole(text: str) -> str:
    """Return a text without halves of characters, which no screen and no file takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _append(descriptor: int, entry: str) -> None:
    """Write an entry in one go, on a line of its own even if the last one was torn."""
    size = os.fstat(descriptor).st_size
    torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
    line = (b"\n" if torn else b"") + _line(entry)
    if os.write(descriptor, line) != len(line):
        raise OSError("no space left")


def _replace(path: Path, entries: Sequence[str]) -> None:
    """Put a file with these entries in the place of the old one, or leave that as it is."""
    durability.write(path, b"".join(map(_line, entries)), mode=stat.S_IRUSR | stat.S_IWUSR)


def _line(entry: str) -> bytes:
    # ASCII alone: no line separator of Unicode ends a line, no control sequence is in the file
    return json.dumps(_whole(entry)).encode("ascii") + b"\n"


def _state(path: Path) -> tuple[int, int, int] | None:
    """Return what changes whenever the file does."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
