"""The table, the JSON and the rows of questions."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import pytest

from eval.public.asking import Took
from eval.public.estimates import Estimate
from eval.public.plan import Plan
from eval.public.report import Report, table
from eval.public.targets import Target

if TYPE_CHECKING:
    from pathlib import Path

RETRIEVAL = ("news", "retrieval", "all")
SQUAD = ("squad", "answers", "all")


def line_of(report: Report, name: str) -> list[str]:
    return next(line.split() for line in table(report).splitlines() if line.split()[:1] == [name])


def test_a_figure_stands_beside_what_it_is_held_against() -> None:
    report = Report()
    report.add(RETRIEVAL, "recall", Estimate(0.931, 0.9, 0.95, 852))
    report.add(RETRIEVAL, "map_10", Estimate(0.3, 0.28, 0.32, 852))
    assert line_of(report, "recall") == (
        ["recall", "0.868", "-", "0.930", "0.931", "0.900", "to", "0.950", "852", "met"]
    )
    assert line_of(report, "map_10")[-2:] == ["NOT", "MET"]
    assert line_of(report, "map_10")[2] == "0.479"


def test_a_time_is_met_from_below() -> None:
    report = Report()
    report.add_time(("news", "answers", "all"), "ask_ms_p95", 79.96, 150)
    assert line_of(report, "ask_ms_p95") == [
        "ask_ms_p95",
        "-",
        "-",
        "80.0",
        "80.0",
        "-",
        "150",
        "met",
    ]
    assert Target(reach=80, falling=True).met(80.1) is False
    assert Target().met(1) is None


def test_a_target_measured_later_is_taken() -> None:
    report = Report()
    report.add(SQUAD, "sentence_first", Estimate(0.84, 0.82, 0.86, 1874))
    report.add(SQUAD, "said", Estimate(0.84, 0.82, 0.86, 1874))
    report.retarget(SQUAD, "sentence_first", Target(0.75, None, 0.85))
    assert line_of(report, "sentence_first")[1:5] == ["0.750", "-", "0.850", "0.840"]
    assert line_of(report, "said")[1:4] == ["-", "-", "-"]


def test_figures_of_a_group_stand_together_under_one_heading() -> None:
    report = Report()
    one = Estimate(0.5, 0.4, 0.6, 10)
    report.add(("news", "abstention", "all"), "null_auroc", one)
    report.add(RETRIEVAL, "recall", one)
    report.add(("news", "retrieval", "inference_query"), "recall", one)
    report.add_time(RETRIEVAL, "search_ms_p95", 9.0, 10)
    heads = [line for line in table(report).splitlines() if line.startswith("news: ")]
    assert heads == ["news: retrieval", "news: retrieval, inference_query", "news: abstention"]
    assert json.loads(json.dumps(report.to_dict()))["figures"]["news"]["retrieval"][
        "all"
    ].keys() == {
        "recall",
        "search_ms_p95",
    }


def test_rows_are_merged_by_question_and_written_as_json(tmp_path: Path) -> None:
    report = Report()
    report.note("news", "mh1", {"score": -math.inf, "ranks": {"0001.md": None}})
    report.note("news", "mh1", {"outcome": "nothing"})
    report.note("squad", "mh1", {"score": 1.23456789})
    rows = report.save(tmp_path / "deep" / "report.json")
    assert [json.loads(line) for line in rows.read_text().splitlines()] == [
        {
            "set": "news",
            "id": "mh1",
            "score": None,
            "ranks": {"0001.md": None},
            "outcome": "nothing",
        },
        {"set": "squad", "id": "mh1", "score": 1.23457},
    ]
    saved = json.loads((tmp_path / "deep" / "report.json").read_text())
    assert saved["complete"] is False
    assert saved["machine"]["cpus"] >= 1


def test_times_are_told_as_percentiles(tmp_path: Path) -> None:
    report = Report()
    plan = Plan(tmp_path, tmp_path, frozenset(), None, 1, report, print)
    plan.add_times("news", "search", [Took(10, 15), Took(20, 25), Took(30, 35)])
    values = {one.name: one.value for one in report.figures}
    assert values == {
        "search_ms_p50": 20,
        "search_ms_p95": pytest.approx(29),
        "search_cpu_ms_p50": 25,
    }
    assert {one.part for one in report.figures} == {"retrieval"}
