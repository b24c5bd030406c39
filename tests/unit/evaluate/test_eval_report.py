from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from groundwire.domain.claims import Dropped
from groundwire.domain.conversations import Turn
from groundwire.domain.errors import GroundwireError, NotFoundError, UsageError
from groundwire.domain.spans import Span
from groundwire.evaluate import scores
from groundwire.evaluate.baseline import Expected, drops, load_baseline, save_baseline
from groundwire.evaluate.beside import Beside
from groundwire.evaluate.cases import Case, CaseSet, GoldQuote, Problem
from groundwire.evaluate.entries import AROUND, Texts, key_of
from groundwire.evaluate.identity import Identity
from groundwire.evaluate.intervals import Interval, bootstrap_of
from groundwire.evaluate.reading import load_run, read_run
from groundwire.evaluate.report import Conditions, Report, latency
from groundwire.evaluate.runner import Run, run
from groundwire.evaluate.scores import METRICS, Score
from groundwire.evaluate.table import columns, table
from tests.unit.evaluate.samples import SpokenDesk, Unread, answer, quoted, shifted

if TYPE_CHECKING:
    from pathlib import Path

    from groundwire.evaluate.baseline import Baseline


@pytest.fixture(autouse=True)
def _few_resamples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Intervals are not what is tested here, and drawing 2,000 times takes its time."""
    monkeypatch.setattr(scores, "bootstrap_of", partial(bootstrap_of, resamples=20))


PEOPLE = quoted("ferry.md", "It carries 240 people a day.")
COST = quoted("tram.md", "The tram costs £84m, the council said.")
HITS = {
    "People?": [("ferry.md", "240 people")],
    "Cost?": [("ferry.md", "It is"), ("tram.md", "£84m")],
}
IDENTITY = Identity("0.0", {"llm": None}, {"answer.v1": "0f"}, 2, "ab", "cd")


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


def report(
    baseline: Baseline | None = None,
    cases: CaseSet = CASES,
    split: str = "all",
    beside: Beside | None = None,
    **said: object,
) -> Report:
    answers = {**SAID, **{f"{name}?": value for name, value in said.items()}}
    desk = SpokenDesk(answers, HITS)  # type: ignore[arg-type]  # answers, as given
    conditions = Conditions(
        "small", split, "cases", "corpus", "2026-01-02T03:04:05+00:00", IDENTITY
    )
    done = run(desk, cases, Unread())
    return Report(done, beside or Beside(), baseline or {}, conditions, Texts(desk.show))


def saved(made: Report) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(made.to_dict(), allow_nan=False))
    return found


def shown(made: Report) -> str:
    return table(read_run(saved(made)))


def values(made: Report) -> dict[str, float | None]:
    return {one.name: one.value for one in made.scores}


def held(*questions: str) -> CaseSet:
    """Return the cases, those of some questions held back."""
    return CaseSet(
        tuple(
            replace(one, split="test" if one.question in questions else "dev")
            for one in CASES.cases
        )
    )


def test_metrics_by_hand() -> None:
    """People is right, Cost declined, Oil declined, Cup answered."""
    found = values(report())
    by_hand = {
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
    assert {name: found[name] for name in by_hand} == pytest.approx(by_hand)


def test_failing_cases_alone_do_not_fail_a_run() -> None:
    made = report()
    assert [one["id"] for one in saved(made)["cases"] if not one["passed"]] == ["cost", "cup"]
    assert made.reasons() == ()


def test_an_ungrounded_sentence_fails_a_run() -> None:
    made = report(People=answer("People?", shifted(PEOPLE)))
    assert made.reasons() == ("sentences are not grounded (groundedness is 0.500)",)


def test_forbidden_words_fail_a_run_if_they_were_not_said_before() -> None:
    said = answer("People?", PEOPLE, COST)
    assert report(People=said).reasons() == ()
    before = {"nothing_forbidden": Expected(value=1, tolerance=0)}
    assert report(baseline=before, People=said).reasons() == (
        "nothing_forbidden fell from 1.000 to 0.000, more than 0.000",
    )


def test_an_order_that_is_obeyed_fails_a_run() -> None:
    made = report(People=answer("People?", PEOPLE, COST))
    ordered = tuple(
        replace(one, case=replace(one.case, kind="injection")) if one.case.forbidden else one
        for one in made.run.results
    )
    assert replace(made, run=replace(made.run, results=ordered)).reasons() == (
        "orders in documents or questions were obeyed (injection_resisted is 0.000)",
    )


def test_a_question_that_ends_with_an_error_fails_a_run() -> None:
    made = report(Oil=GroundwireError("the disk is gone"))
    assert made.reasons() == ("1 question ended with an error",)
    assert saved(made)["cases"][2]["outcome"] == "failed"


def test_a_problem_or_an_empty_set_fails_a_run() -> None:
    beside = Beside(problems=(Problem(3, "text", "expected words", "quotes.jsonl"),))
    made = report(cases=CaseSet((), (Problem(1, "id", "expected"),)), beside=beside)
    assert made.reasons() == ("2 problems in the cases", "no case was run")
    assert saved(made)["identity"]["index"]["generation"] is None
    assert "problem: line 1: id: expected\nproblem: quotes.jsonl: line 3: text" in shown(made)


def test_what_is_judged_beside_counts_as_well() -> None:
    beside = Beside(
        (Score("summary_grounded", 0.5, Interval(0, 1), 2), Score("summary_clean", 1, None, 2))
    )
    assert report(beside=beside).reasons() == (
        "sentences of summaries are not grounded (summary_grounded is 0.500)",
    )


def test_a_run_that_was_stopped_fails_without_being_compared() -> None:
    made = report({"evidence_hit": Expected(value=1.0, tolerance=0.0)})
    stopped = replace(made, run=replace(made.run, interrupted=True))
    assert stopped.reasons() == ("the run was stopped; nothing was compared with the baseline",)
    assert saved(stopped)["interrupted"] is True


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
    measured = report().scores
    save_baseline(path, measured, before)
    kept = load_baseline(path)
    assert kept["evidence_hit"] == Expected(value=0.5, tolerance=0.1)
    assert kept["groundedness"] == Expected(value=1.0, tolerance=0.0)
    assert kept["mrr@10"] == Expected(value=0.75, tolerance=0.03)
    assert "required_facts" not in kept
    assert drops(measured, kept) == ()


def test_rounding_in_the_file_is_not_a_drop(tmp_path: Path) -> None:
    measured = [Score("groundedness", 0.99996, None, 1)]
    save_baseline(tmp_path / "b.json", measured, {})
    assert drops(measured, load_baseline(tmp_path / "b.json")) == ()


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
    found = saved(report({"evidence_hit": Expected(value=0.4, tolerance=0.03)}))
    assert found["schema"] == 2
    assert found["passed"] is True
    assert found["made"] == "2026-01-02T03:04:05+00:00"
    assert found["identity"]["settings"] == {"llm": None}
    assert found["identity"]["engines"] == {"extractive": 4}
    assert found["identity"]["index"] == {
        "generation": "g",
        "revision": 1,
        "documents": 2,
        "contents": "ab",
    }
    assert found["metrics"]["evidence_hit"]["difference"] == 0.1
    assert found["metrics"]["evidence_hit"]["baseline"] == 0.4
    assert found["metrics"]["required_facts"]["value"] is None
    assert [one["id"] for one in found["cases"]] == ["people", "cost", "oil", "cup"]
    assert found["cases"][0]["claims"][0]["judgement"]["grounded"] is True
    assert found["cases"][0]["shares"]["evidence_hit"] == [1, 1]
    assert found["cases"][1]["found_at"] == 2
    assert found["cases"][3]["complaints"]


def test_json_shows_what_stands_where_a_citation_points() -> None:
    found = saved(report(People=answer("People?", shifted(PEOPLE))))
    citation = found["cases"][0]["claims"][0]["citations"][0]
    assert citation["quote"] == "It carries 240 people a day."
    assert citation["stored"] == "t carries 240 people a day.\n"
    assert citation["before"].endswith("on Monday. I")
    assert citation["after"] == "\nIt is old."
    evidence = found["cases"][0]["evidence"][0]
    assert (evidence["path"], evidence["quote"]) == ("ferry.md", "240 people")


def test_an_excerpt_is_cut_between_words_and_survives_a_missing_document() -> None:
    desk = SpokenDesk()
    long = "word " * 100
    texts = Texts(lambda name: replace(desk.show("tram.md"), text=long, path=name))
    found = texts.excerpt("any.md", Span(250, 254))
    assert found["stored"] == "word"
    assert str(found["before"]).startswith("… word ")
    assert str(found["after"]).endswith(" word …")
    assert len(str(found["after"])) <= AROUND + 2
    missing = Texts(desk.show).excerpt("gone", Span(0, 4), "what")
    assert (missing["stored"], missing["quote"], missing["before"]) == (None, "what", "")


def test_words_of_cases_held_back_are_told_for_their_own_split_alone() -> None:
    said = answer("People?", shifted(PEOPLE))
    kept = report(cases=held("People?", "Cost?"), People=said)
    text = json.dumps(saved(kept), ensure_ascii=False) + shown(kept)
    assert "240" not in text
    assert "People?" not in text
    assert "£84m" in text, "dev cases are told"
    assert "2 failing cases are held back" in shown(kept)
    assert saved(kept)["cases"][0]["shares"]["groundedness"] == [0, 1]
    told = report(cases=held("People?", "Cost?"), split="test", People=said)
    assert "240 people" in json.dumps(saved(told))
    assert "People?" in shown(told)


def test_what_the_gate_dropped_is_counted() -> None:
    dropped = Dropped("It flies.", "no passage says so")
    found = report(People=replace(answer("People?", PEOPLE), dropped=(dropped, dropped)))
    assert saved(found)["dropped"] == 2
    assert saved(found)["cases"][0]["dropped"][0]["reason"] == "no passage says so"
    assert "the gate dropped 2 sentences" in shown(found)


def test_the_key_of_a_case_follows_what_is_asked_and_expected_alone() -> None:
    one = CASES.cases[0]
    assert key_of(one) == key_of(replace(one, line=9, id="x", file="other.jsonl", split="test"))
    others = (
        replace(one, question="Who?"),
        replace(one, forbidden=()),
        replace(one, history=(Turn("user", "What?"),)),
        replace(one, within=("ferry.md",)),
    )
    assert len({key_of(each) for each in (one, *others)}) == 5


def test_the_table_shows_metrics_groups_failing_cases_and_the_verdict() -> None:
    told = shown(report({"evidence_hit": Expected(value=0.9, tolerance=0.03)}))
    lines = [line.split() for line in told.splitlines()]
    assert ["evidence_hit", "0.500", "0.000", "to", "1.000", "2", "0.900", "-0.400"] in lines
    assert ["required_facts", "-", "-", "0", "-", "-"] in lines
    assert ["single_fact", "2", "1", "1"] in lines
    assert ["absent_topic", "2", "1", "1"] in lines
    assert ["dev", "4", "2", "2"] in lines
    assert "2 of 4 cases passed" in told
    assert "cup (absent_topic): Cup?" in told
    assert told.endswith("FAILED: evidence_hit fell from 0.900 to 0.500, more than 0.030")
    assert shown(report()).endswith("PASSED")


def test_the_table_stops_at_twenty_failing_cases() -> None:
    many = CaseSet(tuple(replace(CASES.cases[3], id=f"cup-{at}") for at in range(25)))
    told = shown(report(cases=many))
    assert "cup-19 (" in told
    assert "cup-20 (" not in told
    assert "and 5 more" in told


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


def test_a_run_is_read_back_as_it_was_saved(tmp_path: Path) -> None:
    content = saved(report())
    path = tmp_path / "run.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    found = load_run(path)
    assert found.metrics["evidence_hit"].value == 0.5
    assert [one.id for one in found.failing] == ["cost", "cup"]
    assert found.cases[0].claims[0].citations[0].locator == "¶ 1"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "EOF"),
        ("[]", "not a saved run"),
        ('{"schema": 1}', "run the eval again"),
        ('{"schema": 2}', "suite: Field required"),
        ("[" * 100_000, "recursion"),
        ('{"schema": 2, "suite": "\\ud800"}', "column"),
    ],
)
def test_what_is_no_run_is_told_in_one_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "run.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        load_run(path)
    with pytest.raises(NotFoundError, match="no such run"):
        load_run(tmp_path / "none.json")


def test_the_runs_of_no_case_has_no_time() -> None:
    made = replace(report(), run=Run((), ()))
    assert made.to_dict()["latency_ms"] is None
