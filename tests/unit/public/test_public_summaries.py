"""ROUGE beside the first three sentences."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from eval.public.plan import Plan
from eval.public.report import Report
from eval.public.summaries import HALVES, difference, evaluate, leans, scores, summarised_articles

if TYPE_CHECKING:
    from pathlib import Path


def test_articles_are_read_in_two_halves(tmp_path: Path) -> None:
    rows = [{"id": str(n), "document": f"Tram {n} .", "references": ["A", "B"]} for n in range(3)]
    path = tmp_path / "summarization.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    found = summarised_articles(tmp_path)
    assert [article.half for article in found] == [HALVES[0], HALVES[1], HALVES[0]]
    assert (found[1].id, found[1].text, found[1].references) == ("1", "Tram 1 .", ("A", "B"))


def test_scores_are_of_the_nearest_reference_and_of_all() -> None:
    found = scores("the tram stopped", ["the trams stop", "rain"])
    assert found.tolist() == pytest.approx([1, 1, 1, 0.5, 0.5, 0.5])


def test_a_difference_is_of_pairs() -> None:
    found = difference(np.array([0.4, 0.6, 0.8]), np.array([0.3, 0.5, 0.7]))
    assert (found.value, found.low, found.high) == pytest.approx((0.1, 0.1, 0.1))
    assert found.count == 3


def test_openings_that_lean() -> None:
    assert leans("`` He is late , '' they said .")
    assert leans("However , the tram stopped .")
    assert not leans("Hereford is late .")


def test_a_part_that_is_not_asked_for_is_not_measured(tmp_path: Path) -> None:
    plan = Plan(tmp_path, tmp_path, frozenset({"answers"}), None, 1, Report(), print)
    evaluate(plan)
    assert not plan.report.figures
