from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundwire.domain.conversations import Turn
from groundwire.domain.errors import NotFoundError, UsageError
from groundwire.evaluate.cases import Problem, load_cases

GOOD: dict[str, Any] = {
    "id": "a",
    "kind": "single_fact",
    "question": "How many?",
    "answerable": True,
    "evidence": [{"document": "ferry.md", "quote": "240 people"}],
    "required": ["240 | two hundred and forty"],
    "forbidden": [],
}

ABSENT: dict[str, Any] = {
    "id": "n",
    "kind": "absent_topic",
    "question": "Oil?",
    "answerable": False,
}
SOMETHING = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n")),
    st.dictionaries(
        st.sampled_from(["kind", "answerable", "evidence", "history", "within", "independent"]),
        st.none() | st.booleans() | st.floats() | st.text() | st.lists(st.text(), max_size=2),
    ).map(json.dumps),
)
"""Lines without an id, so that none of them is a case."""

TURN = {"role": "user", "text": "The ferry?"}


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
    assert (case.split, case.history, case.within, case.independent) == ("dev", (), (), None)


def test_a_case_may_be_held_back_filtered_counted_and_follow_a_conversation(tmp_path: Path) -> None:
    turns = [{"role": "user", "text": "The ferry?"}, {"role": "assistant", "text": "It sails."}]
    extra = {"split": "test", "within": ["ferry.md", "harbour/"], "independent": 2}
    line = {**GOOD, **extra, "kind": "follow_up", "history": turns}
    loaded = load_cases(write(tmp_path, line), file="some.jsonl")
    assert loaded.problems == ()
    (case,) = loaded.cases
    assert case.history == (Turn("user", "The ferry?"), Turn("assistant", "It sails."))
    assert (case.split, case.independent, case.file) == ("test", 2, "some.jsonl")
    paths = ("ferry.md", "harbour/a.md", "harbour/old/b.md", "harbours/a.md", "ferry.md.txt")
    assert [case.allows(path) for path in paths] == [True, True, True, False, False]


def test_a_case_without_a_filter_allows_every_document(tmp_path: Path) -> None:
    (case,) = load_cases(write(tmp_path, GOOD)).cases
    assert case.allows("anything/at/all.md")


@pytest.mark.parametrize(
    ("line", "field", "words"),
    [
        ("{", "line", "expected one JSON object"),
        ("[1]", "line", "expected one JSON object"),
        ("[" * 100_000, "line", "nested less deeply"),
        ('{"id": ' + "9" * 5000 + "}", "line", "digits"),
        ({**GOOD, "question": "\ud800"}, "question", "valid string"),
        ({**GOOD, "answerable": "x" * 1000}, "answerable", f"boolean, not '{'x' * 79}…"),
        ({**GOOD, "kind": "hard"}, "kind", "'single_fact'"),
        ({**GOOD, "answerable": "yes"}, "answerable", "boolean, not 'yes'"),
        ({**GOOD, "question": "  "}, "question", "at least 1 character"),
        ({**GOOD, "requried": []}, "requried", "not permitted"),
        ({k: v for k, v in GOOD.items() if k != "question"}, "question", "required"),
        ({**GOOD, "evidence": [{"document": "x"}]}, "evidence.0.quote", "required"),
        ({**GOOD, "evidence": []}, "line", "an answerable case needs evidence"),
        ({**GOOD, "answerable": False}, "line", "an unanswerable case has no evidence"),
        ({**GOOD, "kind": "future"}, "line", "kind future cannot be answerable"),
        ({**ABSENT, "independent": 1}, "line", "no independent accounts"),
        ({**GOOD, "kind": "follow_up"}, "line", "kind follow_up needs history"),
        ({**GOOD, "history": [TURN]}, "line", "kind single_fact has no history"),
        ({**GOOD, "history": [{"role": "bot", "text": "x"}]}, "history.0.role", "'assistant'"),
        ({**GOOD, "history": [{"role": "user", "text": ""}]}, "history.0.text", "at least 1"),
        ({**GOOD, "split": "held"}, "split", "'dev' or 'test', not 'held'"),
        ({**GOOD, "independent": 0}, "independent", "greater than or equal to 1, not 0"),
        ({**GOOD, "within": ["/etc"]}, "within.0", "relative to the corpus"),
        ({**GOOD, "within": ["a/../../b"]}, "within.0", "without .."),
        ({**GOOD, "within": ["a\\b"]}, "within.0", "relative to the corpus"),
        ({**GOOD, "within": ["trams"]}, "line", "ferry.md does not lie within the filter"),
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


def test_a_problem_names_its_file_where_there_are_several(tmp_path: Path) -> None:
    (problem,) = load_cases(write(tmp_path, {**GOOD, "kind": "x"}), file="b.jsonl").problems
    assert str(problem).startswith("b.jsonl: line 1: kind: ")
    assert problem.to_dict()["file"] == "b.jsonl"
    assert Problem(1, "id", "x").to_dict()["file"] is None


def test_unanswerable_kinds_load_without_evidence(tmp_path: Path) -> None:
    kinds = ("absent_topic", "near_miss", "false_premise", "wrong_entity", "future", "injection")
    lines = [{**ABSENT, "id": kind, "kind": kind} for kind in kinds]
    loaded = load_cases(write(tmp_path, *lines))
    assert loaded.problems == ()
    assert [case.kind for case in loaded.cases] == list(kinds)


def test_the_shipped_cases_load_without_a_problem() -> None:
    loaded = load_cases(Path(__file__).parents[3] / "eval" / "cases" / "core.jsonl")
    assert loaded.problems == ()
    assert len(loaded.cases) >= 60
    assert sum(not case.answerable for case in loaded.cases) >= 20


@settings(max_examples=60, deadline=None)
@given(before=st.lists(SOMETHING), after=st.lists(SOMETHING))
def test_whatever_stands_around_a_good_line_it_loads(
    tmp_path_factory: pytest.TempPathFactory, before: list[str], after: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("cases")
    loaded = load_cases(write(folder, *before, GOOD, *after))
    assert [case.id for case in loaded.cases] == ["a"]
    assert all(str(problem).startswith("line ") for problem in loaded.problems)
