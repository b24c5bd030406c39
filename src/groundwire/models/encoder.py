"""The port that every encoder implements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from groundwire.domain.encoders import EncoderIdentity
    from groundwire.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Encoding:
    """A text that is searched, as it is stored.

    Attributes:
        vector: The text's own unit vector, of (dimension,).
        parts: One unit vector a part, of (parts, dimension).
        tokens: For each part the vectors of the word pieces of its content words, in order, of
            (pieces, token_dimension): 127 times the unit vector, rounded. A part without such
            words, or of which nothing is read, has none.
    """

    vector: NDArray[np.float32]
    parts: NDArray[np.float32]
    tokens: tuple[NDArray[np.int8], ...]


@dataclass(frozen=True, slots=True)
class QueryEncoding:
    """A question.

    Attributes:
        vector: The question's own unit vector, of (dimension,).
        parts: One unit vector a part, of (parts, dimension).
        tokens: The unit vectors of the word pieces of its content words, in order, of
            (pieces, token_dimension).
        places: For each piece where the word that it belongs to stands in the question.
    """

    vector: NDArray[np.float32]
    parts: NDArray[np.float32]
    tokens: NDArray[np.float32]
    places: tuple[Span, ...]


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
    ) -> tuple[Encoding, ...]:
        """Return for each text its unit vector, those of its parts and of their word pieces.

        A part's vector is made in one pass with its surroundings where the model allows it, so
        it knows what "he" refers to, and costs nothing more (late chunking: Günther et al.
        2024, arXiv 2409.04701). A part of which the model reads nothing, such as one beyond its
        token limit, has the text's own vector and no pieces.

        The vectors of word pieces are for comparing a question word by word with a passage (late
        interaction: Khattab and Zaharia 2020, arXiv 2004.12832). They are projected to
        ``identity.token_dimension`` coordinates; where that is 0, the model gives none.

        Args:
            texts: What to encode.
            parts: For each text the spans of it to encode; may be empty.
            on_progress: Called with (done, total) texts now and then.
            cancel: When set, the work stops between texts.

        Returns:
            One encoding a text, in the order given.

        Raises:
            ValueError: There are not as many ``parts`` as ``texts``.
            CancelledError: ``cancel`` was set.
        """
        ...

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of one question, of shape (dimension,)."""
        ...

    def encode_query_parts(self, text: str, parts: Sequence[Span]) -> QueryEncoding:
        """Return the unit vector of one question, those of its parts and of its word pieces.

        Args:
            text: The question.
            parts: Spans of it, such as its clauses.
        """
        ...
