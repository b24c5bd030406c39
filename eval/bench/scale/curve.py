"""Draw how latency, memory and throughput go with the size of an index, as one SVG."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WIDTH, HEIGHT, LEFT, TOP, GAP = 250, 190, 60, 40, 70
COLOURS = ("#1f5fa8", "#c2571a", "#5a7d2a", "#7a4fa3")
_STYLE = (
    "text{font:12px sans-serif;fill:#222}.t{font-weight:600}.a{stroke:#999}"
    ".l{fill:none;stroke-width:2}.m{stroke:#b00;stroke-dasharray:4 4}"
    "@media(prefers-color-scheme:dark){text{fill:#ddd}}"
)


@dataclass(frozen=True, slots=True)
class Panel:
    """One diagram.

    Attributes:
        title: What is drawn, with its unit.
        lines: By name the value at each size.
        most: What must not be exceeded, by name; drawn as a dashed line.
    """

    title: str
    lines: Mapping[str, Sequence[float]]
    most: Mapping[str, float]


def panels(results: Mapping[str, Mapping[str, Any]]) -> list[Panel]:
    """Return what is drawn of the measurements."""
    rows = list(results.values())
    return [
        Panel(
            "warm latency, ms",
            {
                "answer p95": [row["ask_ms"]["p95"] for row in rows],
                "answer p50": [row["ask_ms"]["p50"] for row in rows],
                "search p95": [row["search_ms"]["p95"] for row in rows],
                "search p50": [row["search_ms"]["p50"] for row in rows],
            },
            {"answer": 400, "search": 200},
        ),
        Panel(
            "peak memory, GB",
            {
                "serving": [row["serving_peak_bytes"] / 1e9 for row in rows],
                "ingestion": [row["ingestion_peak_bytes"] / 1e9 for row in rows],
            },
            {"serving": 6, "ingestion": 3},
        ),
        Panel(
            "passages stored a second",
            {
                "by the clock": [row["store"]["passages_a_second"] for row in rows],
                "by the processor": [row["store"]["passages_a_cpu_second"] for row in rows],
            },
            {},
        ),
    ]


def drawn(results: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the SVG."""
    sizes = [int(size) for size in results]
    found = panels(results)
    width = LEFT + len(found) * (WIDTH + GAP)
    height = TOP + HEIGHT + 50
    body = [_panel(panel, sizes, LEFT + place * (WIDTH + GAP)) for place, panel in enumerate(found)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">\n'
        f"<title>Latency, memory and throughput by size of the index</title>\n"
        f"<style>{_STYLE}</style>\n{''.join(body)}</svg>\n"
    )


def _panel(panel: Panel, sizes: Sequence[int], left: int) -> str:
    top = 1.15 * max(
        [*(value for line in panel.lines.values() for value in line), *panel.most.values()]
    )
    spread = math.log(sizes[-1] / sizes[0]) or 1.0
    across = [left + WIDTH * math.log(size / sizes[0]) / spread for size in sizes]
    parts = [_text(left, TOP - 15, panel.title, "t"), _axes(left, across, sizes, top)]
    for name, value in panel.most.items():
        y = _height(value, top)
        parts.append(f'<line class="m" x1="{left}" x2="{left + WIDTH}" y1="{y}" y2="{y}"/>\n')
        parts.append(_text(left + 4, y - 4, f"at most, {name}"))
    for colour, (name, line) in zip(COLOURS, panel.lines.items(), strict=False):
        places = [f"{x:.0f},{_height(y, top)}" for x, y in zip(across, line, strict=True)]
        drawn_line = f'<polyline class="l" stroke="{colour}" points="{" ".join(places)}"/>\n'
        number = list(panel.lines).index(name)
        key = _text(left + 10, TOP + 14 + 15 * number, name, fill=colour)
        parts += [drawn_line, key]
    return "".join(parts)


def _axes(left: int, across: Sequence[float], sizes: Sequence[int], top: float) -> str:
    floor = TOP + HEIGHT
    parts = [f'<path class="a" fill="none" d="M{left},{TOP}V{floor}H{left + WIDTH}"/>\n']
    parts += [
        _text(x - 14, floor + 18, f"{size // 1000} k" if size < 10**6 else f"{size // 10**6} M")
        for x, size in zip(across, sizes, strict=True)
    ]
    for share in (0.25, 0.5, 0.75, 1):
        value = share * top
        shown = f"{value:.1f}" if top < 20 else f"{value:.0f}"  # noqa: PLR2004 -- digits that tell
        parts.append(_text(left - 40, _height(value, top) + 4, shown))
    return "".join(parts)


def _height(value: float, top: float) -> int:
    return round(TOP + HEIGHT * (1 - value / top))


def _text(x: float, y: float, text: str, kind: str = "", fill: str = "") -> str:
    style = f' style="fill:{fill}"' if fill else ""
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.0f}" y="{y:.0f}"{named}{style}>{escape(text)}</text>\n'
