"""A small deterministic encoder, so that other rooms' tests need no model."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import numpy as np

from groundwire.domain.encoders import EncoderIdentity
from groundwire.domain.errors import CancelledError
from groundwire.domain.spans import Span
from groundwire.models.encoder import Encoding, QueryEncoding
from groundwire.text.tokens import content_spans

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

_WORD = re.compile(r"\w+")
_MAX_TOKENS = 4096


class HashingEncoder:
    """A bag of lower-cased words, each hashed to one signed coordinate.

    Texts that share words point the same way, so retrieval tests behave as they would with a
    real encoder. A text without words gets the first axis, because a vector must have length one.
    """

    def __init__(self, dimension: int = 64) -> None:
        self._dimension = dimension

    @property
    def identity(self) -> EncoderIdentity:
        name = f"hashing-{self._dimension}"
        return EncoderIdentity(
            name=name,
            weights_sha256=hashlib.sha256(name.encode()).hexdigest(),
            dimension=self._dimension,
            max_tokens=_MAX_TOKENS,
            normalize=True,
            backend="torch",
            graph_sha256="",
            token_dimension=self._dimension,
            projection_sha256="",
        )

    def encode(
        self,
        texts: Sequence[str],
        *,
        on_progress: Callable[[int, int], None] | None = None,
        cancel: threading.Event | None = None,
    ) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self._dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            if cancel is not None and cancel.is_set():
                raise CancelledError
            vectors[row] = self.encode_query(text)
            if on_progress is not None:
                on_progress(row + 1, len(texts))
        return vectors

    def encode_parts(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[Span]],
        *,
        on_progress: Callable[[int, int], None] | None = None,
        cancel: threading.Event | None = None,
    ) -> tuple[Encoding, ...]:
        found = []
        for row, (text, spans) in enumerate(zip(texts, parts, strict=True), 1):
            if cancel is not None and cancel.is_set():
                raise CancelledError
            tokens = (self._content_words(text, part) for part in spans)
            stored = tuple(np.rint(127 * words).astype(np.int8) for words, _ in tokens)
            found.append(Encoding(self.encode_query(text), self._parts(text, spans), stored))
            if on_progress is not None:
                on_progress(row, len(texts))
        return tuple(found)

    def encode_query_parts(self, text: str, parts: Sequence[Span]) -> QueryEncoding:
        tokens, places = self._content_words(text, Span(0, len(text) + 1))
        return QueryEncoding(self.encode_query(text), self._parts(text, parts), tokens, places)

    def _parts(self, text: str, parts: Sequence[Span]) -> NDArray[np.float32]:
        vectors = np.tile(self.encode_query(text), (len(parts), 1))
        read = self._read(text)
        for row, part in enumerate(parts):
            if any(part.contains(word) for word in read):
                vectors[row] = self.encode_query(part.of(text))
        return vectors

    def _content_words(self, text: str, part: Span) -> tuple[NDArray[np.float32], tuple[Span, ...]]:
        """Return the vectors and places of a part's content words; a word is one piece here."""
        end = max((word.end for word in self._read(text)), default=0)
        places = tuple(s for s in content_spans(text) if part.contains(s) and s.end <= end)
        rows = [self.encode_query(place.of(text)) for place in places]
        return np.array(rows, np.float32).reshape(len(rows), self._dimension), places

    def _read(self, text: str) -> list[Span]:
        return [Span(*word.span()) for word in _WORD.finditer(text)][:_MAX_TOKENS]

    def encode_query(self, text: str) -> NDArray[np.float32]:
        vector = np.zeros(self._dimension, dtype=np.float32)
        for word in _WORD.findall(text.lower())[:_MAX_TOKENS]:
            digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
            value = int.from_bytes(digest, "little")
            vector[(value >> 1) % self._dimension] += 1.0 if value & 1 else -1.0
        length = float(np.linalg.norm(vector))
        if length == 0.0:
            vector[0] = length = 1.0
        unit: NDArray[np.float32] = vector / np.float32(length)
        return unit
