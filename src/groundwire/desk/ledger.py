"""The ledger of a desk: opened when it is needed, made when something is entered."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from groundwire.domain.errors import StoreError
from groundwire.records.absent import no_records
from groundwire.records.database import open_database
from groundwire.records.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

    from groundwire.domain.ledger import Issued, LedgerEntry

_File = tuple[int, int]


class Book:
    """Where a desk keeps what it said. Thread-safe; nothing is opened before it is asked for."""

    def __init__(self, path: Path) -> None:
        """Name the file of the records."""
        self.path = path
        self._lock = threading.Lock()
        self._open: tuple[_File, Ledger] | None = None
        self._empty: Ledger | None = None

    def exists(self) -> bool:
        """Return whether there are records, readable or not."""
        return self.path.exists()

    def reading(self) -> Ledger:
        """Return the ledger; an empty one, which takes no entry, where there are no records.

        Raises:
            StoreError: The records cannot be opened.
        """
        if self.exists():
            return self._opened()
        with self._lock:
            if self._empty is None:
                self._empty = Ledger(no_records(self.path))
            return self._empty

    def check(self) -> None:
        """Make sure that an entry can be made, before anything is done for it.

        Raises:
            StoreError: It cannot.
        """
        try:
            with self._opened().database.transaction():
                pass
        except StoreError as error:
            raise _refused(error) from error

    def enter(self, issued: Issued, texts: tuple[str, ...]) -> LedgerEntry:
        """Enter a result; see ``Ledger.append``.

        Raises:
            StoreError: It cannot be entered.
        """
        try:
            return self._opened().append(issued, texts)
        except StoreError as error:
            raise _refused(error) from error

    def close(self) -> None:
        """Close the file; it is opened again when it is needed."""
        with self._lock:
            opened = self._open[1] if self._open else None
            for ledger in (opened, self._empty):
                if ledger is not None:
                    ledger.database.close()
            self._open = self._empty = None

    def _opened(self) -> Ledger:
        """Return the ledger in the file that is there now: a restore puts another one there."""
        with self._lock:
            file = _file(self.path)
            if self._open is None or self._open[0] != file:
                ledger = Ledger(open_database(self.path))
                if self._open is not None:
                    self._open[1].database.close()
                self._open = _file(self.path) or (0, 0), ledger
            return self._open[1]


def _file(path: Path) -> _File | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _refused(error: StoreError) -> StoreError:
    return StoreError(
        f"nothing is said that cannot be entered in the ledger: {error}",
        hint=f"{error.hint}; with terminal.save = false a terminal enters nothing",
    )
