"""The encoder for models that cannot be exported: torch, through sentence-transformers."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np

from groundwire.domain.errors import CancelledError, ModelUnavailableError
from groundwire.models.encoder import Encoding, QueryEncoding
from groundwire.models.pieces import encodable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

    from groundwire.domain.encoders import EncoderIdentity
    from groundwire.domain.spans import Span

_BATCH = 8


class TorchEncoder:
    """Encodes with sentence-transformers itself; slow to start, but takes any model."""

    def __init__(self, folder: Path, identity: EncoderIdentity) -> None:
        """Keep where the model is; nothing is read yet."""
        self._folder = folder
        self._identity = identity
        self._lock = threading.Lock()
        self._loaded: SentenceTransformer | None = None

    @property
    def identity(self) -> EncoderIdentity:
        """What identifies the vectors; known without loading a model."""
        return self._identity

    def encode(
        self,
        texts: Sequence[str],
        *,
        on_progress: Callable[[int, int], None] | None = None,
        cancel: threading.Event | None = None,
    ) -> NDArray[np.float32]:
        """Return one unit vector a text, in the order given, as an array of (texts, dimension).

        Raises:
            CancelledError: ``cancel`` was set.
            ModelUnavailableError: The model cannot be loaded.
        """
        vectors = np.empty((len(texts), self._identity.dimension), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        for start in range(0, len(order), _BATCH):
            if cancel is not None and cancel.is_set():
                raise CancelledError
            rows = order[start : start + _BATCH]
            vectors[rows] = self._model().encode_document(
                [encodable(texts[row]) for row in rows],
                batch_size=_BATCH,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
            if on_progress is not None:
                on_progress(start + len(rows), len(order))
        return vectors

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of one question, of shape (dimension,).

        Raises:
            ModelUnavailableError: The model cannot be loaded.
        """
        vector = self._model().encode_query(
            encodable(text), normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vector, dtype=np.float32)

    def encode_parts(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[Span]],
        *,
        on_progress: Callable[[int, int], None] | None = None,
        cancel: threading.Event | None = None,
    ) -> tuple[Encoding, ...]:
        """Return for each text its unit vector and those of its parts.

        A model of any kind can be behind this, so each part is encoded by itself, and nothing is
        known of word pieces.

        Raises:
            CancelledError: ``cancel`` was set.
            ModelUnavailableError: The model cannot be loaded.
        """
        found = []
        for row, (text, spans) in enumerate(zip(texts, parts, strict=True), 1):
            own = [text, *(span.of(text) for span in spans)]
            vectors = self.encode(own, cancel=cancel)
            none = np.zeros((0, 0), np.int8)
            found.append(Encoding(vectors[0], vectors[1:], (none,) * len(spans)))
            if on_progress is not None:
                on_progress(row, len(texts))
        return tuple(found)

    def encode_query_parts(self, text: str, parts: Sequence[Span]) -> QueryEncoding:
        """Return the unit vectors of one question and of its parts; nothing of word pieces.

        Raises:
            ModelUnavailableError: The model cannot be loaded.
        """
        own = np.stack([self.encode_query(each) for each in (text, *(s.of(text) for s in parts))])
        return QueryEncoding(own[0], own[1:], np.zeros((0, 0), np.float32), ())

    def _model(self) -> SentenceTransformer:
        from groundwire.models.graph import load_model

        with self._lock:
            if self._loaded is None:
                try:
                    self._loaded = load_model(self._folder, eager=False)
                except Exception as error:
                    # Whatever a model's files make sentence-transformers raise.
                    raise ModelUnavailableError(
                        f"sentence-transformers cannot load {self._folder}: {error}",
                        hint="set encoder.model to another encoder",
                    ) from error
            return self._loaded
