"""Small linear models, kept as readable files beside this module."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A weighted sum of standardised features.

    Attributes:
        mean: Mean of each feature where it was fitted.
        scale: Its standard deviation there.
        weight: Its weight.
        bias: What is added.
    """

    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    weight: NDArray[np.float64]
    bias: float

    def __call__(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return one score a row of (rows, features); what is not known counts nothing."""
        known = np.nan_to_num((features - self.mean) / self.scale, nan=0.0)
        scores: NDArray[np.float64] = known @ self.weight + self.bias
        return scores


@cache
def load_coefficients(name: str) -> dict[str, Any]:
    """Return a coefficient file: models by name, and ``made``, which says from what."""
    text = files("groundwire.answer").joinpath(f"{name}.json").read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    return content


@cache
@cache
def coefficients() -> str:
    """Return what tells the fitted models of this build from any others: a SHA-256.

    A score, and a threshold on it, means something beside the coefficients that gave it alone.
    """
    found = hashlib.sha256()
    for name in ("sentences", "sufficiency"):
        found.update(files("groundwire.answer").joinpath(f"{name}.json").read_bytes())
    return found.hexdigest()


def linear_model(stored: dict[str, Any], features: Sequence[str]) -> LinearModel:
    """Return a stored model, after checking that it was fitted on these features.

    Raises:
        ValueError: It was fitted on others; the file and the code do not belong together.
    """
    if tuple(stored["features"]) != tuple(features):
        raise ValueError(f"fitted on {stored['features']}, not on {list(features)}")
    mean, scale, weight = (
        np.array(stored[name], dtype=np.float64) for name in ("mean", "scale", "weight")
    )
    return LinearModel(mean, scale, weight, float(stored.get("bias", 0.0)))
