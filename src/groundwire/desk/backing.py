"""Backing up what an installation holds."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from groundwire.desk import archive
from groundwire.domain.errors import IndexMissingError, NotFoundError, StoreError, UsageError
from groundwire.index.copying import FILES, copy_live
from groundwire.records.copying import copy_records
from groundwire.settings import portable_config

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.desk.archive import Contents
    from groundwire.settings import Settings

RECORDS_FILE = "groundwire.sqlite3"
INDEX = frozenset(f"index/{name}" for name in FILES)
RECORDS = f"records/{RECORDS_FILE}"
CONFIG = "config/config.toml"
KNOWN = frozenset({*INDEX, RECORDS, CONFIG})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be backed up or restored.

    Attributes:
        index: The live generation of the index.
        records: Conversations, answers and what else people would miss.
        config: The user's configuration, without secrets.
    """

    index: bool = True
    records: bool = True
    config: bool = True


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What was backed up.

    Attributes:
        path: The file.
        contents: What is in it.
        absent: What was wanted and is not there.
    """

    path: Path
    contents: Contents
    absent: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object (schema 1)."""
        said = self.contents.model_dump(exclude={"version"}, mode="json")
        return {"schema": 1, "file": str(self.path), **said, "absent": list(self.absent)}


def back_up(
    settings: Settings, target: Path, wanted: Wanted, *, config: Path | None, force: bool
) -> BackupReport:
    """Write a backup. Others may read and write meanwhile: each part is of one moment.

    Args:
        settings: The settings in force.
        target: The file.
        wanted: What belongs in it.
        config: The configuration file that is read instead of the user's own.
        force: Whether a file that is there is replaced.

    Raises:
        UsageError: The file exists, or cannot be written there.
        IndexMissingError: Of all that is wanted there is only an index, and it is not there.
        NotFoundError: Nothing that is wanted is there.
        StoreError: Something is damaged, or the disk is full.
    """
    if target.exists() and not force:
        raise UsageError(f"{target} exists", hint="name another file, or use --force")
    if not target.parent.is_dir():
        raise NotFoundError(f"{target.parent}: no such folder")
    with in_words(target), ExitStack() as stack:
        made = tempfile.TemporaryDirectory(dir=target.parent, prefix=".groundwire-backup-")
        parts = _copies(settings, wanted, config, Path(stack.enter_context(made)))
        absent = tuple(
            name
            for name, asked, there in (
                ("index", wanted.index, not INDEX.isdisjoint(parts)),
                ("records", wanted.records, RECORDS in parts),
                ("config", wanted.config, CONFIG in parts),
            )
            if asked and not there
        )
        if INDEX.isdisjoint(parts) and RECORDS not in parts:
            if wanted.index:
                raise IndexMissingError(str(settings.index_folder()))
            raise NotFoundError(f"there are no records in {records_file(settings)}")
        return BackupReport(target, archive.write_archive(target, parts), absent)


def records_file(settings: Settings) -> Path:
    """Return where the records are, whether or not they exist."""
    return settings.data_folder() / RECORDS_FILE


@contextmanager
def in_words(place: Path) -> Iterator[None]:
    """Turn failed file operations inside the block into an error that people can act on.

    Raises:
        StoreError: There is no room, or no right to write.
    """
    try:
        yield
    except OSError as error:
        if error.errno is None:  # not the disk: a packed file that is damaged
            raise
        hint = "check the folder's permissions and the free space"
        raise StoreError(f"{place} cannot be written: {error.strerror}", hint=hint) from error


def _copies(settings: Settings, wanted: Wanted, config: Path | None, into: Path) -> dict[str, Path]:
    """Copy what is wanted and there; return name of a part → its copy, small ones first."""
    parts: dict[str, Path] = {}
    text = portable_config(config) if wanted.config else None
    if text is not None:
        parts[CONFIG] = into / "config.toml"
        parts[CONFIG].write_text(text, encoding="utf-8")
    if wanted.records and records_file(settings).exists():
        parts[RECORDS] = into / RECORDS_FILE
        copy_records(records_file(settings), parts[RECORDS])
    folder = into / "index"
    with suppress(IndexMissingError):
        if wanted.index:
            folder.mkdir()
            copy_live(settings.index_folder(), folder)
            parts |= {f"index/{name}": folder / name for name in FILES}
    return parts
