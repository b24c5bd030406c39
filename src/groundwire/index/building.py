"""Where a writer writes: the live generation, a continued one or a new one."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from groundwire.domain.errors import (
    EncoderDriftError,
    IndexCorruptError,
    IndexMissingError,
    StoreError,
)
from groundwire.index import calibration, files, generations, reading
from groundwire.index.catalog import create, get_meta, open_reading, open_writing
from groundwire.index.faults import file_errors_in_words, in_words
from groundwire.index.generations import CATALOG, CHROMA
from groundwire.index.mirror import Mirror
from groundwire.index.vectors import VectorsBrokenError, VectorsFullError, drop_collection
from groundwire.index.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from groundwire.index.identity import Canary, IndexIdentity
    from groundwire.index.lease import Lease
    from groundwire.index.stemming import Stemmer


@dataclass(frozen=True, slots=True)
class Site:
    """Where a writer writes.

    Attributes:
        index_dir: The index folder.
        name: Name of the generation.
        identity: What it depends on.
        live: Name of the generation that was live at the start; None if there was none.
    """

    index_dir: Path
    name: str
    identity: IndexIdentity
    live: str | None

    @property
    def fresh(self) -> bool:
        """Whether this generation is not live yet."""
        return self.name != self.live

    @property
    def folder(self) -> Path:
        """The folder of the generation."""
        return self.index_dir / self.name


def choose(
    index_dir: Path,
    identity: IndexIdentity,
    canary: Canary | None,
    vector_url: str | None,
    *,
    rebuild: bool,
) -> Site:
    """Return where to write, and make it if it is new. The lock is held.

    Raises:
        IndexCorruptError: The live generation is damaged and is not to be rebuilt.
        EncoderDriftError: The encoder's canary is not the live generation's any more.
        StoreError: The folder cannot be written to, or the disk is full.
    """
    live = _live(index_dir, rebuild=rebuild)
    if live and not rebuild:
        manifest = generations.read_manifest(index_dir / live)
        if not manifest.identity.differences(identity):
            _check(manifest.canary, canary)
            return Site(index_dir, live, identity, live)
    site = Site(index_dir, generations.new_name(identity, live), identity, live)
    if rebuild or not _can_go_on(site, canary):
        if vector_url:
            _drop_from_server(site.folder, vector_url)
        generations.remove(index_dir, site.name)
        _make(site, canary)
    return site


@contextmanager
def opened(site: Site, vector_url: str | None, stemmer: Stemmer, lease: Lease) -> Iterator[Writer]:
    """Open a generation for writing; what was cut off before is repaired first.

    A writer on another machine, whose lease was taken over, can commit no more from here on.

    Raises:
        StoreError: It cannot be written to, is damaged, or the disk is full.
    """
    with in_words(site.index_dir):
        connection = open_writing(site.folder / CATALOG)
    with closing(connection), in_words(site.index_dir):
        mirror = Mirror(connection, site.folder, vector_url)
        writer = Writer(
            connection, mirror, site.index_dir, site.identity.encoder, stemmer, lease=lease
        )
        try:
            if lease.seized:
                writer.claim()
            writer.repair()
            if site.fresh:
                _carry_roots(site, writer)
                _carry_moves(site, writer)
                _carry_calibration(site, writer)
            yield writer
            writer.finish()
            generations.write_roots(site.folder, writer.roots())
        finally:
            mirror.abandon()


def tidy(site: Site, vector_url: str | None) -> None:
    """Remove the generations that nobody needs, after a write that ended well.

    The one that was live when the writer began is kept until the next: readers may use it.
    """
    for name in generations.all_generations(site.index_dir):
        if name not in {site.name, site.live}:
            if vector_url:
                _drop_from_server(site.index_dir / name, vector_url)
            generations.remove(site.index_dir, name)


def _live(index_dir: Path, *, rebuild: bool) -> str | None:
    try:
        return generations.read_current(index_dir)
    except IndexMissingError:
        return None
    except IndexCorruptError:
        if rebuild:
            return None
        raise


def _can_go_on(site: Site, canary: Canary | None) -> bool:
    """Return whether there is such a generation already, begun by the same encoder."""
    try:
        manifest = generations.read_manifest(site.folder)
        with closing(open_reading(site.folder / CATALOG)):
            pass
    except (StoreError, sqlite3.Error):
        return False
    if manifest.identity.differences(site.identity):
        return False
    try:
        _check(manifest.canary, canary)
    except EncoderDriftError:
        return False
    return True


def _check(old: Canary, new: Canary | None) -> None:
    if new is not None and new.text == old.text:
        old.check(np.asarray(new.vector, dtype=np.float32))


def _make(site: Site, canary: Canary | None) -> None:
    if canary is None:
        message = "a new generation needs a canary"
        raise ValueError(message)
    with file_errors_in_words(site.index_dir), in_words(site.index_dir):
        site.folder.mkdir(parents=True)
        manifest = generations.begin_manifest(site.identity, canary)
        belongs_to = generations.manifest_hash(manifest)
        create(site.folder / CATALOG, site.identity.encoder.token_dimension, belongs_to)
        # Last: a folder without a manifest is not gone on with.
        generations.write_manifest(site.folder, manifest)


def _carry_roots(site: Site, writer: Writer) -> None:
    """Give a new generation the live one's roots, and only these."""
    if site.live is None:
        return
    try:
        with closing(open_reading(site.index_dir / site.live / CATALOG)) as connection:
            roots = set(reading.roots(connection))
    except (StoreError, sqlite3.Error):
        roots = set(generations.read_roots(site.index_dir / site.live))
    for root in roots:
        writer.add_root(root)
    for root in set(writer.roots()) - roots:
        writer.remove_root(root)


def _carry_moves(site: Site, writer: Writer) -> None:
    """Give a new generation what the live one knows of the former ids of documents."""
    if site.live is None:
        return
    known = writer.moves()
    with suppress(StoreError, sqlite3.Error):
        with closing(open_reading(site.index_dir / site.live / CATALOG)) as connection:
            moved = files.moves(connection)
        for old, new in moved.items():
            if old not in known:
                writer.note_move(old, new)


def _carry_calibration(site: Site, writer: Writer) -> None:
    """Give a new generation the live one's calibration, if its scores mean the same there."""
    if site.live is None or writer.calibration() is not None:
        return
    with suppress(StoreError, sqlite3.Error):
        manifest = generations.read_manifest(site.index_dir / site.live)
        if not manifest.identity.differences(site.identity):
            with closing(open_reading(site.index_dir / site.live / CATALOG)) as connection:
                fitted = calibration.readable(connection)
            if fitted is not None:
                writer.calibrate(fitted)


def _drop_from_server(generation: Path, vector_url: str) -> None:
    # The generation is no longer used, so a server that is away costs disk there, not answers.
    with suppress(StoreError, sqlite3.Error, VectorsBrokenError, VectorsFullError):
        with closing(open_reading(generation / CATALOG)) as connection:
            collection = get_meta(connection, "collection")
        drop_collection(generation / CHROMA, collection, vector_url)
