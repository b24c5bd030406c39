"""Whether Chroma holds what the catalog holds. Nothing is written."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from groundwire.index import generations
from groundwire.index.catalog import get_meta
from groundwire.index.matrix import from_bytes
from groundwire.index.mirror import fields_for
from groundwire.index.vectors import ChromaVectors, VectorsBrokenError

if TYPE_CHECKING:
    from collections.abc import Sequence

_BLOCK = 4_000
_ROUNDED = 1e-3
"""How far half precision may bring one number of a unit vector, and more."""
_WANTED = (
    "SELECT passages.id, vector, documents.id, source_key, published"
    " FROM (SELECT value FROM json_each(?)) AS wanted"
    " JOIN passages ON passages.id = wanted.value"
    " JOIN vectors ON vectors.rowid = passages.rowid"
    " JOIN documents ON documents.number = passages.document"
)


@dataclass(slots=True)
class Differences:
    """How Chroma and a catalog differ.

    Attributes:
        there: How many passages Chroma has.
        missing: How many it lacks.
        extra: How many the catalog does not have.
        altered: How many have another vector, or other fields.
    """

    there: int
    missing: int
    extra: int
    altered: int = 0

    @property
    def alike(self) -> bool:
        """Whether there is no difference."""
        return not (self.missing or self.extra or self.altered)

    def __str__(self) -> str:
        """Return the differences in words."""
        counts = {
            "passages are missing": self.missing,
            "are too many": self.extra,
            "have other vectors or fields": self.altered,
        }
        return ", ".join(f"{count} {words}" for words, count in counts.items() if count)


def differences(
    connection: sqlite3.Connection, generation: Path, vector_url: str | None
) -> Differences:
    """Compare Chroma with the catalog of a generation.

    Raises:
        VectorsBrokenError: Chroma cannot be read.
        OSError: Its folder cannot be copied.
    """
    # A copy, because opening the folder itself would write to it.
    with tempfile.TemporaryDirectory(prefix="groundwire-") as copy:
        source = generation / generations.CHROMA
        if vector_url is None and source.is_dir():
            shutil.copytree(source, copy, dirs_exist_ok=True)
            _check_pages(Path(copy) / "chroma.sqlite3")
        chroma = ChromaVectors(Path(copy), get_meta(connection, "collection"), vector_url)
        try:
            return _compared(connection, chroma)
        finally:
            chroma.close()


def _compared(connection: sqlite3.Connection, chroma: ChromaVectors) -> Differences:
    wanted = {row[0] for row in connection.execute("SELECT id FROM passages")}
    there = chroma.ids()
    found = Differences(len(there), len(wanted - there), len(there - wanted))
    both = sorted(wanted & there)
    for start in range(0, len(both), _BLOCK):
        found.altered += _altered(connection, chroma, both[start : start + _BLOCK])
    return found


def _altered(connection: sqlite3.Connection, chroma: ChromaVectors, ids: Sequence[str]) -> int:
    """Return how many passages have another vector or other fields in Chroma."""
    stored = chroma.read(ids)
    rows = connection.execute(_WANTED, (json.dumps(list(ids)),)).fetchall()
    vectors = from_bytes(row[1] for row in rows)
    altered = 0
    for vector, (passage_id, _, document_id, source, published) in zip(vectors, rows, strict=True):
        other, fields = stored[passage_id]
        day = date.fromisoformat(published) if published else None
        same = fields == fields_for(document_id, source, day)
        altered += not (same and bool(np.all(np.abs(other - vector) < _ROUNDED)))
    return altered


def _check_pages(database: Path) -> None:
    try:
        with closing(sqlite3.connect(database)) as connection:
            found = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    except sqlite3.Error as error:
        found = str(error)
    if found != "ok":
        raise VectorsBrokenError(found)
