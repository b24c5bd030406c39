"""Ordering candidates so that every clause and every article is served."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from numpy.typing import NDArray

SERVED = 0.2
"""What the next passage of a clause is charged when one was just taken for it."""

FADE = 0.5
"""How much of that charge each further passage of the clause adds."""

SAME = 0.1
"""What each passage of a document is charged for every one of it that was taken."""


def serve(
    scores: NDArray[np.float64],
    clauses: Sequence[int],
    documents: Sequence[Hashable],
    top_k: int,
) -> list[int]:
    """Return positions in the order in which they are to be shown.

    Takes the best candidate again and again; each taken one makes the others of its clause and
    of its document a little dearer, so that a second clause or article is not crowded out (a
    greedy form of maximal marginal relevance: Carbonell and Goldstein, 1998).

    Args:
        scores: Score of each candidate.
        clauses: The clause that each candidate serves best.
        documents: The document that each belongs to.
        top_k: How many to take, at most.
    """
    net = scores.astype(np.float64)
    owner = np.array([hash(document) for document in documents])
    clause_of = np.array(clauses)
    served: Counter[int] = Counter()
    order: list[int] = []
    for _ in range(min(top_k, len(net))):
        best = int(net.argmax())
        order.append(best)
        clause = int(clause_of[best])
        net[clause_of == clause] -= SERVED * FADE ** served[clause]
        served[clause] += 1
        net[owner == owner[best]] -= SAME
        net[best] = -np.inf
    return order
