"""The exports that are kept in the user's cache folder, and the record beside each.

::

    <cache>/encoders/<key>/model.onnx       the graph; absent where torch has to be used
    <cache>/encoders/<key>/tokenizer.json   cut at the model's own limit
    <cache>/encoders/<key>/projection.npy   shortens the vectors of word pieces; absent with torch
    <cache>/encoders/<key>/export.json      the record, read at every start
    <cache>/encoders/hub/<hash>.json        where a hub name led when it was exported
    <cache>/encoders/hashes.json            hashes of files that have not changed

The key is a hash of the weights, of the model's small files and of the way they are exported, so a
changed model is exported anew and an old export is never mistaken for it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from groundwire import durability
from groundwire.domain.encoders import EncoderIdentity
from groundwire.models.hashes import FileHashes
from groundwire.models.projection import PROJECTION_FILE
from groundwire.models.reading import GRAPH_FILE, TOKENIZER_FILE
from groundwire.models.weights import WeightsFolder

TORCH = "torch"
_RECORD_FILE = "export.json"
_FILES = (GRAPH_FILE, TOKENIZER_FILE, PROJECTION_FILE)
_EXPORT_VERSION = 3  # raise it when what is made of the same weights changes


@dataclass(frozen=True, slots=True)
class ExportRecord:
    """What is known of an export without loading it.

    Attributes:
        backend: ``onnx-int8``, ``onnx-fp32`` or ``torch``.
        weights_sha256: SHA-256 of the weights it was made from.
        graph_sha256: SHA-256 of ``model.onnx``; empty for ``torch``.
        tokenizer_sha256: SHA-256 of ``tokenizer.json``; empty for ``torch``.
        projection_sha256: SHA-256 of ``projection.npy``; empty for ``torch``.
        dimension: Length of a vector.
        token_dimension: Length of the vector of a word piece; 0 for ``torch``.
        max_tokens: Tokens that are read of a text.
        query_prompt: What the model wants before a question.
        document_prompt: What the model wants before a text that is searched.
        quality: Fidelity of each backend that was tried, by its name.
        refused: Why a faster backend was not taken, by its name.
        versions: The libraries that made it.
    """

    backend: str
    weights_sha256: str
    graph_sha256: str
    tokenizer_sha256: str
    projection_sha256: str
    dimension: int
    token_dimension: int
    max_tokens: int
    query_prompt: str
    document_prompt: str
    quality: dict[str, dict[str, float]]
    refused: dict[str, str]
    versions: dict[str, str]

    def identity(self, name: str) -> EncoderIdentity:
        """Return what identifies the vectors, under the setting that chose the model."""
        return EncoderIdentity(
            name=name,
            weights_sha256=self.weights_sha256,
            dimension=self.dimension,
            max_tokens=self.max_tokens,
            normalize=True,
            backend=self.backend,
            graph_sha256=self.graph_sha256,
            token_dimension=self.token_dimension,
            projection_sha256=self.projection_sha256,
        )

    def write(self, folder: Path) -> None:
        """Write the record into its folder.

        Raises:
            OSError: The folder cannot be written.
        """
        content = json.dumps(asdict(self), indent=2, sort_keys=True) + "\n"
        durability.write(folder / _RECORD_FILE, content.encode(), mode=0o600)


@dataclass(frozen=True, slots=True)
class ExportCache:
    """The exports below a cache folder."""

    cache_dir: Path

    def folder(self, weights: WeightsFolder) -> Path:
        """Return where the export of these weights belongs; it need not exist."""
        parts = (weights.weights_sha256, weights.settings_sha256, str(_EXPORT_VERSION))
        key = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
        return self.cache_dir / "encoders" / key

    def read(self, folder: Path) -> ExportRecord | None:
        """Return the record of an export; None if it is missing, damaged or was altered."""
        try:
            record = ExportRecord(**json.loads((folder / _RECORD_FILE).read_bytes()))
            if record.backend == TORCH:
                return record
            with FileHashes.opened(self.cache_dir) as hashes:
                found = [hashes.sha256(folder / file) for file in _FILES]
        except (OSError, ValueError, TypeError):
            return None
        known = [record.graph_sha256, record.tokenizer_sha256, record.projection_sha256]
        return record if found == known else None

    def remember(self, weights: WeightsFolder) -> None:
        """Keep where a hub name led, so that the hub is not asked again.

        Raises:
            OSError: The cache folder cannot be written.
        """
        path = self._pointer(weights.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        content = asdict(weights) | {"folder": str(weights.folder)}
        durability.write(path, json.dumps(content).encode(), mode=0o600)

    def recall(self, name: str) -> WeightsFolder | None:
        """Return where a hub name led; None if it was never exported here."""
        try:
            content = json.loads(self._pointer(name).read_bytes())
            return WeightsFolder(**content | {"folder": Path(content["folder"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def _pointer(self, name: str) -> Path:
        digest = hashlib.sha256(name.encode()).hexdigest()[:32]
        return self.cache_dir / "encoders" / "hub" / f"{digest}.json"
