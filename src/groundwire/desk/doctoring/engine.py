"""The encoder, the index and the files that it was made from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from groundwire.desk.changes import changes_of
from groundwire.domain.reports import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.desk.build import Parts

_INDEX = "run: groundwire index"
_FIRST = "run: groundwire index FOLDER"
_NAMED = 3


def encoder(parts: Parts) -> Iterator[Finding]:
    """Yield whether the weights are the right ones, exported, and give a vector of length 1."""
    from groundwire.models.loading import cached_identity
    from groundwire.models.weights import is_hub_name, resolve

    name, cache = parts.settings.encoder.model, parts.settings.cache_folder()
    if not is_hub_name(name):
        weights = resolve(name, cache_dir=cache)
        digest = weights.weights_sha256[:12]
        yield Finding("weights", "ok", f"{name} (sha256 {digest}…)")
    known = cached_identity(name, cache)
    if known is None:
        message = f"{name} is not exported yet; the first index or question does it"
        yield Finding("encoder", "warning", message, _FIRST)
        return
    vector = parts.canary().vector
    length = sum(value * value for value in vector) ** 0.5
    if len(vector) != known.dimension or not 0.99 < length < 1.01:  # noqa: PLR2004 -- of float16
        message = f"{name} gives {len(vector)} numbers of length {length:.3f}"
        yield Finding("encoder", "problem", message, f"run: rm -r {cache / 'encoders'}")
        return
    message = f"{name} ({known.backend}, {known.dimension} dimensions) encodes"
    yield Finding("encoder", "ok", message)


def index(parts: Parts) -> Iterator[Finding]:
    """Yield what is found in the index folder, and whether its vectors are the encoder's."""
    from groundwire.index.inspect import findings

    folder = parts.settings.index_folder()
    if not parts.store.exists():
        yield Finding("index", "warning", f"no index in {folder}", _FIRST)
        return
    yield from findings(folder, vector_url=parts.settings.index.url)


def index_identity(parts: Parts) -> Iterator[Finding]:
    """Yield whether the index fits the settings and the canary sounds as it did."""
    from groundwire.models.loading import cached_identity

    known = cached_identity(parts.settings.encoder.model, parts.settings.cache_folder())
    if known is None or not parts.store.exists():
        return
    parts.checked_encoder()
    yield Finding("index identity", "ok", "the index fits the settings, its vectors the encoder")


def files(parts: Parts) -> Iterator[Finding]:
    """Yield which files are not as they were indexed, and which roots are gone."""
    from groundwire.index.overview import overview

    found = overview(parts.settings.index_folder())
    if found is None:
        return
    changes = changes_of(parts)
    for root in changes.gone:
        fix = f"bring it back, or run: groundwire forget {root}"
        yield Finding("files", "warning", f"the folder {root} is gone", fix)
    age = _age(found.written)
    listed = [
        f"{len(paths)} {word} ({', '.join(paths[:_NAMED])}{' …' * (len(paths) > _NAMED)})"
        for word, paths in (
            ("new", changes.added),
            ("changed", changes.changed),
            ("gone", changes.removed),
        )
        if paths
    ]
    if listed:
        message = f"the index is of {age}; since then: {', '.join(listed)}"
        yield Finding("files", "warning", message, _INDEX)
    elif not changes.gone:
        message = f"{found.documents} documents, as they were indexed {age}"
        yield Finding("files", "ok", message)


def _age(written: datetime) -> str:
    days = (datetime.now(UTC) - written).days
    return "today" if days < 1 else f"{days} day{'s' * (days > 1)} ago"
