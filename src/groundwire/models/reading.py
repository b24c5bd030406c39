"""Running an exported graph over one text, and reading off what it says of its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from groundwire.domain.errors import ModelUnavailableError
from groundwire.domain.spans import Span
from groundwire.models import projection
from groundwire.models.encoder import Encoding, QueryEncoding
from groundwire.models.pieces import Pieces, encodable, places_of, stored, unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Encoding as TokenizedText
    from tokenizers import Tokenizer

GRAPH_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
OUTPUT = "embedding"
TOKENS_OUTPUT = "tokens"


_ROWS = 10
"""Vectors that are shortened in one product.

OpenBLAS shares a product of more than 2^18 multiplications among threads, which then spin for a
while on the core that the next text needs: whole passages at once made indexing 1.6 times as long.
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a graph makes of one text.

    Attributes:
        vector: The text's unit vector, of (dimension,).
        tokens: A vector a token, of (tokens, dimension); of no length in particular.
        places: Where each token stands in the text, of (tokens, 2); a prompt lies before 0.
    """

    vector: NDArray[np.float32]
    tokens: NDArray[np.float32]
    places: NDArray[np.int64]


class Graph:
    """A session and its tokenizer; both may be used by several threads at once."""

    def __init__(
        self,
        session: InferenceSession,
        tokenizer: Tokenizer,
        projected: NDArray[np.float32] | None,
    ) -> None:
        """Take what was loaded; without a projection no vectors of word pieces are given."""
        self._session = session
        self._tokenizer = tokenizer
        self._projection = projected
        self._inputs = tuple(each.name for each in session.get_inputs())

    @classmethod
    def load(cls, folder: Path, *, projected: bool) -> Graph:
        """Read a graph and its tokenizer.

        Args:
            folder: Where the export is.
            projected: Whether vectors of word pieces are wanted, and a projection is there.

        Raises:
            ModelUnavailableError: A file is missing or broken.
        """
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
            matrix = projection.load(folder) if projected else None
        except Exception as error:
            # The libraries raise classes of their own, tokenizers even a bare Exception.
            raise ModelUnavailableError(
                f"the exported encoder cannot be loaded: {error}", hint=f"delete {folder}"
            ) from error
        return cls(session, tokenizer, matrix)

    def vocabulary(self) -> dict[str, int]:
        """Return the tokenizer's pieces and their numbers."""
        return self._tokenizer.get_vocab()

    def document(self, prompt: str, text: str, parts: Sequence[Span]) -> Encoding:
        """Encode a text that is searched."""
        if not parts:
            vector = self._run(self._tokenize(prompt, text), [OUTPUT])[0][0]
            return Encoding(vector, np.zeros((0, len(vector)), np.float32), ())
        reading = self.read(prompt, text)
        pieces = self._pieces(text, reading)
        # All of them at once: what a piece becomes must not depend on the parts that are asked for.
        tokens = stored(self._short(reading.tokens[pieces.rows]))
        return Encoding(
            reading.vector,
            _part_vectors(reading, parts),
            tuple(tokens[pieces.within(part)] for part in parts),
        )

    def query(self, prompt: str, text: str, parts: Sequence[Span]) -> QueryEncoding:
        """Encode a question."""
        reading = self.read(prompt, text)
        pieces = self._pieces(text, reading)
        tokens = self._short(reading.tokens[pieces.rows])
        return QueryEncoding(
            reading.vector,
            _part_vectors(reading, parts),
            tokens,
            tuple(Span(start, end) for start, end in pieces.words.tolist()),
        )

    def read(self, prompt: str, text: str) -> Reading:
        """Run the graph over one text."""
        encoding = self._tokenize(prompt, text)
        pooled, tokens = self._run(encoding, [OUTPUT, TOKENS_OUTPUT])
        places = places_of(encoding.offsets, encodable(prompt + text)) - len(prompt)
        return Reading(pooled[0], tokens[0], places)

    def _tokenize(self, prompt: str, text: str) -> TokenizedText:
        return self._tokenizer.encode(encodable(prompt + text))

    def _run(self, encoding: TokenizedText, outputs: list[str]) -> list[NDArray[np.float32]]:
        # A model without special tokens makes none of an empty text, and a graph needs one.
        ids = encoding.ids or [0]
        given = {
            "input_ids": ids,
            "attention_mask": [1] * len(ids),
            "token_type_ids": encoding.type_ids or [0],
        }
        feed = {name: np.array([given[name]], dtype=np.int64) for name in self._inputs}
        return [np.asarray(found) for found in self._session.run(outputs, feed)]

    def _pieces(self, text: str, reading: Reading) -> Pieces:
        return Pieces.none() if self._projection is None else Pieces.of(text, reading.places)

    def _short(self, tokens: NDArray[np.float32]) -> NDArray[np.float32]:
        if self._projection is None:
            return np.zeros((0, 0), np.float32)
        whole = unit(tokens)
        rows = range(0, max(len(whole), 1), _ROWS)
        return unit(np.concatenate([whole[i : i + _ROWS] @ self._projection for i in rows]))


def _part_vectors(reading: Reading, parts: Sequence[Span]) -> NDArray[np.float32]:
    """Return the mean of each part's tokens at unit length; the text's vector if it has none."""
    vectors = np.tile(reading.vector, (len(parts), 1))
    starts, ends = reading.places[:, 0], reading.places[:, 1]
    for row, part in enumerate(parts):
        inside = (starts >= part.start) & (ends <= part.end) & (ends > starts)
        if inside.any():
            mean = reading.tokens[inside].mean(axis=0)
            vectors[row] = mean / max(float(np.linalg.norm(mean)), 1e-12)
    return vectors
