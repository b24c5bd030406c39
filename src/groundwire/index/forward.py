"""The forward index: for each passage its stems, so that a given passage can be scored.

FTS5 finds the passages for a word; this finds the words of a passage. Stems are kept as hashes of
32 bits: those of the body first, then those that stand only in title, outlet or date, both
ascending.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from groundwire.index.stemming import Stemmer

K1, B = 1.2, 0.75
"""The constants of bm25, as in FTS5."""
_LEAST_IDF = 1e-6
_MOST = 255
HASHES = "<u4"
"""How the hash of a stem is stored."""


class Stems(NamedTuple):
    """What is kept of a passage.

    Attributes:
        length: Words of its body, and of its document's title, outlet and date.
        body: How many of the hashes are those of stems in the body.
        hashes: Four bytes for each distinct stem.
        counts: For each of them how often it stands there, up to 255.
    """

    length: int
    body: int
    hashes: bytes
    counts: bytes

    def of_body(self) -> NDArray[np.uint32]:
        """Return the hashes of the body's stems, ascending."""
        return np.frombuffer(self.hashes, dtype=HASHES, count=self.body).astype(np.uint32)


def stems_of(stemmer: Stemmer, body: str, others: Counter[int]) -> Stems:
    """Return what is kept of a passage.

    Args:
        stemmer: Cuts and stems.
        body: Its text.
        others: How often each hash stands in title, outlet and date.
    """
    inside = Counter(stemmer.hashes(body))
    order = [*sorted(inside), *sorted(others.keys() - inside.keys())]
    everywhere = inside + others
    return Stems(
        length=everywhere.total(),
        body=len(inside),
        hashes=np.array(order, dtype=HASHES).tobytes(),
        counts=bytes(min(everywhere[each], _MOST) for each in order),
    )


def idf(frequency: int, passages: int) -> float:
    """Return the weight of a term that ``frequency`` of all passages contain, as FTS5 has it."""
    return max(_LEAST_IDF, math.log((passages - frequency + 0.5) / (frequency + 0.5)))


def bm25(
    passages: Sequence[Stems], average: float, queries: Sequence[Mapping[int, float]]
) -> NDArray[np.float64]:
    """Return the bm25 of each passage for each query, of shape (queries, passages).

    Source: Robertson and Zaragoza, "The probabilistic relevance framework", 2009, with FTS5's k1
    and b; all fields count the same.

    Args:
        passages: What is kept of the passages.
        average: Mean length of all passages of the index.
        queries: Hash of a stem → its idf.
    """
    terms = np.array(sorted(set().union(*queries)), dtype=np.uint32)
    if not (len(terms) and len(passages)):
        return np.zeros((len(queries), len(passages)))
    lengths = np.array([each.length for each in passages], dtype=np.float64)
    stored = np.frombuffer(b"".join(each.hashes for each in passages), dtype=HASHES)
    counts = np.frombuffer(b"".join(each.counts for each in passages), dtype=np.uint8)
    rows = np.repeat(np.arange(len(passages)), [len(each.counts) for each in passages])
    # Few stems of a passage are asked for: half their bits rule nearly all others out at once.
    maybe = np.zeros(1 << 16, dtype=bool)
    maybe[terms & 0xFFFF] = True
    near = np.flatnonzero(maybe[stored & 0xFFFF])
    places = np.minimum(np.searchsorted(terms, stored[near]), len(terms) - 1)
    hit = terms[places] == stored[near]
    near, places = near[hit], places[hit]
    often = counts[near].astype(np.float64)
    damping = K1 * (1 - B + B * lengths / average)
    weighted = np.zeros((len(terms), len(passages)))
    weighted[places, rows[near]] = often * (K1 + 1) / (often + damping[rows[near]])
    weights = [[query.get(term, 0.0) for term in terms.tolist()] for query in queries]
    return np.asarray(np.array(weights) @ weighted)
