"""What one run is to measure, and where it puts what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from eval.public.estimates import percentile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from eval.public.asking import Took
    from eval.public.report import Report


@dataclass(frozen=True, slots=True)
class Plan:
    """A run.

    Attributes:
        data: Folder of the public data.
        work: Folder where documents and indexes are kept from run to run.
        parts: Which of ``PARTS`` are measured.
        limit: Most questions of each sort, evenly spread; None for all.
        jobs: Processes that ask at the same time.
        report: Where figures go.
        tell: Told in words how far the run is.
    """

    data: Path
    work: Path
    parts: frozenset[str]
    limit: int | None
    jobs: int
    report: Report
    tell: Callable[[str], None]

    def add_times(self, collection: str, act: str, times: Sequence[Took]) -> None:
        """Add the median and the 95th percentile of some times, and the median of all cores."""
        at = collection, "retrieval" if act == "search" else "answers", "all"
        wall, cpu = [took.wall for took in times], [took.cpu for took in times]
        for name, value in (
            ("ms_p50", percentile(wall, 50)),
            ("ms_p95", percentile(wall, 95)),
            ("cpu_ms_p50", percentile(cpu, 50)),
        ):
            self.report.add_time(at, f"{act}_{name}", value, len(times))
