"""How far a source supports a sentence: a small linear model, kept as a file beside this one."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from groundwire.ground.overlap import FEATURES, overlap

SUPPORTED = 0.5
"""From here on a source rather supports a sentence than not."""


@dataclass(frozen=True, slots=True)
class _Coefficients:
    """A weighted sum of standardised features.

    Attributes:
        mean: Mean of each feature where the model was fitted.
        scale: Its standard deviation there.
        weight: Its weight.
        bias: What is added.
    """

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weight: tuple[float, ...]
    bias: float


def support(sentence: str, source: str) -> float:
    """Return the chance that a reader of the source would call the sentence supported.

    It is calibrated for sentences of which one half is supported: where most are, the true chance
    is higher. Words decide, not their meaning: a close paraphrase is judged well, a free one
    hardly better than by chance, and two names exchanged are not seen. So it may speak against a
    sentence or sort several sources, but must not alone let a sentence pass.

    Args:
        sentence: What is said, of one sentence or a few.
        source: The text that may support it: a sentence, a passage or a whole document.

    Returns:
        From 0 to 1; 0 if either text has no words.
    """
    if not sentence.strip() or not source.strip():
        return 0.0
    model = _coefficients()
    terms = zip(overlap(sentence, source), model.mean, model.scale, model.weight, strict=True)
    score = model.bias + sum(
        (value - mean) / scale * weight for value, mean, scale, weight in terms
    )
    return 1 / (1 + math.exp(-score))


@cache
def _coefficients() -> _Coefficients:
    text = files("groundwire.ground").joinpath("support.json").read_text(encoding="utf-8")
    stored = json.loads(text)
    if tuple(stored["features"]) != FEATURES:
        raise ValueError(f"support.json was fitted on {stored['features']}, not on {FEATURES}")
    mean, scale, weight = (tuple(stored[name]) for name in ("mean", "scale", "weight"))
    return _Coefficients(mean, scale, weight, stored["bias"])
