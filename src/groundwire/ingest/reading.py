"""One file of a root: its bytes, and the document they make."""

from __future__ import annotations

import hashlib
import os
import stat
from typing import TYPE_CHECKING

from groundwire.domain.documents import Document, DocumentId
from groundwire.ingest.discover import reason_of
from groundwire.ingest.loaders.base import Loaded, LoadError
from groundwire.ingest.loaders.registry import most_bytes, too_large

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from groundwire.ingest.discover import FoundFile
    from groundwire.ingest.loaders.base import Members

    Load = Callable[[bytes, str], Loaded | Members]
    """Reads the bytes of a file by its name; raises ``LoadError``."""

_FIRST_YEAR, _LAST_YEAR = 1000, 2999


def read_file(file: FoundFile) -> bytes:
    """Return a file's bytes, never more than the limit allows.

    Raises:
        LoadError: The file cannot be read or is too large; the message is for people.
    """
    if file.problem:
        raise LoadError(file.problem)
    most = most_bytes(file.path.name)
    if file.size > most:
        raise too_large(most)
    try:
        # What was found as a file may be a link or a pipe by now.
        descriptor = os.open(file.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as stream:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise LoadError("no file any more, not read")
            return stream.read(most + 1)
    except OSError as error:
        raise LoadError(reason_of(error)) from error


def documents_of(
    root: Path, file: FoundFile, content: Loaded | Members, digest: str
) -> tuple[tuple[Document, ...], tuple[tuple[str, str], ...]]:
    """Return the documents that a file holds, and what of it could not be read.

    Args:
        root: What the documents' ids are made of, together with their paths in it.
        file: The file.
        content: What a loader made of it.
        digest: SHA-256 of its bytes.

    Returns:
        The documents, and for each part without one its path and the reason.
    """
    if isinstance(content, Loaded):
        return (_document(root, file.relative, content, digest),), ()
    made: dict[str, Document] = {}
    problems = [(_path(file, member), reason) for member, reason in content.problems]
    for loaded in content.documents:
        path = _path(file, loaded.member)
        if path in made:
            problems.append((path, "a second document of this name"))
        else:
            made[path] = _document(root, path, loaded, _fingerprint(loaded), file.relative)
    return tuple(made.values()), tuple(problems)


def document_id(root: str, path: str) -> DocumentId:
    """Return the id of the document at a path of a root."""
    return DocumentId(hashlib.sha256(f"{root}\0{path}".encode()).hexdigest()[:16])


def _path(file: FoundFile, member: str) -> str:
    return f"{file.relative}/{member}" if member else file.relative


def _fingerprint(loaded: Loaded) -> str:
    """Return a hash of all that was read: a message is unchanged though its mailbox grew."""
    return hashlib.sha256(repr(loaded).encode("utf-8", "surrogatepass")).hexdigest()


def _plausible(day: date | None) -> date | None:
    """Return a day of publication, unless it only stands for one: programs write year 1 or 9999."""
    return day if day is not None and _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def _document(root: Path, path: str, loaded: Loaded, digest: str, file: str = "") -> Document:
    return Document(
        id=document_id(str(root), path),
        root=str(root),
        path=path,
        title=loaded.title,
        source=loaded.source,
        author=loaded.author,
        published=_plausible(loaded.published),
        language=loaded.language,
        text=loaded.text,
        content_hash=digest,
        headings=loaded.headings,
        locators=loaded.locators,
        file=file,
    )
