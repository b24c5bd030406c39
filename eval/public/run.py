"""Measures retrieval, answers and abstention on public data: ``make eval-public DATA=…``.

A development tool: the data has licences of its own and is not part of the project.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from eval.public import news, paragraphs
from groundwire import Desk

SETS = ("news", "squad", "clapnq")
FLOORS = {
    "news every_article": (0.683, 0.82),
    "news recall": (0.868, 0.93),
    "news map_10": (0.305, 0.38),
    "news mrr_10": (0.605, 0.68),
    "news hits_4": (0.727, 0.80),
    "news hits_10": (0.867, 0.91),
    "news inference_named": (None, 0.70),
    "news null_auroc": (0.92, 0.985),
    "squad paragraph_first": (0.864, 0.92),
    "squad sentence_first": (None, None),
    "squad absent_auroc": (0.959, 0.965),
    "squad absent_answered_at_5": (0.83, 0.86),
    "squad impossible_auroc": (None, 0.72),
    "clapnq auroc": (None, 0.80),
}


def main() -> None:
    """Run the sets that were asked for, print a table, write JSON."""
    options = _options()
    figures: dict[str, object] = {}
    for name in options.only:
        started = time.perf_counter()
        with Desk.open(options.work / f"index-{name}") as desk:
            figures[name] = _run(name, desk, options)
        _tell(f"{name}: {time.perf_counter() - started:.0f} s")
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(table(figures))


def _run(name: str, desk: Desk, options: argparse.Namespace) -> dict[str, object]:
    if name == "news":
        return news.evaluate(desk, options.data, options.work, _tell)
    if name == "squad":
        return paragraphs.squad(desk, options.data, options.work, _tell)
    return paragraphs.clapnq(desk, options.data, options.work)


def table(figures: dict[str, object]) -> str:
    """Return the figures beside the floor each started from and the figure to reach."""
    flat = {name: value for name, value in _flat(figures) if name in FLOORS}
    lines = [f"{'figure':28} {'floor':>7} {'reach':>7} {'here':>7}"]
    for name, value in flat.items():
        floor, reach = (f"{v:.3f}" if v is not None else "-" for v in FLOORS[name])
        lines.append(f"{name:28} {floor:>7} {reach:>7} {value:7.3f}")
    return "\n".join(lines)


def _flat(figures: dict[str, object]) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    for part, values in figures.items():
        assert isinstance(values, dict)  # noqa: S101 -- every set gives a table
        every = {**values.get("retrieval", {}).get("all", {}), **values}
        found += [(f"{part} {k}", v) for k, v in every.items() if not isinstance(v, dict)]
    return found


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public data")
    parser.add_argument("--work", type=Path, required=True, help="where indexes are kept")
    parser.add_argument("--out", type=Path, default=Path("eval/reports/public.json"))
    parser.add_argument("--only", nargs="+", choices=SETS, default=SETS)
    return parser.parse_args()


def _tell(text: str) -> None:
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    main()
