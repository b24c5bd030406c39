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

from groundwire.domain.errors import CancelledError, ModelUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    from groundwire.domain.encoders import EncoderIdentity
    from groundwire.domain.spans import Span

GRAPH_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
OUTPUT = "embedding"
TOKENS_OUTPUT = "tokens"
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
            folder: Holds ``model.onnx`` and ``tokenizer.json``.
            identity: What was recorded of the graph when it was exported.
            query_prompt: What the model wants before a question.
            document_prompt: What the model wants before a text that is searched.
        """
        self._folder = folder
        self._identity = identity
        self._query_prompt = query_prompt
        self._document_prompt = document_prompt
        self._lock = threading.Lock()
        self._loaded: _Graph | None = None

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
        rows = [vectors[0] for vectors in found]
        return np.array(rows, np.float32).reshape(len(texts), self._identity.dimension)

    def encode_parts(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[Span]],
        *,
        on_progress: Callable[[int, int], None] | None = None,
        cancel: threading.Event | None = None,
    ) -> tuple[NDArray[np.float32], ...]:
        """Return for each text its unit vector and, below it, those of its parts.

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

        def encode(start: int) -> list[NDArray[np.float32]]:
            vectors = []
            for text, spans in pairs[start : start + _SLICE]:
                if stop.is_set() or (cancel is not None and cancel.is_set()):
                    raise CancelledError
                vectors.append(graph.run(self._document_prompt, text, spans))
            return vectors

        found: list[NDArray[np.float32]] = []
        pool = ThreadPoolExecutor(min(_MOST_THREADS, os.cpu_count() or 1))
        try:
            for vectors in pool.map(encode, range(0, len(pairs), _SLICE)):
                found += vectors
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
        vector: NDArray[np.float32] = self.encode_query_parts(text, ())[0]
        return vector

    def encode_query_parts(self, text: str, parts: Sequence[Span]) -> NDArray[np.float32]:
        """Return the unit vectors of one question and its parts, of (1 + parts, dimension).

        Raises:
            ModelUnavailableError: The graph cannot be loaded.
        """
        return self._query_vectors(text, tuple(parts))

    @lru_cache(maxsize=_QUESTIONS)  # noqa: B019 -- an encoder lives as long as its process
    def _query_vectors(self, text: str, parts: tuple[Span, ...]) -> NDArray[np.float32]:
        """Return a question's vectors; one answer needs them several times."""
        vectors = self._graph().run(self._query_prompt, text, parts)
        vectors.setflags(write=False)
        return vectors

    def _graph(self) -> _Graph:
        with self._lock:
            if self._loaded is None:
                self._loaded = _Graph.load(self._folder)
            return self._loaded


class _Graph:
    """A session and its tokenizer; both may be used by several threads at once."""

    def __init__(self, session: InferenceSession, tokenizer: Tokenizer) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._inputs = tuple(each.name for each in session.get_inputs())

    @classmethod
    def load(cls, folder: Path) -> _Graph:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        # A spinning thread takes the core from the one that has work.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        try:
            session = onnxruntime.InferenceSession(
                str(folder / GRAPH_FILE), options, providers=["CPUExecutionProvider"]
            )
            tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        except Exception as error:
            # Both libraries raise classes of their own, tokenizers even a bare Exception.
            raise ModelUnavailableError(
                f"the exported encoder cannot be loaded: {error}", hint=f"delete {folder}"
            ) from error
        return cls(session, tokenizer)

    def run(self, prompt: str, text: str, parts: Sequence[Span]) -> NDArray[np.float32]:
        # Half a surrogate pair, as a terminal can send, has no UTF-8.
        encoding = self._tokenizer.encode((prompt + text).encode("utf-8", "replace").decode())
        # A model without special tokens makes none of an empty text, and a graph needs one.
        ids = encoding.ids or [0]
        given = {
            "input_ids": ids,
            "attention_mask": [1] * len(ids),
            "token_type_ids": encoding.type_ids or [0],
        }
        feed = {name: np.array([given[name]], dtype=np.int64) for name in self._inputs}
        outputs = self._session.run([OUTPUT, TOKENS_OUTPUT] if parts else [OUTPUT], feed)
        pooled: NDArray[np.float32] = np.asarray(outputs[0])
        vectors = np.repeat(pooled, 1 + len(parts), axis=0)
        if parts:
            places = np.array(encoding.offsets or [(0, 0)]) - len(prompt)
            _fill(vectors[1:], np.asarray(outputs[1])[0], places, parts)
        return vectors


def _fill(
    vectors: NDArray[np.float32],
    tokens: NDArray[np.float32],
    places: NDArray[np.int64],
    parts: Sequence[Span],
) -> None:
    """Set the vector of each part that has tokens to their mean, at unit length."""
    starts, ends = places[:, 0], places[:, 1]
    for row, part in enumerate(parts):
        inside = (starts >= part.start) & (ends <= part.end) & (ends > starts)
        if inside.any():
            mean = tokens[inside].mean(axis=0)
            vectors[row] = mean / max(float(np.linalg.norm(mean)), 1e-12)
