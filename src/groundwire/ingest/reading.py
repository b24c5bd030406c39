"""One file of a root: its bytes, and the document they make."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from groundwire.domain.documents import Document, DocumentId
from groundwire.ingest.discover import reason_of
from groundwire.ingest.loaders.base import LoadError
from groundwire.ingest.loaders.registry import MAX_BYTES, load

if TYPE_CHECKING:
    from pathlib import Path

    from groundwire.ingest.discover import FoundFile


def read_file(file: FoundFile) -> bytes:
    """Return a file's bytes, never more than the limit allows.

    Raises:
        LoadError: The file cannot be read or is too large; the message is for people.
    """
    if file.problem:
        raise LoadError(file.problem)
    if file.size > MAX_BYTES:
        raise LoadError("larger than 20 MiB")
    try:
        with file.path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise LoadError(reason_of(error)) from error


def as_document(root: Path, file: FoundFile, data: bytes, digest: str) -> Document:
    """Load a file as a document of its root.

    Args:
        root: What the document's id is made of, together with the file's path in it.
        file: Where the bytes come from.
        data: The bytes.
        digest: Their SHA-256.

    Raises:
        LoadError: There is no text in them, or none that can be read.
    """
    loaded = load(data, file.path.name)
    key = hashlib.sha256(f"{root}\0{file.relative}".encode()).hexdigest()
    return Document(
        id=DocumentId(key[:16]),
        root=str(root),
        path=file.relative,
        title=loaded.title,
        source=loaded.source,
        author=loaded.author,
        published=loaded.published,
        language=loaded.language,
        text=loaded.text,
        content_hash=digest,
        headings=loaded.headings,
    )
