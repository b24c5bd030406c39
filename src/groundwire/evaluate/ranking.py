"""How well a ranking of passages covers gold evidence.

A ranking is given as what each of its hits covers, best first: the numbers of the gold parts
that the passage touches, empty for a passage beside the point. The parts of a case are counted
from 0, and a copy of a passage covers the same parts, so finding it again gains nothing.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Coverage = frozenset[int]


def recall(covered: Sequence[Coverage], parts: int, k: int) -> float:
    """Return recall@k: the share of gold parts that the first ``k`` hits cover.

    Source: C. Manning, P. Raghavan and H. Schütze, Introduction to Information Retrieval (2008),
    section 8.3, with parts for relevant documents.
    """
    return len(frozenset[int]().union(*covered[:k])) / parts


def complete(covered: Sequence[Coverage], parts: int, k: int) -> bool:
    """Return whether the first ``k`` hits cover every gold part together.

    Its mean over cases is what Y. Tang and Y. Yang, MultiHop-RAG (2024), need of a retriever: an
    answer from several documents wants all of its evidence, not the first piece of it.
    """
    return len(frozenset[int]().union(*covered[:k])) == parts


def reciprocal_rank(relevant: Sequence[bool], k: int) -> float:
    """Return 1 / rank of the first relevant hit among the first ``k``; 0 if there is none.

    Its mean over cases is MRR@k. Source: E. Voorhees, The TREC-8 Question Answering Track
    Report (1999).
    """
    return next((1 / rank for rank, hit in enumerate(relevant[:k], 1) if hit), 0.0)


def ndcg(covered: Sequence[Coverage], parts: int, k: int) -> float:
    """Return nDCG@k, where a hit gains 1 for every part that no hit above it covers.

    Source: K. Järvelin and J. Kekäläinen, Cumulated gain-based evaluation of IR techniques
    (2002), with logarithm base 2 and the novelty gain of C. Clarke et al., Novelty and diversity
    in information retrieval evaluation (2008), alpha = 1. The ideal order is built greedily, as
    there, from the hits at hand and one hit for each part that none of them covers.
    """
    everything = frozenset(range(parts))
    absent = everything - frozenset[int]().union(*covered[:k])
    pool = [*covered[:k], *(frozenset({part}) for part in sorted(absent))]
    ideal: list[Coverage] = []
    rest = everything
    while rest and len(ideal) < k:
        best = max(pool, key=lambda hit: len(hit & rest))
        ideal.append(best)
        rest -= best
    return _gain(covered[:k]) / _gain(ideal)


def _gain(covered: Sequence[Coverage]) -> float:
    seen: Coverage = frozenset()
    total = 0.0
    for rank, hit in enumerate(covered, 1):
        total += len(hit - seen) / math.log2(rank + 1)
        seen |= hit
    return total
