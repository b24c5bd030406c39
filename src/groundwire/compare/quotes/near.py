"""What comes closest to a quotation that stands nowhere as it is."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from groundwire.compare.quotes.alignment import Alignment, align
from groundwire.compare.quotes.edits import edits_of
from groundwire.compare.quotes.places import is_order
from groundwire.compare.quotes.splices import (
    LIGHTEST,
    Piece,
    Splice,
    Stream,
    published_key,
    sentence_ends,
    spliced,
)
from groundwire.domain.quotations import QuoteEdit
from groundwire.domain.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.compare.quotes.alignment import Wanted
    from groundwire.compare.quotes.regions import Region

ALTERED = 0.6
"""What the words of a quotation that stand in one place count at least, as a share of all."""
_SURER = 0.15
"""How much more is asked of a short quotation: a few common words stand anywhere."""
_LONG, _SHORTER = 20, 10
"""Words from which nothing more is asked; words fewer than that from which all of it is."""
SPLICED = 0.8
"""The same for words that stand in several places."""
_SKIPPED_SHARE = 0.12
"""What a word that the quotation skips takes from that share, in words."""
_PARTED = re.compile(r"[.!?\u2026\u3002\"\u201c\u201d\u00ab\u00bb\n]")
_FOOTING = 0.35
"""Without so many of its words, as a share, a quotation is not laid over anything."""
_SAME = 0.02
_ALIKE = 0.5
_GAP = 3
_SIDE = 1.6
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Near:
    """What comes closest.

    Attributes:
        label: Whether the words are altered or put together from several places.
        places: The runs of words; for a splice one place a piece, in order.
        edits: How the quotation differs, for each place; for a splice the same for all.
        similarity: Share of the quotation's words that stand there.
        is_sure: Whether that is enough for so few words, whoever says them there.
    """

    label: Literal["altered", "spliced"]
    places: tuple[tuple[Region, tuple[Span, ...]], ...]
    edits: tuple[tuple[QuoteEdit, ...], ...]
    similarity: float
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class _Laid:
    """A quotation laid over a stream."""

    stream: Stream
    alignment: Alignment
    share: float
    likeness: float

    @property
    def runs(self) -> tuple[Span, ...]:
        """From the first to the last word that stands for one of the quotation's."""
        columns = [column for _, column in (*self.alignment.pairs, *self.alignment.swapped)]
        words = self.stream.words
        return (Span(words[min(columns)].start, words[max(columns)].end),)


def nearly(wanted: Wanted, regions: Sequence[Region]) -> Near | None:
    """Return where a quotation stands altered or in pieces; None if it does neither."""
    worth = [
        (region, wanted.share(wanted.numbered(tuple(region.known))))
        for region in sorted(regions, key=published_key)
    ]
    streams = [
        Stream(region, words, wanted.numbered([word.key for word in words]))
        for region, share in worth
        for words in (region.words, *(region.spoken if share >= _FOOTING else ()))
        if share * wanted.total >= LIGHTEST or share >= _FOOTING
    ]
    laid = [each for stream in streams if (each := _lay(wanted, stream)) is not None]
    best = max(laid, key=lambda each: each.likeness, default=None)
    splice = spliced(wanted, streams)
    if best is not None and best.likeness >= ALTERED:
        halves = _joins_sentences(wanted, best)
        if halves and best.share >= SPLICED:
            return _in_pieces(wanted, Splice(halves, best.share, 0.0))
        lacking = wanted.total * (1 - best.likeness)
        if splice is None or len(splice.pieces) == 1 or lacking <= splice.cost:
            return _altered(wanted, best, laid)
    if splice is not None and len(splice.pieces) > 1 and splice.covered >= SPLICED:
        return _in_pieces(wanted, splice)
    if best is not None and best.likeness >= ALTERED:
        return _altered(wanted, best, laid)
    return None


