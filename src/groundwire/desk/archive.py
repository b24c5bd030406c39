"""The file of a backup: a manifest with the hash of every part, then the parts, packed.

What is read may come from anywhere. Only parts with known names are taken, as plain files, in the
order of the manifest, of the sizes and hashes that it declares, and written under names of our own
making: no path, link, device or mode out of the archive is ever used. Nothing is unpacked beyond
what was declared, and nothing is declared that could not be.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import shutil
import tarfile
import uuid
import zlib
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from groundwire import __version__, durability
from groundwire.domain.errors import NotFoundError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MANIFEST = "manifest.json"
_SCHEMA = 1
_PRIVATE = 0o600
_BLOCK = 1 << 20
_LEVEL = 1  # vectors hardly shrink, and the rest does so at the first level
_LONGEST_MANIFEST = 1 << 16
_HEADERS = 1 << 16
"""Bytes that may stand between two parts; tar itself needs a fraction."""
_MOST_SHRUNK = 200
_SMALL = 1 << 26


class Part(BaseModel):
    """A file in a backup.

    Attributes:
        name: What it is, as ``index/catalog.sqlite3``.
        size: Bytes.
        sha256: Hash of its content.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: str
    size: int = Field(ge=0)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class Contents(BaseModel):
    """What a backup says about itself.

    Attributes:
        version: Version of this format.
        package_version: Version of the package that made it.
        made: When, as ISO 8601.
        parts: What is in it, in order.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int
    package_version: str
    made: str
    parts: tuple[Part, ...] = Field(min_length=1, max_length=16)


def write_archive(target: Path, parts: Mapping[str, Path]) -> Contents:
    """Pack files into a backup that only its owner can read; it is there whole, or not at all.

    Args:
        target: The backup; one that is there is replaced.
        parts: Name of a part → its file, in order.

    Raises:
        OSError: It cannot be written, or the disk is full.
    """
    made = datetime.now(UTC).isoformat(timespec="seconds")
    listed = tuple(
        Part(name=name, size=path.stat().st_size, sha256=_sha256(path))
        for name, path in parts.items()
    )
    contents = Contents(version=_SCHEMA, package_version=__version__, made=made, parts=listed)
    fresh = target.with_name(f".{target.name}.{uuid.uuid4().hex}")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
        with os.fdopen(descriptor, "wb") as raw:
            _pack(raw, contents, parts)
            raw.flush()
            os.fsync(raw.fileno())
        durability.take_place(fresh, target)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    return contents


@contextmanager
def opened(source: Path, known: frozenset[str]) -> Iterator[Archive]:
    """Open a backup for reading; inside the block, damage of any kind is one error.

    Args:
        source: The backup.
        known: The names that parts may have.

    Raises:
        NotFoundError: There is no such file.
        StoreError: It is no backup, is damaged, or holds what no backup holds.
    """
    try:
        with (
            source.open("rb") as file,
            gzip.GzipFile(fileobj=file) as unpacked,
            _tar(bounded := _Bounded(unpacked)) as tar,
        ):
            yield Archive(source, tar, bounded, known)
    except (FileNotFoundError, IsADirectoryError) as error:
        raise NotFoundError(f"{source}: no such file") from error
    except (tarfile.TarError, gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise refused(source, str(error) or "it ends too early") from error
    except PermissionError as error:
        raise StoreError(f"{source} may not be read by this user") from error


def _tar(bounded: _Bounded) -> tarfile.TarFile:
    return tarfile.open(fileobj=cast("IO[bytes]", bounded), mode="r|")


def refused(source: Path, reason: str) -> StoreError:
    """Return the error for a file that is not used, with the reason."""
    message = f"{source} is no backup that can be used: {reason}"
    return StoreError(message, hint="nothing was changed; use another backup")


class Archive:
    """A backup that is open for reading, from its beginning to its end."""

    def __init__(
        self, source: Path, archive: tarfile.TarFile, bounded: _Bounded, known: frozenset[str]
    ) -> None:
        """Read the manifest.

        Raises:
            StoreError: There is none that can be used.
        """
        self._source = source
        self._archive = archive
        self._bounded = bounded
        bounded.allow(_LONGEST_MANIFEST)
        header = self._next(MANIFEST)
        if header.size > _LONGEST_MANIFEST:
            raise refused(source, "its manifest is too long")
        bounded.allow(header.size + _HEADERS)
        try:
            self.contents = Contents.model_validate_json(self._file(header).read())
        except ValidationError as error:
            raise refused(source, "its manifest cannot be understood") from error
        self._check(known)

    def unpack(self, places: Mapping[str, Path]) -> None:
        """Write parts to files and compare their hashes; the others are read over.

        Args:
            places: Name of a part → the file to write; it must not exist.

        Raises:
            StoreError: The archive is damaged, or holds what it does not declare.
            OSError: A file cannot be written, or the disk is full.
        """
        for part in self.contents.parts:
            self._bounded.allow(_HEADERS)
            header = self._next(part.name)
            if header.size != part.size:
                raise refused(self._source, f"{part.name} is not as long as declared")
            self._bounded.allow(part.size + _HEADERS)
            digest = _write(self._file(header), places.get(part.name))
            if digest != part.sha256:
                raise refused(self._source, f"{part.name} is damaged: its hash is another")
        self._bounded.allow(_HEADERS)
        if self._archive.next() is not None:
            raise refused(self._source, "it holds more than it declares")
        self._bounded.drain()

    def _check(self, known: frozenset[str]) -> None:
        names = [part.name for part in self.contents.parts]
        if self.contents.version != _SCHEMA:
            raise refused(self._source, "another version of groundwire made it")
        if len(set(names)) < len(names) or not known.issuperset(names):
            raise refused(self._source, "it holds parts that no backup has")
        declared = sum(part.size for part in self.contents.parts)
        packed = self._source.stat().st_size
        if declared > _SMALL + _MOST_SHRUNK * packed:
            raise refused(self._source, f"it declares {declared} bytes and has {packed}")

    def _next(self, name: str) -> tarfile.TarInfo:
        header = self._archive.next()
        if header is None:
            raise refused(self._source, f"{name} is missing")
        if header.name != name or header.type not in {tarfile.REGTYPE, tarfile.AREGTYPE}:
            raise refused(self._source, f"{header.name!a} is not what belongs there")
        if header.issparse():
            raise refused(self._source, f"{name} has holes")
        return header

    def _file(self, header: tarfile.TarInfo) -> IO[bytes]:
        file = self._archive.extractfile(header)
        if file is None:
            raise refused(self._source, f"{header.name} is no plain file")
        return file


class _Bounded:
    """A stream that gives so many bytes and no more: headers may be bombs, too."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile) -> None:
        self._stream = stream
        self._left = _HEADERS

    def allow(self, size: int) -> None:
        """Allow so many bytes from here on, whatever was left."""
        self._left = size + tarfile.RECORDSIZE  # tarfile reads whole records ahead

    def read(self, size: int) -> bytes:
        """Return the next bytes.

        Raises:
            TarError: They are more than were allowed.
        """
        if size > self._left:
            raise tarfile.ReadError("it unpacks to more than it declares")
        found = self._stream.read(size)
        self._left -= len(found)
        return found

    def drain(self) -> None:
        """Read what little is left, so that a file that was cut off is noticed.

        Raises:
            TarError: It is more than was allowed.
            EOFError: The end is missing.
        """
        while self.read(min(self._left, tarfile.RECORDSIZE) or 1):
            pass


def check_room(folder: Path, size: int) -> None:
    """Make sure that so many bytes fit beside a folder.

    Raises:
        StoreError: They do not.
    """
    there = next(each for each in (folder, *folder.parents) if each.is_dir())
    if shutil.disk_usage(there).free < size:
        message = f"the disk is full: {there} has no room for {size} bytes"
        raise StoreError(message, hint="make room, and run it again")


def _pack(raw: IO[bytes], contents: Contents, parts: Mapping[str, Path]) -> None:
    with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=_LEVEL) as archive:
        manifest = contents.model_dump_json(indent=2).encode() + b"\n"
        archive.addfile(_header(MANIFEST, len(manifest)), io.BytesIO(manifest))
        for part in contents.parts:
            with parts[part.name].open("rb") as file:
                archive.addfile(_header(part.name, part.size), file)


def _header(name: str, size: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size, header.mode = size, _PRIVATE
    return header


def _write(file: IO[bytes], target: Path | None) -> str:
    """Copy a stream to a new file, or to nowhere; return its hash."""
    digest = hashlib.sha256()
    with (target or Path(os.devnull)).open("xb" if target else "wb") as copy:
        while block := file.read(_BLOCK):
            digest.update(block)
            copy.write(block)
    return digest.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
