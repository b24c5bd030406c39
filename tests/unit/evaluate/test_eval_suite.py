from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from groundwire.domain.errors import NotFoundError, UsageError
from groundwire.evaluate.suite import load_suite

if TYPE_CHECKING:
    from groundwire.evaluate.suite import Wanted

CASES = Path(__file__).parents[3] / "eval" / "cases"


def line(case_id: str, **fields: object) -> dict[str, Any]:
    return {
        "id": case_id,
        "kind": "absent_topic",
        "question": f"{case_id}?",
        "answerable": False,
        **fields,
    }


def write(path: Path, *lines: object) -> None:
    texts = (each if isinstance(each, str) else json.dumps(each) for each in lines)
    path.write_text("\n".join(texts), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "b.jsonl", line("b1", split="test"), line("b2"))
    write(tmp_path / "a.jsonl", line("a1"))
    for name in ("pairs", "quotes", "summaries", "timeline", "changes"):
        write(tmp_path / f"{name}.jsonl", {"id": f"{name}1", "of": "another shape"})
    (tmp_path / "README.md").write_text("Cases.", encoding="utf-8")
    return tmp_path


def test_every_question_file_of_a_folder_is_read_and_no_labelled_set(folder: Path) -> None:
    suite = load_suite(folder)
    assert suite.questions.problems == ()
    found = [(case.file, case.line, case.id) for case in suite.questions.cases]
    assert found == [("a.jsonl", 1, "a1"), ("b.jsonl", 1, "b1"), ("b.jsonl", 2, "b2")]
    assert (suite.name, suite.folder, suite.half) == (folder.name, folder, None)


@pytest.mark.parametrize(("split", "ids"), [("dev", ["a1", "b2"]), ("test", ["b1"])])
def test_one_half_of_a_suite(folder: Path, split: Wanted, ids: list[str]) -> None:
    suite = load_suite(folder, split)
    assert [case.id for case in suite.questions.cases] == ids
    assert suite.half == split


def test_a_single_file_is_a_suite_with_the_labelled_sets_beside_it(folder: Path) -> None:
    suite = load_suite(folder / "b.jsonl")
    assert (suite.name, suite.folder) == ("b", folder)
    assert [(case.file, case.id) for case in suite.questions.cases] == [("", "b1"), ("", "b2")]


def test_a_malformed_line_names_its_file_and_the_others_load(folder: Path) -> None:
    write(folder / "c.jsonl", line("c1"), "", "{", line("c2", answerable="no"))
    suite = load_suite(folder)
    assert len(suite.questions.cases) == 4
    first, second = (str(problem) for problem in suite.questions.problems)
    assert first.startswith("c.jsonl: line 3: line: expected one JSON object")
    assert second.startswith("c.jsonl: line 4: answerable: ")


def test_an_id_may_be_used_once_in_a_suite(folder: Path) -> None:
    write(folder / "c.jsonl", line("b2", question="Again?"))
    write(folder / "pairs.jsonl", "{", {"id": "p1"}, {"id": "a1"}, {"id": ["a1"]})
    suite = load_suite(folder)
    assert [case.question for case in suite.questions.cases] == ["a1?", "b1?", "b2?"]
    assert [str(problem) for problem in suite.questions.problems] == [
        "c.jsonl: line 1: id: expected an id of its own; b.jsonl, line 2 has 'b2' too",
        "pairs.jsonl: line 3: id: expected an id of its own; a.jsonl, line 1 has 'a1' too",
    ]


def test_a_folder_without_questions_and_a_labelled_set_alone_are_refused(
    tmp_path: Path, folder: Path
) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NotFoundError, match="no question file"):
        load_suite(tmp_path / "empty")
    with pytest.raises(UsageError, match="a labelled set, not questions") as refused:
        load_suite(folder / "pairs.jsonl")
    assert str(folder) in refused.value.hint
    with pytest.raises(NotFoundError, match="no such case file"):
        load_suite(tmp_path / "none.jsonl")


def test_the_shipped_suite_loads_without_a_problem_and_a_third_of_it_is_held_back() -> None:
    both = load_suite(CASES).questions
    assert both.problems == ()
    assert len(both.cases) >= 400
    held = load_suite(CASES, "test").questions.cases
    assert 0.25 <= len(held) / len(both.cases) <= 0.42
    files = {case.file for case in both.cases}
    assert {"core.jsonl", "full.jsonl", "held.jsonl", "followups.jsonl"} <= files
    splits = {(case.file, case.split) for case in both.cases}
    assert {("full.jsonl", "dev"), ("held.jsonl", "test")} <= splits
    assert not {("full.jsonl", "test"), ("held.jsonl", "dev")} & splits
