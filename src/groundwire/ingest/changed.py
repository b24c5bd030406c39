"""Which files are not as they were when they were indexed. Nothing is indexed here.

A file is read only where its size, times or inode are not the ones under which it was hashed
before; what was hashed is remembered in a file of the cache folder. The time of the last status
change is among them, because no program can set it: a copy that keeps the old time of modification
is noticed. A file that changed within the last two seconds is not remembered, because a second
change may fall into the same tick of the clock.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from groundwire import durability
from groundwire.domain.errors import CancelledError, GroundwireError
from groundwire.ingest.discover import discover
from groundwire.ingest.loaders.base import LoadError
from groundwire.ingest.reading import documents_of, read_file

if TYPE_CHECKING:
    import threading
    from collections.abc import Mapping

    from groundwire.ingest.discover import FoundFile
    from groundwire.ingest.reading import Load

_SETTLED_NS = 2_000_000_000
_NOTHING = ""
"""Remembered instead of a hash for a file that gives no document."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How the files differ from what was indexed, as paths from their roots.

    Attributes:
        added: Files that would become documents.
        changed: Files with other bytes.
        removed: Indexed files that are gone from a root, or that may not be read any more.
        gone: Roots that are missing; their files are not counted as removed.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Return how many files changed, came or went."""
        return len(self.added) + len(self.changed) + len(self.removed)


def changes(
    indexed: Mapping[str, Mapping[str, str]],
    memory: Path | None,
    load: Load,
    cancel: threading.Event | None = None,
) -> Changes:
    """Compare the files of the roots with what was indexed of them.

    Args:
        indexed: For each root, the SHA-256 of the bytes that each path had.
        memory: The file that remembers hashes; None, or one that cannot be written, costs time.
        load: Reads a new file, to see whether it gives any document.
        cancel: When set, the comparison stops soon.

    Raises:
        CancelledError: ``cancel`` was set.
    """
    found = _Found(_Memory.read(memory), load)
    for root, known in indexed.items():
        found.look(Path(root), known, cancel)
    found.memory.write(memory)
    return Changes(
        tuple(found.added), tuple(found.changed), tuple(found.removed), tuple(found.gone)
    )


@dataclass(slots=True)
class _Memory:
    """What files hashed to, by path: size, two times, inode, hash."""

    known: dict[str, list[int | str]] = field(default_factory=dict)
    seen: dict[str, list[int | str]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path | None) -> _Memory:
        """Return what is remembered; nothing where the file is missing or damaged."""
        if path is None:
            return cls()
        try:
            known = json.loads(path.read_bytes())
        except (OSError, ValueError):
            return cls()
        return cls(known) if isinstance(known, dict) else cls()

    def recall(self, file: Path, stamp: list[int] | None) -> str | None:
        """Return what the file hashed to when it had this stamp."""
        known = self.known.get(str(file))
        if not isinstance(known, list) or known[:-1] != stamp:
            return None
        self.seen[str(file)] = known
        return str(known[-1])

    def keep(self, file: Path, stamp: list[int], digest: str) -> None:
        """Remember what the file hashed to, unless it changed a moment ago."""
        if time.time_ns() - max(stamp[1], stamp[2]) > _SETTLED_NS:
            self.seen[str(file)] = [*stamp, digest]

    def write(self, path: Path | None) -> None:
        """Write what was seen this time, readable for this user alone."""
        if path is None or self.seen == self.known:
            return
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            durability.write(path, json.dumps(self.seen).encode(), mode=0o600)


@dataclass(slots=True)
class _Found:
    """What was found so far."""

    memory: _Memory
    load: Load
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    def look(self, root: Path, known: Mapping[str, str], cancel: threading.Event | None) -> None:
        """Compare one root."""
        try:
            files = discover(root)
        except GroundwireError:
            self.gone.append(str(root))
            return
        here: set[str] = set()
        for file in files:
            if cancel is not None and cancel.is_set():
                raise CancelledError
            here.add(file.relative)
            self._compare(root, file, known.get(file.relative))
        self.removed.extend(sorted(path for path in known if path not in here))

    def _compare(self, root: Path, file: FoundFile, known: str | None) -> None:
        digest = self._digest(root, file, is_known=known is not None)
        if digest == _NOTHING:
            if known is not None:
                self.removed.append(file.relative)
        elif known is None:
            self.added.append(file.relative)
        elif digest != known:
            self.changed.append(file.relative)

    def _digest(self, root: Path, file: FoundFile, *, is_known: bool) -> str:
        """Return the hash of a file's bytes; nothing for a file that gives no document."""
        stamp = _stamp(file.path)
        recalled = self.memory.recall(file.path, stamp)
        if recalled is not None and (is_known or recalled == _NOTHING):
            return recalled
        try:
            data = read_file(file)
            digest = hashlib.sha256(data).hexdigest()
            if not is_known:
                documents_of(root, file, self.load(data, file.path.name), digest)
        except LoadError:
            digest = _NOTHING
        if stamp is not None and _stamp(file.path) == stamp:
            self.memory.keep(file.path, stamp, digest)
        return digest


def _stamp(path: Path) -> list[int] | None:
    """Return size, times and inode of a file, or of a link itself; None if it is gone."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]
