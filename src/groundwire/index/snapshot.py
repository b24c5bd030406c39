"""A snapshot: what one read transaction sees, whatever a writer does meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from groundwire.domain.errors import NotFoundError
from groundwire.domain.retrieval import Scope
from groundwire.index import lexical, reading
from groundwire.index.dense import sentences_of, vectors_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from groundwire.domain.documents import (
        Document,
        DocumentId,
        DocumentInfo,
        Passage,
        PassageId,
    )
    from groundwire.index.dense import DenseSearch
    from groundwire.index.lexical import Stemmer
    from groundwire.index.proposals import Moment

_EVERYTHING = Scope()


class Snapshot:
    """The index at one revision. Got from ``IndexStore.snapshot``; short-lived.

    A commit waits for open snapshots, so none is held while something slow is done.

    Attributes:
        generation: Name of the index generation.
        revision: Counts the commits that changed something.
    """

    def __init__(self, moment: Moment, dense: DenseSearch, stemmer: Stemmer) -> None:
        """Wrap a connection inside a read transaction."""
        self.generation = moment.folder.name
        self.revision = moment.revision
        self._moment = moment
        self._connection = moment.connection
        self._dense = dense
        self._stemmer = stemmer

    def documents(self, scope: Scope = _EVERYTHING) -> tuple[DocumentInfo, ...]:
        """Return the entries of the documents in scope, by path."""
        return reading.documents(self._connection, scope)

    def document(self, document_id: DocumentId) -> Document:
        """Return a document with its text of record.

        Raises:
            NotFoundError: It is not in the index.
        """
        found = reading.document(self._connection, document_id)
        if found is None:
            raise NotFoundError(f"no document {document_id}", hint="run: groundwire docs")
        return found

    def find(self, name: str) -> tuple[DocumentInfo, ...]:
        """Return the documents that a person may mean by a name.

        The first of these that fits anything decides: the id or the exact path, the end of the
        path, the title without case, a glob pattern over the path.
        """
        return reading.find(self._connection, name)

    def roots(self) -> tuple[str, ...]:
        """Return the folders and files that belong to the index, sorted."""
        return reading.roots(self._connection)

    def count(self) -> int:
        """Return how many passages the index holds."""
        return reading.count_passages(self._connection, _EVERYTHING)

    def passages(self, ids: Sequence[PassageId]) -> tuple[tuple[Passage, DocumentInfo], ...]:
        """Return passages with their documents' entries, in the order asked.

        Raises:
            NotFoundError: An id is not in the index.
        """
        try:
            return reading.passages(self._connection, ids)
        except KeyError as error:
            raise NotFoundError(f"no passage {error.args[0]}") from error

    def documents_of(self, ids: Sequence[PassageId]) -> tuple[DocumentInfo, ...]:
        """Return the entry of each passage's document, in the order asked.

        Raises:
            NotFoundError: An id is not in the index.
        """
        try:
            return reading.documents_of(self._connection, ids)
        except KeyError as error:
            raise NotFoundError(f"no passage {error.args[0]}") from error

    def passages_of(self, document_id: DocumentId) -> tuple[Passage, ...]:
        """Return a document's passages, in the order of its text."""
        return reading.passages_of(self._connection, document_id)

    def lexical(
        self,
        terms: Sequence[str],
        *,
        top_k: int,
        scope: Scope = _EVERYTHING,
        weights: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0),
    ) -> tuple[tuple[PassageId, float], ...]:
        """Return the best passages in scope for any of the terms, by bm25, best first.

        Args:
            terms: Plain words or phrases; no operator in them has any effect.
            top_k: How many passages at most.
            scope: Which documents may be used.
            weights: What a word in title, source, date and body counts.

        Returns:
            Passages with positive scores, larger is better. The rarest two dozen terms are
            searched for, and very common ones are left out where others are rare.
        """
        return lexical.search(
            self._connection,
            [self._stemmer.term(term) for term in terms],
            top_k=top_k,
            scope=scope,
            weights=weights,
        )

    def dense(
        self, vector: NDArray[np.float32], *, top_k: int, scope: Scope = _EVERYTHING
    ) -> tuple[tuple[PassageId, float], ...]:
        """Return the passages in scope with the largest cosine to a vector, best first."""
        return self._dense.search(self._moment, vector, top_k=top_k, scope=scope)

    def vectors(self, ids: Sequence[PassageId]) -> NDArray[np.float32]:
        """Return the unit vectors of passages, in the order asked, of shape (ids, dimension).

        Raises:
            NotFoundError: An id is not in the index.
        """
        found = vectors_of(self._connection, ids)
        missing = [passage_id for passage_id in ids if passage_id not in found]
        if missing:
            raise NotFoundError(f"no passage {missing[0]}")
        if not ids:
            return np.empty((0, 0), dtype=np.float32)
        return np.stack([found[passage_id] for passage_id in ids])

    def sentence_vectors(
        self, ids: Sequence[PassageId], dimension: int
    ) -> dict[PassageId, NDArray[np.float32]]:
        """Return the vectors of the sentences of those passages that are in the index.

        Args:
            ids: The passages.
            dimension: Length of a vector.

        Returns:
            By passage an array of (sentences, dimension), in the order of the text, with rows of
            unit length to about a hundredth.
        """
        return sentences_of(self._connection, ids, dimension)

    def sources(self) -> tuple[frozenset[str], date | None]:
        """Return the outlets that documents give, and the latest publication date, if any."""
        return reading.sources(self._connection)

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """Return for each word, or stem of one, how many passages contain it, by stem."""
        return {
            term: lexical.frequency(self._connection, self._stemmer.term(term)) for term in terms
        }

    def contains_phrase(self, phrase: str) -> bool:
        """Return whether a title or a passage holds these words next to each other, by stem."""
        return lexical.contains_phrase(self._connection, self._stemmer.term(phrase))
