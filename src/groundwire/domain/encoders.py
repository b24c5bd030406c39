"""What identifies an encoder: what must be equal for two vectors to be comparable."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class EncoderIdentity:
    """What must be equal for two vectors to be comparable.

    Attributes:
        name: The setting that chose the model: ``package:…``, a path or a hub name.
        weights_sha256: SHA-256 of the weights file.
        dimension: Length of a vector.
        max_tokens: Tokens that the encoder reads of a text; the rest is cut.
        normalize: Whether vectors have unit length.
        backend: ``onnx-int8``, ``onnx-fp32`` or ``torch``.
        graph_sha256: SHA-256 of the exported graph; empty for ``torch``.
        token_dimension: Length of the vector of a word piece; 0 where the backend gives none.
        projection_sha256: SHA-256 of the matrix that shortens them; empty where there is none.
    """

    name: str
    weights_sha256: str
    dimension: int
    max_tokens: int
    normalize: bool
    backend: str
    graph_sha256: str
    token_dimension: int = 0
    projection_sha256: str = ""

    def to_dict(self) -> dict[str, str | int | bool]:
        """Return the fields by name, for the index's manifest."""
        return asdict(self)
