"""Near-duplicate documents: reprints, cut and reworded copies, corrected versions.

A text is compared by its shingles, the runs of five words in it (Broder 1997, "On the resemblance
and containment of documents"). Candidates are found by MinHash (datasketch): two texts have as
large a share of its bands in common as of their shingles, so the sizes of both tell whether enough
of the shorter may stand in the longer. Then the texts themselves are compared; the verdict depends
on these two alone.

What two reports of one event have in common is no copying: a statement that both quote, a paragraph
of background, a footer, the frame of a template. So a text that is no copy almost whole must share
more than its two longest runs, and its names and figures. A copy that is reworded throughout shares
few runs: nearly every sentence of it must have its like in the other.
"""

from __future__ import annotations

import math
import re
import unicodedata
import zlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from groundwire.text.lexicon import STOPWORDS
from groundwire.text.marks import WIDE_LETTERS
from groundwire.text.sentences import sentences

if TYPE_CHECKING:
    from numpy.typing import NDArray

BANDS = 96
"""MinHash values that are kept of a text, each a band of its own.

Wider bands would miss the copies that are much shorter than their original: of a quarter of its
length they have a quarter of the values in common, and a sixteenth of the pairs of values.
"""
SHORTEST = 50
"""A text of fewer shingles is only a copy of its like: much of it may be one quotation."""
NOTHING = 20
"""A text of fewer words is no copy at all, whatever it says."""

CONTAINED = 0.4
"""Share of the shorter text's shingles that the longer has at least."""
SCATTERED = 0.25
"""The same where the two longest runs that they share are left out of the shorter text."""
ALMOST_WHOLE = 0.7
"""From here on a text is a copy even if it is one single run of the other."""
FACTS = 0.35
"""Share of the shorter text's names and figures that the longer has at least."""
CERTAIN = 0.9
"""From here on names and figures are not looked at: a correction changes some."""

REWORDED = 0.25
"""A copy reworded throughout has still so much contained, and ..."""
ALIKE = 0.65
"""... this share of its content words in sentences that are like one of the other text, and ..."""
SAME_FACTS = 0.6
"""... this share of its names and figures."""

_WIDTH = 5
_LIKE = 0.6
_LEAST_WORDS = 5
_MOST_PAIRS = 40_000
_FEWEST_BANDS = 3
_DEVIATIONS = 1.5
_SEED = 5
_WORD = re.compile(rf"[{WIDE_LETTERS}]|[^\W_{WIDE_LETTERS}]+")
_WIDE = re.compile(f"[{WIDE_LETTERS}]")
_WIDEST = WIDE_LETTERS[0]
"""No letter before it is a word of its own."""
_PUNCTUATION = re.compile(rb"\xe2\x80.|\xc2.", re.DOTALL)
"""As UTF-8, dashes and quotation marks that are not ASCII, and other signs below the letters."""
_SPACED = bytes(each if each > 127 or chr(each).isalnum() else 32 for each in range(256))  # noqa: PLR2004 -- ASCII
_MARKS = re.compile(rb"\xcc.|\xcd[\x80-\xaf]", re.DOTALL)
_FACT = re.compile(r"\b(?:[^\W\d_a-z][^\W_]+|\d[\d.,]*\d|\d)")
_LOWER = re.compile(r"\b[a-z]{2,}")
_OF_THE_OUTLET = (
    "all rights reserved",
    "copyright",
    "©",
    "newsletter",
    "privacy notice",
    "privacy policy",
    "subscribe",
    "subscription",
    "terms of service",
    "terms of use",
)
"""A short line with one of these says nothing about the story."""
_SHORT_LINE = 300
_FACTORS = np.random.RandomState(_SEED).randint(1, 2**63, _WIDTH).astype(np.uint64) * 2 + 1


@dataclass(frozen=True, slots=True)
class TextPrint:
    """What copies of a text are found by.

    Attributes:
        text: The text.
        shingles: Hashes of its shingles, in order.
        size: How many different ones there are; 0 if it is too short for any other to be a copy.
        bands: Numbers that a text has in common with its copies, ascending.
    """

    text: str
    shingles: NDArray[np.uint64]
    size: int
    bands: NDArray[np.int64]

    def may_share(self, bands: int, size: int) -> bool:
        """Return whether a text of this size may be a copy, with so many bands in common."""
        shorter, longer = sorted((self.size, size))
        least = REWORDED * shorter
        expected = BANDS * least / (shorter + longer - least)
        return bands >= max(_FEWEST_BANDS, expected - _DEVIATIONS * math.sqrt(expected))

    def shared_with(self, text: str) -> int:
        """Return how many shingles the texts share if one is a copy of the other, else 0."""
        other = shingles(text)
        one, two = _different(self.shingles), _different(other)
        if min(len(one), len(two)) < SHORTEST:
            return 0
        shared = len(np.intersect1d(one, two, assume_unique=True))
        contained = shared / min(len(one), len(two))
        if contained < REWORDED:
            return 0
        pairs = sorted(((self.shingles, self.text), (other, text)), key=lambda pair: len(pair[0]))
        (short, short_text), (long, long_text) = pairs
        facts = 1.0 if contained >= CERTAIN else _facts_shared(short_text, long_text)
        if contained >= ALMOST_WHOLE or (
            contained >= CONTAINED and _scattered(short, long) >= SCATTERED
        ):
            return shared if facts >= FACTS else 0
        reworded = facts >= SAME_FACTS and _alike(short_text, long_text) >= ALIKE
        return shared if reworded else 0


