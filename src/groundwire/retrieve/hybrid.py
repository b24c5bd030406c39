"""Hybrid retrieval: dense and lexical candidates, fused into one ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from groundwire.domain.retrieval import Hit, Ranking, Scope
from groundwire.retrieve.fusion import fuse
from groundwire.text.tokens import words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from groundwire.domain.documents import PassageId
    from groundwire.index.snapshot import Snapshot
    from groundwire.models.encoder import Encoder

EVERYTHING = Scope()


class HybridRetriever:
    """Finds passages for a question in one snapshot of the index."""

    def __init__(self, encoder: Encoder, *, candidates: int) -> None:
        """Keep the encoder.

        Args:
            encoder: Encodes the question; the same that encoded the passages.
            candidates: Passages that each of the two searches brings.
        """
        self._encoder = encoder
        self._candidates = candidates

    @property
    def encoder_name(self) -> str:
        """Name of the encoder, for the provenance."""
        return self._encoder.identity.name

    def search(
        self, snapshot: Snapshot, question: str, *, top_k: int, scope: Scope = EVERYTHING
    ) -> Ranking:
        """Return the best passages for a question, best first.

        Filters work inside both searches, so the result is the true top of the scope.

        Args:
            snapshot: One revision of the index.
            question: What is asked, in any words.
            top_k: Length of the ranking, at most.
            scope: Which documents may be used.
        """
        vector = self._encoder.encode_query(question)
        brought = max(self._candidates, top_k)
        dense = snapshot.dense(vector, top_k=brought, scope=scope)
        lexical = dict(snapshot.lexical(words(question), top_k=brought, scope=scope))
        found = dict.fromkeys([passage_id for passage_id, _ in dense] + list(lexical))
        if not found:
            return Ranking(question, ())
        ids = tuple(found)
        cosines = snapshot.vectors(ids) @ vector
        bm25 = np.array([lexical.get(passage_id, 0.0) for passage_id in ids])
        scores = fuse(cosines.astype(np.float64), bm25)
        order = _best_first(scores, ids)[:top_k]
        by_dense = {passage_id for passage_id, _ in dense}
        stored = snapshot.passages([ids[i] for i in order])
        hits = tuple(
            Hit(
                passage=passage,
                document=document,
                score=float(scores[i]),
                rank=rank,
                retrievers=_retrievers(passage.id, by_dense, lexical),
                similarity=float(cosines[i]),
            )
            for rank, (i, (passage, document)) in enumerate(zip(order, stored, strict=True), 1)
        )
        return Ranking(question, hits)


def _best_first(scores: NDArray[np.float64], ids: tuple[PassageId, ...]) -> list[int]:
    """Return positions by falling score; ties in the order of their ids, so runs agree."""
    return sorted(range(len(ids)), key=lambda i: (-scores[i], ids[i]))


def _retrievers(
    passage_id: PassageId, dense: set[PassageId], lexical: dict[PassageId, float]
) -> tuple[str, ...]:
    """Return which searches brought a passage."""
    found = (("dense", passage_id in dense), ("lexical", passage_id in lexical))
    return tuple(name for name, by in found if by)
