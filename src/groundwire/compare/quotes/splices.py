"""Quotations put together from pieces that were said in several places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from groundwire.compare.quotes.alignment import longest_runs
from groundwire.domain.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from groundwire.compare.quotes.alignment import Wanted
    from groundwire.compare.quotes.regions import Region
    from groundwire.compare.quotes.words import Word

SHORTEST = 3
"""Words of the shortest piece."""
LIGHTEST = 2.0
"""What the words of a piece count at least that begins with a sentence of the quotation."""
_LIGHT = 3.0
"""What those of any other count."""
PER_PIECE = 1.5
"""What one more piece costs, in words: the fewest pieces that cover the quotation are meant."""
_OPENING = 0.5
"""What a piece counts more that begins with a sentence of the quotation."""
_SHORTENED = 12
_NEXT = 3
"""Words between two pieces of one sentence that are no splice but a change."""
_SENTENCE_ENDS = re.compile(r"[.!?\u2026\u3002][\"”’')\]]*\s|\n")


@dataclass(frozen=True)
class Stream:
    """A run of a document's words: a region's, or those of a broken speech.

    Attributes:
        region: Where.
        words: The words.
        ids: The same in the quotation's numbers.
    """

    region: Region
    words: tuple[Word, ...]
    ids: NDArray[np.int64]

    @property
    def text(self) -> str:
        """The document's text."""
        return self.region.document.text


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a quotation that stand together somewhere.

    Attributes:
        start: The first word's place in the quotation.
        end: The place after the last one.
        stream: Where they stand.
        at: The first word's place there.
    """

    start: int
    end: int
    stream: Stream
    at: int

    @property
    def span(self) -> Span:
        """Their place in the document's text."""
        words = self.stream.words
        return Span(words[self.at].start, words[self.at + self.end - self.start - 1].end)


@dataclass(frozen=True, slots=True)
class Splice:
    """Pieces that cover a quotation.

    Attributes:
        pieces: In the order of the quotation, those of one place made one.
        covered: What the words that stand somewhere count, as a share of all.
        cost: What the words that stand nowhere count, and what the pieces cost.
    """

    pieces: tuple[Piece, ...]
    covered: float
    cost: float


def spliced(wanted: Wanted, streams: Sequence[Stream]) -> Splice | None:
    """Return the fewest and longest stretches of words that cover a quotation; None if none do."""
    if not streams:
        return None
    found = [longest_runs(wanted, stream.ids) for stream in streams]
    longest = np.max([lengths for lengths, _ in found], axis=0)
    chosen = _cover(wanted, longest)
    if not chosen:
        return None
    pieces = _placed(chosen, streams, found)
    weight = sum(float(wanted.weights[start:end].sum()) for start, end in chosen)
    joined = _joined(pieces)
    cost = wanted.total - weight + PER_PIECE * (len(joined) - 1)
    return Splice(joined, weight / wanted.total, cost)


def _cover(wanted: Wanted, longest: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return stretches of a quotation that are worth most together, in order."""
    sums = np.concatenate([[0.0], np.cumsum(wanted.weights)])
    count = len(wanted.ids)
    worth = np.zeros(count + 1)
    chosen = [0] * count
    for start in range(count - 1, -1, -1):
        worth[start] = worth[start + 1]
        opens = wanted.words[start].opens
        most = int(longest[start])
        for length in range(most, max(most - _SHORTENED, SHORTEST - 1), -1):
            weight = float(sums[start + length] - sums[start])
            value = weight + _OPENING * opens - PER_PIECE + worth[start + length]
            if weight >= (LIGHTEST if opens else _LIGHT) and value > worth[start]:
                worth[start], chosen[start] = value, length
    found, start = [], 0
    while start < count:
        if chosen[start]:
            found.append((start, start + chosen[start]))
        start += chosen[start] or 1
    return found


def _placed(
    chosen: Sequence[tuple[int, int]],
    streams: Sequence[Stream],
    found: Sequence[tuple[NDArray[np.int64], NDArray[np.int64]]],
) -> list[Piece]:
    """Return each stretch in one place: where most of them stand, or else published first."""
    holding = [
        [each for each in chosen if lengths[each[0]] >= each[1] - each[0]] for lengths, _ in found
    ]
    order = sorted(
        range(len(streams)),
        key=lambda number: (-len(holding[number]), *published_key(streams[number].region)),
    )
    pieces = []
    for start, end in chosen:
        number = next(each for each in order if (start, end) in holding[each])
        pieces.append(Piece(start, end, streams[number], int(found[number][1][start])))
    return pieces


def published_key(region: Region) -> tuple[bool, str, str]:
    """Return what regions are sorted by: the day of publication, undated last, then the path."""
    published = region.info.published
    return published is None, published.isoformat() if published else "", region.info.path


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return pieces with those that a few words part in one sentence made one."""
    kept: list[Piece] = []
    for piece in pieces:
        last = kept[-1] if kept else None
        if last is not None and _goes_on(last, piece):
            kept[-1] = Piece(last.start, piece.end, last.stream, last.at)
        else:
            kept.append(piece)
    return tuple(kept)


def _goes_on(left: Piece, right: Piece) -> bool:
    if left.stream is not right.stream or right.start - left.end > _NEXT:
        return False
    skipped = right.at - (left.at + left.end - left.start)
    if not 0 <= skipped <= _NEXT:
        return False
    return not skipped or not sentence_ends(left.stream.text, left.span.end, right.span.start)


def sentence_ends(text: str, start: int, end: int) -> bool:
    """Return whether a sentence ends between two places."""
    return bool(_SENTENCE_ENDS.search(text, start, end))
