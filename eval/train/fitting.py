"""Fitting two kinds of linear models, with cross-validation by group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from scipy.stats import beta

from groundwire.answer.linear import LinearModel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

FOLDS = 5


def standard(features: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return mean and standard deviation of each column's numbers, rounded as they are stored."""
    mean: NDArray[np.float64] = np.nanmean(features, axis=0)
    scale: NDArray[np.float64] = np.nanstd(features, axis=0)
    return np.round(mean, 5), np.round(scale + 1e-5, 5)


def standardised(
    features: NDArray[np.float64], mean: NDArray[np.float64], scale: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the rows in units of the scale around the mean; what is not known is the mean."""
    return np.nan_to_num((features - mean) / scale, nan=0.0)


def conditional_logit(
    groups: Sequence[NDArray[np.float64]], gold: Sequence[NDArray[np.bool_]], penalty: float
) -> LinearModel:
    """Fit weights so that a gold row of each group outscores the others (McFadden, 1974).

    Args:
        groups: Features of the rows of each group.
        gold: For each group which rows are right; at least one.
        penalty: Weight of the squared L2 norm.
    """
    rows = np.concatenate(groups)
    mean, scale = standard(rows)
    known = standardised(rows, mean, scale)
    right = np.concatenate(gold).astype(np.float64)
    sizes = np.array([len(group) for group in groups])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    owner = np.repeat(np.arange(len(sizes)), sizes)

    def loss(weight: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = known @ weight
        shifted = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        every = np.add.reduceat(shifted, starts)
        hit = np.add.reduceat(shifted * right, starts)
        gap = shifted / every[owner] - shifted * right / hit[owner]
        value = float((np.log(every) - np.log(hit)).sum() + penalty / 2 * weight @ weight)
        return value, known.T @ gap + penalty * weight

    found = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B")
    return LinearModel(mean, scale, np.round(found.x, 4), 0.0)


def logistic(
    features: NDArray[np.float64],
    labels: NDArray[np.bool_],
    weights: NDArray[np.float64],
    penalty: float,
) -> LinearModel:
    """Fit a weighted logistic regression with an L2 penalty on everything but the bias."""
    mean, scale = standard(features)
    rows = np.column_stack([standardised(features, mean, scale), np.ones(len(features))])
    signs = np.where(labels, 1.0, -1.0)
    ridge = np.append(np.full(features.shape[1], penalty), 0.0)

    def loss(weight: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margins = signs * (rows @ weight)
        value = float(weights @ np.logaddexp(0, -margins) + ridge @ weight**2 / 2)
        slope = -weights * signs / (1 + np.exp(margins))
        return value, rows.T @ slope + ridge * weight

    found = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B")
    return LinearModel(mean, scale, np.round(found.x[:-1], 4), round(float(found.x[-1]), 4))


def folds(groups: Sequence[str]) -> NDArray[np.int64]:
    """Return the fold of each row; rows of one group are in one fold."""
    places = {group: number % FOLDS for number, group in enumerate(sorted(set(groups)))}
    return np.array([places[group] for group in groups])


def held_out(
    features: NDArray[np.float64],
    fold: NDArray[np.int64],
    fit: Callable[[NDArray[np.bool_]], LinearModel],
) -> NDArray[np.float64]:
    """Return the score of each row by the model that did not see its fold."""
    scores = np.zeros(len(features))
    for number in range(FOLDS):
        scores[fold == number] = fit(fold != number)(features[fold == number])
    return scores


def threshold(negative: NDArray[np.float64], rate: float, confidence: float = 0.95) -> float:
    """Return the lowest threshold that lets at most ``rate`` of negatives by, with confidence.

    The bound is Clopper and Pearson's (1934) on held-out scores.
    """
    falling = np.sort(negative)[::-1]
    lowest = float(falling[0])
    for passed in range(len(falling)):
        if beta.ppf(confidence, passed + 1, len(falling) - passed) > rate:
            break
        lowest = float(falling[passed])
    return lowest
