"""Archives: ``.zip``, their members read in memory and never unpacked to disk."""

from __future__ import annotations

import re
import stat
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from groundwire.ingest.loaders.base import LoadError, Members
from groundwire.ingest.loaders.members import Names, adopted, adopted_problems, safe_member

if TYPE_CHECKING:
    from groundwire.ingest.loaders.base import Loaded
    from groundwire.ingest.loaders.members import MemberLoader

MAX_MEMBERS = 10_000
"""Members of an archive and of those inside it."""
MAX_MEMBER_BYTES = 20 * 1024 * 1024
"""Unpacked size of one member: as large as a file of its own may be."""
MAX_TOTAL_BYTES = 200 * 1024 * 1024
"""Unpacked size of all members."""
MAX_RATIO = 200
"""Unpacked size as a multiple of the packed one; text packs to a third, a dull table to a 50th."""

_SMALL = 1024 * 1024
_ENCRYPTED_FLAG = 0x1
_UTF8_FLAG = 0x800
_CENTRAL_ENTRY = b"PK\x01\x02"
_UNIX_MODE_BITS = 16
_ARCHIVE = ".zip"
_SKIPPED = frozenset({"__MACOSX", "node_modules", "__pycache__"})
_HIDDEN = re.compile(r"\.(?!\.?$)")


def load_zip(
    data: bytes, name: str, load_member: MemberLoader, suffixes: frozenset[str]
) -> Members:
    """Read the members of an archive (``.zip``) that are documents.

    As in a folder, hidden files and files of unknown suffixes are passed over. A member whose
    name leads out of the archive keeps what is safe of it. An archive inside the archive is read,
    one inside that is not. Members that are links, protected or too large are problems.

    Args:
        data: The whole archive.
        name: Its name.
        load_member: Reads a member that is no archive.
        suffixes: The suffixes, in lower case, of the members to read.

    Raises:
        LoadError: It is no archive, has too many members, or no document in it can be read.
    """
    del name  # says nothing that the members do not
    reader = _Reader(load_member, suffixes | {_ARCHIVE}, MAX_TOTAL_BYTES)
    reader.read(data)
    if not reader.documents:
        first = next((f" ({path}: {why})" for path, why in reader.problems), "")
        raise LoadError(f"no documents in it{first}")
    return Members(tuple(reader.documents), tuple(reader.problems))


@dataclass(slots=True)
class _Reader:
    """Reads an archive and those inside it, within one set of limits."""

    load_member: MemberLoader
    suffixes: frozenset[str]
    bytes_left: int
    documents: list[Loaded] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
    names: Names = field(default_factory=Names)
    members: int = 0

    def read(self, data: bytes, inside: str = "") -> None:
        """Read the members of an archive.

        Args:
            data: The archive.
            inside: Its path where it lies in another one.

        Raises:
            LoadError: It is no archive, or there are too many members.
        """
        self.members += data.count(_CENTRAL_ENTRY)
        if self.members > MAX_MEMBERS:
            raise LoadError(f"has more than {MAX_MEMBERS:,} members")
        try:
            archive = zipfile.ZipFile(BytesIO(data))
        except Exception as error:  # a parser of hostile files may raise anything
            raise LoadError("not a ZIP file, or a damaged one") from error
        with archive:
            for entry in sorted(archive.infolist(), key=_name):
                if self._is_read(_name(entry)) and not entry.is_dir():
                    self._member(archive, entry, inside)

    def _is_read(self, name: str) -> bool:
        """Return whether a member is a document by its name, as a file in a folder would be."""
        parts = name.replace("\\", "/").split("/")
        hidden = any(part in _SKIPPED or _HIDDEN.match(part) for part in parts)
        return not hidden and PurePosixPath(parts[-1]).suffix.lower() in self.suffixes

    def _member(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, inside: str) -> None:
        """Read one member, or note why it cannot be read."""
        safe = safe_member(_name(entry))
        path = self.names.unique(f"{inside}/{safe}" if inside else safe)
        try:
            self._read_member(self._unpacked(archive, entry), path, safe, is_nested=bool(inside))
        except LoadError as error:
            self.problems.append((path, str(error)))

    def _read_member(self, data: bytes, path: str, safe: str, *, is_nested: bool) -> None:
        """Read the bytes of a member, which may be an archive itself."""
        if not safe.lower().endswith(_ARCHIVE):
            content = self.load_member(data, PurePosixPath(safe).name)
            self.documents.extend(adopted(path, content))
            self.problems.extend(adopted_problems(path, content))
        elif is_nested:
            raise LoadError("an archive inside an archive inside an archive")
        else:
            self.read(data, inside=path)

    def _unpacked(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
        """Return the bytes of a member.

        Raises:
            LoadError: It is a link, protected, damaged, or unpacks to too much.
        """
        if stat.S_ISLNK(entry.external_attr >> _UNIX_MODE_BITS):
            raise LoadError("a link, not followed")
        if entry.flag_bits & _ENCRYPTED_FLAG:
            raise LoadError("is protected by a password")
        if entry.file_size > max(_SMALL, MAX_RATIO * entry.compress_size):
            raise LoadError(f"unpacks to more than {MAX_RATIO} times its size")
        limit = min(MAX_MEMBER_BYTES, self.bytes_left)
        try:
            # The size that the entry declares may be a lie: what is unpacked counts.
            with archive.open(entry) as stream:
                data = stream.read(limit + 1)
        except Exception as error:  # a parser of hostile files may raise anything
            raise LoadError("damaged: it cannot be unpacked") from error
        if len(data) > limit:
            raise LoadError(f"unpacks to more than {limit // 2**20} MiB")
        self.bytes_left -= len(data)
        return data


def _name(entry: zipfile.ZipInfo) -> str:
    """Return a member's name; many programs write UTF-8 without saying so."""
    if entry.flag_bits & _UTF8_FLAG:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename
