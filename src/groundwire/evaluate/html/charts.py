"""The figures of the page: what each shows, in pictures and in words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.evaluate.html.cleaning import visible
from groundwire.evaluate.html.curves import expected_calibration_error, reliability, risk_coverage
from groundwire.evaluate.html.figures import BAD, BEFORE, GOOD, GRID, INK, MUTED, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.axes import Axes

    from groundwire.evaluate.saved import SavedCase, SavedRun

_FARTHEST = 8.0
"""Scores farther than this from the threshold are drawn at the edge."""

_HALF = 0.5
_TICKS = [each * 10**power for power in range(6) for each in (1, 2, 5)]


@dataclass(frozen=True, slots=True)
class Chart:
    """One figure of the page.

    Attributes:
        svg: The figure.
        caption: What is to be seen in it, in one or two sentences.
    """

    svg: str
    caption: str


def metrics_chart(run: SavedRun) -> Chart | None:
    """Return every metric with its interval, beside its baseline; None if none was measured."""
    known = [(name, one) for name, one in run.metrics.items() if one.value is not None]
    if not known:
        return None
    sheet = Sheet("metrics", high=0.9 + 0.24 * len(known))
    axes = sheet.axes
    for row, (_, one) in enumerate(known):
        if one.interval is not None:
            axes.plot(one.interval, (row, row), color=GOOD, linewidth=2, alpha=0.5)
        if one.baseline is not None:
            axes.plot(one.baseline, row, "d", markersize=7, markerfacecolor="none", color=BEFORE)
        axes.plot(one.value or 0.0, row, "o", markersize=5, color=GOOD)
    axes.set_yticks(range(len(known)), [visible(name) for name, _ in known], color=INK)
    axes.set(xlim=(-0.02, 1.02), ylim=(len(known) - 0.5, -0.5))
    _quiet(axes, "x")
    lowest = min(known, key=lambda each: each[1].value or 0.0)
    held = [one for _, one in known if one.difference is not None]
    fallen = sum((one.difference or 0) < 0 for one in held)
    caption = (
        f"Dot: value. Line: 95% interval. The lowest is {lowest[0]} with {lowest[1].value:.3f}."
    )
    if held:
        caption += f" Diamond: baseline; {fallen} of {len(held)} are below theirs."
    return Chart(sheet.svg("Every metric with its interval and its baseline", caption), caption)


def scores_chart(run: SavedRun) -> Chart | None:
    """Return how the scores of questions with and without an answer lie; None without scores."""
    groups = {
        "can be answered": _margins(case for case in run.cases if case.answerable),
        "cannot be answered": _margins(case for case in run.cases if not case.answerable),
    }
    if not any(groups.values()):
        return None
    sheet = Sheet("scores")
    axes = sheet.axes
    edges = [each / 2 for each in range(round(-2 * _FARTHEST), round(2 * _FARTHEST) + 1)]
    for (name, margins), colour, up in zip(groups.items(), (GOOD, BAD), (1, -1), strict=True):
        clipped = [max(-_FARTHEST, min(_FARTHEST - 0.01, each)) for each in margins]
        weights = [up] * len(clipped)
        axes.hist(clipped, bins=edges, weights=weights, color=colour, alpha=0.75, label=name)
    axes.axhline(0, color=MUTED, linewidth=0.8)
    axes.axvline(0, color=INK, linewidth=1, linestyle="--")
    axes.set(xlabel="score of the evidence, less the threshold", ylabel="questions")
    axes.yaxis.set_major_formatter(lambda value, _: f"{abs(value):.0f}")
    _quiet(axes, "y")
    axes.legend(loc="upper left")
    declined = sum(each < 0 for each in groups["can be answered"])
    tempted = sum(each >= 0 for each in groups["cannot be answered"])
    caption = (
        "Right of the dashed line a question is answered. Of the questions with an answer "
        f"{declined} lie left of it, of those without one {tempted} right of it."
        f"{_scoreless(run)}"
    )
    return Chart(sheet.svg("Scores of questions with and without an answer", caption), caption)


def reliability_chart(run: SavedRun) -> Chart | None:
    """Return how often questions of each score can be answered; None without scores."""
    bins = reliability(run.cases)
    if not bins:
        return None
    sheet = Sheet("reliability")
    axes = sheet.axes
    axes.plot((0, 1), (0, 1), color=MUTED, linewidth=1, linestyle="--")
    axes.plot([one.expected for one in bins], [one.seen for one in bins], color=GOOD, linewidth=1)
    for one in bins:
        axes.plot(one.expected, one.seen, "o", color=GOOD, markersize=3 + math.sqrt(one.cases))
        place = (one.expected, one.seen)
        axes.annotate(
            str(one.cases), place, (0, -16), textcoords="offset points", ha="center", color=MUTED
        )
    axes.set(
        xlabel="chance of an answer that the score stands for",
        ylabel="share that can be answered",
        xlim=(0, 1),
        ylim=(-0.12, 1.05),
    )
    _quiet(axes, "both")
    error = expected_calibration_error(bins)
    caption = (
        "On the dashed line a score means what it says; numbers count the questions of each dot. "
        f"On average the two differ by {error:.3f} (expected calibration error)."
    )
    return Chart(sheet.svg("Scores beside the share that can be answered", caption), caption)


def risk_chart(run: SavedRun) -> Chart | None:
    """Return the share of wrong answers against the share answered; None without scores."""
    curve = risk_coverage(run.cases)
    if curve is None:
        return None
    sheet = Sheet("risk")
    axes = sheet.axes
    axes.plot(curve.coverage, curve.risk, color=MUTED, linewidth=1, linestyle=":")
    shown = [at for at, each in enumerate(curve.coverage) if each <= curve.answered + 1e-9]
    axes.plot([curve.coverage[at] for at in shown], [curve.risk[at] for at in shown], color=GOOD)
    axes.plot(curve.answered, curve.wrong, "o", color=BAD, markersize=8)
    axes.annotate(
        f"{curve.answered:.0%} answered, {curve.wrong:.1%} of them wrong",
        (curve.answered, curve.wrong),
        (0, -22),
        textcoords="offset points",
        ha="right" if curve.answered > _HALF else "left",
    )
    top = max(0.05, *curve.risk, curve.wrong) * 1.15
    axes.set(xlabel="share of questions answered", ylabel="share of these that is wrong")
    axes.set(xlim=(0, 1.01), ylim=(0, min(1.02, top)))
    _quiet(axes, "both")
    caption = (
        f"The dot is how the run was made: {curve.answered:.0%} of the questions answered, "
        f"{curve.wrong:.1%} of these without the right evidence. The line answers the surest "
        "first; past the dot, dotted, every further answer counts as wrong."
    )
    return Chart(sheet.svg("Risk against coverage", caption), caption)


def latency_chart(run: SavedRun) -> Chart | None:
    """Return the share of answers that took no longer than a time; None without a case."""
    times = sorted(max(case.milliseconds, 0.1) for case in run.cases)
    if not times or run.latency_ms is None:
        return None
    sheet = Sheet("latency", high=2.6)
    axes = sheet.axes
    heights = [(number + 1) / len(times) for number in range(len(times))]
    axes.step(times, heights, where="post", color=GOOD)
    marks = (("p50", 0.5, run.latency_ms.p50), ("p95", 0.95, run.latency_ms.p95))
    for name, height, at in marks:
        axes.plot((at, at), (0, height), color=GRID, linewidth=1)
        axes.plot(at, height, "o", color=INK, markersize=5)
        words = f" {name}: {at:.0f} ms"
        axes.annotate(words, (at, height), (6, -12), textcoords="offset points")
    axes.set_xscale("log")
    ticks = [each for each in _TICKS if times[0] / 2 <= each <= times[-1] * 2]
    axes.set_xticks(ticks, [f"{each:,}" for each in ticks])
    axes.set_xticks([], minor=True)
    axes.set(xlabel="milliseconds", ylabel="share of answers", ylim=(0, 1.02))
    _quiet(axes, "both")
    caption = (
        f"Half of the answers took no longer than {run.latency_ms.p50:.0f} ms, nineteen of twenty "
        f"no longer than {run.latency_ms.p95:.0f} ms, the slowest {times[-1]:.0f} ms."
    )
    return Chart(sheet.svg("How long answers took", caption), caption)


def _quiet(axes: Axes, which: str) -> None:
    axes.grid(visible=True, axis=which)  # type: ignore[arg-type]  # x, y or both
    axes.set_axisbelow(True)
    axes.tick_params(length=0)


def _margins(cases: Iterable[SavedCase]) -> list[float]:
    return [
        case.sufficiency - case.threshold
        for case in cases
        if case.sufficiency is not None and case.threshold is not None
    ]


def _scoreless(run: SavedRun) -> str:
    count = sum(case.sufficiency is None for case in run.cases)
    return f" {count} found nothing to score." if count else ""
