"""What was measured: medians, a table with ratios, and a file."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from statistics import median, quantiles
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_PACKAGES = (
    "groundwire",
    "langchain-core",
    "langchain-chroma",
    "langchain-huggingface",
    "chromadb",
    "sentence-transformers",
    "torch",
    "onnxruntime",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of both sides.

    Attributes:
        name: What was measured.
        unit: Its unit.
        groundwire: Values of the runs.
        langchain: Values of the runs; empty where the pipeline has no such thing.
        more_is_better: Whether a larger value is the better one.
    """

    name: str
    unit: str
    groundwire: tuple[float, ...]
    langchain: tuple[float, ...] = ()
    more_is_better: bool = False

    @property
    def ratio(self) -> float | None:
        """How many times better Groundwire's median is; below 1 it is worse."""
        if not self.langchain:
            return None
        ours, theirs = median(self.groundwire), median(self.langchain)
        return ours / theirs if self.more_is_better else theirs / ours


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that one comparison measured, and on what."""

    rows: tuple[Row, ...]
    corpus: dict[str, object]


def percentile(values: Sequence[float], percent: int) -> float:
    """Return a percentile, interpolated between the values."""
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def table(results: Results) -> str:
    """Return the rows as aligned text."""
    lines = [("", "unit", "groundwire", "langchain", "times better")]
    for row in results.rows:
        theirs = f"{median(row.langchain):,.2f}" if row.langchain else "-"
        ratio = f"{row.ratio:.2f}" if row.ratio is not None else "-"
        lines.append((row.name, row.unit, f"{median(row.groundwire):,.2f}", theirs, ratio))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    shown = (
        f"{line[0]:<{widths[0]}}  {line[1]:<{widths[1]}}  "
        + "  ".join(f"{cell:>{width}}" for cell, width in zip(line[2:], widths[2:], strict=True))
        for line in lines
    )
    about = ", ".join(f"{name} {value}" for name, value in results.corpus.items())
    return "\n".join([*shown, "", f"medians; {about}; {os.cpu_count()} CPUs"])


def save(results: Results, path: Path) -> None:
    """Write every value, with the versions and the machine, as JSON."""
    found = {
        "rows": [{**asdict(row), "ratio": row.ratio} for row in results.rows],
        "corpus": results.corpus,
        "versions": {name: _version(name) for name in _PACKAGES},
        "machine": {
            "cpus": os.cpu_count(),
            "platform": platform.platform(),
            "python": platform.python_version(),
        },
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
