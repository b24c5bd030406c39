"""Configuration files, records, disks, rights and the clock."""

from __future__ import annotations

import os
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from groundwire.domain.reports import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.settings import Settings

_LITTLE, _HARDLY_ANY = 1_000_000_000, 100_000_000
_A_DAY = 86_400
_NOT_BEFORE = datetime(2026, 1, 1, tzinfo=UTC)
RECORDS = "groundwire.sqlite3"


def configuration(config: Path | None) -> Iterator[Finding]:
    """Yield each configuration file that is read: whether it is good, and private if need be."""
    from groundwire.settings import sources, user_config_path

    found = sources(config)
    for source in found:
        if source.problem:
            yield Finding("configuration", "problem", source.problem, source.hint)
        else:
            private = ", with secrets that only you can read" if source.secrets else ""
            yield Finding("configuration", "ok", f"{source.path}{private}")
    if not found:
        yield Finding("configuration", "ok", f"none; it would be in {user_config_path()}")


def records(settings: Settings) -> Iterator[Finding]:
    """Yield what is found in the records."""
    from groundwire.records.inspect import findings

    yield from findings(settings.data_folder() / RECORDS)


def folders(settings: Settings) -> Iterator[Finding]:
    """Yield whether the folders that are written to can be, and have room."""
    roomy: list[int] = []
    seen: set[int] = set()
    for setting, folder in (
        ("index.dir", settings.index_folder()),
        ("data_dir", settings.data_folder()),
        ("cache_dir", settings.cache_folder()),
    ):
        there = _nearest(folder)
        if not there.is_dir():
            fix = f"set {setting} to another folder, or move {there} away"
            yield Finding("folders", "problem", f"{there} is not a folder", fix)
            continue
        if not os.access(there, os.W_OK | os.X_OK):
            read_only = setting == "index.dir"  # questions go on; only indexing does not
            message = f"{there} cannot be written to"
            fix = f"set {setting} to another folder, or run: chmod u+rwx {there}"
            yield Finding("folders", "warning" if read_only else "problem", message, fix)
        if (device := there.stat().st_dev) not in seen:
            seen.add(device)
            free = shutil.disk_usage(there).free
            roomy.append(free)
            if free < _LITTLE:
                message = f"{free // 1_000_000} MB are free on the disk of {there}"
                fix = f"make room, or set {setting} elsewhere"
                yield Finding("disk", "problem" if free < _HARDLY_ANY else "warning", message, fix)
    if roomy and min(roomy) >= _LITTLE:
        yield Finding("disk", "ok", f"{min(roomy) // 1_000_000_000} GB are free")


def clock(settings: Settings) -> Iterator[Finding]:
    """Yield whether the clock can be right: sessions and freshness go by it."""
    now = time.time()
    shown = datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%d %H:%M UTC")
    fix = "set the clock: timedatectl set-ntp true"
    if now < _NOT_BEFORE.timestamp():
        yield Finding("clock", "problem", f"it says {shown}", fix)
        return
    written = (settings.index_folder() / "CURRENT", settings.data_folder() / RECORDS)
    for path in written:
        try:
            ahead = path.stat().st_mtime - now
        except OSError:
            continue
        if ahead > _A_DAY:
            message = f"it says {shown}, but {path} was written later than that"
            yield Finding("clock", "warning", message, fix)
            return
    yield Finding("clock", "ok", shown)


def _nearest(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that is there."""
    for each in (folder, *folder.parents):
        try:
            if os.path.lexists(each):
                return each
        except OSError:
            continue
    return Path(folder.anchor)
