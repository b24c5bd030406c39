"""Looking over the records: what ``groundwire doctor`` says about them. Nothing is written."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import quote

from groundwire.domain.reports import Finding
from groundwire.records.migrations import MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_PATIENCE = 5.0
_COUNTS = "SELECT (SELECT count(*) FROM conversations), (SELECT count(*) FROM turns)"


def findings(path: Path) -> Iterator[Finding]:
    """Yield what is found in a records file: its modes, whether it is sound, what it holds."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        yield Finding("records", "ok", f"none yet; they will be in {path}")
        return
    except OSError as error:
        fix = f"run: chmod 700 {path.parent}"
        yield Finding("records", "problem", f"{path}: {error.strerror}", fix)
        return
    yield from _modes(path, mode)
    try:
        with closing(_opened(path)) as connection:
            yield _content(connection, path)
    except sqlite3.Error as error:
        yield _broken(path, str(error))


def _modes(path: Path, mode: int) -> Iterator[Finding]:
    if mode & _OTHERS:
        message = f"others can read {path} (mode {stat.S_IMODE(mode):04o})"
        yield Finding("records", "problem", message, f"run: chmod 600 {path}")
    folder = path.parent.stat().st_mode
    if folder & stat.S_IWOTH and not folder & stat.S_ISVTX:
        message = f"others can write to {path.parent}"
        yield Finding("records", "problem", message, f"run: chmod 700 {path.parent}")


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=_PATIENCE)


def _content(connection: sqlite3.Connection, path: Path) -> Finding:
    found = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    if found != "ok":
        return _broken(path, found)
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        message = f"a newer version of groundwire wrote {path}"
        return Finding("records", "problem", message, "upgrade groundwire")
    if version < len(MIGRATIONS):
        message = f"{path} is of an older version; the next chat brings it up to date"
        return Finding("records", "ok", message)
    sessions, turns = connection.execute(_COUNTS).fetchone()
    return Finding("records", "ok", f"{sessions} conversations, {turns} turns, the file is sound")


def _broken(path: Path, what: str) -> Finding:
    fix = f"run: mv {path} {path}.broken (the next chat starts anew)"
    return Finding("records", "problem", f"{path} cannot be read: {what}", fix)
