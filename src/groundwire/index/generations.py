"""Generations: one folder for each identity, and ``CURRENT``, which names the live one."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from groundwire import __version__, durability
from groundwire.domain.errors import IndexCorruptError, IndexMissingError, StoreError
from groundwire.index.faults import file_errors_in_words
from groundwire.index.identity import Canary, IndexIdentity

if TYPE_CHECKING:
    from pathlib import Path

CURRENT = "CURRENT"
MANIFEST = "manifest.json"
CATALOG = "catalog.sqlite3"
CHROMA = "chroma"
ROOTS = "roots.json"
_NAME = re.compile(r"[0-9a-f]{12}(-\d+)?")


class Manifest(BaseModel):
    """What a generation says about itself.

    Attributes:
        identity: What it depends on.
        package_version: Version of the package that began it.
        created_at: When it was begun.
        canary: A sentence and its vector, to notice an encoder that changed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    identity: IndexIdentity
    package_version: str
    created_at: datetime
    canary: Canary


def begin_manifest(identity: IndexIdentity, canary: Canary) -> Manifest:
    """Return the manifest of a generation that begins now."""
    now = datetime.now(UTC).replace(microsecond=0)
    return Manifest(identity=identity, package_version=__version__, created_at=now, canary=canary)


def read_current(index_dir: Path) -> str:
    """Return the name of the live generation.

    Raises:
        IndexMissingError: There is none.
        IndexCorruptError: ``CURRENT`` names no generation.
        StoreError: The folder may not be read.
    """
    try:
        name = (index_dir / CURRENT).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissingError(str(index_dir)) from error
    except PermissionError as error:
        raise StoreError(f"{index_dir} may not be read by this user") from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexCorruptError(f"{index_dir / CURRENT} cannot be read") from error
    if not _NAME.fullmatch(name):
        raise IndexCorruptError(f"{index_dir / CURRENT} names no generation")
    return name


def move_current(index_dir: Path, name: str) -> None:
    """Make ``name`` the live generation, all at once."""
    write_durably(index_dir / CURRENT, f"{name}\n")


def read_manifest(generation: Path) -> Manifest:
    """Return the manifest of a generation folder.

    Raises:
        IndexCorruptError: It is missing or cannot be understood.
    """
    try:
        return Manifest.model_validate_json((generation / MANIFEST).read_bytes())
    except (OSError, ValidationError) as error:
        raise IndexCorruptError(f"{generation / MANIFEST} cannot be read") from error


def write_manifest(generation: Path, manifest: Manifest) -> None:
    """Write the manifest of a generation folder."""
    write_durably(generation / MANIFEST, _written(manifest))


def manifest_hash(manifest: Manifest) -> str:
    """Return SHA-256 of the file that ``write_manifest`` writes."""
    return hashlib.sha256(_written(manifest).encode()).hexdigest()


def _written(manifest: Manifest) -> str:
    return manifest.model_dump_json(indent=2) + "\n"


def write_roots(generation: Path, roots: tuple[str, ...]) -> None:
    """Note the roots beside the catalog, so that they survive its damage."""
    if read_roots(generation) != roots:
        write_durably(generation / ROOTS, json.dumps(roots) + "\n")


def read_roots(generation: Path) -> tuple[str, ...]:
    """Return the roots that were noted; none if the note is missing or damaged."""
    try:
        roots = json.loads((generation / ROOTS).read_bytes())
    except (OSError, ValueError):
        return ()
    return tuple(map(str, roots)) if isinstance(roots, list) else ()


def all_generations(index_dir: Path) -> tuple[str, ...]:
    """Return the names of all generation folders, live or not."""
    if not index_dir.is_dir():
        return ()
    folders = (entry for entry in index_dir.iterdir() if _NAME.fullmatch(entry.name))
    return tuple(sorted(entry.name for entry in folders if entry.is_dir()))


def orphans(index_dir: Path) -> tuple[str, ...]:
    """Return the names of the generations that are not live."""
    try:
        live = read_current(index_dir)
    except (IndexMissingError, IndexCorruptError):
        live = ""
    return tuple(name for name in all_generations(index_dir) if name != live)


def new_name(identity: IndexIdentity, live: str | None) -> str:
    """Return a name for a new generation that is not the live one's."""
    digest = identity.digest()
    return digest if digest != live else f"{digest}-2"


def remove(index_dir: Path, name: str) -> None:
    """Remove a generation's folder; whoever has its files open can go on reading them."""
    shutil.rmtree(index_dir / name, ignore_errors=True)


def write_durably(path: Path, text: str) -> None:
    """Replace a file's content, all at once and durably.

    Raises:
        StoreError: The folder cannot be written to, or the disk is full.
    """
    with file_errors_in_words(path.parent):
        durability.write(path, text.encode())
