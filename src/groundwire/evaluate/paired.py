"""Two runs of the same cases, side by side: what changed, and whether that may be chance."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from groundwire.domain.errors import UsageError
from groundwire.evaluate.resampling import holm, mcnemar, paired_interval, randomised_p
from groundwire.evaluate.scores import METRICS, Joint

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from groundwire.evaluate.intervals import Interval
    from groundwire.evaluate.resampling import Measure
    from groundwire.evaluate.saved import SavedCase, SavedIdentity, SavedRun

SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class Change:
    """One metric over the cases that both runs have.

    Attributes:
        name: Name of the metric.
        before: Its value in the first run.
        after: Its value in the second run.
        interval: 95% interval of the difference; None if resamples say nothing.
        p: How often chance alone makes so large a difference; None if it cannot be told.
        corrected: The same, corrected for the number of metrics.
        cases: How many cases say something about it in either run.
        changed: In how many of these the runs differ.
    """

    name: str
    before: float
    after: float
    interval: Interval | None
    p: float | None
    corrected: float | None
    cases: int
    changed: int

    @property
    def difference(self) -> float:
        """How much larger it is in the second run."""
        return self.after - self.before

    @property
    def significant(self) -> bool:
        """Whether chance is no good explanation, at 5% and after correction."""
        return self.corrected is not None and self.corrected < SIGNIFICANT

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of a change."""
        interval = self.interval
        return {
            "before": round(self.before, 4),
            "after": round(self.after, 4),
            "difference": round(self.difference, 4),
            "interval": [round(interval.low, 4), round(interval.high, 4)] if interval else None,
            "p": None if self.p is None else round(self.p, 4),
            "p_holm": None if self.corrected is None else round(self.corrected, 4),
            "significant": self.significant,
            "cases": self.cases,
            "changed": self.changed,
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a run differs from another.

    Attributes:
        common: Cases that are the same in both.
        left_out: Cases of either run that the other lacks, or has otherwise.
        metrics: Every metric that both measured.
        passed_before: How many of the common cases passed in the first run.
        passed_after: How many in the second.
        newly_failing: Ids of those that only the first run passed.
        newly_passing: Ids of those that only the second run passed.
        mcnemar_p: How often chance alone makes so many more of the one than of the other.
        conditions: What differs between the runs themselves: name, before, after.
    """

    common: int
    left_out: int
    metrics: tuple[Change, ...]
    passed_before: int
    passed_after: int
    newly_failing: tuple[str, ...]
    newly_passing: tuple[str, ...]
    mcnemar_p: float
    conditions: tuple[tuple[str, str, str], ...]

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object (schema 1) that ``eval --compare --json`` prints."""
        fields = asdict(self)
        metrics = {one.name: one.to_dict() for one in self.metrics}
        conditions = {name: [left, right] for name, left, right in self.conditions}
        return {"schema": 1, **fields, "metrics": metrics, "conditions": conditions}


def compare_runs(before: SavedRun, after: SavedRun) -> Comparison:
    """Return how two runs differ over the cases that are the same in both.

    Raises:
        UsageError: They have no case in common.
    """
    earlier = {(case.id, case.key): case for case in before.cases}
    pairs = [(earlier[k], case) for case in after.cases if (k := (case.id, case.key)) in earlier]
    if not pairs:
        raise UsageError(
            f"the runs have no case in common: {before.suite} and {after.suite}",
            hint="compare two runs of the same cases",
        )
    lost = tuple(new.id for old, new in pairs if old.passed and not new.passed)
    won = tuple(new.id for old, new in pairs if new.passed and not old.passed)
    return Comparison(
        common=len(pairs),
        left_out=len(before.cases) + len(after.cases) - 2 * len(pairs),
        metrics=_corrected(_changes(pairs, [n for n in after.metrics if n in before.metrics])),
        passed_before=sum(old.passed for old, _ in pairs),
        passed_after=sum(new.passed for _, new in pairs),
        newly_failing=lost,
        newly_passing=won,
        mcnemar_p=mcnemar(len(lost), len(won)),
        conditions=_conditions(before.identity, after.identity),
    )


def _conditions(before: SavedIdentity, after: SavedIdentity) -> tuple[tuple[str, str, str], ...]:
    left, right = dict(before.rows()), dict(after.rows())
    names = dict.fromkeys((*left, *right))
    return tuple(
        (name, left.get(name, "-"), right.get(name, "-"))
        for name in names
        if left.get(name) != right.get(name)
    )


def _changes(pairs: Sequence[tuple[SavedCase, SavedCase]], names: Sequence[str]) -> list[Change]:
    """Return the change of each metric that cases say something of, p values not corrected."""
    found: list[Change] = []
    for name in names:
        metric = METRICS.get(name)
        is_joint = isinstance(metric, Joint)
        measure = _each(metric.measure) if isinstance(metric, Joint) else _ratio
        before, after = (_rows(name, cases, joint=is_joint) for cases in zip(*pairs, strict=True))
        said = np.isfinite(before + after).all(axis=1)
        said &= is_joint | (before[:, 1] + after[:, 1] > 0)
        left, right = before[said], after[said]
        values = [float(measure(rows[None])[0]) for rows in (left, right)] if said.any() else []
        if not values or not np.isfinite(values).all():
            continue
        interval = paired_interval(left, right, measure)
        p = randomised_p(left, right, measure)
        changed = int((left != right).any(axis=1).sum())
        found.append(Change(name, values[0], values[1], interval, p, None, len(left), changed))
    return found


def _rows(name: str, cases: Sequence[SavedCase], *, joint: bool) -> NDArray[np.float64]:
    """Return what each case adds to a metric, two columns: part and whole, or score and label.

    A case that adds nothing has a whole of 0; one without a score has NaN.
    """
    if joint:
        found = [case.points.get(name, (np.nan, np.nan)) for case in cases]
    else:
        found = [case.shares.get(name, (0.0, 0.0)) for case in cases]
    return np.array(found, dtype=np.float64)


def _each(measure: Callable[[NDArray[np.float64]], float | None]) -> Measure:
    """Return a measure of many resamples, made of one of a single one."""

    def measured(stack: NDArray[np.float64]) -> NDArray[np.float64]:
        values = [measure(rows) for rows in stack]
        return np.array([np.nan if value is None else value for value in values])

    return measured


def _ratio(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the parts over the wholes of (…, cases, 2); NaN where nothing is said."""
    sums = rows.sum(axis=-2)
    with np.errstate(invalid="ignore", divide="ignore"):
        found: NDArray[np.float64] = sums[..., 0] / sums[..., 1]
    return found


def _corrected(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Return changes with their p values corrected for how many there are."""
    tested = [one for one in changes if one.p is not None]
    corrected = holm([one.p for one in tested if one.p is not None])
    by_name = dict(zip((one.name for one in tested), corrected, strict=True))
    return tuple(replace(one, corrected=by_name.get(one.name)) for one in changes)
