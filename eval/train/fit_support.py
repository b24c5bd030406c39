"""Fits how far a source supports a sentence and writes the coefficients beside the code.

    python -m eval.train.fit_support --data DATA

DATA holds ``groundedness.jsonl.gz`` (see eval/public). No text of it goes into the file. Every
family counts the same, and in it what is supported as much as what is not, so that one half is
the threshold for all. Figures are held out by document; ``transfer`` leaves out a whole family.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from eval.public.figures import auroc
from eval.public.groundedness import JUDGED, judged_claims
from eval.train import fitting
from groundwire.ground.overlap import FEATURES, overlap

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from groundwire.answer.linear import LinearModel

HOME = Path("src/groundwire/ground/support.json")
PENALTY = 30.0


def main() -> None:
    """Fit, tell the figures, write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    claims = judged_claims(parser.parse_args().data)
    started = time.process_time()
    features = np.round([overlap(claim.text, claim.document) for claim in claims], 5)
    milliseconds = 1000 * (time.process_time() - started) / len(claims)
    labels = np.array([claim.supported for claim in claims])
    family = np.array([claim.family for claim in claims])

    def fit(chosen: NDArray[np.bool_]) -> LinearModel:
        weights = _weights(labels[chosen], family[chosen])
        return fitting.logistic(features[chosen], labels[chosen], weights, PENALTY)

    fold = fitting.folds([hashlib.sha256(c.document.encode()).hexdigest() for c in claims])
    scores = fitting.held_out(features, fold, fit)
    made = {
        "date": datetime.now(UTC).date().isoformat(),
        "data": "AttributionBench, BEGIN, QAGS (CNN/DM), SummEdits, WiCE: part of each",
        "claims": len(claims),
        "method": f"logistic regression, L2 {PENALTY:g}, families and labels of equal weight",
        "held_out": f"{fitting.FOLDS} folds by document, threshold .5",
        **_figures(scores, labels, family),
        "transfer": _transfer(features, labels, family),
        "cpu_ms_a_claim": round(milliseconds, 1),
    }
    sys.stderr.write(f"{json.dumps(made, indent=1)}\n")
    _write(fit(np.ones(len(claims), dtype=bool)), made)


def _weights(labels: NDArray[np.bool_], family: NDArray[np.str_]) -> NDArray[np.float64]:
    """Return weights of mean 1 that make every family and label count the same."""
    weights = np.zeros(len(labels))
    for name in np.unique(family):
        for label in (False, True):
            rows = (family == name) & (labels == label)
            weights[rows] = 1 / rows.sum()
    scaled: NDArray[np.float64] = weights / weights.mean()
    return scaled


def _figures(
    scores: NDArray[np.float64], labels: NDArray[np.bool_], family: NDArray[np.str_]
) -> dict[str, object]:
    accuracy, area = {}, {}
    for name in np.unique(family).tolist():
        rows = family == name
        accuracy[name] = _balanced(scores[rows], labels[rows])
        area[name] = round(auroc(scores[rows & labels], scores[rows & ~labels]), 3)
    macro = round(float(np.mean([accuracy[name] for name in JUDGED])), 3)
    return {"balanced_accuracy_macro": macro, "balanced_accuracy": accuracy, "auroc": area}


def _transfer(
    features: NDArray[np.float64], labels: NDArray[np.bool_], family: NDArray[np.str_]
) -> dict[str, float]:
    """Return the balanced accuracy on each family of a model that never saw it."""
    found = {}
    for name in np.unique(family).tolist():
        seen = family != name
        weights = _weights(labels[seen], family[seen])
        model = fitting.logistic(features[seen], labels[seen], weights, PENALTY)
        found[name] = _balanced(model(features[~seen]), labels[~seen])
    return found


def _balanced(scores: NDArray[np.float64], labels: NDArray[np.bool_]) -> float:
    return round(float(((scores[labels] >= 0).mean() + (scores[~labels] < 0).mean()) / 2), 3)


def _write(model: LinearModel, made: dict[str, object]) -> None:
    stored = {
        "features": list(FEATURES),
        "mean": np.round(model.mean, 4).tolist(),
        "scale": np.round(model.scale, 4).tolist(),
        "weight": model.weight.tolist(),
        "bias": model.bias,
    }
    lines = [f' "{name}": {json.dumps(value)}' for name, value in {**stored, "made": made}.items()]
    HOME.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
