"""A report as plain text, for a terminal, a pipe or a build log."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from groundwire.evaluate.report import latency

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.evaluate.report import Report
    from groundwire.evaluate.runner import CaseResult
    from groundwire.evaluate.scores import Score

_NONE = "-"
_WIDTH = 100


def table(report: Report) -> str:
    """Return the whole report: metrics, kinds, failing cases, problems and the verdict."""
    blocks = [
        columns(
            [["metric", "value", "95% interval", "cases", "baseline", "difference"]]
            + [_metric(report, one) for one in report.scores]
        ),
        columns(
            [["kind", "cases", "passed", "answered"]]
            + [_kind(kind, results) for kind, results in report.by_kind().items()]
        ),
        _summary(report),
        *(_failing(result) for result in report.failing),
        "\n".join(f"problem: {problem}" for problem in report.run.problems),
        "\n".join(f"FAILED: {reason}" for reason in report.reasons()) or "PASSED",
    ]
    return "\n\n".join(block for block in blocks if block)


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as aligned text: the first column to the left, the others to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(
            cell.rjust(width) if number else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)


def _metric(report: Report, one: Score) -> list[str]:
    if one.value is None or one.interval is None:
        return [one.name, _NONE, _NONE, "0", _NONE, _NONE]
    expected = report.baseline.get(one.name)
    return [
        one.name,
        f"{one.value:.3f}",
        f"{one.interval.low:.3f} to {one.interval.high:.3f}",
        str(one.cases),
        f"{expected.value:.3f}" if expected else _NONE,
        f"{one.value - expected.value:+.3f}" if expected else _NONE,
    ]


def _kind(kind: str, results: Sequence[CaseResult]) -> list[str]:
    passed = sum(not result.complaints() for result in results)
    answered = sum(result.answer.answered for result in results)
    return [kind, str(len(results)), str(passed), str(answered)]


def _summary(report: Report) -> str:
    results = report.run.results
    times = latency(results)
    took = f"; an answer took {times['p50']} ms (p50), {times['p95']} ms (p95)" if times else ""
    return f"{len(results) - len(report.failing)} of {len(results)} cases passed{took}"


def _failing(result: CaseResult) -> str:
    return "\n".join(
        (
            f"{result.case.id} ({result.case.kind}): {result.case.question}",
            *(f"  {complaint}" for complaint in result.complaints()),
            f"  {result.answer.outcome}: {shorten(result.said, _WIDTH, placeholder=' …')}",
        )
    )
