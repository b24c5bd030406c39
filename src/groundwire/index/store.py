"""The index as its users see it: one folder, read by many, written by one."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from groundwire.domain.errors import (
    IndexCorruptError,
    IndexMismatchError,
    IndexMissingError,
    StoreError,
)
from groundwire.domain.retrieval import EVERYTHING
from groundwire.index import building, generations
from groundwire.index.catalog import get_meta, open_reading
from groundwire.index.damage import blamed
from groundwire.index.dense import DenseSearch
from groundwire.index.facts import FactsCache
from groundwire.index.faults import in_words
from groundwire.index.lock import writer_lock
from groundwire.index.proposals import Moment
from groundwire.index.snapshot import Snapshot
from groundwire.index.stemming import Stemmer
from groundwire.index.writer import Writer

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from groundwire.domain.retrieval import Scope
    from groundwire.index.generations import Manifest
    from groundwire.index.identity import Canary, IndexIdentity

__all__ = ["IndexStore", "Snapshot", "Stamp", "Writer"]

Stamp = tuple[str, int, int]
"""What tells a generation from any other: its name, and inode and time of its manifest."""

_File = tuple[str, int, int]
_IDLE = 4
_TRIES = 3


class IndexStore:
    """An index folder. Safe to use from several threads.

    Making one opens nothing and writes nothing; reading writes nothing either, except that it
    rolls back a commit that was cut off by a kill.
    """

    def __init__(
        self, folder: Path, *, vector_url: str | None = None, machine_note: Path | None = None
    ) -> None:
        """Name the folder.

        Args:
            folder: The index folder; it need not exist.
            vector_url: Address of a Chroma server to keep vectors on instead of in the folder.
            machine_note: Where a machine that has no id of its own keeps one for its lease.
        """
        self._folder = folder
        self._url = vector_url
        self._machine_note = machine_note
        self._lock = threading.Lock()
        self._idle: list[tuple[_File, sqlite3.Connection]] = []
        self._dense = DenseSearch(vector_url)
        self._facts = FactsCache()
        self._stemmer = Stemmer()

    def exists(self) -> bool:
        """Return whether something was indexed here, readable or not."""
        try:
            generations.read_current(self._folder)
        except IndexMissingError:
            return False
        except StoreError:
            return True
        return True

    def stamp(self) -> Stamp:
        """Return what tells the live generation from any other, without reading much.

        Raises:
            IndexMissingError: There is none.
            IndexCorruptError: It is damaged.
        """
        name = generations.read_current(self._folder)
        path = self._folder / name / generations.MANIFEST
        try:
            found = path.stat()
        except OSError as error:
            raise IndexCorruptError(f"{path} cannot be read") from error
        return name, found.st_ino, found.st_mtime_ns

    def manifest(self) -> Manifest:
        """Return what the live generation says about itself.

        Raises:
            IndexMissingError: There is none.
            IndexCorruptError: It is damaged.
        """
        name = generations.read_current(self._folder)
        return generations.read_manifest(self._folder / name)

    def check_identity(self, identity: IndexIdentity) -> None:
        """Check that the live generation fits the settings in force.

        Raises:
            IndexMismatchError: It does not; the error lists what differs.
            IndexMissingError: There is none.
            IndexCorruptError: It is damaged.
        """
        differences = self.manifest().identity.differences(identity)
        if differences:
            raise IndexMismatchError(differences)

    @contextmanager
    def snapshot(self, view: Scope = EVERYTHING) -> Iterator[Snapshot]:
        """Open the index as it is now; inside the block nothing changes.

        Args:
            view: What the snapshot holds: it is as if no other document had ever been indexed.

        A commit waits for open snapshots, so keep the block short, and do not write inside it.

        Raises:
            IndexMissingError: Nothing was indexed yet.
            StoreError: The index is damaged or cannot be read.
        """
        file, connection = self._connection()
        try:
            catalog = self._folder / file[0] / generations.CATALOG
            with in_words(self._folder), blamed(catalog):
                connection.execute("BEGIN")
                revision = int(get_meta(connection, "revision"))
                moment = Moment(connection, self._folder / file[0], file, revision)
                facts = self._facts.at(moment.generation, revision, view)
                yield Snapshot(moment, facts, self._dense, self._stemmer, view)
        except BaseException:
            connection.close()
            raise
        connection.execute("ROLLBACK")
        self._put_back(file, connection)

    @contextmanager
    def writer(
        self, identity: IndexIdentity, canary: Canary | None, *, rebuild: bool = False
    ) -> Iterator[Writer]:
        """Open the index for writing.

        If the live generation has another identity, or there is none, or ``rebuild`` is set, a new
        generation is made beside it, with the same roots. Readers go on with the live one
        until the block ends normally. A new generation that was cut off is continued.

        ``Writer.suspend`` ends the work early: the live generation stays live, or what was
        committed goes live if there is none. Ctrl-C does the same before it is passed on.

        Raises:
            IndexLockedError: Another process, or another machine, is writing.
            IndexCorruptError: The live generation is damaged; ``rebuild`` replaces it.
            EncoderDriftError: The encoder's canary is not the live generation's any more.
            StoreError: The folder cannot be written to, the disk is full, or another
                machine has taken over.
        """
        with writer_lock(self._folder, self._machine_note) as lease:
            site = building.choose(self._folder, identity, canary, self._url, rebuild=rebuild)
            interrupt: KeyboardInterrupt | None = None
            with (
                blamed(site.folder / generations.CATALOG),
                building.opened(site, self._url, self._stemmer, lease) as writer,
            ):
                try:
                    yield writer
                except KeyboardInterrupt as error:
                    interrupt = error
                    writer.suspend()
            lease.check()
            if site.live is None or (site.fresh and not writer.suspended):
                generations.move_current(self._folder, site.name)
            building.tidy(site, self._url)
            if interrupt is not None:
                raise interrupt

    def close(self) -> None:
        """Let go of everything that is open; the store can be used again afterwards."""
        with self._lock:
            idle, self._idle = self._idle, []
        for _, connection in idle:
            connection.close()
        self._facts.clear()
        self._dense.close()
        self._stemmer.close()

    def _connection(self) -> tuple[_File, sqlite3.Connection]:
        for _ in range(_TRIES):
            name = generations.read_current(self._folder)
            path = self._folder / name / generations.CATALOG
            try:
                found = path.stat()
                file = (name, found.st_dev, found.st_ino)
                with in_words(self._folder):
                    return file, self._taken(file) or open_reading(path)
            except FileNotFoundError:
                # The live generation may have moved since its name was read.
                continue
            except OSError as error:
                raise StoreError(f"{path} cannot be read: {error.strerror}") from error
        raise IndexCorruptError(f"{self._folder / generations.CURRENT} names a missing generation")

    def _taken(self, file: _File) -> sqlite3.Connection | None:
        with self._lock:
            same = [each for each in self._idle if each[0] == file]
            other = [each for each in self._idle if each[0] != file]
            taken = same.pop() if same else None
            self._idle = same
        for _, connection in other:
            connection.close()
        return taken[1] if taken else None

    def _put_back(self, file: _File, connection: sqlite3.Connection) -> None:
        with self._lock:
            if len(self._idle) < _IDLE:
                self._idle.append((file, connection))
                return
        connection.close()
