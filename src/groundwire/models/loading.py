"""Opening an encoder by the name in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.domain.errors import GroundwireError, ModelUnavailableError
from groundwire.models.exports import TORCH, ExportCache
from groundwire.models.onnx import OnnxEncoder
from groundwire.models.torch_backend import TorchEncoder
from groundwire.models.weights import is_hub_name, resolve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from groundwire.domain.encoders import EncoderIdentity
    from groundwire.models.encoder import Encoder
    from groundwire.models.exports import ExportRecord
    from groundwire.models.weights import WeightsFolder


def open_encoder(
    name: str, cache_dir: Path, *, on_status: Callable[[str], None] | None = None
) -> Encoder:
    """Return the encoder that a setting names, exporting it first where that was not yet done.

    The export takes about twenty seconds, once a machine; after it, opening reads one small file
    and the graph is loaded at the first text. A hub is asked only for a hub name, and only until
    that model was exported.

    Args:
        name: ``package:…``, a folder or a hub name.
        cache_dir: The user's cache folder.
        on_status: Told what is being done while an export runs.

    Raises:
        ModelUnavailableError: The model cannot be found, reached, loaded or exported.
        WeightsHashError: The weights are not the ones published under that name.
    """
    found = _find(name, cache_dir)
    if found is None:
        from groundwire.models.export_process import run_export

        run_export(name, cache_dir, on_status or _ignore)
        found = _find(name, cache_dir)
    if found is None:
        raise ModelUnavailableError(
            f"the exported encoder {name} cannot be read back from {cache_dir}",
            hint="set cache_dir to a folder that can be written",
        )
    weights, folder, record = found
    identity = record.identity(name)
    if record.backend == TORCH:
        return TorchEncoder(weights.folder, identity)
    return OnnxEncoder(
        folder,
        identity,
        query_prompt=record.query_prompt,
        document_prompt=record.document_prompt,
    )


def cached_identity(name: str, cache_dir: Path) -> EncoderIdentity | None:
    """Return what identifies an encoder's vectors, without loading a model.

    Args:
        name: ``package:…``, a folder or a hub name.
        cache_dir: The user's cache folder.

    Returns:
        None if the model was never exported here, or cannot be found or trusted any more.
    """
    try:
        found = _find(name, cache_dir)
    except GroundwireError:
        return None
    return None if found is None else found[2].identity(name)


def _find(name: str, cache_dir: Path) -> tuple[WeightsFolder, Path, ExportRecord] | None:
    cache = ExportCache(cache_dir)
    weights = cache.recall(name) if is_hub_name(name) else resolve(name, cache_dir=cache_dir)
    if weights is None:
        return None
    folder = cache.folder(weights)
    record = cache.read(folder)
    return None if record is None else (weights, folder, record)


def _ignore(_: str) -> None:
    """Tell nobody."""
