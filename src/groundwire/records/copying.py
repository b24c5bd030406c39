"""The records taken along, and records that were taken along put in their place."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

from groundwire import durability
from groundwire.domain.errors import StoreError
from groundwire.records.database import as_store_error, open_database

ASIDE = ".before-restore"
_PRIVATE = 0o600
_LOG = ("-wal", "-shm")
_SCHEMA = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'"


def copy_records(path: Path, target: Path) -> None:
    """Copy the records as they are at one moment, whoever may be writing to them.

    Args:
        path: The records.
        target: The copy, one private file; it must not exist.

    Raises:
        StoreError: The records cannot be read or are damaged, or the copy cannot be written.
    """
    target.touch(mode=_PRIVATE, exist_ok=False)
    with (
        as_store_error(path),
        closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        found = str(copy.execute("PRAGMA quick_check(1)").fetchone()[0])
    if found != "ok":
        raise StoreError(
            f"the records in {path} are damaged: {found}",
            hint="restore them from an earlier backup",
        )


def check_copy(copy: Path) -> None:
    """Make sure that records from elsewhere are sound; bring them up to date.

    Raises:
        StoreError: They are damaged, have other tables than ours, or are of a newer version.
    """
    open_database(copy).close()
    with tempfile.TemporaryDirectory(prefix="groundwire-") as made, as_store_error(copy):
        open_database(Path(made) / copy.name).close()
        with closing(sqlite3.connect(Path(made) / copy.name)) as ours:
            expected = set(ours.execute(_SCHEMA))
        with closing(sqlite3.connect(copy)) as theirs:
            theirs.execute("PRAGMA journal_mode = DELETE")
            sound = theirs.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
            sound = sound and set(theirs.execute(_SCHEMA)) == expected
    if not sound:
        raise StoreError("the records in the backup are damaged", hint="use another backup")


def put_records(path: Path, fresh: Path) -> Path | None:
    """Put records in their place, all at once; those that were there stay beside them.

    Args:
        path: Where the records belong.
        fresh: A copy in the same folder that ``check_copy`` found sound; it is moved.

    Returns:
        Where the old records are now; None if there were none.

    Raises:
        StoreError: Another process has the records open, or the folder cannot be written to.
    """
    aside = None
    with as_store_error(path):
        if path.exists():
            _fold_alone(path)
            aside = _set_aside(path)
        fresh.chmod(_PRIVATE)
        durability.sync(fresh)
        durability.take_place(fresh, path)
    return aside


def _fold_alone(path: Path) -> None:
    """Make one file of the records and their log, which only the last one who has them open can.

    Damaged records stay as they are.
    """
    try:
        with closing(sqlite3.connect(path, timeout=0)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        name = str(getattr(error, "sqlite_errorname", ""))
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise StoreError(
                f"another process has the records in {path} open",
                hint="end every chat and the Slack bot, then run it again",
            ) from error
    except sqlite3.DatabaseError:
        pass


def _set_aside(path: Path) -> Path:
    """Give the records a second name; the first one stays theirs until it is another file's."""
    aside = path.with_name(f"{path.name}{ASIDE}")
    number = 2
    while aside.exists():
        aside = path.with_name(f"{path.name}{ASIDE}-{number}")
        number += 1
    for end in _LOG:  # of damaged records alone; beside others it would damage those
        with suppress(FileNotFoundError):
            path.with_name(f"{path.name}{end}").replace(aside.with_name(f"{aside.name}{end}"))
    try:
        os.link(path, aside)
    except OSError:  # not every file system has second names
        shutil.copyfile(path, aside)
        aside.chmod(_PRIVATE)
        durability.sync(aside)
    durability.sync(path.parent)
    return aside
