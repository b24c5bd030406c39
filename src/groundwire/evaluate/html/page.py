"""Filling in the page of a run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from statistics import median
from typing import TYPE_CHECKING

from groundwire.evaluate.html import charts
from groundwire.evaluate.html.cleaning import visible
from groundwire.evaluate.html.figures import drawing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from jinja2 import Template

    from groundwire.evaluate.html.charts import Chart
    from groundwire.evaluate.paired import Comparison
    from groundwire.evaluate.saved import SavedCase, SavedRun


@dataclass(frozen=True, slots=True)
class Group:
    """One row of a table of cases.

    Attributes:
        name: What the cases have in common.
        cases: How many there are, at least one.
        passed: How many passed.
        answered: How many were answered.
        median_ms: Median of the milliseconds that they took.
    """

    name: str
    cases: int
    passed: int
    answered: int
    median_ms: float


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands in large letters: sentences that were shown, and those not grounded."""

    shown: int
    ungrounded: int


def page(run: SavedRun, *, comparison: Comparison | None = None, cache: Path | None = None) -> str:
    """Return a run as one HTML file: no script, no font, nothing from elsewhere.

    Whatever documents, models and files say is escaped, and made visible where it is hidden.

    Args:
        run: The run.
        comparison: How it differs from another, told above everything else.
        cache: A folder where things that can be made again may be kept.
    """
    from markupsafe import Markup

    style = files("groundwire.evaluate.html").joinpath("page.css").read_text(encoding="utf-8")
    return _template().render(
        run=run,
        comparison=comparison,
        made=_day(run.made),
        has_baseline=any(one.baseline is not None for one in run.metrics.values()),
        style=Markup(style),  # noqa: S704 -- the project's own file
        facts=_facts(run),
        kinds=_groups(run.by_kind()),
        splits=_groups(run.by_split()),
        charts=_drawn(run, cache),
        beside=[one for one in run.beside if not one.held],
        conditions=run.identity.rows(),
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("groundwire.evaluate", "html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    return environment.get_template("page.html.j2")


def _harmless(value: object) -> object:
    """Return what is printed: markup of this room as it is, everything else made visible."""
    from markupsafe import Markup

    return value if isinstance(value, Markup) else visible(str(value))


def _drawn(run: SavedRun, cache: Path | None) -> dict[str, object]:
    with drawing(cache):
        drawn = {
            "metrics": charts.metrics_chart(run),
            "scores": charts.scores_chart(run),
            "reliability": charts.reliability_chart(run),
            "risk": charts.risk_chart(run),
            "latency": charts.latency_chart(run),
        }
    return {name: _marked(chart) for name, chart in drawn.items()}


def _marked(chart: Chart | None) -> object:
    from markupsafe import Markup

    if chart is None:
        return None
    svg = Markup(chart.svg)  # noqa: S704 -- drawn here; its texts are escaped where they are set
    return {"svg": svg, "caption": chart.caption}


def _day(made: str) -> str:
    """Return a time as people write it; what is no time stays as it is."""
    try:
        at = datetime.fromisoformat(made).astimezone(UTC)
    except ValueError:
        return made
    return f"{at.day} {at:%B %Y, %H:%M} UTC"


def _facts(run: SavedRun) -> Facts:
    shares = [case.shares.get("groundedness", (0, 0)) for case in run.cases]
    shown = sum(whole for _, whole in shares)
    return Facts(round(shown), round(shown - sum(part for part, _ in shares)))


def _groups(named: Mapping[str, Sequence[SavedCase]]) -> list[Group]:
    return [
        Group(
            name,
            len(cases),
            sum(case.passed for case in cases),
            sum(case.answered for case in cases),
            median(case.milliseconds for case in cases),
        )
        for name, cases in named.items()
    ]
