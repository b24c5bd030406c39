"""Draws what each step of an ablation gains and costs, as one plain SVG.

    python -m eval.public.plot OUT.svg STEPS.json --figures every_article map_10
    python -m eval.public.plot OUT.svg "words=one.json" "+ vectors=two.json" --figures news.recall

STEPS.json is a list of ``{"step": name, "figures": {name: value}, "cost_ms": number}``; instead of
it, reports of runs can be given, each with the name of its step.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

COST = "cost, ms"
PANEL = 165
LETTER = 6.8
"""How wide a letter of a step's name is at most, on average."""

ROW = 24
HEAD = 46
FOOT = 14
GAP = 28
VALUE = 46
"""Room to the right of the marks of a panel, where values are written."""

_STYLE = """\
text { font: 13px system-ui, sans-serif; fill: #57606a; }
.head { font-weight: 600; }
.value { font-size: 11px; }
.grid { stroke: #8b949e; stroke-opacity: .3; }
.line { fill: none; stroke: #2f81f7; stroke-opacity: .5; stroke-width: 1.5; }
.dot { fill: #2f81f7; }
.bar { fill: #bf8700; }
@media (prefers-color-scheme: dark) { text { fill: #c9d1d9; } }
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an ablation.

    Attributes:
        name: What was done.
        figures: What was measured then.
        cost_ms: Milliseconds a question; None if not measured.
    """

    name: str
    figures: Mapping[str, float]
    cost_ms: float | None


def read_steps(path: Path) -> tuple[Step, ...]:
    """Return the steps of a JSON list."""
    rows: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return tuple(Step(row["step"], row["figures"], row.get("cost_ms")) for row in rows)


def step_of_report(name: str, path: Path) -> Step:
    """Return a run's report as a step; its figures are called ``set.figure``.

    Figures of one type of question alone are called ``set.type.figure``.
    """
    figures: dict[str, float] = {}
    for collection, parts in json.loads(path.read_text("utf-8"))["figures"].items():
        for groups in parts.values():
            for group, found in groups.items():
                at = collection if group == "all" else f"{collection}.{group}"
                figures |= {f"{at}.{key}": entry["value"] for key, entry in found.items()}
    return Step(name, figures, figures.get("news.search_ms_p50"))


def svg(steps: Sequence[Step], figures: Sequence[str]) -> str:
    """Return the drawing: a row for each step, a panel for each figure, the cost last.

    The scale of a figure spans its own values, not zero, so it has dots; the cost has bars.
    A step without a figure has no mark there.
    """
    panels = [(name, [step.figures.get(name) for step in steps]) for name in figures]
    costs = [step.cost_ms for step in steps]
    if any(cost is not None for cost in costs):
        panels.append((COST, costs))
    height = HEAD + ROW * len(steps) + FOOT
    labels = round(LETTER * max(len(step.name) for step in steps)) + GAP
    width = labels + PANEL * len(panels)
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">',
        f"<title>{escape(', '.join(name for name, _ in panels))} by step</title>",
        f"<style>{_STYLE}</style>",
    ]
    for row, step in enumerate(steps):
        parts.append(_text(labels - GAP / 2, _y(row) + 4, step.name, "label", "end"))
        parts.append(f'<path class="grid" d="M{labels} {_y(row)}H{width}"/>')
    for number, (name, values) in enumerate(panels):
        left = labels + number * PANEL
        parts.append(_text(left, HEAD / 2, _title(name), "head", "start"))
        parts += _bars(values, left) if name == COST else _dots(values, left)
    return "\n".join([*parts, "</svg>", ""])


def _dots(values: Sequence[float | None], left: int) -> Iterable[str]:
    known = [value for value in values if value is not None]
    if not known:
        return
    low, high = min(known), max(known)
    room = (PANEL - GAP - VALUE) / ((high - low) or 1)
    places = [
        (left + 6 + room * (value - low), row)
        for row, value in enumerate(values)
        if value is not None
    ]
    line = " ".join(f"{x:.1f},{_y(row)}" for x, row in places)
    yield f'<polyline class="line" points="{line}"/>'
    for (x, row), value in zip(places, known, strict=True):
        yield f'<circle class="dot" cx="{x:.1f}" cy="{_y(row)}" r="4"/>'
        yield _text(x + 8, _y(row) + 4, f"{value:.3f}".removeprefix("0"), "value", "start")


def _bars(values: Sequence[float | None], left: int) -> Iterable[str]:
    most = max((value for value in values if value), default=1.0)
    for row, value in enumerate(values):
        if value is None:
            continue
        long = (PANEL - GAP - VALUE) * value / most
        yield (
            f'<rect class="bar" x="{left:.1f}" y="{_y(row) - 6}" width="{long:.1f}" height="12"'
            ' rx="2"/>'
        )
        yield _text(left + long + 6, _y(row) + 4, f"{value:.1f}", "value", "start")


def _y(row: int) -> int:
    return HEAD + ROW * row + ROW // 2


def _title(name: str) -> str:
    return name.replace("_", " ")


def _text(x: float, y: float, text: str, kind: str, anchor: str) -> str:
    place = f'class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f"<text {place}>{escape(text)}</text>"


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the drawing."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path, help="the SVG file")
    parser.add_argument("steps", nargs="+", help="one STEPS.json, or NAME=REPORT.json …")
    parser.add_argument("--figures", nargs="+", required=True, help="a panel for each")
    options = parser.parse_args(arguments)
    found: list[Step] = []
    for given in options.steps:
        name, _, path = given.rpartition("=")
        found += [step_of_report(name, Path(path))] if name else read_steps(Path(path))
    unknown = [name for name in options.figures if not any(name in one.figures for one in found)]
    if unknown:
        known = ", ".join(dict.fromkeys(name for one in found for name in one.figures))
        parser.error(f"no step has {', '.join(unknown)}; there are: {known}")
    options.out.write_text(svg(found, options.figures), encoding="utf-8")


if __name__ == "__main__":
    main()
