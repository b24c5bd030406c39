from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.errors import NotFoundError, UsageError
from groundwire.evaluate.baseline import Expected, drops, load_baseline, save_baseline
from groundwire.evaluate.cases import Case, CaseSet, GoldQuote, Problem
from groundwire.evaluate.report import Conditions, Report, latency
from groundwire.evaluate.runner import Run, run
from groundwire.evaluate.scores import METRICS, Score
from groundwire.evaluate.table import columns, table
from tests.unit.evaluate.samples import SpokenDesk, answer, quoted, shifted

if TYPE_CHECKING:
    from pathlib import Path

    from groundwire.evaluate.baseline import Baseline

PEOPLE = quoted("ferry.md", "It carries 240 people a day.")
COST = quoted("tram.md", "The tram costs £84m, the council said.")
HITS = {
    "People?": [("ferry.md", "240 people")],
    "Cost?": [("ferry.md", "It is"), ("tram.md", "£84m")],
}
CONDITIONS = Conditions("0.0", "cases.jsonl", "corpus", {"llm": None})


def case(line: int, question: str, *evidence: tuple[str, str], forbidden: str = "") -> Case:
    gold = tuple(GoldQuote(document=path, quote=quote) for path, quote in evidence)
    return Case(
        line,
        question.rstrip("?").lower(),
        "single_fact" if gold else "absent_topic",
        question,
        answerable=bool(gold),
        evidence=gold,
        forbidden=(forbidden,) if forbidden else (),
    )


CASES = CaseSet(
    (
        case(1, "People?", ("ferry.md", "240 people"), forbidden="£84m"),
        case(2, "Cost?", ("tram.md", "£84m")),
        case(3, "Oil?"),
        case(4, "Cup?"),
    )
)
SAID = {
    "People?": answer("People?", PEOPLE),
    "Oil?": answer("Oil?"),
    "Cup?": answer("Cup?", COST),
}


def report(baseline: Baseline | None = None, **said: object) -> Report:
    answers = {**SAID, **{f"{name}?": value for name, value in said.items()}}
    done = run(SpokenDesk(answers, HITS), CASES)  # type: ignore[arg-type]  # answers, as given
    return Report(done, baseline or {}, CONDITIONS)


def values(made: Report) -> dict[str, float | None]:
    return {one.name: one.value for one in made.scores}


def test_metrics_by_hand() -> None:
    """People is right, Cost declined, Oil declined, Cup answered."""
    assert values(report()) == pytest.approx(
        {
            "groundedness": 1.0,
            "evidence_hit": 0.5,
            "all_evidence": 0.5,
            "required_facts": None,
            "nothing_forbidden": 1.0,
            "abstention_precision": 0.5,
            "abstention_recall": 0.5,
            "abstention_f1": 0.5,
            "recall@5": 1.0,
            "recall@10": 1.0,
            "mrr@10": 0.75,
            "ndcg@10": (1 + 1 / 1.5849625) / 2,
        }
    )


def test_failing_cases_alone_do_not_fail_a_run() -> None:
    made = report()
    assert [result.case.id for result in made.failing] == ["cost", "cup"]
    assert made.reasons() == ()


def test_an_ungrounded_sentence_fails_a_run() -> None:
    made = report(People=answer("People?", shifted(PEOPLE)))
    assert made.reasons() == ("sentences are not grounded (groundedness is 0.500)",)


def test_forbidden_words_fail_a_run() -> None:
    made = report(People=answer("People?", PEOPLE, COST))
    assert made.reasons() == ("forbidden words were said (nothing_forbidden is 0.000)",)


def test_a_problem_or_an_empty_set_fails_a_run() -> None:
    made = Report(Run((), (Problem(1, "id", "expected"),)), {}, CONDITIONS)
    assert made.reasons() == ("1 problem in the cases", "no case was run")
    assert made.to_dict()["provenance"] is None
    assert "problem: line 1: id: expected" in table(made)


@pytest.mark.parametrize(
    ("value", "tolerance", "fails"),
    [(0.5, 0.0, False), (0.53, 0.03, False), (0.54, 0.03, True), (0.4, 0.0, False)],
)
def test_a_drop_beyond_tolerance_fails_a_run(
    value: float, tolerance: float, *, fails: bool
) -> None:
    made = report({"evidence_hit": Expected(value=value, tolerance=tolerance)})
    assert bool(made.reasons()) == fails


