"""A snapshot: what one read transaction sees, whatever a writer does meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.domain.errors import IndexCorruptError, NotFoundError
from groundwire.domain.retrieval import EVERYTHING
from groundwire.index import families, files, forward, lexical, phrases, reading, stored
from groundwire.index.dense import sentences_of
from groundwire.index.stemming import hash_of
from groundwire.index.tokens import from_stored

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from groundwire.domain.calibration import Calibration
    from groundwire.domain.documents import Document, DocumentId, DocumentInfo, Passage, PassageId
    from groundwire.domain.families import Family
    from groundwire.domain.retrieval import Scope
    from groundwire.index.dense import DenseSearch
    from groundwire.index.facts import Counted, Facts
    from groundwire.index.forward import Stems
    from groundwire.index.proposals import Moment
    from groundwire.index.stemming import Stemmer
    from groundwire.index.stored import Place
    from groundwire.index.tokens import TokenVectors


class Snapshot:
    """The index at one revision, or a view of it. Got from ``IndexStore.snapshot``; short-lived.

    A commit waits for open snapshots, so none is held while something slow is done. What lies
    outside the view leaves no trace in what is returned, counts included.

    Attributes:
        generation: Name of the index generation.
        revision: Counts the commits that changed something.
    """

    def __init__(
        self, moment: Moment, facts: Facts, dense: DenseSearch, stemmer: Stemmer, view: Scope
    ) -> None:
        """Wrap a connection inside a read transaction."""
        self._view = view
        self.generation = moment.folder.name
        self.revision = moment.revision
        self._moment = moment
        self._connection = moment.connection
        self._facts = facts
        self._dense = dense
        self._stemmer = stemmer

    def documents(self, scope: Scope = EVERYTHING, most: int = -1) -> tuple[DocumentInfo, ...]:
        """Return the entries of the documents in scope, by path; ``most``, -1 for all."""
        return reading.documents(self._connection, self._in_view(scope), most=most)

    def document(self, document_id: DocumentId) -> Document:
        """Return a document with its text of record.

        Raises:
            NotFoundError: It is not in the index.
            IndexCorruptError: Its text is not the one that was indexed.
        """
        found = reading.document(self._connection, document_id)
        if found is None:
            raise NotFoundError(f"no document {document_id}", hint="run: groundwire docs")
        return found

    def text_hashes(self, ids: Sequence[DocumentId]) -> dict[str, str]:
        """Return the SHA-256 of the texts of those documents that are there, by id."""
        return reading.text_hashes(self._connection, ids)

    def moved(self, document_id: DocumentId) -> DocumentId:
        """Return the id that a document goes by now, wherever it was moved to."""
        return files.now_called(self._connection, document_id)

    def find(self, name: str) -> tuple[DocumentInfo, ...]:
        """Return the documents that a person may mean by a name.

        The first of these that fits anything decides: the id or the exact path, the end of the
        path, the title without case, a glob pattern over the path, a part of the path or of the
        title without case.
        """
        return reading.find(self._connection, name, self._view)

    def families(
        self, scope: Scope = EVERYTHING, *, of: Collection[DocumentId] | None = None
    ) -> tuple[Family, ...]:
        """Return the copy families in scope, by the age of their origins.

        A family is that of all documents in view, without its members outside the scope; it is
        none if fewer than two are left. ``of``: only the families of these documents.
        """
        found = self._facts.families(self._connection)
        if of is not None:
            origins = set(self.origins(of).values())
            found = tuple(family for family in found if family[0] in origins)
        return families.in_scope(self._connection, found, self._in_view(scope))

    def origins(self, ids: Iterable[DocumentId]) -> dict[DocumentId, DocumentId]:
        """Return, for those documents that have a copy family, its first printed member."""
        known = self._facts.origins(self._connection)
        return {each: known[each] for each in ids if each in known}

    def roots(self) -> tuple[str, ...]:
        """Return the folders and files that belong to the index, sorted."""
        return reading.roots(self._connection)

    def calibration(self) -> Calibration | None:
        """Return the threshold that was fitted to the whole index, in force or not."""
        return self._facts.calibration(self._connection)

    def count(self) -> int:
        """Return how many passages the index holds."""
        return self._facts.size(self._connection).passages

    def passages(self, ids: Sequence[PassageId]) -> tuple[tuple[Passage, DocumentInfo], ...]:
        """Return passages with their documents' entries, in the order asked.

        Raises:
            IndexCorruptError: An id is not in it, or a text is not the one that was indexed.
        """
        self._facts.check_texts(self._connection, {place.document for place in self._places(ids)})
        return reading.passages(self._connection, ids)

    def documents_of(self, ids: Sequence[PassageId]) -> tuple[DocumentInfo, ...]:
        """Return the entry of each passage's document, in the order asked.

        Raises:
            IndexCorruptError: An id, which can only be of this index, is not in it.
        """
        numbers = [place.document for place in self._places(ids)]
        infos = self._facts.documents(self._connection, numbers)
        return tuple(infos[number] for number in numbers)

    def passages_of(self, document_id: DocumentId) -> tuple[Passage, ...]:
        """Return a document's passages, in the order of its text."""
        return reading.passages_of(self._connection, document_id)

    def lexical(  # noqa: PLR0913  # what is looked for, where, and how thoroughly
        self,
        terms: Sequence[str],
        *,
        top_k: int,
        scope: Scope = EVERYTHING,
        weights: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0),
        rarest: int = lexical.RAREST,
        common: float = 1.0,
    ) -> tuple[tuple[PassageId, float], ...]:
        """Return the best passages in scope for any of the terms, by bm25, best first.

        Args:
            terms: Plain words or phrases; no operator in them has any effect.
            top_k: How many passages at most.
            scope: Which documents may be used.
            weights: What a word in title, source, date and body counts.
            rarest: How many terms are searched for at most, the rarest.
            common: Beside the rarest three, no term is searched for that a larger share of all
                passages contains.

        Returns:
            Passages with positive scores, larger is better. Very common terms are left out where
            others are rare, whatever ``common`` is.
        """
        most = common * self.count()
        return lexical.search(
            self._connection,
            lexical.worth_searching(self._counted(terms), rarest, most),
            top_k=top_k,
            scope=self._in_view(scope),
            weights=weights,
        )

    def dense(
        self, vector: NDArray[np.float32], *, top_k: int, scope: Scope = EVERYTHING
    ) -> tuple[tuple[PassageId, float], ...]:
        """Return the passages in scope with the largest cosine to a vector, best first."""
        return self.nearest(vector[None, :], top_k=[top_k], scope=scope)[0]

    def nearest(
        self,
        vectors: NDArray[np.float32],
        *,
        top_k: Sequence[int],
        scope: Scope = EVERYTHING,
    ) -> tuple[tuple[tuple[PassageId, float], ...], ...]:
        """Return for each vector, a row, its ``top_k`` passages in scope of largest cosine."""
        scope = self._in_view(scope)
        return self._dense.search(self._moment, vectors, top_k=top_k, scope=scope)

    def vectors(self, ids: Sequence[PassageId]) -> NDArray[np.float32]:
        """Return the unit vectors of passages, in the order asked, of shape (ids, dimension).

        Raises:
            IndexCorruptError: An id, which can only be of this index, is not in it.
        """
        return self._dense.vectors(self._moment, [place.row for place in self._places(ids)])

    def sentence_vectors(
        self, ids: Sequence[PassageId], dimension: int
    ) -> dict[PassageId, NDArray[np.float32]]:
        """Return by passage, if it is there, its sentences' vectors, of (sentences, ``dimension``).

        They are in the order of the text, and of unit length to about a hundredth.
        """
        return sentences_of(self._connection, ids, dimension)

    def tokens(self, ids: Sequence[PassageId]) -> dict[PassageId, TokenVectors]:
        """Return the vectors of the word pieces of those passages that are in the index."""
        dimension = self._facts.token_dimension(self._connection)
        places = self._facts.places(self._connection, ids)
        found = stored.tokens(self._connection, [place.row for place in places.values()])
        return {
            passage_id: from_stored(*found[place.row], dimension)
            for passage_id, place in places.items()
        }

    def stems(self, ids: Sequence[PassageId]) -> dict[PassageId, NDArray[np.uint32]]:
        """Return by passage the hashes of the stems in its text, ascending, each once.

        Equal stems have equal hashes, whatever the process. Unknown passages are left out.
        """
        places = self._facts.places(self._connection, ids)
        found = self._stems([place.row for place in places.values()])
        return {
            passage_id: stems.of_body() for passage_id, stems in zip(places, found, strict=True)
        }

    def bm25(
        self, ids: Sequence[PassageId], queries: Sequence[Sequence[str]]
    ) -> NDArray[np.float64]:
        """Return the bm25 of passages for several lists of words, all fields counting the same.

        Args:
            ids: The passages.
            queries: Lists of words, or stems of them; each stem counts once. A word that the
                index holds as several, such as "3.5", is looked for as a phrase.

        Returns:
            An array of (queries, ids): what FTS5's own bm25 is, with positive scores.

        Raises:
            IndexCorruptError: An id, which can only be of this index, is not in it.
        """
        rows = [place.row for place in self._places(ids)]
        passages, total = self._facts.size(self._connection)
        everything = list(dict.fromkeys(word for words in queries for word in words))
        counted = dict(zip(everything, self._counted(everything), strict=True))
        weights, phrases = [], []
        for words in queries:
            known = [counted[word] for word in words if counted[word].passages]
            single = {each.stem: each.passages for each in known if each.stem}
            weights.append({hash_of(x): forward.idf(n, passages) for x, n in single.items()})
            several = {each.term.tokens: each.term for each in known if not each.stem}
            phrases.append(tuple(several.values()))
        scores = forward.bm25(self._stems(rows), total / max(passages, 1), weights)
        for phrase in dict.fromkeys(term for several in phrases for term in several):
            found = lexical.phrase_scores(self._connection, phrase, rows)
            asked = [phrase in each for each in phrases]
            scores[asked] += [found.get(row, 0.0) for row in rows]
        return scores

    def sources(self) -> tuple[frozenset[str], date | None]:
        """Return the outlets that documents give, and the latest publication date, if any."""
        return self._facts.sources(self._connection)

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """Return for each word, or stem of one, how many passages contain it, by stem."""
        return dict(zip(terms, (each.passages for each in self._counted(terms)), strict=True))

    def contains_phrase(self, phrase: str) -> bool:
        """Return whether a title or a passage holds these words next to each other, by stem."""
        return lexical.contains_phrase(self._connection, self._stemmer.term(phrase), self._view)

    def phrase(self, words: str, *, top_k: int, scope: Scope) -> tuple[PassageId, ...]:
        """Return the passages that hold these words next to each other, the earliest first."""
        scope = self._in_view(scope)
        return phrases.passages(self._connection, self._stemmer.term(words), top_k, scope)

    def _in_view(self, scope: Scope) -> Scope:
        return self._view if scope.is_everything() else scope

    def _places(self, ids: Sequence[PassageId]) -> list[Place]:
        places = self._facts.places(self._connection, ids)
        missing = [passage_id for passage_id in ids if passage_id not in places]
        if missing:
            raise IndexCorruptError(f"the catalog has no passage {missing[0]}")
        return [places[passage_id] for passage_id in ids]

    def _counted(self, words: Sequence[str]) -> list[Counted]:
        return self._facts.counted(self._connection, [self._stemmer.term(word) for word in words])

    def _stems(self, rows: Sequence[int]) -> list[Stems]:
        found = stored.stems(self._connection, rows)
        return [found[row] for row in rows]
