"""Exporting an encoder, once a machine: trace, quantize, check, keep.

The fastest backend that stays close enough to the original model is kept. int8 must reach a mean
cosine of 0.985 to the model's own vectors and agree on 85 % of the ten nearest neighbours, over
the texts of ``quality.sample_texts``; the default model reaches 0.992 and 94 %, where an int8 graph
with one scale a tensor was measured at 0.947. The check runs on the machine that will
use the graph, because older processors add up int8 products with less room. fp32 must match almost
exactly; where it does not, the trace is wrong, and torch is used. The projection of word pieces is
fitted last, to the vectors of the graph that is kept.
"""

from __future__ import annotations

import importlib.metadata
import shutil
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from groundwire import durability
from groundwire.domain.errors import ModelUnavailableError
from groundwire.models import graph, projection
from groundwire.models.exports import TORCH, ExportCache, ExportRecord
from groundwire.models.hashes import FileHashes
from groundwire.models.onnx import OnnxEncoder
from groundwire.models.quality import compare, sample_texts
from groundwire.models.reading import GRAPH_FILE, TOKENIZER_FILE
from groundwire.models.weights import is_hub_name, resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

    from groundwire.models.quality import Fidelity
    from groundwire.models.weights import WeightsFolder

_LIBRARIES = ("onnx", "onnxruntime", "sentence-transformers", "tokenizers", "torch", "transformers")
_DOCUMENT_PROMPTS = ("document", "passage", "corpus")
_QUERIES = 20


@dataclass(frozen=True, slots=True)
class _Bound:
    """The least fidelity at which a backend is kept."""

    mean_cosine: float
    least_cosine: float
    overlap: float

    def shortfall(self, fidelity: Fidelity) -> str:
        """Say what falls short; nothing if all is well."""
        return "; ".join(
            f"{field} {found:.4f} is below {least}"
            for (field, least), found in zip(
                asdict(self).items(), asdict(fidelity).values(), strict=True
            )
            if not found >= least
        )


BOUNDS = {
    "onnx-int8": _Bound(mean_cosine=0.985, least_cosine=0.95, overlap=0.85),
    "onnx-fp32": _Bound(mean_cosine=0.9999, least_cosine=0.999, overlap=0.97),
}
"""What each backend must reach, fastest first."""


def export(name: str, cache_dir: Path, on_status: Callable[[str], None]) -> None:
    """Make sure that the cache holds an export of an encoder.

    Safe to run in several processes at once: one works, the others wait and find it done. A run
    that was killed leaves a folder that the next one clears away.

    Args:
        name: ``package:…``, a folder or a hub name.
        cache_dir: The user's cache folder.
        on_status: Told what is being done, in a few words.

    Raises:
        ModelUnavailableError: The model cannot be found, reached or loaded.
        WeightsHashError: The weights are not the published ones.
        OSError: The cache cannot be written.
    """
    from filelock import FileLock

    on_status(f"finding the encoder {name}")
    weights = resolve(name, cache_dir=cache_dir)
    cache = ExportCache(cache_dir)
    folder = cache.folder(weights)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock"):
        if cache.read(folder) is None:
            for abandoned in folder.parent.glob(f".{folder.name}-*"):
                shutil.rmtree(abandoned, ignore_errors=True)
            with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as work:
                made = _Export(weights, Path(work), on_status).run()
                shutil.rmtree(folder, ignore_errors=True)
                durability.sync_tree(made)
                durability.take_place(made, folder)
        if is_hub_name(name):
            cache.remember(weights)