def print_of(text: str) -> TextPrint | None:
    """Return what copies of a text are found by; None if it is too short for any."""
    found = shingles(text)
    if len(found) + _WIDTH - 1 < NOTHING:
        return None
    different = _different(found)
    if len(different) < SHORTEST:
        return TextPrint(text, found, 0, np.empty(0, np.int64))
    return TextPrint(text, found, len(different), _bands(different))


def shingles(text: str) -> NDArray[np.uint64]:
    """Return a hash for each run of five words of a text, in order, the same in every process.

    Words are compared without case and accents; lines that are an outlet's own, such as "All
    rights reserved", are passed over.
    """
    plain = text.casefold()
    if any(each in plain for each in _OF_THE_OUTLET):
        plain = "\n".join(line for line in plain.split("\n") if not _is_of_the_outlet(line))
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        if max(plain) >= _WIDEST:
            plain = _WIDE.sub(r" \g<0> ", plain)
    coded = plain.encode("utf-8", "replace")
    if b"\xcc" in coded or b"\xcd" in coded:
        coded = _MARKS.sub(b"", coded)
    words = _PUNCTUATION.sub(b" ", coded).translate(_SPACED).split()
    known = {word: zlib.crc32(word) for word in set(words)}
    hashes = np.array([known[word] for word in words], dtype=np.uint64)
    count = max(0, len(hashes) - _WIDTH + 1)
    found = np.zeros(count, dtype=np.uint64)
    for place, factor in enumerate(_FACTORS):
        found += hashes[place : place + count] * factor
    return found ^ (found >> np.uint64(29))


def _different(found: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return each shingle once, ascending; for so few, sorting is faster than ``np.unique``."""
    ordered = np.sort(found)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def _is_of_the_outlet(line: str) -> bool:
    return len(line) <= _SHORT_LINE and any(each in line for each in _OF_THE_OUTLET)


def _bands(different: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return the MinHash values of shingles, each together with its place among them."""
    from datasketch import MinHash

    made = MinHash(BANDS, hashfunc=int, permutations=_permutations(), scheme="affine32")
    made.update_batch((different >> np.uint64(32)).tolist())
    places: NDArray[np.int64] = np.arange(BANDS, dtype=np.int64) << 32
    places |= made.hashvalues
    return places


@cache
def _permutations() -> NDArray[np.uint32]:
    from datasketch import MinHash

    made: NDArray[np.uint32] = MinHash(BANDS, seed=_SEED, scheme="affine32").permutations
    return made


def _scattered(short: NDArray[np.uint64], long: NDArray[np.uint64]) -> float:
    """Return how much of the shorter text is shared beside its two longest shared runs."""
    shared = np.isin(short, long)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], shared.view(np.int8), [0]])))
    longest = int(np.sort(edges[1::2] - edges[::2])[-2:].sum())
    return float((shared.sum() - longest) / max(1, len(short) - longest))


def _alike(short: str, long: str) -> float:
    """Return how much of the shorter text is in sentences that are like one of the longer's.

    Of content words; 0 for long texts, which nobody rewords sentence by sentence.
    """
    ours, theirs = _content(short), _content(long)
    if not ours or len(ours) * len(theirs) > _MOST_PAIRS:
        return 0.0
    like = [any(len(words & others) >= _LIKE * len(words) for others in theirs) for words in ours]
    sizes = [len(words) for words in ours]
    return sum(size for size, found in zip(sizes, like, strict=True) if found) / sum(sizes)


def _content(text: str) -> list[frozenset[str]]:
    """Return the content words of each sentence that has some."""
    found = (
        frozenset(_WORD.findall(sentence.of(text).casefold())) - STOPWORDS
        for sentence in sentences(text)
    )
    return [words for words in found if len(words) >= _LEAST_WORDS]


def _facts_shared(short: str, long: str) -> float:
    """Return the share of the names and figures of the shorter text that the longer has."""
    facts, others = _facts(short), _facts(long)
    return len(facts & others) / len(facts) if facts else 1.0


def _facts(text: str) -> frozenset[str]:
    """Return the words with a capital that never stand without one, and the figures."""
    small = {word.capitalize() for word in _LOWER.findall(text)}
    return frozenset(_FACT.findall(text)) - small
