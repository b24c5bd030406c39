"""What was measured: a table for people, JSON for machines, a line for each question."""

from __future__ import annotations

import json
import math
import os
import platform
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from eval.public.targets import NO_TARGET, PARTS, SOURCES, TARGETS
from groundwire import __version__
from groundwire.evaluate.table import columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from eval.public.estimates import Estimate
    from eval.public.targets import Target
    from groundwire import Desk

_NONE = "-"
_HEAD = ("figure", "floor", "published", "reach", "here", "95 %", "n", "")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure.

    Attributes:
        collection: The set, such as ``news``.
        part: One of ``PARTS``.
        group: ``all``, or the type of question.
        name: What was measured.
        value: The figure: a share, a mean, or milliseconds.
        count: Questions behind it.
        interval: Lower and upper end at 95 %; None for a time.
        target: What it is held against.
    """

    collection: str
    part: str
    group: str
    name: str
    value: float
    count: int
    interval: tuple[float, float] | None
    target: Target

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form."""
        return {
            "value": round(self.value, 5),
            "low": round(self.interval[0], 5) if self.interval else None,
            "high": round(self.interval[1], 5) if self.interval else None,
            "count": self.count,
            "floor": self.target.floor,
            "published": self.target.published,
            "reach": self.target.reach,
            "met": self.target.met(self.value),
        }


@dataclass(slots=True)
class Report:
    """Everything that one run measured, also when it was stopped half-way."""

    figures: list[Figure] = field(default_factory=list)
    rows: dict[tuple[str, str], dict[str, object]] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)
    complete: bool = False

    def add(self, at: tuple[str, str, str], name: str, found: Estimate) -> None:
        """Add a figure at collection, part and group, held against its target."""
        target = TARGETS.get((at[0], at[2], name), NO_TARGET)
        interval = found.low, found.high
        self.figures.append(Figure(*at, name, found.value, found.count, interval, target))

    def retarget(self, at: tuple[str, str, str], name: str, target: Target) -> None:
        """Hold a figure that was added against a target that was measured itself."""
        self.figures = [
            replace(one, target=target)
            if (one.collection, one.part, one.group, one.name) == (*at, name)
            else one
            for one in self.figures
        ]

    def add_time(self, at: tuple[str, str, str], name: str, value: float, count: int) -> None:
        """Add milliseconds."""
        target = TARGETS.get((at[0], at[2], name), NO_TARGET)
        self.figures.append(Figure(*at, name, value, count, None, target))

    def note(self, collection: str, question: str, found: Mapping[str, object]) -> None:
        """Add what was found for one question to its row."""
        key = collection, question
        row = self.rows.setdefault(key, {"set": collection, "id": question})
        row.update({name: _plain(value) for name, value in found.items()})

    def know(self, collection: str, desk: Desk) -> None:
        """Keep what the index was made with."""
        documents = desk.docs()
        manifest = desk._parts.store.manifest()  # noqa: SLF001 -- which index gave the figures
        self.facts[collection] = {
            "documents": len(documents),
            "passages": sum(info.passages for info in documents),
            **manifest.identity.to_dict(),
        }

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form, without the questions' rows."""
        nested: dict[str, dict[str, dict[str, dict[str, object]]]] = {}
        for one in self.figures:
            part = nested.setdefault(one.collection, {}).setdefault(one.part, {})
            part.setdefault(one.group, {})[one.name] = one.to_dict()
        return {
            "schema": 1,
            "complete": self.complete,
            "engine": {"name": "extractive", "version": __version__},
            "machine": {
                "cpus": os.cpu_count(),
                "load": [round(value, 2) for value in os.getloadavg()],
                "platform": platform.platform(),
                "python": platform.python_version(),
            },
            "facts": self.facts,
            "figures": nested,
        }

    def save(self, path: Path) -> Path:
        """Write the JSON and beside it the rows; return where the rows are."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(self.to_dict(), indent=1) + "\n", encoding="utf-8")
        rows = path.with_suffix(".jsonl")
        lines = (json.dumps(row) + "\n" for row in self.rows.values())
        rows.write_text("".join(lines), encoding="utf-8")
        return rows


def table(report: Report) -> str:
    """Return the figures beside floors, published ones and goals, by set and type of question."""
    lines: list[tuple[str, ...]] = [_HEAD]
    at = None
    for one in _grouped(report.figures):
        if at != (one.collection, one.part, one.group):
            at = one.collection, one.part, one.group
            group = "" if one.group == "all" else f", {one.group}"
            lines.append((f"{one.collection}: {one.part}{group}", *[""] * (len(_HEAD) - 1)))
        lines.append(_line(one))
    return "\n".join([columns(lines), "", SOURCES.rstrip()])


def _grouped(figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures with those of one set, part and group together, in their order."""
    groups: dict[tuple[str, str, str], list[Figure]] = {}
    for one in sorted(figures, key=lambda one: PARTS.index(one.part)):
        groups.setdefault((one.collection, one.part, one.group), []).append(one)
    sets = list(dict.fromkeys(one.collection for one in figures))
    ordered = sorted(groups.items(), key=lambda entry: sets.index(entry[0][0]))
    return [one for _, found in ordered for one in found]


def _line(one: Figure) -> tuple[str, ...]:
    target = one.target
    met = {True: "met", False: "NOT MET", None: ""}[target.met(one.value)]
    is_time = one.interval is None
    between = f"{one.interval[0]:.3f} to {one.interval[1]:.3f}" if one.interval else _NONE
    known = (target.floor, target.published, target.reach, one.value)
    shown = (_shown(value, is_time=is_time) for value in known)
    return (f"  {one.name}", *shown, between, str(one.count), met)


def _shown(value: float | None, *, is_time: bool) -> str:
    if value is None:
        return _NONE
    return f"{value:.1f}" if is_time else f"{value:.3f}"


def _plain(value: object) -> object:
    if isinstance(value, float):
        return round(value, 5) if math.isfinite(value) else None
    return value
