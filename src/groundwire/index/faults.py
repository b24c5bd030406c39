"""What goes wrong below the store, said in words that people can act on."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from groundwire.domain.errors import IndexCorruptError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FULL = ("disk is full", "no space left", "os error 28", "file too large", "os error 27")
_DAMAGED = frozenset({"SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT"})
_ALTERED = ("no such table", "no such column", "Could not decode to UTF-8")
_FULL_CODES = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def disk_full(folder: Path) -> StoreError:
    """Return the error for a disk that holds no more."""
    return StoreError(
        f"the disk is full: {folder} stays as it was at the last commit",
        hint="make room, or put the index elsewhere with --index-dir, and run it again",
    )


def disk_fault(folder: Path, error: BaseException) -> StoreError:
    """Return the error for a disk that does not read or write, whatever its reason."""
    return StoreError(
        f"the disk does not read or write the index in {folder}: {error}",
        hint="check the disk: its space, quotas, limits and health",
    )


def not_writable(folder: Path) -> StoreError:
    """Return the error for a folder that this process may not write to."""
    return StoreError(
        f"the index in {folder} cannot be written to",
        hint="use an --index-dir that you may write to",
    )


def says_full(error: BaseException) -> bool:
    """Return whether an error of whatever kind means that the disk is full."""
    if isinstance(error, OSError) and error.errno in _FULL_CODES:
        return True
    text = str(error).lower()
    return any(words in text for words in _FULL)


def says_disk_fault(error: BaseException) -> bool:
    """Return whether an error of whatever kind means that reading or writing a file failed."""
    return "disk i/o error" in str(error).lower()


def from_sqlite(error: sqlite3.Error, folder: Path) -> StoreError:
    """Return the store error that a SQLite error amounts to."""
    name = str(getattr(error, "sqlite_errorname", None) or "SQLITE_UNKNOWN")
    kind = "_".join(name.split("_")[:2])
    if says_full(error) or kind == "SQLITE_FULL":
        return disk_full(folder)
    if kind in {"SQLITE_BUSY", "SQLITE_LOCKED"}:
        return StoreError(
            f"the index in {folder} is busy: another process is reading or writing it",
            hint="try again in a moment",
        )
    if kind in {"SQLITE_READONLY", "SQLITE_PERM"}:
        return not_writable(folder)
    if kind == "SQLITE_IOERR":
        return disk_fault(folder, error)
    if kind in _DAMAGED or str(error).startswith(_ALTERED) or type(error) is sqlite3.DatabaseError:
        return IndexCorruptError(f"{folder / 'catalog.sqlite3'}: {error}")
    return StoreError(
        f"the index in {folder} cannot be used: {error}", hint="run: groundwire doctor"
    )


def from_os(error: OSError, folder: Path) -> StoreError:
    """Return the store error that a failed file operation amounts to."""
    if says_full(error):
        return disk_full(folder)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return not_writable(folder)
    reason = error.strerror or str(error)
    return StoreError(f"the index in {folder} cannot be used: {reason}")


@contextmanager
def in_words(folder: Path) -> Iterator[None]:
    """Turn SQLite's errors inside the block into errors that people can act on.

    Raises:
        StoreError: The store is busy, full, not writable or (as ``IndexCorruptError``) damaged.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise from_sqlite(error, folder) from error


@contextmanager
def file_errors_in_words(folder: Path) -> Iterator[None]:
    """Turn failed file operations inside the block into errors that people can act on.

    Raises:
        StoreError: The folder cannot be written to, the disk is full, or the like.
    """
    try:
        yield
    except OSError as error:
        raise from_os(error, folder) from error
