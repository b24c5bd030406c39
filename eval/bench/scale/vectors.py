"""Vectors for made documents: real ones for a sample, mixtures of these for the rest."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from groundwire.models.encoder import Encoding

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from groundwire.domain.encoders import EncoderIdentity
    from groundwire.domain.spans import Span
    from groundwire.models.encoder import Encoder, QueryEncoding

MIXED = 3
"""How many real vectors a made one is a mixture of."""
NOISE = 0.25
"""Length of the noise that is added to a mixture of length 1."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Real vectors of passages.

    Attributes:
        vectors: Of the passages.
        parts: Of their sentences.
        tokens: Of the word pieces of each sentence.
        rate: How many passages the encoder managed a second.
    """

    vectors: NDArray[np.float32]
    parts: NDArray[np.float32]
    tokens: tuple[NDArray[np.int8], ...]
    rate: float

    @classmethod
    def of(cls, encodings: Sequence[Encoding], seconds: float) -> Self:
        """Return a sample that took so many seconds to encode."""
        return cls(
            np.stack([each.vector for each in encodings]),
            np.concatenate([each.parts for each in encodings]),
            tuple(pieces for each in encodings for pieces in each.tokens),
            len(encodings) / seconds,
        )

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return a sample that was kept."""
        with np.load(path) as kept:
            ends = np.cumsum(kept["counts"])
            tokens = np.split(kept["tokens"], ends[:-1])
            return cls(kept["vectors"], kept["parts"], tuple(tokens), float(kept["rate"]))

    def write(self, path: Path) -> None:
        """Keep it."""
        counts = np.array([len(each) for each in self.tokens])
        tokens = np.concatenate(self.tokens)
        np.savez(
            path,
            vectors=self.vectors,
            parts=self.parts,
            counts=counts,
            tokens=tokens,
            rate=np.float64(self.rate),
        )


class MadeEncoder:
    """Gives passages made vectors. Questions are the real encoder's.

    Attributes:
        seconds: What making vectors has taken: it is no part of what is measured.
        cpu: The same on the processor.
    """

    def __init__(self, real: Encoder, sample: Sample) -> None:
        """Make vectors like those of a sample, under the identity of the real encoder."""
        self._real = real
        self._sample = sample
        self.seconds = self.cpu = 0.0

    @property
    def identity(self) -> EncoderIdentity:
        """The real encoder's: what is made is searched with its questions."""
        return self._real.identity

    def encode_parts(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[Span]],
        *,
        on_progress: Callable[[int, int], None] | None = None,
        cancel: threading.Event | None = None,
    ) -> tuple[Encoding, ...]:
        """Return made vectors of the right shapes, the same for the same texts."""
        del on_progress, cancel
        started, used = time.perf_counter(), time.process_time()
        seed = sum(map(ord, texts[0])) + len(texts[-1]) if texts else 0
        draw = np.random.default_rng(seed)
        vectors = self._mixed(draw, len(texts))
        made = tuple(
            Encoding(vector, self._parts(draw, vector, len(spans)), self._tokens(draw, len(spans)))
            for vector, spans in zip(vectors, parts, strict=True)
        )
        self.seconds += time.perf_counter() - started
        self.cpu += time.process_time() - used
        return made

    def encode(
        self,
        texts: Sequence[str],
        *,
        on_progress: Callable[[int, int], None] | None = None,
        cancel: threading.Event | None = None,
    ) -> NDArray[np.float32]:
        """Return the real vectors of texts."""
        return self._real.encode(texts, on_progress=on_progress, cancel=cancel)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Return the real vector of a question."""
        return self._real.encode_query(text)

    def encode_query_parts(self, text: str, parts: Sequence[Span]) -> QueryEncoding:
        """Return the real vectors of a question."""
        return self._real.encode_query_parts(text, parts)

    def _mixed(self, draw: np.random.Generator, count: int) -> NDArray[np.float32]:
        real = self._sample.vectors
        chosen = real[draw.integers(len(real), size=(count, MIXED))]
        weights = draw.dirichlet(np.full(MIXED, 0.6), size=count)
        mixed = _unit(np.einsum("nm,nmd->nd", weights, chosen))
        noise = draw.normal(size=mixed.shape) / np.sqrt(mixed.shape[1])
        return _unit(mixed + NOISE * noise)

    def _parts(
        self, draw: np.random.Generator, vector: NDArray[np.float32], count: int
    ) -> NDArray[np.float32]:
        chosen = self._sample.parts[draw.integers(len(self._sample.parts), size=count)]
        return _unit(0.7 * vector + 0.5 * chosen) if count else chosen

    def _tokens(self, draw: np.random.Generator, count: int) -> tuple[NDArray[np.int8], ...]:
        tokens = self._sample.tokens
        return tuple(tokens[place] for place in draw.integers(len(tokens), size=count).tolist())


def _unit(vectors: NDArray[np.floating]) -> NDArray[np.float32]:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True), dtype=np.float32)
