"""What the sentences of the evidence score, and which of them may be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from groundwire.answer.expected import expected
from groundwire.answer.features import FEATURES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from groundwire.answer.evidence import Evidence
    from groundwire.answer.linear import LinearModel

_GIVES = 0.4
"""How well a sentence must give what is asked for; "a thousand suns" gives a mass so well."""

_GIVING_GAP = 2.0
"""A sentence that gives it goes before one that scores this much more and does not."""


def sentence_scores(evidence: Evidence, scorer: LinearModel) -> NDArray[np.float64]:
    """Return the score of each sentence; -inf for those that may not be said.

    Where a figure, a clock time or a year is asked for, a sentence that gives none may be said
    only if no sentence that scores about as well gives one.

    Args:
        evidence: The evidence.
        scorer: The fitted model of a sentence.
    """
    scores: NDArray[np.float64] = np.where(evidence.usable(), scorer(evidence.features), -np.inf)
    wanted = expected(evidence.question.text)
    if not wanted.strict or not len(scores):
        return scores
    group = FEATURES.index("number" if wanted.figure else "time")
    giving = np.where(evidence.features[:, group] >= _GIVES, scores, -np.inf)
    return giving if giving.max() >= scores.max() - _GIVING_GAP else scores
