from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from groundwire.domain.errors import NotFoundError, UsageError
from groundwire.evaluate.cases import load_cases

GOOD: dict[str, Any] = {
    "id": "a",
    "kind": "single_fact",
    "question": "How many?",
    "answerable": True,
    "evidence": [{"document": "ferry.md", "quote": "240 people"}],
    "required": ["240 | two hundred and forty"],
    "forbidden": [],
}


def write(folder: Path, *lines: object) -> Path:
    path = folder / "cases.jsonl"
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def test_a_case_is_read_with_its_line_and_wordings(tmp_path: Path) -> None:
    loaded = load_cases(write(tmp_path, "", GOOD))
    assert loaded.problems == ()
    (case,) = loaded.cases
    assert (case.line, case.id, case.question) == (2, "a", "How many?")
    assert case.required == (("240", "two hundred and forty"),)
    assert case.evidence[0].document == "ferry.md"


@pytest.mark.parametrize(
    ("line", "field", "words"),
    [
        ("{", "line", "expected one JSON object"),
        ("[1]", "line", "expected one JSON object"),
        ({**GOOD, "kind": "hard"}, "kind", "'single_fact'"),
        ({**GOOD, "answerable": "yes"}, "answerable", "boolean, not 'yes'"),
        ({**GOOD, "question": "  "}, "question", "at least 1 character"),
        ({**GOOD, "requried": []}, "requried", "not permitted"),
        ({k: v for k, v in GOOD.items() if k != "question"}, "question", "required"),
        ({**GOOD, "evidence": [{"document": "x"}]}, "evidence.0.quote", "required"),
        ({**GOOD, "evidence": []}, "line", "an answerable case needs evidence"),
        ({**GOOD, "answerable": False}, "line", "an unanswerable case has no evidence"),
    ],
)
def test_a_malformed_line_is_a_problem_and_the_others_load(
    tmp_path: Path, line: object, field: str, words: str
) -> None:
    loaded = load_cases(write(tmp_path, GOOD, line, {**GOOD, "id": "b"}))
    assert [case.id for case in loaded.cases] == ["a", "b"]
    (problem,) = loaded.problems
    assert (problem.line, problem.field) == (2, field)
    assert words in problem.expected
    assert str(problem).startswith(f"line 2: {field}: ")


def test_every_fault_of_a_line_is_told(tmp_path: Path) -> None:
    loaded = load_cases(write(tmp_path, {**GOOD, "kind": "x", "answerable": 1}))
    assert [problem.field for problem in loaded.problems] == ["kind", "answerable"]


def test_an_id_may_be_used_once(tmp_path: Path) -> None:
    loaded = load_cases(write(tmp_path, GOOD, GOOD))
    assert len(loaded.cases) == 1
    assert str(loaded.problems[0]) == "line 2: id: expected an id of its own; line 1 has 'a' too"


def test_a_line_separator_inside_a_string_does_not_end_a_line(tmp_path: Path) -> None:
    text = json.dumps({**GOOD, "question": "One\u2028two?"}, ensure_ascii=False)
    assert load_cases(write(tmp_path, text)).cases[0].question == "One\u2028two?"


def test_a_missing_or_binary_file_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no such case file"):
        load_cases(tmp_path / "none.jsonl")
    (tmp_path / "b.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="cannot be read"):
        load_cases(tmp_path / "b.jsonl")


def test_the_shipped_cases_load_without_a_problem() -> None:
    loaded = load_cases(Path(__file__).parents[3] / "eval" / "cases" / "core.jsonl")
    assert loaded.problems == ()
    assert len(loaded.cases) >= 60
    assert sum(not case.answerable for case in loaded.cases) >= 20
