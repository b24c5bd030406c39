"""What the scores of a run are worth: points of curves, from the saved cases."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from groundwire.evaluate.saved import SavedCase

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions of similar scores.

    Attributes:
        expected: Mean chance of an answer that their scores stand for, 0 to 1.
        seen: Share of them that can be answered.
        cases: How many.
    """

    expected: float
    seen: float
    cases: int


@dataclass(frozen=True, slots=True)
class RiskCurve:
    """Risk against coverage, the surest questions first.

    Attributes:
        coverage: Share of the questions that would be answered, rising.
        risk: Share of wrong ones among these.
        answered: Share that was answered in the run.
        wrong: Share of wrong ones among those.
    """

    coverage: tuple[float, ...]
    risk: tuple[float, ...]
    answered: float
    wrong: float


def reliability(cases: Iterable[SavedCase]) -> tuple[Bin, ...]:
    """Return the bins of a reliability diagram that hold a question, lowest first.

    Source: C. Guo et al., On calibration of modern neural networks (2017). A score stands for
    the chance logistic(sufficiency - threshold).
    """
    members: dict[int, list[tuple[float, bool]]] = {}
    for case in cases:
        if case.sufficiency is not None and case.threshold is not None:
            chance = _logistic(case.sufficiency - case.threshold)
            bin_ = min(BINS - 1, int(chance * BINS))
            members.setdefault(bin_, []).append((chance, case.answerable))
    return tuple(
        Bin(
            sum(chance for chance, _ in found) / len(found),
            sum(answerable for _, answerable in found) / len(found),
            len(found),
        )
        for _, found in sorted(members.items())
    )


def expected_calibration_error(bins: Sequence[Bin]) -> float:
    """Return the mean distance between expected and seen, each bin by its number of questions."""
    total = sum(one.cases for one in bins)
    return sum(abs(one.expected - one.seen) * one.cases for one in bins) / total


def risk_coverage(cases: Sequence[SavedCase]) -> RiskCurve | None:
    """Return risk against coverage; None if no case has a score or none was answered.

    Source: Y. Geifman and R. El-Yaniv, Selective classification for deep neural networks (2017).
    An answer is right if it cites gold evidence; to a question without an answer none is.
    """
    scored = [case for case in cases if case.sufficiency is not None]
    answered = [case for case in cases if case.answered]
    if not scored or not answered:
        return None
    scored.sort(key=lambda case: (_margin(case), case.id), reverse=True)
    wrong, risk = 0, []
    for count, case in enumerate(scored, 1):
        wrong += not _is_right(case)
        risk.append(wrong / count)
    return RiskCurve(
        tuple(count / len(cases) for count in range(1, len(scored) + 1)),
        tuple(risk),
        len(answered) / len(cases),
        sum(not _is_right(case) for case in answered) / len(answered),
    )


def _is_right(case: SavedCase) -> bool:
    return case.answerable and case.shares.get("evidence_hit", (0, 0))[0] > 0


def _margin(case: SavedCase) -> float:
    return (case.sufficiency or 0.0) - (case.threshold or 0.0)


def _logistic(value: float) -> float:
    if value >= 0:
        return 1 / (1 + math.exp(-value))
    return 1 - _logistic(-value)
