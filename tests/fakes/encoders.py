"""A small deterministic encoder, so that other rooms' tests need no model."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import numpy as np

from groundwire.domain.encoders import EncoderIdentity
from groundwire.domain.errors import CancelledError

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from groundwire.domain.spans import Span

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
    ) -> tuple[NDArray[np.float32], ...]:
        found = []
        for row, (text, spans) in enumerate(zip(texts, parts, strict=True), 1):
            if cancel is not None and cancel.is_set():
                raise CancelledError
            found.append(self.encode_query_parts(text, spans))
            if on_progress is not None:
                on_progress(row, len(texts))
        return tuple(found)

    def encode_query_parts(self, text: str, parts: Sequence[Span]) -> NDArray[np.float32]:
        found = [(word.start(), word.end()) for word in _WORD.finditer(text)][:_MAX_TOKENS]
        vectors = [self.encode_query(text)]
        for part in parts:
            read = any(part.start <= start and end <= part.end for start, end in found)
            vectors.append(self.encode_query(part.of(text)) if read else vectors[0])
        return np.stack(vectors)

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
