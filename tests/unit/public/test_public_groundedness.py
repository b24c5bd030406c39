"""Balanced accuracy of support, by family and over families."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from eval.public.groundedness import balanced_accuracy, evaluate, judged_claims, macro
from eval.public.plan import Plan
from eval.public.report import Report

if TYPE_CHECKING:
    from pathlib import Path

TRUE, FALSE = "The tram has nine stops.", "Olsen won the final in Melbourne."


def write(folder: Path, rows: list[tuple[str, str, int]]) -> None:
    lines = [
        {"id": str(n), "source": source, "doc": f"{TRUE} It opens in May.", "claim": claim}
        | {"label": label}
        for n, (source, claim, label) in enumerate(rows)
    ]
    with gzip.open(folder / "groundedness.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(map(json.dumps, lines)) + "\n")


def plan(folder: Path, *parts: str, limit: int | None = None) -> Plan:
    return Plan(folder, folder, frozenset(parts), limit, 1, Report(), print)


def figures(made: Plan) -> dict[tuple[str, str], float]:
    return {(one.group, one.name): one.value for one in made.report.figures}


def test_both_sorts_count_the_same() -> None:
    assert balanced_accuracy([0.9], [0.1, 0.2, 0.3, 0.7]) == pytest.approx(0.875)
    assert balanced_accuracy([0.5], [0.5]) == 0.5


def test_families_count_the_same() -> None:
    found = macro({"a": ([0.9] * 8, [0.1] * 8), "b": ([0.9, 0.1], [0.1, 0.9])})
    assert (found.value, found.count) == (0.75, 20)
    assert 0.5 <= found.low <= found.value <= found.high <= 1


def test_claims_are_read_with_their_family(tmp_path: Path) -> None:
    write(tmp_path, [("begin/wow", TRUE, 1), ("wice", FALSE, 0)])
    one, other = judged_claims(tmp_path)
    assert (one.family, one.supported, other.family, other.supported) == (
        "begin",
        True,
        "wice",
        False,
    )


def test_the_macro_leaves_summedits_out(tmp_path: Path) -> None:
    right = [("qags/cnndm", TRUE, 1), ("qags/cnndm", FALSE, 0)]
    wrong = [("summedits/news", FALSE, 1), ("summedits/news", TRUE, 0)]
    write(tmp_path, [*right, *wrong])
    made = plan(tmp_path, "support")
    evaluate(made)
    found = figures(made)
    assert found["all", "balanced_accuracy"] == found["qags", "auroc"] == 1
    assert found["summedits", "balanced_accuracy"] == found["summedits", "auroc"] == 0
    assert len(made.report.rows) == 4


def test_a_limit_a_part_and_a_family_of_one_sort(tmp_path: Path) -> None:
    write(tmp_path, [("wice", TRUE, 1), ("wice", TRUE, 1), ("wice", FALSE, 0)])
    limited = plan(tmp_path, "support", limit=1)
    evaluate(limited)
    assert (figures(limited), len(limited.report.rows)) == ({}, 1)
    other = plan(tmp_path, "answers")
    evaluate(other)
    assert not other.report.rows
