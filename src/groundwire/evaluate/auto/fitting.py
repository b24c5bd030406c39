"""Fitting the threshold of abstention to questions whose answers are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from groundwire.evaluate.auto.material import drawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FOLDS = 10
FEWEST = 20
"""Questions of each sort, with and without an answer, below which nothing is fitted."""

_RESAMPLES = 1000
_SEED = 20190620
_CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Scored:
    """A question as the fit sees it.

    Attributes:
        score: Its sufficiency; -inf where there was nothing to judge.
        answerable: Whether the documents answer it.
        group: What it is held out with.
    """

    score: float
    answerable: bool
    group: str


@dataclass(frozen=True, slots=True)
class Fitted:
    """A threshold and what to expect of it.

    Rates are of questions that were held out when the threshold was fitted.

    Attributes:
        threshold: The fitted threshold.
        default: The threshold that is shipped.
        answerable: Questions with an answer.
        unanswerable: Questions without one.
        precision: Share of declined questions that have no answer.
        recall: Share of questions without an answer that are declined.
        balanced_accuracy: Mean of recall and of the share answered of those with an answer.
        default_balanced_accuracy: The same of the default.
        gain: The 95% interval of their difference.
    """

    threshold: float
    default: float
    answerable: int
    unanswerable: int
    precision: float
    recall: float
    balanced_accuracy: float
    default_balanced_accuracy: float
    gain: tuple[float, float]

    @property
    def better(self) -> bool:
        """Whether it is better than the default beyond what chance gives."""
        return self.gain[0] > 0

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of a fit."""
        return {
            "threshold": round(self.threshold, 4),
            "default": round(self.default, 4),
            "better": self.better,
            "answerable": self.answerable,
            "unanswerable": self.unanswerable,
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "balanced_accuracy": round(self.balanced_accuracy, 4),
            "default_balanced_accuracy": round(self.default_balanced_accuracy, 4),
            "gain": [round(bound, 4) for bound in self.gain],
        }


def fit(scored: Sequence[Scored], default: float) -> Fitted | None:
    """Return the threshold that tells questions with an answer from those without one.

    Of all thresholds whose balanced accuracy is no more than a standard error below the best, the
    one nearest to the default is taken: the simplest that the questions allow (the one-standard-
    error rule of Breiman et al. 1984, Classification and Regression Trees, section 3.4.3). What is
    expected of it is estimated by cross-validation, questions on one document held out together.

    Returns:
        The fit; None with fewer than twenty questions of either sort.
    """
    scores = np.array([each.score for each in scored], dtype=np.float64)
    positive = np.array([each.answerable for each in scored], dtype=bool)
    if min(positive.sum(), (~positive).sum()) < FEWEST:
        return None
    folds = np.array([drawn(each.group) % FOLDS for each in scored])
    answered = np.zeros(len(scores), dtype=bool)
    for fold in np.unique(folds):
        out = folds == fold
        at = best_threshold(scores[~out], positive[~out], default)
        answered[out] = scores[out] >= at
    usual = scores >= default
    declined = ~answered
    return Fitted(
        threshold=best_threshold(scores, positive, default),
        default=default,
        answerable=int(positive.sum()),
        unanswerable=int((~positive).sum()),
        precision=float((~positive)[declined].mean()) if declined.any() else 0.0,
        recall=float(declined[~positive].mean()),
        balanced_accuracy=balanced_accuracy(answered, positive),
        default_balanced_accuracy=balanced_accuracy(usual, positive),
        gain=_gain(answered, usual, positive, [each.group for each in scored]),
    )


def best_threshold(
    scores: NDArray[np.float64], positive: NDArray[np.bool_], default: float
) -> float:
    """Return the threshold nearest to the default that is as good as the best; see ``fit``."""
    if positive.all() or not positive.any():
        return default
    levels = np.unique(scores[np.isfinite(scores)])
    between = np.append((levels[1:] + levels[:-1]) / 2, default)
    high, low = np.sort(scores[positive]), np.sort(scores[~positive])
    answered = 1 - np.searchsorted(high, between) / len(high)
    declined = np.searchsorted(low, between) / len(low)
    accuracy = (answered + declined) / 2
    best = int(accuracy.argmax())
    variance = answered * (1 - answered) / len(high) + declined * (1 - declined) / len(low)
    good = between[accuracy >= accuracy[best] - np.sqrt(variance[best]) / 2]
    return float(good[np.abs(good - default).argmin()])


def balanced_accuracy(answered: NDArray[np.bool_], positive: NDArray[np.bool_]) -> float:
    """Return the mean of the share answered of the positive and declined of the others."""
    if positive.all() or not positive.any():
        return 0.0
    return float((answered[positive].mean() + (~answered)[~positive].mean()) / 2)


def _gain(
    answered: NDArray[np.bool_],
    usual: NDArray[np.bool_],
    positive: NDArray[np.bool_],
    groups: Sequence[str],
) -> tuple[float, float]:
    """Return the bootstrap interval of the gain in balanced accuracy, drawing documents."""
    rows = [np.flatnonzero([g == name for g in groups]) for name in dict.fromkeys(groups)]
    counts = np.array(
        [
            [
                (answered[r] & positive[r]).sum() - (usual[r] & positive[r]).sum(),
                positive[r].sum(),
                (~answered[r] & ~positive[r]).sum() - (~usual[r] & ~positive[r]).sum(),
                (~positive[r]).sum(),
            ]
            for r in rows
        ],
        dtype=np.float64,
    )
    draws = np.random.default_rng(_SEED).integers(0, len(rows), (_RESAMPLES, len(rows)))
    sums = counts[draws].sum(axis=1)
    sums = sums[(sums[:, 1] > 0) & (sums[:, 3] > 0)]
    gains = (sums[:, 0] / sums[:, 1] + sums[:, 2] / sums[:, 3]) / 2
    tail = (1 - _CONFIDENCE) / 2
    low, high = np.quantile(gains, (tail, 1 - tail))
    return float(low), float(high)
