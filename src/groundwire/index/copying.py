"""The live generation taken along, and one that was taken along made live again.

Chroma's folder stays behind: it cannot be copied while somebody writes to it, and everything in it
is made again from the catalog without encoding anything.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import uuid
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from groundwire import durability
from groundwire.domain.errors import IndexCorruptError, IndexMissingError, StoreError
from groundwire.index import building, damage, generations, lexical_audit
from groundwire.index.catalog import create, open_reading, open_writing, set_meta
from groundwire.index.faults import file_errors_in_words, in_words
from groundwire.index.generations import CATALOG, MANIFEST
from groundwire.index.identity import SCHEMA_VERSION
from groundwire.index.stemming import Stemmer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.index.lease import Lease

FILES = (MANIFEST, CATALOG)
"""What a copy consists of."""

STAGING = ".restore"
_SCHEMA = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'"


def copy_live(folder: Path, into: Path) -> str:
    """Copy the live generation as it is at one moment, whoever may be writing to it.

    A commit waits while the catalog is copied.

    Args:
        folder: The index folder.
        into: An empty folder.

    Returns:
        The name of the generation.

    Raises:
        IndexMissingError: Nothing was indexed yet.
        IndexCorruptError: It is damaged, and no copy of it would be worth having.
        StoreError: It cannot be read, or the disk is full.
    """
    name = generations.read_current(folder)
    manifest = generations.read_manifest(folder / name)
    with file_errors_in_words(into):
        generations.write_manifest(into, manifest)
    with (
        in_words(folder),
        closing(open_reading(folder / name / CATALOG)) as source,
        in_words(into),
        closing(sqlite3.connect(into / CATALOG)) as copy,
    ):
        source.backup(copy)
    _check_content(into / CATALOG, f"{folder / name / CATALOG}")
    return name


def adopt(folder: Path, staged: Path, vector_url: str | None, lease: Lease) -> str:
    """Make a copied generation the live one. The lease is held.

    The one that was live stays beside it until the next write.

    Args:
        folder: The index folder.
        staged: A folder in it, with a copy that ``check_copied`` found sound; it is moved.
        vector_url: Address of the Chroma server, if there is one.
        lease: The writer's.

    Returns:
        The name of the generation.

    Raises:
        StoreError: The folder cannot be written to, or another machine has taken over.
    """
    manifest = generations.read_manifest(staged)
    name = generations.new_name(manifest.identity, _live(folder))
    with file_errors_in_words(folder), in_words(folder):
        _rename_collection(staged / CATALOG)
        generations.remove(folder, name)
        durability.sync_tree(staged)
        durability.take_place(staged, folder / name)
    lease.check()
    generations.move_current(folder, name)
    site = building.Site(folder, name, manifest.identity, live=name)
    with closing(Stemmer()) as stemmer, building.opened(site, vector_url, stemmer, lease):
        pass  # opening it makes Chroma's folder again
    return name


def check_copied(staged: Path) -> None:
    """Make sure that a copy can be used as an index.

    Raises:
        StoreError: It is damaged or of another version, or holds other tables than an index.
    """
    manifest = generations.read_manifest(staged)
    if manifest.identity.schema_version != SCHEMA_VERSION:
        raise StoreError(
            "the index in the backup is of another version of groundwire",
            hint="restore the rest with --records-only, and run: groundwire index FOLDER",
        )
    _check_catalog(staged / CATALOG, manifest.identity.encoder.token_dimension)


@contextmanager
def stage(folder: Path) -> Iterator[Path]:
    """Give an empty folder for a copy, cleared away after the block. The lease is held.

    Raises:
        StoreError: It cannot be made.
    """
    staging = folder / STAGING
    shutil.rmtree(staging, ignore_errors=True)
    with file_errors_in_words(folder):
        staging.mkdir()
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _live(folder: Path) -> str | None:
    try:
        return generations.read_current(folder)
    except (IndexMissingError, IndexCorruptError):
        return None


def _check_catalog(path: Path, token_dimension: int) -> None:
    """Make sure that a catalog from elsewhere is sound and holds our tables, and nothing else."""
    _check_content(path, path.name)
    with tempfile.TemporaryDirectory(prefix="groundwire-") as made:
        create(Path(made) / CATALOG, token_dimension)
        with (
            in_words(path.parent),
            closing(open_reading(path)) as found,
            closing(open_reading(Path(made) / CATALOG)) as expected,
        ):
            same = set(found.execute(_SCHEMA)) == set(expected.execute(_SCHEMA))
    if not same:
        raise IndexCorruptError(f"{path.name} has other tables than an index has")


def _check_content(path: Path, name: str) -> None:
    """Make sure that a catalog is as it was written, down to the characters."""
    found = damage.damage(path)
    if found:
        raise IndexCorruptError(f"{name}: {found}")
    with in_words(path.parent):
        if not lexical_audit.fits_texts(path):
            raise IndexCorruptError(f"{name}: the lexical index holds other words than the texts")


def _rename_collection(path: Path) -> None:
    """Give the vectors a collection of their own: the old generation's goes with it."""
    with closing(open_writing(path)) as connection:
        set_meta(connection, "collection", f"groundwire-{uuid.uuid4().hex}")
