"""Whether the support of a claim by a document is judged as people judged it."""

from __future__ import annotations

import gzip
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from eval.public.corpora import spread
from eval.public.estimates import RESAMPLES, Estimate, compared, percentile
from eval.public.figures import auroc
from groundwire.evaluate.intervals import CONFIDENCE, SEED
from groundwire.ground.support import SUPPORTED, support

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from eval.public.figures import Scores as Floats
    from eval.public.plan import Plan

JUDGED = ("attributionbench", "begin", "qags", "wice")
"""Families that make the macro average; SummEdits, whose errors are edits of one word, is apart."""

_NEAR_400 = range(330, 451)

Families = dict[str, tuple[list[float], list[float]]]
"""By family the scores of what is supported and of what is not."""


@dataclass(frozen=True, slots=True)
class JudgedClaim:
    """A claim with a document, and whether people found that the one supports the other.

    Attributes:
        id: Its name in the set.
        source: The set it is of, such as ``begin/wow``.
        document: The text.
        text: The claim.
        supported: What people found.
    """

    id: str
    source: str
    document: str
    text: str
    supported: bool

    @property
    def family(self) -> str:
        """The first part of the source's name."""
        return self.source.partition("/")[0]


def judged_claims(data: Path) -> tuple[JudgedClaim, ...]:
    """Return the claims of the data folder."""
    with gzip.open(data / "groundedness.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    return tuple(
        JudgedClaim(row["id"], row["source"], row["doc"], row["claim"], bool(row["label"]))
        for row in rows
    )


def evaluate(plan: Plan) -> None:
    """Add balanced accuracy and AUROC by family, the macro average and the time of a claim."""
    if "support" not in plan.parts:
        return
    by_source: dict[str, list[JudgedClaim]] = {}
    for claim in judged_claims(plan.data):
        by_source.setdefault(claim.source, []).append(claim)
    families: Families = {}
    times: list[float] = []
    for claims in by_source.values():
        for claim in spread(claims, plan.limit):
            started = time.perf_counter()
            score = support(claim.text, claim.document)
            if len(claim.document.split()) in _NEAR_400:
                times.append(1000 * (time.perf_counter() - started))
            supported, not_supported = families.setdefault(claim.family, ([], []))
            (supported if claim.supported else not_supported).append(score)
            plan.report.note("groundedness", claim.id, {"label": claim.supported, "score": score})
    _add(plan, families, times)


def balanced_accuracy(supported: Floats, not_supported: Floats) -> float:
    """Return the mean of the shares of both sorts that the threshold gets right."""
    positive, negative = np.asarray(supported), np.asarray(not_supported)
    return float(((positive >= SUPPORTED).mean() + (negative < SUPPORTED).mean()) / 2)


def macro(families: Mapping[str, tuple[Floats, Floats]]) -> Estimate:
    """Return the balanced accuracy averaged over families, with a bootstrap interval."""
    generator = np.random.default_rng(SEED)
    arrays = [(np.asarray(one), np.asarray(other)) for one, other in families.values()]

    def drawn(scores: NDArray[np.float64]) -> NDArray[np.float64]:
        return generator.choice(scores, len(scores))

    means = [
        np.mean([balanced_accuracy(drawn(one), drawn(other)) for one, other in arrays])
        for _ in range(RESAMPLES)
    ]
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(means, (tail, 1 - tail))
    value = float(np.mean([balanced_accuracy(one, other) for one, other in arrays]))
    return Estimate(value, float(low), float(high), sum(len(a) + len(b) for a, b in arrays))


def _add(plan: Plan, families: Families, times: Sequence[float]) -> None:
    """Add what both sorts are needed for where a family has both."""
    whole = {name: both for name, both in families.items() if all(both)}
    judged = {name: whole[name] for name in JUDGED if name in whole}
    at = ("groundedness", "support", "all")
    if judged:
        plan.report.add(at, "balanced_accuracy", macro(judged))
    for name, (supported, not_supported) in whole.items():
        group = ("groundedness", "support", name)
        accuracy = compared(balanced_accuracy, supported, not_supported)
        plan.report.add(group, "balanced_accuracy", accuracy)
        plan.report.add(group, "auroc", compared(auroc, supported, not_supported))
    if times:
        plan.report.add_time(at, "ms_p50", percentile(times, 50), len(times))
        plan.report.add_time(at, "ms_p95", percentile(times, 95), len(times))
