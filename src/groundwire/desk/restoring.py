"""Putting back what a backup holds: all of it is read and verified before anything is changed."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from groundwire import durability
from groundwire.desk import archive
from groundwire.desk.backing import CONFIG, INDEX, KNOWN, RECORDS, in_words, records_file
from groundwire.domain.errors import IndexMissingError, StoreError, UsageError
from groundwire.index import generations
from groundwire.index.copying import FILES, STAGING, adopt, check_copied, stage
from groundwire.index.lock import writer_lock
from groundwire.records.copying import check_copy, put_records
from groundwire.settings import user_config_path

if TYPE_CHECKING:
    from groundwire.desk.archive import Contents
    from groundwire.desk.backing import Wanted
    from groundwire.index.lease import Lease
    from groundwire.settings import Settings

_PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What was restored.

    Attributes:
        contents: What the backup says about itself.
        told: What was done or left alone, one line each.
    """

    contents: Contents
    told: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object (schema 1)."""
        said = self.contents.model_dump(exclude={"version"}, mode="json")
        return {"schema": 1, **said, "done": list(self.told)}


def restore(
    settings: Settings, source: Path, wanted: Wanted, *, config: Path | None, force: bool
) -> RestoreReport:
    """Put back what a backup holds. Nothing is changed before all of it was read and verified.

    A configuration that is there is left alone: the backup's has no secrets.

    Args:
        settings: The settings in force; they say where everything goes.
        source: The backup.
        wanted: What is put back, as far as the backup has it.
        config: The configuration file that is used instead of the user's own.
        force: Whether an index and records that are there are replaced.

    Raises:
        NotFoundError: There is no such file.
        UsageError: What is there would be replaced, and ``force`` is not given.
        IndexLockedError: Somebody is writing to the index.
        StoreError: The backup is damaged, or something cannot be written.
    """
    with archive.opened(source, KNOWN) as backup, ExitStack() as stack:
        names = frozenset(part.name for part in backup.contents.parts)
        places = _places(settings, names, wanted, config or user_config_path())
        if not places:
            raise archive.refused(source, "it has nothing of what is wanted")
        taken = next((place.path for place in places if place.taken()), None)
        if taken is not None and not force:
            raise UsageError(f"{taken} exists", hint="--force puts the backup in its place")
        size = sum(part.size for part in backup.contents.parts)
        files: dict[str, Path] = {}
        for place in places:
            with in_words(place.path):
                archive.check_room(place.path.parent, size)
                files |= place.begin(stack)
        with in_words(places[0].path):
            backup.unpack(files)
        for place in places:
            place.verify()
        return RestoreReport(backup.contents, tuple(place.put() for place in places))


def _places(
    settings: Settings, names: frozenset[str], wanted: Wanted, config: Path
) -> list[_Place]:
    """Return where the parts go that the backup has and that are wanted."""
    places: list[_Place] = []
    if wanted.index and names >= INDEX:
        places.append(_Index(settings))
    if wanted.records and RECORDS in names:
        places.append(_Records(records_file(settings)))
    if wanted.config and CONFIG in names:
        places.append(_Config(config))
    return places


class _Place(Protocol):
    """Where a part of a backup goes."""

    path: Path

    def taken(self) -> bool:
        """Return whether something is there that only ``--force`` replaces."""
        ...

    def begin(self, stack: ExitStack) -> dict[str, Path]:
        """Return name of a part → where to unpack it, cleared away with the stack."""
        ...

    def verify(self) -> None:
        """Make sure that what was unpacked can be used."""
        ...

    def put(self) -> str:
        """Put it in its place, and say so in one line."""
        ...


class _Index:
    """The live generation."""

    def __init__(self, settings: Settings) -> None:
        self.path = settings.index_folder()
        self._url = settings.index.url
        self._note = settings.data_folder() / "machine-id"
        self._lease: Lease | None = None

    def taken(self) -> bool:
        try:
            generations.read_current(self.path)
        except IndexMissingError:
            return False
        except StoreError:
            return True
        return True

    def begin(self, stack: ExitStack) -> dict[str, Path]:
        self._lease = stack.enter_context(writer_lock(self.path, self._note))
        staging = stack.enter_context(stage(self.path))
        return {f"index/{name}": staging / name for name in FILES}

    def verify(self) -> None:
        check_copied(self.path / STAGING)

    def put(self) -> str:
        if self._lease is None:
            raise AssertionError("nothing was begun")
        name = adopt(self.path, self.path / STAGING, self._url, self._lease)
        return f"the index in {self.path} is that of the backup (generation {name})"


class _Records:
    """The records."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._fresh = path.with_name(f".{path.name}.restore")

    def taken(self) -> bool:
        return self.path.exists()

    def begin(self, stack: ExitStack) -> dict[str, Path]:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        stack.callback(self._clear)
        self._clear()
        return {RECORDS: self._fresh}

    def verify(self) -> None:
        check_copy(self._fresh)

    def put(self) -> str:
        aside = put_records(self.path, self._fresh)
        before = f"; those before are in {aside}" if aside else ""
        return f"the records in {self.path} are those of the backup{before}"

    def _clear(self) -> None:
        for end in ("", "-wal", "-shm", "-journal"):
            with suppress(FileNotFoundError):
                self._fresh.with_name(f"{self._fresh.name}{end}").unlink()


class _Config:
    """The configuration, where there is none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._text: Path | None = None

    def taken(self) -> bool:
        return False

    def begin(self, stack: ExitStack) -> dict[str, Path]:
        made = stack.enter_context(tempfile.TemporaryDirectory(prefix="groundwire-"))
        self._text = Path(made) / "config.toml"
        return {CONFIG: self._text}

    def verify(self) -> None:
        """Nothing: it is looked at whenever settings are read, and says what is wrong."""

    def put(self) -> str:
        if self.path.exists() or self._text is None:
            return f"the configuration in {self.path} stays as it was"
        with in_words(self.path):
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            durability.write(self.path, self._text.read_bytes(), mode=_PRIVATE)
        return f"the configuration is in {self.path}; its secrets are not in a backup"
