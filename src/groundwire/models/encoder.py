"""The port that every encoder implements, and what identifies one."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray


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
    """

    name: str
    weights_sha256: str
    dimension: int
    max_tokens: int
    normalize: bool
    backend: str
    graph_sha256: str

    def to_dict(self) -> dict[str, str | int | bool]:
        """Return the fields by name, for the index's manifest."""
        return asdict(self)


class Encoder(Protocol):
    """Turns texts into vectors. Safe to call from several threads."""

    @property
    def identity(self) -> EncoderIdentity:
        """What identifies the vectors; known without loading a model."""
        ...

    def encode(
        self,
        texts: Sequence[str],
        *,
        on_progress: Callable[[int, int], None] | None = None,
        cancel: threading.Event | None = None,
    ) -> NDArray[np.float32]:
        """Return one unit vector a text, in the order given, as an array of (texts, dimension).

        Args:
            texts: What to encode.
            on_progress: Called with (done, total) texts now and then.
            cancel: When set, the work stops between batches.

        Raises:
            CancelledError: ``cancel`` was set.
        """
        ...

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of one question, of shape (dimension,)."""
        ...
