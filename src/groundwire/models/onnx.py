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
from typing import TYPE_CHECKING

import numpy as np

from groundwire.domain.errors import CancelledError, ModelUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    from groundwire.models.encoder import EncoderIdentity

GRAPH_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
_SLICE = 8
_MOST_THREADS = 8


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
        vectors = np.empty((len(texts), self._identity.dimension), dtype=np.float32)
        if not texts:
            return vectors
        graph = self._graph()
        stop = threading.Event()

        def fill(start: int) -> int:
            end = min(start + _SLICE, len(texts))
            for row in range(start, end):
                if stop.is_set() or (cancel is not None and cancel.is_set()):
                    raise CancelledError
                vectors[row] = graph.run(self._document_prompt + texts[row])
            return end

        pool = ThreadPoolExecutor(min(_MOST_THREADS, os.cpu_count() or 1))
        try:
            for done in pool.map(fill, range(0, len(texts), _SLICE)):
                if on_progress is not None:
                    on_progress(done, len(texts))
        finally:
            stop.set()
            pool.shutdown(cancel_futures=True)
        return vectors

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of one question, of shape (dimension,).

        Raises:
            ModelUnavailableError: The graph cannot be loaded.
        """
        return self._graph().run(self._query_prompt + text)

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

    def run(self, text: str) -> NDArray[np.float32]:
        # Half a surrogate pair, as a terminal can send, has no UTF-8.
        encoding = self._tokenizer.encode(text.encode("utf-8", "replace").decode())
        # A model without special tokens makes none of an empty text, and a graph needs one.
        ids = encoding.ids or [0]
        given = {
            "input_ids": ids,
            "attention_mask": [1] * len(ids),
            "token_type_ids": encoding.type_ids or [0],
        }
        feed = {name: np.array([given[name]], dtype=np.int64) for name in self._inputs}
        vector: NDArray[np.float32] = np.asarray(self._session.run(None, feed)[0])[0]
        return vector
