"""The encoder that runs an exported graph: onnxruntime and tokenizers, no torch.

Texts are run one at a time, on as many threads as there are processors, each with one thread
inside onnxruntime. That is as fast as batches of similar length, because int8 products of one text
already fill a core, and it makes a vector independent of its neighbours: dynamic quantization
scales the activations of a whole batch together, so in a batch the same text would get slightly
different vectors beside different texts.
"""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from groundwire.domain.errors import CancelledError
from groundwire.models.pieces import Pieces, unit
from groundwire.models.reading import Graph

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from groundwire.domain.encoders import EncoderIdentity
    from groundwire.domain.spans import Span
    from groundwire.models.encoder import Encoding, QueryEncoding

_SLICE = 8
_MOST_THREADS = 8
_QUESTIONS = 64


class OnnxEncoder:
    """Encodes with an exported graph; loads it at the first text.

    The same text gives the same bytes: in any batch, order, thread and process.
    """

    def __init__(
        self,
        folder: Path,
        identity: EncoderIdentity,
        *,
        query_prompt: str = "",
        document_prompt: str = "",
    ) -> None:
        """Keep where the graph is; nothing is read yet.

        Args:
            folder: Holds ``model.onnx`` and ``tokenizer.json``; ``projection.npy`` too where the
                identity has a ``token_dimension``.
            identity: What was recorded of the graph when it was exported.
            query_prompt: What the model wants before a question.
            document_prompt: What the model wants before a text that is searched.
        """
        self._folder = folder
        self._identity = identity
        self._query_prompt = query_prompt
        self._document_prompt = document_prompt
        self._lock = threading.Lock()
        self._loaded: Graph | None = None

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
            ModelUnavailableError: The graph cannot be loaded.
        """
        found = self.encode_parts(texts, [()] * len(texts), on_progress=on_progress, cancel=cancel)
        rows = [encoding.vector for encoding in found]
        return np.array(rows, np.float32).reshape(len(texts), self._identity.dimension)

    def encode_parts(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[Span]],
        *,
        on_progress: Callable[[int, int], None] | None = None,
        cancel: threading.Event | None = None,
    ) -> tuple[Encoding, ...]:
        """Return for each text its unit vector, those of its parts and of their word pieces.

        A part's vector is the mean of its tokens' vectors, each made with the whole text in view.

        Raises:
            CancelledError: ``cancel`` was set.
            ModelUnavailableError: The graph cannot be loaded.
        """
        pairs = list(zip(texts, parts, strict=True))
        if not pairs:
            return ()
        graph = self._graph()
        stop = threading.Event()

        def encode(start: int) -> list[Encoding]:
            encodings = []
            for text, spans in pairs[start : start + _SLICE]:
                if stop.is_set() or (cancel is not None and cancel.is_set()):
                    raise CancelledError
                encodings.append(graph.document(self._document_prompt, text, spans))
            return encodings

        found: list[Encoding] = []
        pool = ThreadPoolExecutor(min(_MOST_THREADS, os.cpu_count() or 1))
        try:
            for encodings in pool.map(encode, range(0, len(pairs), _SLICE)):
                found += encodings
                if on_progress is not None:
                    on_progress(len(found), len(pairs))
        finally:
            stop.set()
            pool.shutdown(cancel_futures=True)
        return tuple(found)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of one question, of shape (dimension,).

        Raises:
            ModelUnavailableError: The graph cannot be loaded.
        """
        return self._query_encoding(text, ()).vector

    def encode_query_parts(self, text: str, parts: Sequence[Span]) -> QueryEncoding:
        """Return the unit vector of one question, those of its parts and of its word pieces.

        Raises:
            ModelUnavailableError: The graph cannot be loaded.
        """
        return self._query_encoding(text, tuple(parts))

    @lru_cache(maxsize=_QUESTIONS)  # noqa: B019 -- an encoder lives as long as its process
    def _query_encoding(self, text: str, parts: tuple[Span, ...]) -> QueryEncoding:
        """Return what is known of a question; one answer needs it several times."""
        found = self._graph().query(self._query_prompt, text, parts)
        for vectors in (found.vector, found.parts, found.tokens):
            vectors.setflags(write=False)
        return found

    def content_tokens(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the unit vectors, of full length, of the pieces of all texts' content words.

        It is what a projection is fitted on.

        Returns:
            An array of (pieces, dimension).

        Raises:
            ModelUnavailableError: The graph cannot be loaded.
        """
        graph = self._graph()
        found = []
        for text in texts:
            reading = graph.read(self._document_prompt, text)
            found.append(reading.tokens[Pieces.of(text, reading.places).rows])
        return unit(np.concatenate(found))

    def vocabulary(self) -> dict[str, int]:
        """Return the tokenizer's pieces and their numbers.

        Raises:
            ModelUnavailableError: The graph cannot be loaded.
        """
        return self._graph().vocabulary()

    def _graph(self) -> Graph:
        with self._lock:
            if self._loaded is None:
                self._loaded = Graph.load(
                    self._folder, projected=self._identity.token_dimension > 0
                )
            return self._loaded
