"""A question as retrieval and answering see it: its parts, its vectors, what its words weigh."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from groundwire.retrieve.outlets import Outlets
from groundwire.retrieve.query import read_query
from groundwire.retrieve.query_words import in_documents_words, without_slips
from groundwire.text.asking import read_asking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from groundwire.index.snapshot import Snapshot
    from groundwire.models.encoder import Encoder, QueryEncoding
    from groundwire.retrieve.query import Query


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, read against one snapshot of the index.

    Attributes:
        query: The question and its clauses.
        encoding: Its vectors, those of its clauses, and those of its tokens.
        weights: What each token counts, of (tokens,): the inverse passage frequency of its word,
            0 for the name of an outlet, which says where to look and not for what, and for an
            imperative, which says how to answer.
    """

    query: Query
    encoding: QueryEncoding
    weights: NDArray[np.float64]

    @property
    def vectors(self) -> NDArray[np.float32]:
        """Unit vectors of the question and, below, of its clauses, of (1 + clauses, dimension)."""
        return np.concatenate([self.encoding.vector[None, :], self.encoding.parts])

    def clause_weights(self) -> NDArray[np.float64]:
        """Return the weights of the tokens of each clause, of (clauses, tokens), 0 elsewhere."""
        inside = np.array(
            [
                [part.span.contains(place) for place in self.encoding.places]
                for part in self.query.clauses
            ]
        ).reshape(len(self.query.clauses), len(self.weights))
        weights: NDArray[np.float64] = inside * self.weights
        return weights


def read_asked(question: str, snapshot: Snapshot, encoder: Encoder) -> Asked:
    """Return a question read against one snapshot of the index, in the words to search with.

    Args:
        question: What is asked, as it was typed.
        snapshot: Knows the outlets, the latest year and how frequent words are.
        encoder: The encoder of the index.
    """
    text = in_documents_words(read_asking(question).text, snapshot)
    query, encoding = _encoded(text, snapshot, encoder)
    right = without_slips(text, _in_pieces(text, encoding), snapshot)
    if right != text:
        query, encoding = _encoded(right, snapshot, encoder)
    return Asked(query, encoding, _weights(query, encoding, snapshot))


def _encoded(text: str, snapshot: Snapshot, encoder: Encoder) -> tuple[Query, QueryEncoding]:
    sources, latest = snapshot.sources()
    query = read_query(text, known_outlets(sources), latest.year if latest else 0)
    return query, encoder.encode_query_parts(text, [part.span for part in query.clauses])


def _in_pieces(text: str, encoding: QueryEncoding) -> Iterator[str]:
    """Yield the words that the encoder's vocabulary does not have whole."""
    for place, pieces in Counter(encoding.places).items():
        if pieces > 1:
            yield place.of(text)


def _weights(query: Query, encoding: QueryEncoding, snapshot: Snapshot) -> NDArray[np.float64]:
    words = [place.of(query.text) for place in encoding.places]
    found = snapshot.frequencies(tuple(dict.fromkeys(words)))
    total = snapshot.count()
    quiets = (*query.outlets, *filter(None, [query.verb]))
    return np.array(
        [
            0.0
            if any(quiet.contains(place) for quiet in quiets)
            else math.log(1 + (total - found[word] + 0.5) / (found[word] + 0.5))
            for word, place in zip(words, encoding.places, strict=True)
        ],
        dtype=np.float64,
    )


@lru_cache(maxsize=8)
def known_outlets(sources: frozenset[str]) -> Outlets:
    """Return the outlets with these names; the last few are kept, for making them takes long."""
    return Outlets(sources)