def _lay(wanted: Wanted, stream: Stream) -> _Laid | None:
    """Return a quotation laid over a stream; None where it has no footing there."""
    if wanted.share(stream.ids) < _FOOTING:
        return None
    broken = stream.words is not stream.region.words
    alignment = align(wanted, stream.ids, omissions_free=broken)
    if not alignment.pairs:
        return None
    alignment = _without_strangers(alignment, stream)
    columns = [column for _, column in alignment.pairs]
    span = Span(stream.words[columns[0]].start, stream.words[columns[-1]].end)
    if is_order(stream.region, span):
        return None
    equal = sum(float(wanted.weights[row]) for row, _ in alignment.pairs)
    alike = sum(
        float(wanted.weights[row]) * _HALF
        for row, column in alignment.swapped
        if _alike(wanted.words[row].key, stream.words[column].key)
    )
    skipped = (columns[-1] - columns[0] + 1) - len(columns) - len(alignment.swapped)
    if broken and any(word.joint for word in wanted.words):
        skipped = 0
    likeness = (equal + alike - _SKIPPED_SHARE * max(skipped, 0)) / wanted.total
    return _Laid(stream, alignment, equal / wanted.total, likeness)


def _without_strangers(alignment: Alignment, stream: Stream) -> Alignment:
    """Return an alignment whose ends are not laid over words of the next sentence or speech."""
    words, text = stream.words, stream.text
    first, last = alignment.pairs[0], alignment.pairs[-1]

    def near(column: int) -> bool:
        left, right = sorted(
            (words[column], words[first[1] if column < first[1] else last[1]]),
            key=lambda word: word.start,
        )
        gap = text[left.end : right.start]
        return first[1] < column < last[1] or not _PARTED.search(gap)

    kept = tuple(pair for pair in alignment.swapped if near(pair[1]))
    return Alignment(alignment.score, alignment.pairs, kept)


def _alike(left: str, right: str) -> bool:
    """Return whether two words may be forms of one: "know", "knew"."""
    return left[0] == right[0] and SequenceMatcher(None, left, right).ratio() >= _ALIKE


def _altered(wanted: Wanted, best: _Laid, laid: Sequence[_Laid]) -> Near:
    """Return every place that is as near as the best one."""
    taken: dict[tuple[str, int], _Laid] = {}
    for each in laid:
        if each.likeness >= best.likeness - _SAME:
            key = each.stream.region.document.id, each.runs[0].start
            if key not in taken or taken[key].likeness < each.likeness:
                taken[key] = each
    kept = tuple(taken.values())
    edits = tuple(
        edits_of(wanted.words, each.stream.words, each.stream.text, each.alignment) for each in kept
    )
    places = tuple((each.stream.region, each.runs) for each in kept)
    short = min(max((_LONG - len(wanted.words)) / _SHORTER, 0.0), 1.0)
    sure = best.likeness >= ALTERED + _SURER * short
    return Near("altered", places, edits, best.share, is_sure=sure)


def _joins_sentences(wanted: Wanted, laid: _Laid) -> tuple[Piece, ...]:
    """Return the two pieces of words that were parted by a sentence's end and more."""
    words, text = laid.stream.words, laid.stream.text
    pairs = laid.alignment.pairs
    for number, (left, right) in enumerate(itertools.pairwise(pairs), 1):
        if right[1] - left[1] - 1 < _GAP or wanted.words[right[0]].joint:
            continue
        if not sentence_ends(text, words[left[1]].end, words[right[1]].start):
            continue
        sides = [
            sum(wanted.weights[row] for row, _ in side) for side in (pairs[:number], pairs[number:])
        ]
        if min(sides) >= _SIDE:
            first = _piece(laid, pairs[:number])
            return (first, _piece(laid, pairs[number:]))
    return ()


def _piece(laid: _Laid, pairs: Sequence[tuple[int, int]]) -> Piece:
    length = pairs[-1][1] - pairs[0][1] + 1
    return Piece(pairs[0][0], pairs[0][0] + length, laid.stream, pairs[0][1])


def _in_pieces(wanted: Wanted, splice: Splice) -> Near:
    """Return the pieces as places; what stands in none of them is added by the quotation."""
    covered = {place for piece in splice.pieces for place in range(piece.start, piece.end)}
    added: list[list[str]] = [[]]
    for place, word in enumerate(wanted.words):
        if place in covered or word.inserted:
            added.append([])
        else:
            added[-1].append(word.shown)
    edits = tuple(QuoteEdit(" ".join(words), "") for words in added if words)
    places = tuple((piece.stream.region, (piece.span,)) for piece in splice.pieces)
    return Near("spliced", places, (edits,) * len(places), splice.covered)
