"""Cross-encoders: models that read a question and a passage together and say how well they fit.

They rank better than vectors do and cost a pass a passage, so they only reorder the best few
(Nogueira and Cho 2019, arXiv 1901.04085). Any that sentence-transformers can load will do; it runs
on torch, which takes seconds to import.
"""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Protocol

import numpy as np

from groundwire.domain.errors import ModelUnavailableError
from groundwire.models.pieces import encodable
from groundwire.models.weights import PACKAGE_PREFIX, resolve

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from sentence_transformers import CrossEncoder

_BATCH = 8
_SCORING = ("ForSequenceClassification", "ForCausalLM")
_HINT = "set encoder.reranker to a cross-encoder with one score, or leave it out"


class Reranker(Protocol):
    """Scores passages for a question. Safe to call from several threads."""

    @property
    def name(self) -> str:
        """The setting that chose the model."""
        ...

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Return the relevance of each passage, of (passages,).

        Args:
            question: What is asked.
            passages: What may answer it; what exceeds the model's own limit is cut.

        Returns:
            One score a passage, in the order given; larger is better. The scale is the model's
            own, unbounded.
        """
        ...


def open_reranker(name: str, cache_dir: Path) -> Reranker:
    """Load the cross-encoder that a setting names.

    Args:
        name: ``package:…``, a folder or a hub name.
        cache_dir: The user's cache folder, where hashes of weights are remembered.

    Raises:
        ModelUnavailableError: The model cannot be found, reached or loaded, or gives more than one
            score.
        WeightsHashError: The weights are not the ones published under that name.
    """
    try:
        folder = resolve(name, cache_dir=cache_dir, cross=True).folder
    except ModelUnavailableError as error:
        hint = error.hint if name.startswith(PACKAGE_PREFIX) else _HINT
        raise ModelUnavailableError(f"the reranker cannot be used: {error}", hint=hint) from error
    if not _is_cross_encoder(folder):
        raise ModelUnavailableError(
            f"the model {name} was not trained to score passages", hint=_HINT
        )
    try:
        model = _load(folder)
        labels = model.num_labels
    except Exception as error:
        # Whatever a model's files make sentence-transformers raise.
        raise ModelUnavailableError(
            f"sentence-transformers cannot load the reranker {name}: {error}", hint=_HINT
        ) from error
    if labels != 1:
        raise ModelUnavailableError(
            f"the model {name} gives {labels} scores a passage, a reranker gives one", hint=_HINT
        )
    return _CrossEncoderReranker(name, model)


class _CrossEncoderReranker:
    """A cross-encoder run by sentence-transformers."""

    def __init__(self, name: str, model: CrossEncoder) -> None:
        self._name = name
        self._model = model
        self._lock = threading.Lock()  # the tokenizer keeps the padding of the last batch

    @property
    def name(self) -> str:
        """The setting that chose the model."""
        return self._name

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Return the logit of each passage, of (passages,); a sigmoid would tie the best ones."""
        from torch.nn import Identity

        if not passages:
            return np.zeros(0, np.float32)
        asked = encodable(question)
        pairs = [(asked, encodable(passage)) for passage in passages]
        with self._lock:
            found = self._model.predict(
                pairs, batch_size=_BATCH, activation_fn=Identity(), show_progress_bar=False
            )
        return np.asarray(found, np.float32)


def _is_cross_encoder(folder: Path) -> bool:
    """Say whether a model has learned to score; any other would be given a head of random weights.

    Files that cannot be read count as one, for the loader says better what is wrong with them.
    """
    try:
        own = folder / "config_sentence_transformers.json"
        if own.is_file() and json.loads(own.read_bytes()).get("model_type") == "CrossEncoder":
            return True
        architectures = json.loads((folder / "config.json").read_bytes())["architectures"]
        return any(str(each).endswith(_SCORING) for each in architectures)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return True


def _load(folder: Path) -> CrossEncoder:
    from sentence_transformers import CrossEncoder

    from groundwire.models.graph import quiet_libraries

    with quiet_libraries():
        model: CrossEncoder = CrossEncoder(str(folder), device="cpu", local_files_only=True)
    return model
