"""What must be equal for an index to answer for the settings in force."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from groundwire.domain.encoders import EncoderIdentity  # noqa: TC001 -- the manifest reads it
from groundwire.domain.errors import EncoderDriftError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

SCHEMA_VERSION = 5
"""Version of the tables, of the stored vectors and of what is said about them."""

LEXICAL = "fts5 porter unicode61 remove_diacritics 2; v1"
"""How words are cut and stemmed for lexical search."""

SAME_CANARY = 0.999
"""Least cosine of a sentence's vectors, then and now, for the encoder to count as the same."""


@dataclass(frozen=True, slots=True)
class Canary:
    """A fixed sentence and its vector when the index was made: the same encoder repeats it.

    Attributes:
        text: The sentence.
        vector: Its unit vector.
    """

    text: str
    vector: tuple[float, ...]

    @classmethod
    def of(cls, text: str, vector: NDArray[np.float32]) -> Self:
        """Return the canary for a sentence and its vector, of shape (dimension,)."""
        return cls(text, tuple(float(value) for value in vector))

    def check(self, vector: NDArray[np.float32]) -> None:
        """Check that an encoder still gives the sentence the same vector.

        Raises:
            EncoderDriftError: It gives another one.
        """
        if len(vector) != len(self.vector):
            raise EncoderDriftError(0.0)
        cosine = float(np.dot(np.asarray(self.vector), vector))
        if not cosine >= SAME_CANARY:
            raise EncoderDriftError(cosine)


@dataclass(frozen=True, slots=True)
class IndexIdentity:
    """Everything that a stored index depends on, besides the documents.

    Attributes:
        schema_version: Version of the tables.
        encoder: What identifies the vectors.
        segmentation: Name and version of the rules that cut documents into passages.
        lexical: Name and version of the lexical tokenizer.
        distance: How vectors are compared.
    """

    schema_version: int
    encoder: EncoderIdentity
    segmentation: str
    lexical: str = LEXICAL
    distance: str = "cosine"

    def digest(self) -> str:
        """Return the name of a generation with this identity: 12 hexadecimal digits."""
        canonical = json.dumps(self.to_dict(), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()[:12]

    def differences(self, other: IndexIdentity) -> dict[str, tuple[str, str]]:
        """Return the fields that differ, as dotted name → (here, in ``other``)."""
        here, there = dict(_flat(self.to_dict())), dict(_flat(other.to_dict()))
        return {
            name: (here[name], there[name])
            for name in here
            if name in there and here[name] != there[name]
        }

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as the manifest keeps them."""
        return {
            "schema_version": self.schema_version,
            "encoder": self.encoder.to_dict(),
            "segmentation": self.segmentation,
            "lexical": self.lexical,
            "distance": self.distance,
        }


def _flat(fields: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in fields.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(value)
