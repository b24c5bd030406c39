"""A run, or how it differs from another, as plain text: for a terminal, a pipe or a build log."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundwire.evaluate.paired import Change, Comparison
    from groundwire.evaluate.saved import SavedCase, SavedMetric, SavedRun

_NONE = "-"
_WIDTH = 100
_MOST = 20
"""Failing cases that are told; the page tells all of them."""

_IDS = 12
_SMALLEST = 0.0005
"""Below this a p value would be printed as nothing at all."""


def table(run: SavedRun) -> str:
    """Return a run: metrics, kinds, splits, failing cases, problems and the verdict."""
    header = ["metric", "value", "95% interval", "cases", "baseline", "difference"]
    groups = ["cases", "passed", "answered"]
    blocks = [
        columns([header] + [_metric(name, one) for name, one in run.metrics.items()]),
        columns([["kind", *groups]] + [_group(*each) for each in run.by_kind().items()]),
        columns([["split", *groups]] + [_group(*each) for each in run.by_split().items()]),
        _summary(run),
        *(_failing(case) for case in run.told[:_MOST]),
        _untold(run),
        *(f"{each.id}: {'; '.join(each.complaints)}" for each in run.beside if not each.held),
        "\n".join(f"problem: {problem}" for problem in run.problems),
        "\n".join(f"FAILED: {reason}" for reason in run.reasons) or "PASSED",
    ]
    return "\n\n".join(block for block in blocks if block)


def comparison_table(found: Comparison) -> str:
    """Return how two runs differ: metrics, cases that changed, conditions that differ."""
    header = ["metric", "before", "after", "difference", "95% interval", "p", "Holm", "changed"]
    left_out = f"; {found.left_out} are in one run only" if found.left_out else ""
    passed = (
        f"{found.common} cases in common{left_out}; passed before: {found.passed_before}, "
        f"after: {found.passed_after} (McNemar p {_chance(found.mcnemar_p)})"
    )
    blocks = [
        columns([header] + [_change(one) for one in found.metrics]),
        "* significant at 5% after Holm's correction"
        if any(one.significant for one in found.metrics)
        else "no difference is significant at 5% after Holm's correction",
        passed,
        _ids("newly failing", found.newly_failing),
        _ids("newly passing", found.newly_passing),
        "\n".join(f"{name}: {left} -> {right}" for name, left, right in found.conditions)
        or "the same version, settings, prompts, models and documents",
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


def _metric(name: str, one: SavedMetric) -> list[str]:
    interval = one.interval
    return [
        name,
        _number(one.value),
        f"{interval[0]:.3f} to {interval[1]:.3f}" if interval else _NONE,
        str(one.cases),
        _number(one.baseline),
        _NONE if one.difference is None else f"{one.difference:+.3f}",
    ]


def _change(one: Change) -> list[str]:
    interval = one.interval
    return [
        one.name + (" *" if one.significant else ""),
        _number(one.before),
        _number(one.after),
        f"{one.difference:+.3f}",
        f"{interval.low:+.3f} to {interval.high:+.3f}" if interval else _NONE,
        _chance(one.p),
        _chance(one.corrected),
        f"{one.changed} of {one.cases}",
    ]


def _number(value: float | None) -> str:
    return _NONE if value is None else f"{value:.3f}"


def _chance(p: float | None) -> str:
    return "<0.001" if p is not None and p < _SMALLEST else _number(p)


def _group(name: str, cases: Sequence[SavedCase]) -> list[str]:
    passed = sum(case.passed for case in cases)
    answered = sum(case.answered for case in cases)
    return [name, str(len(cases)), str(passed), str(answered)]


def _summary(run: SavedRun) -> str:
    took = ""
    if run.latency_ms:
        times = run.latency_ms
        took = f"; an answer took {times.p50} ms (p50), {times.p95} ms (p95)"
    gate = f"; the gate dropped {run.dropped} sentences" if run.dropped else ""
    return f"{len(run.cases) - len(run.failing)} of {len(run.cases)} cases passed{took}{gate}"


def _failing(case: SavedCase) -> str:
    said = " ".join(case.answer.split())
    return "\n".join(
        (
            f"{case.id} ({case.kind}): {case.question}",
            *(f"  {complaint}" for complaint in case.complaints),
            f"  {case.outcome}: {shorten(said, _WIDTH, placeholder=' …')}",
        )
    )


def _untold(run: SavedRun) -> str:
    more = len(run.told) - _MOST
    held = len(run.failing) - len(run.told)
    lines: Iterator[str] = filter(
        None,
        (
            f"and {more} more; the page tells them" if more > 0 else "",
            f"{held} failing cases are held back; --split test tells them" if held else "",
        ),
    )
    return "\n".join(lines)


def _ids(words: str, ids: Sequence[str]) -> str:
    if not ids:
        return ""
    more = f" and {len(ids) - _IDS} more" if len(ids) > _IDS else ""
    return f"{words}: {', '.join(ids[:_IDS])}{more}"
