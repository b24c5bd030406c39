"""SHA-256 of files, remembered between runs for files that have not changed."""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from typing import TYPE_CHECKING

from groundwire import durability

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FILE = "hashes.json"
_SETTLED_NS = 2_000_000_000


class FileHashes:
    """Hashes by path, valid while a file's size, times and inode stay the same.

    The time of the last status change is part of it: a copy may restore the time of the last
    modification, but no program can set this one. A file that changed less than two seconds ago is
    hashed every time, because a second change may fall into the same tick of the clock.
    """

    def __init__(self, known: dict[str, list[int | str]]) -> None:
        """Start from what an earlier run remembered."""
        self._known = known
        self._learned = False

    @classmethod
    @contextlib.contextmanager
    def opened(cls, cache_dir: Path | None) -> Iterator[FileHashes]:
        """Read what is remembered in a cache folder, and write it back if there is more.

        A folder that cannot be read or written costs time, not correctness, so it is no error.
        """
        path = None if cache_dir is None else cache_dir / "encoders" / _FILE
        hashes = cls({} if path is None else _read(path))
        yield hashes
        if path is not None and hashes._learned:
            with contextlib.suppress(OSError):
                path.parent.mkdir(parents=True, exist_ok=True)
                durability.write(path, json.dumps(hashes._known).encode(), mode=0o600)

    def sha256(self, path: Path) -> str:
        """Return the hash of a file's bytes, in hexadecimal.

        Raises:
            OSError: The file cannot be read.
        """
        key = str(path.absolute())
        before = _stamp(path)
        known = self._known.get(key)
        if known is not None and known[:-1] == before:
            return str(known[-1])
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        settled = time.time_ns() - max(before[1], before[2]) > _SETTLED_NS
        if settled and _stamp(path) == before:
            self._known[key] = [*before, found]
            self._learned = True
        return found


def _stamp(path: Path) -> list[int]:
    stat = path.stat()
    return [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]


def _read(path: Path) -> dict[str, list[int | str]]:
    try:
        known = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(known, dict):
        return {}
    return {key: value for key, value in known.items() if isinstance(value, list) and value}