class _Export:
    """One export in a working folder."""

    def __init__(
        self, weights: WeightsFolder, work: Path, on_status: Callable[[str], None]
    ) -> None:
        self._weights = weights
        self._work = work
        self._on_status = on_status
        self._quality: dict[str, dict[str, float]] = {}
        self._refused: dict[str, str] = {}

    def run(self) -> Path:
        """Return a folder with all that is to be kept."""
        self._on_status("loading the encoder")
        texts = sample_texts()
        model, reference = self._original(texts)
        for backend, folder in self._candidates(model):
            self._on_status(f"checking {backend}")
            record = self._record(model, backend, folder, dimension=reference.shape[1])
            encoder = OnnxEncoder(
                folder,
                record.identity(self._weights.name),
                query_prompt=record.query_prompt,
                document_prompt=record.document_prompt,
            )
            fidelity = compare(reference, _candidate(encoder, texts))
            self._quality[backend] = asdict(fidelity)
            shortfall = BOUNDS[backend].shortfall(fidelity)
            if not shortfall:
                return self._keep(self._projected(record, encoder, folder), folder)
            self._refused[backend] = shortfall
        folder = self._folder(TORCH)
        return self._keep(self._record(model, TORCH, folder, reference.shape[1]), folder)

    def _original(self, texts: tuple[str, ...]) -> tuple[SentenceTransformer, NDArray[np.float32]]:
        """Load the model and let it encode; for texts it must serve, whatever is made of it."""
        try:
            try:
                model = graph.load_model(self._weights.folder, eager=True)
            except (TypeError, ValueError):
                # Not every module takes the choice of attention.
                model = graph.load_model(self._weights.folder, eager=False)
            return model, _reference(model, texts)
        except Exception as error:
            # Whatever a model's files make sentence-transformers raise.
            raise ModelUnavailableError(
                f"sentence-transformers cannot use {self._weights.folder}: {error}",
                hint="set encoder.model to another encoder",
            ) from error

    def _candidates(self, model: SentenceTransformer) -> Iterator[tuple[str, Path]]:
        """Make one graph after the other, fastest first, as long as they are asked for."""
        plain = self._work / "traced.onnx"
        quantized = self._work / "quantized.onnx"
        try:
            self._on_status("exporting the encoder")
            graph.trace(model, plain)
            self._on_status("quantizing the encoder")
            graph.quantize(plain, quantized)
            for backend, source in zip(BOUNDS, (quantized, plain), strict=True):
                folder = self._folder(backend)
                graph.save_tokenizer(model, folder / TOKENIZER_FILE)
                graph.optimize(source, folder / GRAPH_FILE)
                yield backend, folder
        except OSError:
            raise
        except Exception as error:  # noqa: BLE001 - models break exporters in any way; torch is left
            reason = f"{type(error).__name__}: {error}"[:500]
            self._refused.update(dict.fromkeys(BOUNDS.keys() - self._refused.keys(), reason))

    def _projected(self, record: ExportRecord, encoder: OnnxEncoder, folder: Path) -> ExportRecord:
        """Fit the projection to the vectors that this very graph gives, and record it."""
        self._on_status("fitting the projection of word pieces")
        tokens = encoder.content_tokens(projection.projection_texts(encoder.vocabulary()))
        fitted = projection.fit(tokens, projection.TOKEN_DIMENSION)
        projection.save(fitted, folder)
        digest = FileHashes({}).sha256(folder / projection.PROJECTION_FILE)
        return replace(record, token_dimension=fitted.shape[1], projection_sha256=digest)

    def _folder(self, backend: str) -> Path:
        folder = self._work / backend
        folder.mkdir()
        return folder

    def _record(
        self, model: SentenceTransformer, backend: str, folder: Path, dimension: int
    ) -> ExportRecord:
        files = () if backend == TORCH else (GRAPH_FILE, TOKENIZER_FILE)
        hashes = FileHashes({})
        found = {file: hashes.sha256(folder / file) for file in files}
        prompts = {each: prompt or "" for each, prompt in model.prompts.items()}
        default = prompts.get(model.default_prompt_name or "", "")
        written = [prompts[each] for each in _DOCUMENT_PROMPTS if each in prompts]
        return ExportRecord(
            backend=backend,
            weights_sha256=self._weights.weights_sha256,
            graph_sha256=found.get(GRAPH_FILE, ""),
            tokenizer_sha256=found.get(TOKENIZER_FILE, ""),
            projection_sha256="",
            dimension=dimension,
            token_dimension=0,
            max_tokens=graph.token_limit(model),
            query_prompt=prompts.get("query", default),
            document_prompt=written[0] if written else default,
            quality=self._quality,
            refused=self._refused,
            versions={name: importlib.metadata.version(name) for name in _LIBRARIES},
        )

    def _keep(self, record: ExportRecord, folder: Path) -> Path:
        record.write(folder)
        return folder


def _reference(model: SentenceTransformer, texts: tuple[str, ...]) -> NDArray[np.float32]:
    """Encode as sentence-transformers does: some texts as questions, then all as documents."""
    asked = model.encode_query(
        list(texts[:_QUERIES]), normalize_embeddings=True, show_progress_bar=False
    )
    written = model.encode_document(
        list(texts), batch_size=8, normalize_embeddings=True, show_progress_bar=False
    )
    return np.concatenate([asked, written]).astype(np.float32)


def _candidate(encoder: OnnxEncoder, texts: tuple[str, ...]) -> NDArray[np.float32]:
    asked = [encoder.encode_query(text) for text in texts[:_QUERIES]]
    return np.concatenate([np.stack(asked), encoder.encode(texts)])
