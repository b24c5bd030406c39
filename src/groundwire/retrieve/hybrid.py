"""Hybrid retrieval: a question and each of its clauses, lexical and dense, fused and served."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from groundwire.domain.retrieval import Hit, Ranking, Scope
from groundwire.retrieve.asked import read_asked
from groundwire.retrieve.copies import families
from groundwire.retrieve.late import match, weighted
from groundwire.retrieve.pool import gather_pool
from groundwire.retrieve.serving import serve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from groundwire.domain.documents import DocumentInfo, PassageId
    from groundwire.index.snapshot import Snapshot
    from groundwire.models.encoder import Encoder
    from groundwire.models.reranker import Reranker
    from groundwire.retrieve.asked import Asked
    from groundwire.retrieve.late import Matches
    from groundwire.retrieve.pool import Pool
    from groundwire.retrieve.query import Part

EVERYTHING = Scope()

COSINE = 0.7
"""Weight of the cosine beside bm25 divided by the best bm25."""

OUTLET = 0.45
"""What a passage of an outlet gains when the question or the clause names that outlet."""

DATE = 0.15
"""What a passage gains that was published within a day of one that is named."""

LATE = 2.0
"""Weight of late interaction in the score for a clause of several."""

LATE_ALONE = 4.0
"""The same where the question has one clause."""

SENTENCE = 2.0
"""Weight of a passage's best sentence, by cosine and late interaction, for one clause."""

POOL = 100
"""Candidates that late interaction looks at, and that are ordered in the end."""

POOL_ALONE = 40
"""The same where the question has one clause."""

RERANKED = 50
"""Hits that a reranker orders: a pass of the model each."""

COPIES = 10
"""Passages that are ordered beyond those asked for, since copies give way to others."""


class HybridRetriever:
    """Finds passages for a question in one snapshot of the index.

    A passage's score is its score for the whole question plus that for the clause it serves
    best; each is bm25 divided by the best bm25, plus the weighted cosine, plus the boosts for
    outlet and date; that for a clause also has the late interaction of its words. The figures
    behind every constant: docs/retrieval.md.
    """

    def __init__(
        self, encoder: Encoder, *, candidates: int, reranker: Reranker | None = None
    ) -> None:
        """Keep the encoder.

        Args:
            encoder: Encodes the question; the same that encoded the passages.
            candidates: Passages that each of the two searches brings for the whole question.
            reranker: Orders what was found once more; None leaves the order.
        """
        self._encoder = encoder
        self._candidates = candidates
        self._reranker = reranker

    @property
    def encoder_name(self) -> str:
        """Name of the encoder, for the provenance."""
        return self._encoder.identity.name

    def read(self, snapshot: Snapshot, question: str) -> Asked:
        """Return a question, which is not empty, as it is searched for."""
        return read_asked(question, snapshot, self._encoder)

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
        asked = self.read(snapshot, question)
        pool = gather_pool(snapshot, asked, brought=max(self._candidates, top_k), scope=scope)
        if not pool.ids:
            return Ranking(question, ())
        kept = POOL if len(asked.query.clauses) > 1 else POOL_ALONE
        scored = _score(snapshot, asked, pool).best(max(kept, top_k + COPIES))
        scored = _with_late_interaction(snapshot, asked, scored)
        documents = [document.id for document in scored.documents]
        served = scored.parts[1:].argmax(axis=0).tolist()
        order = serve(scored.total, served, documents, top_k + COPIES)
        hits = _hits(snapshot, pool, scored.rows(order))
        return Ranking(question, _ranked(self._reordered(question, hits)[:top_k]))

    def _reordered(self, question: str, hits: list[Hit]) -> list[Hit]:
        """Return the hits in the order of the reranker's scores, equal ones as they were."""
        if self._reranker is None:
            return hits
        first = hits[:RERANKED]
        scores = self._reranker.scores(question, [hit.passage.text for hit in first])
        order = np.argsort(-scores, kind="stable").tolist()
        return [*(first[place] for place in order), *hits[RERANKED:]]


