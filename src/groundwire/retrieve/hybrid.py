"""Hybrid retrieval: a question and each of its clauses, dense and lexical, fused and served."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from groundwire.domain.retrieval import Hit, Ranking, Scope
from groundwire.retrieve.clauses import clauses
from groundwire.retrieve.outlets import Outlets
from groundwire.retrieve.query import read_query
from groundwire.retrieve.serving import serve

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from groundwire.domain.documents import DocumentInfo, Passage, PassageId
    from groundwire.index.snapshot import Snapshot
    from groundwire.models.encoder import Encoder
    from groundwire.retrieve.query import Part, Query

EVERYTHING = Scope()

COSINE = 0.7
"""Weight of the cosine beside bm25 divided by the best bm25."""

OUTLET = 0.45
"""What a passage of an outlet gains when the question or the clause names that outlet."""

DATE = 0.15
"""What a passage gains that was published within a day of one that is named."""

CLAUSE_CANDIDATES = 40
"""Passages that each search brings for a clause."""

POOL = 100
"""Candidates that are ordered in the end."""


class HybridRetriever:
    """Finds passages for a question in one snapshot of the index.

    A passage's score is its score for the whole question plus that for the clause it serves
    best; each is bm25 divided by the best bm25, plus the weighted cosine, plus the boosts for
    outlet and date. The figures behind every constant: docs/retrieval.md.
    """

    def __init__(self, encoder: Encoder, *, candidates: int) -> None:
        """Keep the encoder.

        Args:
            encoder: Encodes the question; the same that encoded the passages.
            candidates: Passages that each of the two searches brings for the whole question.
        """
        self._encoder = encoder
        self._candidates = candidates

    @property
    def encoder_name(self) -> str:
        """Name of the encoder, for the provenance."""
        return self._encoder.identity.name

    def vector(self, question: str) -> NDArray[np.float32]:
        """Return the unit vector that a question is searched with, of shape (dimension,)."""
        found: NDArray[np.float32] = self._vectors(question)[0]
        return found

    def search(
        self, snapshot: Snapshot, question: str, *, top_k: int, scope: Scope = EVERYTHING
    ) -> Ranking:
        """Return the best passages for a question, best first.

        Filters work inside every search, so the result is the true top of the scope.

        Args:
            snapshot: One revision of the index.
            question: What is asked, in any words.
            top_k: Length of the ranking, at most.
            scope: Which documents may be used.
        """
        if not question.strip():
            return Ranking(question, ())
        sources, latest = snapshot.sources()
        year = latest.year if latest else 0
        query = read_query(question, Outlets(sources), year)
        vectors = self._vectors(question)
        found = self._candidates_of(snapshot, query, vectors, max(self._candidates, top_k), scope)
        if not found.ids:
            return Ranking(question, ())
        scores = _score(query, vectors, found)
        pool = np.argsort(-scores.total, kind="stable")[: max(POOL, top_k)]
        clause = scores.parts[1:, pool].argmax(axis=0).tolist()
        documents = [found.documents[i].id for i in pool]
        order = serve(scores.total[pool], clause, documents, top_k)
        chosen = [int(pool[i]) for i in order]
        stored = snapshot.passages([found.ids[i] for i in chosen])
        return _ranking(question, found, chosen, [passage for passage, _ in stored], scores)

    def _vectors(self, question: str) -> NDArray[np.float32]:
        """Return the vectors of a question and its clauses, from one pass of the encoder."""
        return self._encoder.encode_query_parts(question, clauses(question))

    def _candidates_of(
        self,
        snapshot: Snapshot,
        query: Query,
        vectors: NDArray[np.float32],
        brought: int,
        scope: Scope,
    ) -> _Found:
        """Return every passage that a search for the question or a clause brings."""
        one = len(query.clauses) == 1
        lexical: list[dict[PassageId, float]] = []
        dense: set[PassageId] = set()
        for part, vector in zip(query.parts, vectors, strict=True):
            if lexical and one:
                lexical.append(lexical[0])
                break
            limit = CLAUSE_CANDIDATES if lexical else brought
            lexical.append(dict(snapshot.lexical(part.terms, top_k=brought, scope=scope)))
            dense.update(i for i, _ in snapshot.dense(vector, top_k=limit, scope=scope))
        ids = tuple(sorted(dense.union(*(list(found)[:brought] for found in lexical))))
        return _Found(
            ids,
            snapshot.documents_of(ids),
            snapshot.vectors(ids) if ids else np.empty((0, vectors.shape[1]), np.float32),
            tuple(lexical),
            frozenset(dense),
        )


@dataclass(frozen=True, slots=True)
class _Found:
    """The candidates, column by column."""

    ids: tuple[PassageId, ...]
    documents: tuple[DocumentInfo, ...]
    vectors: NDArray[np.float32]
    lexical: tuple[dict[PassageId, float], ...]
    dense: frozenset[PassageId]


@dataclass(frozen=True, slots=True)
class _Scores:
    """Scores of the candidates.

    Attributes:
        parts: For the question and each clause, of shape (1 + clauses, candidates).
        total: What candidates are ordered by: the question's score and that of the best clause.
        cosines: Cosine of question and candidate.
    """

    parts: NDArray[np.float64]
    total: NDArray[np.float64]
    cosines: NDArray[np.float64]


def _score(query: Query, vectors: NDArray[np.float32], found: _Found) -> _Scores:
    cosines = (vectors @ found.vectors.T).astype(np.float64)
    rows = [
        _lexical(bm25, found.ids) + COSINE * cosine + _boosts(part, found.documents)
        for part, bm25, cosine in zip(query.parts, found.lexical, cosines, strict=True)
    ]
    parts = np.array(rows)
    return _Scores(parts, parts[0] + parts[1:].max(axis=0), cosines[0])


def _lexical(bm25: dict[PassageId, float], ids: Sequence[PassageId]) -> NDArray[np.float64]:
    best = max(bm25.values(), default=1.0)
    return np.array([bm25.get(passage_id, 0.0) / best for passage_id in ids])


def _boosts(part: Part, documents: Sequence[DocumentInfo]) -> NDArray[np.float64]:
    return np.array(
        [
            OUTLET * (document.source in part.sources) + DATE * _near(document, part.days)
            for document in documents
        ]
    )


def _near(document: DocumentInfo, days: Sequence[date]) -> bool:
    published = document.published
    return published is not None and any(abs((published - day).days) <= 1 for day in days)


def _ranking(
    question: str,
    found: _Found,
    order: Sequence[int],
    passages: Sequence[Passage],
    scores: _Scores,
) -> Ranking:
    hits = tuple(
        Hit(
            passage=passage,
            document=found.documents[i],
            score=float(scores.total[i]),
            rank=rank,
            retrievers=_retrievers(found, i),
            similarity=float(scores.cosines[i]),
        )
        for rank, (i, passage) in enumerate(zip(order, passages, strict=True), 1)
    )
    return Ranking(question, hits)


def _retrievers(found: _Found, i: int) -> tuple[str, ...]:
    """Return which searches brought a candidate."""
    passage_id = found.ids[i]
    by_lexical = any(passage_id in bm25 for bm25 in found.lexical)
    by = (("dense", passage_id in found.dense), ("lexical", by_lexical))
    return tuple(name for name, brought in by if brought)