def test_a_metric_that_is_not_measured_any_more_is_a_drop() -> None:
    before = {"required_facts": Expected(value=0.9, tolerance=1.0)}
    assert drops(report().scores, before) == (
        "required_facts was 0.900 and is not measured any more",
    )


def test_the_baseline_is_written_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "baselines" / "core.json"
    before = {"evidence_hit": Expected(value=0.9, tolerance=0.1)}
    scores = report().scores
    save_baseline(path, scores, before)
    saved = load_baseline(path)
    assert saved["evidence_hit"] == Expected(value=0.5, tolerance=0.1)
    assert saved["groundedness"] == Expected(value=1.0, tolerance=0.0)
    assert saved["mrr@10"] == Expected(value=0.75, tolerance=0.03)
    assert "required_facts" not in saved
    assert drops(scores, saved) == ()


def test_rounding_in_the_file_is_not_a_drop(tmp_path: Path) -> None:
    scores = [Score("groundedness", 0.99996, None, 1)]
    save_baseline(tmp_path / "b.json", scores, {})
    assert drops(scores, load_baseline(tmp_path / "b.json")) == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{", "file"),
        ('{"mrr": {"value": 2, "tolerance": 0}}', "mrr.value"),
        ('{"mrr": {"value": 1}}', "mrr.tolerance"),
        ('{"mrr": {"value": 1, "tolerance": 0, "x": 1}}', "mrr.x"),
    ],
)
def test_a_malformed_baseline_is_told_in_one_line(tmp_path: Path, text: str, place: str) -> None:
    path = tmp_path / "b.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=f"b.json: {place}: "):
        load_baseline(path)


def test_a_missing_baseline_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no such baseline"):
        load_baseline(tmp_path / "none.json")


def test_json_holds_scores_cases_and_conditions() -> None:
    made = report({"evidence_hit": Expected(value=0.4, tolerance=0.03)})
    found = json.loads(json.dumps(made.to_dict(), allow_nan=False))
    assert found["schema"] == 1
    assert found["passed"] is True
    assert found["settings"] == {"llm": None}
    assert found["provenance"]["generation"] == "g"
    assert found["metrics"]["evidence_hit"]["difference"] == 0.1
    assert found["metrics"]["evidence_hit"]["baseline"] == 0.4
    assert found["metrics"]["required_facts"]["value"] is None
    assert [one["id"] for one in found["cases"]] == ["people", "cost", "oil", "cup"]
    assert found["cases"][0]["claims"][0]["text"] == PEOPLE.text
    assert found["cases"][3]["complaints"]


def test_the_table_shows_metrics_kinds_failing_cases_and_the_verdict() -> None:
    shown = table(report({"evidence_hit": Expected(value=0.9, tolerance=0.03)}))
    lines = [line.split() for line in shown.splitlines()]
    assert ["evidence_hit", "0.500", "0.000", "to", "1.000", "2", "0.900", "-0.400"] in lines
    assert ["required_facts", "-", "-", "0", "-", "-"] in lines
    assert ["single_fact", "2", "1", "1"] in lines
    assert ["absent_topic", "2", "1", "1"] in lines
    assert "2 of 4 cases passed" in shown
    assert "cup (absent_topic): Cup?" in shown
    assert shown.endswith("FAILED: evidence_hit fell from 0.900 to 0.500, more than 0.030")
    assert table(report()).endswith("PASSED")


def test_columns_align() -> None:
    assert columns([["a", "b"], ["long", "10"]]) == "a      b\nlong  10"


def test_latency_is_the_nearest_rank() -> None:
    result = report().run.results[0]
    results = tuple(replace(result, milliseconds=float(ms)) for ms in range(1, 101))
    assert latency(results) == {"p50": 50.0, "p95": 95.0}
    assert latency(results[:1]) == {"p50": 1.0, "p95": 1.0}
    assert latency(()) is None


def test_every_metric_has_a_name_of_its_own() -> None:
    assert [one.name for one in report().scores] == list(METRICS)