@dataclass(frozen=True, slots=True)
class _Scored:
    """Candidates with their scores.

    Attributes:
        ids: The candidates.
        documents: The document of each.
        parts: Scores for the question and each clause, of (1 + clauses, candidates).
        cosines: Cosine of question and candidate.
    """

    ids: tuple[PassageId, ...]
    documents: tuple[DocumentInfo, ...]
    parts: NDArray[np.float64]
    cosines: NDArray[np.float64]

    @property
    def total(self) -> NDArray[np.float64]:
        """What candidates are ordered by: the question's score and that of the best clause."""
        total: NDArray[np.float64] = self.parts[0] + self.parts[1:].max(axis=0)
        return total

    def rows(self, order: Sequence[int]) -> _Scored:
        """Return the candidates at these places."""
        chosen = list(order)
        return _Scored(
            tuple(self.ids[i] for i in chosen),
            tuple(self.documents[i] for i in chosen),
            self.parts[:, chosen],
            self.cosines[chosen],
        )

    def best(self, count: int) -> _Scored:
        """Return the candidates with the largest scores, best first."""
        return self.rows(np.argsort(-self.total, kind="stable")[:count].tolist())


def _score(snapshot: Snapshot, asked: Asked, pool: Pool) -> _Scored:
    """Return the candidates with what words, vectors, outlets and days say of them."""
    parts = asked.query.parts
    documents = snapshot.documents_of(pool.ids)
    bm25 = snapshot.bm25(pool.ids, [part.terms for part in parts])
    lexical = bm25 / np.maximum(bm25.max(axis=1, keepdims=True), 1e-9)
    cosines = (asked.vectors @ snapshot.vectors(pool.ids).T).astype(np.float64)
    boosts = np.array([_boosts(part, documents) for part in parts])
    return _Scored(pool.ids, documents, lexical + COSINE * cosines + boosts, cosines[0])


def _boosts(part: Part, documents: Sequence[DocumentInfo]) -> list[float]:
    return [
        OUTLET * (document.source in part.sources) + DATE * _near(document, part.days)
        for document in documents
    ]


def _near(document: DocumentInfo, days: Sequence[date]) -> bool:
    published = document.published
    return published is not None and any(abs((published - day).days) <= 1 for day in days)


def _with_late_interaction(snapshot: Snapshot, asked: Asked, scored: _Scored) -> _Scored:
    """Return the candidates with the late interaction of each clause added to its scores."""
    weights = asked.clause_weights()
    if not weights.any():
        return scored
    stored = snapshot.tokens(scored.ids)
    matches = match(asked.encoding.tokens, [stored[each] for each in scored.ids])
    late = np.array([weighted(matches.passages, clause) for clause in weights])
    parts = scored.parts.copy()
    if len(weights) == 1:
        parts[1] += LATE_ALONE * late[0]
        parts[1] += SENTENCE * _best_sentences(snapshot, asked, scored.ids, matches)
    else:
        parts[1:] += LATE * late
    return _Scored(scored.ids, scored.documents, parts, scored.cosines)


def _best_sentences(
    snapshot: Snapshot, asked: Asked, ids: Sequence[PassageId], matches: Matches
) -> NDArray[np.float64]:
    """Return the largest cosine and late interaction of one sentence, added up, by passage."""
    stored = snapshot.sentence_vectors(ids, len(asked.encoding.vector))
    cosines = np.concatenate([stored[each] for each in ids]) @ asked.encoding.vector
    best = np.zeros(len(ids))
    passages, first = np.unique(matches.owner, return_index=True)
    for scores in (cosines, weighted(matches.sentences, asked.weights)):
        best[passages] += np.maximum.reduceat(scores, first)
    return best


def _hits(snapshot: Snapshot, pool: Pool, scored: _Scored) -> list[Hit]:
    """Return the passages, each with its copies: the earliest speaks for all of them."""
    stored = snapshot.passages(scored.ids)
    stems = snapshot.stems(scored.ids)
    texts = [passage.text for passage, _ in stored]
    hits = []
    documents = [document.id for _, document in stored]
    origins = snapshot.origins(documents)
    groups = families([stems[each] for each in scored.ids], texts, documents, origins)
    for rank, group in enumerate(groups, 1):
        first = min(group, key=lambda place: _published(stored[place][1]))
        passage, document = stored[first]
        hit = Hit(
            passage=passage,
            document=document,
            score=float(scored.total[group[0]]),
            rank=rank,
            retrievers=pool.retrievers(passage.id),
            similarity=float(scored.cosines[first]),
            copies=tuple(stored[place][1] for place in group if place != first),
        )
        hits.append(hit)
    return hits


def _ranked(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(hits, 1))


def _published(document: DocumentInfo) -> date:
    return document.published or date.max
