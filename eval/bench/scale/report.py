"""Bring docs/scaling.md and docs/scaling.svg in line with results.json.

python -m eval.bench.scale.report
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.bench.scale.curve import drawn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

HERE = Path(__file__).parent
DOCS = HERE.parents[2] / "docs"
BEGIN, END = "<!-- {}: drawn from results.json -->", "<!-- end -->"
Row = dict[str, Any]

_MEASURED: tuple[tuple[str, Callable[[Row], str]], ...] = (
    ("passages", lambda row: f"{row['passages']:,}"),
    ("documents", lambda row: f"{row['documents']:,}"),
    ("search, warm: p50 / p95, ms", lambda row: _two(row["search_ms"])),
    ("answer, warm: p50 / p95, ms", lambda row: _two(row["ask_ms"])),
    ("search, processor time: p50 / p95, ms", lambda row: _two(row["search_cpu_ms"])),
    ("answer, processor time: p50 / p95, ms", lambda row: _two(row["ask_cpu_ms"])),
    ("search, each question new: p50 / p95, ms", lambda row: _two(row["search_first_ms"])),
    ("answer, each question new: p50 / p95, ms", lambda row: _two(row["ask_first_ms"])),
    ("first search of a process, s", lambda row: f"{row['search_opening_ms'] / 1000:.1f}"),
    ("peak memory of serving, GB", lambda row: _gb(row["serving_peak_bytes"])),
    ("peak memory of ingestion, GB", lambda row: _gb(row["ingestion_peak_bytes"])),
    ("stored a second, encoder left out", lambda row: f"{row['store']['passages_a_second']:.0f}"),
    (
        "stored a second of processor time",
        lambda row: f"{row['store']['passages_a_cpu_second']:.0f}",
    ),
    ("stored a second, with the encoder", lambda row: f"{with_encoder(row):.1f}"),
    ("load of the machine while measured", lambda row: f"{row['load']}"),
)
_KINDS: dict[str, Callable[[str], bool]] = {
    "vectors of passages": {"vectors"}.__contains__,
    "vectors of sentences": {"sentences"}.__contains__,
    "vectors of word pieces": {"tokens"}.__contains__,
    "stems": {"stems"}.__contains__,
    "texts": {"texts"}.__contains__,
    "passages and documents": {"passages", "documents"}.__contains__,
    "full text": lambda table: table.startswith("passages_fts_"),
    "copies": {"prints", "bands", "copies"}.__contains__,
    "Chroma": {"chroma"}.__contains__,
}


def with_encoder(row: Row) -> float:
    """Return how many passages a second are stored, each encoded first."""
    seconds = 1 / row["encoder_passages_a_second"] + row["store"]["ms"] / 1000
    return float(1 / seconds)


def measured(results: Mapping[str, Row]) -> str:
    """Return what was measured as a table, a column a size."""
    rows = [
        f"| {name} | " + " | ".join(show(row) for row in results.values()) + " |"
        for name, show in _MEASURED
    ]
    return _table(results, rows)


def disk(results: Mapping[str, Row]) -> str:
    """Return the bytes a passage of each kind as a table, a column a size."""
    rows = []
    for name, belongs in _KINDS.items():
        cells = [
            sum(size for table, size in row["bytes"].items() if belongs(table)) / row["passages"]
            for row in results.values()
        ]
        rows.append(f"| {name} | " + " | ".join(f"{cell:,.0f}" for cell in cells) + " |")
    totals = [sum(row["bytes"].values()) / row["passages"] for row in results.values()]
    rows.append("| all | " + " | ".join(f"{total:,.0f}" for total in totals) + " |")
    return _table(results, rows)


def inserted(page: str, name: str, table: str) -> str:
    """Return a page with what stands between the marks of a name replaced.

    Raises:
        ValueError: The page has no such marks.
    """
    begin = BEGIN.format(name)
    found, count = re.subn(
        re.escape(begin) + r".*?" + re.escape(END),
        lambda _: f"{begin}\n{table}{END}",
        page,
        flags=re.DOTALL,
    )
    if count != 1:
        message = f"{count} places for {name}"
        raise ValueError(message)
    return found


def main() -> None:
    """Rewrite the page's tables, and the drawing."""
    results = json.loads((HERE / "results.json").read_text(encoding="utf-8"))
    path = DOCS / "scaling.md"
    page = path.read_text(encoding="utf-8")
    for name, table in (("measured", measured(results)), ("disk", disk(results))):
        page = inserted(page, name, table)
    path.write_text(page, encoding="utf-8")
    (DOCS / "scaling.svg").write_text(drawn(results), encoding="utf-8")


def _table(results: Mapping[str, Row], rows: list[str]) -> str:
    head = "| | " + " | ".join(f"{int(size):,}" for size in results) + " |"
    return "\n".join([head, "|---|" + "---:|" * len(results), *rows, ""])


def _two(spread: Mapping[str, float]) -> str:
    return f"{spread['p50']:.0f} / {spread['p95']:.0f}"


def _gb(size: int) -> str:
    return f"{size / 1e9:.2f}"


if __name__ == "__main__":
    main()
