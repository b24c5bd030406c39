"""The metrics of a run: their names, what each case adds to them, and their values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.evaluate import metrics, ranking
from groundwire.evaluate.intervals import NOTHING, Share, bootstrap, ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from groundwire.evaluate.intervals import Interval
    from groundwire.evaluate.runner import CaseResult

_K = 10
_SHORT_K = 5


@dataclass(frozen=True, slots=True)
class Score:
    """One metric of a run.

    Attributes:
        name: Name of the metric, as in the baseline file.
        value: From 0 to 1; None if no case says anything about it.
        interval: 95% bootstrap interval over cases; None with the value.
        cases: How many cases say something about it.
    """

    name: str
    value: float | None
    interval: Interval | None
    cases: int

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of a score."""
        interval = self.interval
        return {
            "value": None if self.value is None else round(self.value, 4),
            "interval": [round(interval.low, 4), round(interval.high, 4)] if interval else None,
            "cases": self.cases,
        }


def score(results: Sequence[CaseResult]) -> tuple[Score, ...]:
    """Return every metric of some results."""
    return tuple(_score(name, of, results) for name, of in METRICS.items())


def _score(name: str, share: Callable[[CaseResult], Share], results: Sequence[CaseResult]) -> Score:
    shares = [share(result) for result in results]
    said = sum(bool(one.whole) for one in shares)
    return Score(name, ratio(shares), bootstrap(shares), said)


def _grounded(result: CaseResult) -> Share:
    return result.grounded


def _evidence(result: CaseResult) -> Share:
    if not result.case.answerable:
        return NOTHING
    return metrics.evidence_hit(result.answer.claims, result.gold)


def _all_evidence(result: CaseResult) -> Share:
    if not result.case.answerable:
        return NOTHING
    return metrics.all_evidence(result.answer.claims, result.gold)


def _facts(result: CaseResult) -> Share:
    return metrics.required_facts(result.said, result.case.required)


def _clean(result: CaseResult) -> Share:
    if not result.case.forbidden:
        return NOTHING
    return Share(not metrics.forbidden_said(result.said, result.case.forbidden), 1)


def _abstention(measure: Callable[..., Share]) -> Callable[[CaseResult], Share]:
    def share(result: CaseResult) -> Share:
        return measure(declined=not result.answer.answered, answerable=result.case.answerable)

    return share


def _retrieved(measure: Callable[[CaseResult], float]) -> Callable[[CaseResult], Share]:
    def share(result: CaseResult) -> Share:
        return Share(measure(result), 1) if result.case.answerable else NOTHING

    return share


def _recall(k: int) -> Callable[[CaseResult], float]:
    return lambda result: ranking.recall(result.covered, len(result.gold.parts), k)


METRICS: Mapping[str, Callable[[CaseResult], Share]] = {
    "groundedness": _grounded,
    "evidence_hit": _evidence,
    "all_evidence": _all_evidence,
    "required_facts": _facts,
    "nothing_forbidden": _clean,
    "abstention_precision": _abstention(metrics.abstention_precision),
    "abstention_recall": _abstention(metrics.abstention_recall),
    "abstention_f1": _abstention(metrics.abstention_f1),
    f"recall@{_SHORT_K}": _retrieved(_recall(_SHORT_K)),
    f"recall@{_K}": _retrieved(_recall(_K)),
    f"mrr@{_K}": _retrieved(lambda result: ranking.reciprocal_rank(result.relevant, _K)),
    f"ndcg@{_K}": _retrieved(
        lambda result: ranking.ndcg(result.covered, len(result.gold.parts), _K)
    ),
}
"""What each case adds to each metric, by name. Larger is better for all of them."""
