"""Looking over an index: what ``groundwire doctor`` says about it. Nothing is written."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np

from groundwire.domain.errors import GroundwireError
from groundwire.domain.reports import Finding
from groundwire.index import checksums, damage, generations, lock, reading
from groundwire.index.catalog import get_meta, open_reading
from groundwire.index.faults import in_words
from groundwire.index.identity import SCHEMA_VERSION
from groundwire.index.inspect_chroma import differences
from groundwire.index.lexical_audit import fits_texts
from groundwire.index.tokens import fits
from groundwire.index.vectors import VectorsBrokenError, VectorsFullError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from groundwire.domain.encoders import EncoderIdentity
    from groundwire.index.generations import Manifest

_NAMED = 3
_BLOCK = 4_000
_ROUNDED = 0.01
"""How far from 1 half precision may bring the length of a vector, and more."""
_REBUILD = "run: groundwire index --rebuild"
_SYNC = "run: groundwire index"
_STRAYS = (
    "SELECT count(*) FROM passages"
    " LEFT JOIN vectors ON vectors.rowid = passages.rowid"
    " LEFT JOIN sentences ON sentences.rowid = passages.rowid"
    " LEFT JOIN tokens ON tokens.rowid = passages.rowid"
    " LEFT JOIN stems ON stems.rowid = passages.rowid"
    " LEFT JOIN passages_fts_docsize ON passages_fts_docsize.id = passages.rowid"
    " WHERE vectors.rowid + sentences.rowid + tokens.rowid + stems.rowid"
    " + passages_fts_docsize.id IS NULL"
)
_ODD_VECTORS = (
    "SELECT count(*) FROM vectors JOIN sentences USING (rowid)"
    " WHERE length(vector) != 2 * :dimension OR length(vectors) % :dimension"
)
_PIECES = "SELECT counts, length(vectors) FROM tokens"
_ODD_STEMS = (
    "SELECT count(*) FROM stems WHERE length(hashes) != 4 * length(counts)"
    " OR body NOT BETWEEN 0 AND length(counts) OR length < length(counts)"
)
_OTHER_WORDS = (
    "SELECT count(*) FROM documents WHERE words != (SELECT coalesce(sum(length), 0)"
    " FROM stems JOIN passages USING (rowid) WHERE document = documents.number)"
)


def findings(folder: Path, *, vector_url: str | None = None) -> tuple[Finding, ...]:
    """Return what is found in an index folder, in the order looked at.

    Looked at are the manifest, the database file itself, whether its tables agree, whether rows
    have sizes that fit, whether each document is stored as it was written, whether the lexical
    index and Chroma hold the same, writes that were cut off, generations that nobody uses, and who
    writes. Everything is read, which takes some minutes for a million passages.
    """
    return (*_live(folder, vector_url), *_around(folder))


def _live(folder: Path, vector_url: str | None) -> Iterator[Finding]:
    try:
        name = generations.read_current(folder)
        manifest = generations.read_manifest(folder / name)
    except GroundwireError as error:
        yield Finding("manifest", "problem", str(error), error.hint)
        return
    if manifest.identity.schema_version != SCHEMA_VERSION:
        yield Finding("manifest", "problem", "another version of groundwire made this index", _SYNC)
        return
    yield _manifest(name, manifest)
    catalog = folder / name / generations.CATALOG
    try:
        with in_words(folder), closing(open_reading(catalog)) as open_:
            yield _database(open_)
            yield _counts(open_)
            yield _rows(open_, manifest.identity.encoder)
            yield _documents(open_)
            yield _lexical(catalog)
            yield _notes(open_, folder / name, manifest)
            yield _dirty(open_)
            yield _chroma(open_, folder / name, vector_url)
    except GroundwireError as error:
        yield Finding("database", "problem", str(error), error.hint)


def _around(folder: Path) -> Iterator[Finding]:
    unused = generations.orphans(folder)
    if unused:
        message = f"{len(unused)} generations are not in use: {', '.join(unused)}"
        yield Finding("generations", "ok", f"{message}; the next write removes what it can")
    who = lock.holder(folder)
    if who is not None:
        yield Finding("lock", "ok", f"last taken by {who}, who is writing or was cut off")


def _manifest(name: str, manifest: Manifest) -> Finding:
    if name.partition("-")[0] != manifest.identity.digest():
        message = f"the manifest of generation {name} is of another one"
        return Finding("manifest", "problem", message, _REBUILD)
    message = f"generation {name}, encoder {manifest.identity.encoder.name}"
    return Finding("manifest", "ok", message)


def _database(connection: sqlite3.Connection) -> Finding:
    found = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    if found == "ok":
        return Finding("database", "ok", "the file is sound")
    return Finding("database", "problem", f"the file is damaged: {found}", _REBUILD)


def _counts(connection: sqlite3.Connection) -> Finding:
    counts = {
        name: int(connection.execute(query).fetchone()[0])
        for name, query in (
            ("passages", "SELECT count(*) FROM passages"),
            ("of documents", "SELECT coalesce(sum(passages), 0) FROM documents"),
            ("in the lexical index", "SELECT count(*) FROM passages_fts_docsize"),
            ("vectors", "SELECT count(*) FROM vectors"),
            ("with sentences", "SELECT count(*) FROM sentences"),
            ("with word pieces", "SELECT count(*) FROM tokens"),
            ("in the forward index", "SELECT count(*) FROM stems"),
        )
    }
    documents = connection.execute("SELECT count(*) FROM documents").fetchone()[0]
    if len(set(counts.values())) == 1:
        return Finding("counts", "ok", f"{documents} documents, {counts['passages']} passages")
    listed = ", ".join(f"{count} {name}" for name, count in counts.items())
    return Finding("counts", "problem", f"the tables disagree: {listed}", _REBUILD)


def _rows(connection: sqlite3.Connection, encoder: EncoderIdentity) -> Finding:
    """Say whether each passage has its row in each table, of a size that can be read."""
    wrong = {
        "passages without a row": _count(connection, _STRAYS),
        "odd vectors": _count(connection, _ODD_VECTORS, dimension=encoder.dimension),
        "vectors of another length than 1": _stretched(connection, encoder.dimension),
        "odd word pieces": sum(
            not fits(counts, size, encoder.token_dimension)
            for counts, size in connection.execute(_PIECES)
        ),
        "odd stems": _count(connection, _ODD_STEMS),
        "documents with other stems": _count(connection, _OTHER_WORDS),
        **damage.families(connection),
    }
    if not any(wrong.values()):
        return Finding("rows", "ok", "each passage has its rows, of sizes that fit")
    listed = ", ".join(f"{count} {name}" for name, count in wrong.items() if count)
    return Finding("rows", "problem", f"rows do not fit: {listed}", _REBUILD)


def _stretched(connection: sqlite3.Connection, dimension: int) -> int:
    """Return how many vectors are no unit vectors any more, as flipped bits leave them."""
    query = "SELECT vector FROM vectors WHERE length(vector) = ?"
    rows = connection.execute(query, (2 * dimension,))
    found = 0
    while block := rows.fetchmany(_BLOCK):
        halves = np.frombuffer(b"".join(vector for (vector,) in block), dtype="<f2")
        lengths = np.linalg.norm(halves.reshape(-1, dimension).astype(np.float32), axis=1)
        found += int(np.count_nonzero(~(np.abs(lengths - 1) < _ROUNDED)))
    return found


def _count(connection: sqlite3.Connection, query: str, **values: int) -> int:
    return int(connection.execute(query, values).fetchone()[0])


def _documents(connection: sqlite3.Connection) -> Finding:
    wrong = list(checksums.damaged(connection))
    if wrong:
        listed = ", ".join(wrong[:_NAMED]) + " …" * (len(wrong) > _NAMED)
        message = f"{len(wrong)} documents are not stored as they were written: {listed}"
        return Finding("documents", "problem", message, _REBUILD)
    return Finding("documents", "ok", "each is stored as it was written")


def _lexical(catalog: Path) -> Finding:
    if fits_texts(catalog):
        return Finding("lexical index", "ok", "it holds the words of the texts")
    return Finding("lexical index", "problem", "it holds other words than the texts", _REBUILD)


def _notes(connection: sqlite3.Connection, generation: Path, manifest: Manifest) -> Finding:
    wrong = list(damage.notes(connection, generation))
    length = str(manifest.identity.encoder.token_dimension)
    if get_meta(connection, "token_dimension") != length:
        wrong.append("word pieces of another length than the encoder's")
    at_rest = get_meta(connection, "dirty") == "0"
    if at_rest and reading.roots(connection) != generations.read_roots(generation):
        wrong.append(f"other roots than in {generations.ROOTS}")
    if wrong:
        return Finding("notes", "problem", f"the catalog's notes: {', '.join(wrong)}", _REBUILD)
    return Finding("notes", "ok", "the catalog's notes of itself can be read")


def _dirty(connection: sqlite3.Connection) -> Finding:
    if get_meta(connection, "dirty") == "0":
        return Finding("writes", "ok", "the last write ended well")
    return Finding("writes", "warning", "a write goes on or was cut off", _SYNC)


def _chroma(connection: sqlite3.Connection, generation: Path, vector_url: str | None) -> Finding:
    if get_meta(connection, "dirty") != "0":
        return Finding("chroma", "warning", "not looked at: a write goes on or was cut off", _SYNC)
    fix = _SYNC if vector_url else f"run: rm -r {generation / generations.CHROMA}, then {_SYNC[5:]}"
    try:
        found = differences(connection, generation, vector_url)
    except (VectorsBrokenError, VectorsFullError, OSError) as error:
        return Finding("chroma", "problem", f"it cannot be read: {error}", fix)
    if found.alike:
        return Finding("chroma", "ok", f"{found.there} vectors, the same as in the catalog")
    return Finding("chroma", "problem", str(found), fix)
