"""A glance at an index: names and hashes, read without loading anything else of the index.

Shell completion and the first line of the chat must be there in a moment. The rest of this room
brings numpy and models of the manifest with it; this module opens the catalog and nothing more.
A glance never fails: an index that is missing, damaged or being replaced has nothing to show.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from groundwire.domain.errors import StoreError
from groundwire.index.catalog import open_reading

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_CURRENT = "CURRENT"
_CATALOG = "catalog.sqlite3"


@dataclass(frozen=True, slots=True)
class Overview:
    """What an index holds.

    Attributes:
        documents: How many documents.
        written: When the catalog was last written, in UTC.
        files: For each root, the SHA-256 of the bytes that each path had when it was indexed.
    """

    documents: int
    written: datetime
    files: Mapping[str, Mapping[str, str]]


def count_documents(folder: Path) -> int | None:
    """Return how many documents an index holds; None if it cannot be read."""
    try:
        with closing(open_reading(_catalog(folder))) as connection:
            return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])
    except (OSError, ValueError, sqlite3.Error, StoreError):
        return None


def paths(folder: Path, beginning: str, limit: int) -> tuple[str, ...]:
    """Return the paths of documents that begin with some characters, sorted, each once.

    Args:
        folder: The index folder.
        beginning: The characters, as they are; empty fits every document.
        limit: How many, at most.
    """
    query = (
        "SELECT DISTINCT path FROM documents WHERE substr(path, 1, length(?1)) = ?1"
        " ORDER BY path LIMIT ?2"
    )
    try:
        with closing(open_reading(_catalog(folder))) as connection:
            rows = connection.execute(query, (beginning, limit)).fetchall()
    except (OSError, ValueError, sqlite3.Error, StoreError):
        return ()
    return tuple(str(path) for (path,) in rows)


def overview(folder: Path) -> Overview | None:
    """Return what an index holds; None if there is none or it cannot be read."""
    try:
        catalog = _catalog(folder)
        with closing(open_reading(catalog)) as connection:
            files: dict[str, dict[str, str]] = {
                root: {} for (root,) in connection.execute("SELECT root FROM roots ORDER BY root")
            }
            for root, path, digest in connection.execute(
                "SELECT root, path, hash FROM files ORDER BY root, path"
            ):
                files.setdefault(root, {})[path] = digest
            documents = int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])
        written = datetime.fromtimestamp(catalog.stat().st_mtime, UTC)
    except (OSError, ValueError, sqlite3.Error, StoreError):
        return None
    return Overview(documents, written, files)


def _catalog(folder: Path) -> Path:
    name = (folder / _CURRENT).read_text(encoding="utf-8").strip()
    if not name.replace("-", "").isalnum():
        raise ValueError(name)
    return folder / name / _CATALOG
