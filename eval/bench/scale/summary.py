"""What is kept of a measurement: rates, latencies, memory and bytes on disk."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from statistics import mean, quantiles
from typing import TYPE_CHECKING, Any

from eval.bench.process import size_of
from groundwire.index import generations

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from eval.bench.scale.build import Noted

LAST = 0.1
"""The rate at a size is that of the last tenth of the passages before it."""
_PAGES = (
    "SELECT coalesce(m.tbl_name, s.name), sum(s.pageno) FROM dbstat AS s"
    " LEFT JOIN sqlite_master AS m ON m.name = s.name WHERE s.aggregate = TRUE GROUP BY 1"
)
"""Pages of each table; the sums of bytes that SQLite gives end at two thousand million."""


def summarized(
    grown: Sequence[Noted],
    added: Sequence[Noted],
    served: Mapping[str, Any],
    rate: float,
) -> dict[str, Any]:
    """Return what was measured at one size.

    Args:
        grown: What it took to come to that size.
        added: What it took to add some thousand passages more.
        served: What ``serving.measure`` gave.
        rate: Passages that the encoder managed a second.
    """
    last = grown[-1]
    return {
        "passages": last.passages,
        "documents": last.documents,
        "store": _rates(added[1:]),
        "store_while_growing": _rates(
            [each for each in grown if each.passages > last.passages * (1 - LAST)]
        ),
        "encoder_passages_a_second": round(rate, 1),
        "ingestion_peak_bytes": max(each.peak for each in (*grown, *added)),
        "questions": len(served["search_ms"]),
        "search_ms": _spread(served["search_ms"]),
        "search_cpu_ms": _spread(served["search_cpu_ms"]),
        "search_first_ms": _spread(served["search_first_ms"]),
        "search_opening_ms": round(served["search_opening_ms"]),
        "ask_ms": _spread(served["ask_ms"]),
        "ask_cpu_ms": _spread(served["ask_cpu_ms"]),
        "ask_first_ms": _spread(served["ask_first_ms"]),
        "serving_peak_bytes": served["peak_bytes"],
        "serving_private_bytes": served["private_bytes"],
        "load": round(os.getloadavg()[0], 1),
    }


def stored_bytes(index: Path) -> dict[str, int]:
    """Return the bytes on disk: of each table with its indexes, and of Chroma."""
    folder = next(path.parent for path in index.glob("*/" + generations.CATALOG))
    with closing(sqlite3.connect(folder / generations.CATALOG)) as catalog:
        page = int(catalog.execute("PRAGMA page_size").fetchone()[0])
        tables = {name: page * pages for name, pages in catalog.execute(_PAGES)}
    return {**tables, "chroma": size_of(folder / generations.CHROMA)}


def _rates(notes: Sequence[Noted]) -> dict[str, float]:
    """Return what passages took to be stored, and how many a second that makes."""
    added = sum(each.added for each in notes)
    seconds, cpu, chroma = (
        1000 * sum(times) / added
        for times in zip(*((each.seconds, each.cpu, each.chroma) for each in notes), strict=True)
    )
    return {
        "ms": round(seconds, 3),
        "cpu_ms": round(cpu, 3),
        "chroma_ms": round(chroma, 3),
        "passages_a_second": round(1000 / seconds, 1),
        "passages_a_cpu_second": round(1000 / cpu, 1),
    }


def _spread(milliseconds: Sequence[float]) -> dict[str, float]:
    cuts = quantiles(milliseconds, n=100, method="inclusive")
    return {
        "p50": round(cuts[49], 1),
        "p95": round(cuts[94], 1),
        "max": round(max(milliseconds), 1),
        "mean": round(mean(milliseconds), 1),
    }
