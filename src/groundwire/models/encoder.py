"""The port that every encoder implements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from groundwire.domain.encoders import EncoderIdentity
    from groundwire.domain.spans import Span


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

    def encode_parts(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[Span]],
        *,
        on_progress: Callable[[int, int], None] | None = None,
        cancel: threading.Event | None = None,
    ) -> tuple[NDArray[np.float32], ...]:
        """Return for each text its unit vector and, below it, those of its parts.

        A part's vector is made in one pass with its surroundings where the model allows it, so
        it knows what "he" refers to, and costs nothing more (late chunking: Günther et al.
        2024, arXiv 2409.04701). A part of which the model reads nothing, such as one beyond its
        token limit, has the text's own vector.

        Args:
            texts: What to encode.
            parts: For each text the spans of it to encode; may be empty.
            on_progress: Called with (done, total) texts now and then.
            cancel: When set, the work stops between texts.

        Returns:
            One array of (1 + parts, dimension) a text, in the order given.

        Raises:
            ValueError: There are not as many ``parts`` as ``texts``.
            CancelledError: ``cancel`` was set.
        """
        ...

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of one question, of shape (dimension,)."""
        ...

    def encode_query_parts(self, text: str, parts: Sequence[Span]) -> NDArray[np.float32]:
        """Return the unit vector of one question and, below it, those of its parts.

        Args:
            text: The question.
            parts: Spans of it, such as its clauses.

        Returns:
            An array of (1 + parts, dimension).
        """
        ...
