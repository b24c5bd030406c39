"""Which of the word pieces that a model read stand for content, and the shape they are kept in.

Only content words take part in late interaction: leaving the others out ranked as well and took
half the space.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from groundwire.text.tokens import content_spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from groundwire.domain.spans import Span

_BLANK = ord(" ")
_FULL = 127


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces that stand for the content words of one text, in order.

    Attributes:
        rows: Which of the tokens they are, of (pieces,).
        words: For each the start and the end of its word in the text, of (pieces, 2).
    """

    rows: NDArray[np.intp]
    words: NDArray[np.int64]

    @classmethod
    def of(cls, text: str, places: NDArray[np.int64]) -> Pieces:
        """Find the content words that the tokens at the given places of a text belong to."""
        words = np.array([(span.start, span.end) for span in content_spans(text)], np.int64)
        if not len(words):
            return cls.none()
        starts, ends = places[:, 0], places[:, 1]
        own = np.searchsorted(words[:, 0], starts, side="right") - 1
        # Before the first word there is none; the last one, which -1 points at, begins later.
        inside = (words[own, 0] <= starts) & (ends <= words[own, 1]) & (ends > starts)
        rows = np.flatnonzero(inside)
        return cls(rows, words[own[rows]])

    @classmethod
    def none(cls) -> Pieces:
        """Return the pieces of a text without content words."""
        return cls(np.zeros(0, np.intp), np.zeros((0, 2), np.int64))

    def within(self, part: Span) -> NDArray[np.bool_]:
        """Say for each piece whether its word lies inside a part."""
        inside: NDArray[np.bool_] = self.words[:, 0] >= part.start
        return inside & (self.words[:, 1] <= part.end)


def encodable(text: str) -> str:
    """Return the text with a question mark for each half of a surrogate pair, as long as before.

    A terminal can send such halves, and they have no UTF-8.
    """
    return text.encode("utf-8", "replace").decode()


def places_of(offsets: Sequence[tuple[int, int]], text: str) -> NDArray[np.int64]:
    """Return the start and end of each token in the text that was tokenized, of (tokens, 2).

    Some tokenizers count the blank before a word as part of its first piece; it is left out here.
    """
    places = np.array(offsets or [(0, 0)], np.int64)
    blank = np.frombuffer((text + "\n").encode("utf-32-le"), np.uint32) == _BLANK
    places[:, 0] += blank[places[:, 0]]
    return places


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scale each row to length one."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: NDArray[np.float32] = vectors / np.maximum(lengths, 1e-12)
    return scaled


def stored(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """Round unit vectors to whole numbers from -127 to 127."""
    return np.rint(vectors * _FULL).astype(np.int8)
