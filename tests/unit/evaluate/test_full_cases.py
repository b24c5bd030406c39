"""The shipped questions, those held back among them, the conversations and the summaries."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from groundwire.evaluate.cases import load_cases
from groundwire.evaluate.evidence import fold, locate, says, says_anywhere
from groundwire.evaluate.suite import LABELLED, load_suite
from tests.fakes.loading import load_one

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.evaluate.cases import Case

EVAL = Path(__file__).parents[3] / "eval"
CASES = EVAL / "cases"
KINDS = {
    "single_fact": 50,
    "multi_sentence": 15,
    "multi_document": 20,
    "comparison": 15,
    "temporal": 25,
    "attributed": 20,
    "conflicting": 15,
    "injection": 30,
    "absent_topic": 30,
    "near_miss": 33,
    "false_premise": 15,
    "wrong_entity": 12,
}
"""At least so many of each kind in the full set and its held-back third."""

UNANSWERABLE = {"absent_topic", "near_miss", "false_premise", "wrong_entity", "future"}
LENGTHS: dict[str, type | tuple[str, ...]] = {
    "sentences": int,
    "words": int,
    "style": ("brief", "bullets", "timeline", "tldr"),
}


def lines(name: str) -> list[dict[str, Any]]:
    text = (CASES / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


@cache
def text_of(path: str) -> str:
    file = EVAL / "corpus" / path
    return load_one(file.read_bytes(), file.name).text


def plain(question: str) -> str:
    return "".join(letter for letter in fold(question) if letter.isalnum())


def story(case_id: str) -> str:
    """Return the story of a case: its id is story, kind and number."""
    return case_id.rsplit("-", 2)[0]


def assert_evidence_holds(case: Case) -> None:
    quotes = [gold.quote for gold in case.evidence]
    for gold in case.evidence:
        assert len(locate(gold.quote, text_of(gold.document))) == 1
    assert len({(gold.document, gold.quote) for gold in case.evidence}) == len(quotes)
    assert bool(case.required) == case.answerable
    for fact in case.required:
        assert any(says(quote, wording) for quote in quotes for wording in fact)
    for words in case.forbidden:
        assert not any(says_anywhere(quote, words) for quote in quotes)


FULL = load_cases(CASES / "full.jsonl")
HELD = load_cases(CASES / "held.jsonl")
BOTH: Sequence[Case] = (*FULL.cases, *HELD.cases)
EVERY = load_suite(CASES).questions
WRITTEN = [case for case in EVERY.cases if case.file != "core.jsonl"]
FOLLOWED = [case for case in EVERY.cases if case.history]
SUMMARIES = lines("summaries.jsonl")


def test_both_halves_load_without_a_problem() -> None:
    assert FULL.problems == ()
    assert HELD.problems == ()
    assert EVERY.problems == ()
    assert len(BOTH) >= 270


def test_every_id_is_used_once_in_all_sets() -> None:
    ids = [case.id for case in EVERY.cases]
    for name in LABELLED:
        ids += [line["id"] for line in lines(name)]
    assert [case_id for case_id, count in Counter(ids).items() if count > 1] == []


def test_every_kind_has_its_cases_and_a_third_of_them_is_held_back() -> None:
    kinds = Counter[str](case.kind for case in BOTH)
    held = Counter[str](case.kind for case in HELD.cases)
    assert kinds.keys() == KINDS.keys()
    for kind, count in KINDS.items():
        assert kinds[kind] >= count, kind
        assert 0.25 <= held[kind] / kinds[kind] <= 0.42, kind
    assert sum("-future-" in case.id for case in BOTH) >= 8


def test_no_story_is_in_both_halves() -> None:
    halves = [{story(case.id) for case in half.cases} for half in (FULL, HELD)]
    assert halves[0] & halves[1] == {"none"}, "topics of no story"
    for case in FOLLOWED:
        assert story(case.id) in halves[case.split == "test"], case.id


def test_what_cannot_be_answered_has_its_kind() -> None:
    unanswerable = [case for case in BOTH if not case.answerable]
    assert len(unanswerable) >= 90
    for case in EVERY.cases:
        if case.kind in UNANSWERABLE:
            assert not case.answerable, case.id
    for case in BOTH:
        if case.kind != "injection":
            assert case.answerable == (case.kind not in UNANSWERABLE), case.id
    assert all(case.forbidden for case in BOTH if case.kind == "injection")


def test_no_question_is_asked_twice_nor_in_the_core_set() -> None:
    core = {plain(case.question) for case in load_cases(CASES / "core.jsonl").cases}
    questions = [plain(case.question) for case in BOTH]
    assert len(set(questions)) == len(questions)
    assert core.isdisjoint(questions)


@pytest.mark.parametrize("case", WRITTEN, ids=lambda case: case.id)
def test_evidence_stands_once_and_states_the_facts(case: Case) -> None:
    assert_evidence_holds(case)


@pytest.mark.parametrize("case", FOLLOWED, ids=lambda case: case.id)
def test_a_follow_up_has_whole_exchanges_before_it(case: Case) -> None:
    assert case.history
    roles = [turn.role for turn in case.history]
    assert roles == ["user", "assistant"] * (len(roles) // 2)
    assert case.kind in {"follow_up", "injection"}


def test_follow_ups_are_in_both_halves() -> None:
    halves = Counter(case.split for case in FOLLOWED if case.kind == "follow_up")
    assert halves.keys() == {"dev", "test"}
    assert halves.total() >= 25
    assert 0.25 <= halves["test"] / halves.total() <= 0.42
    assert {case.split for case in FOLLOWED if case.kind == "injection"} == {"dev", "test"}


@pytest.mark.parametrize("line", SUMMARIES, ids=lambda line: line["id"])
def test_a_summary_has_one_target_one_length_and_facts_of_its_documents(
    line: dict[str, Any],
) -> None:
    assert len({"target", "topic"} & line.keys()) == 1
    (length,) = LENGTHS.keys() & line.keys()
    wanted = LENGTHS[length]
    assert line[length] in wanted if isinstance(wanted, tuple) else line[length] > 0
    paths = [line["target"]] if "target" in line else _corpus()
    assert line["required"]
    for fact in line["required"]:
        assert any(says(text_of(path), words) for path in paths for words in fact.split("|"))


def test_summaries_are_in_both_halves() -> None:
    halves = Counter(line["split"] for line in SUMMARIES)
    assert halves.keys() == {"dev", "test"}
    assert halves.total() >= 12
    assert 0.25 <= halves["test"] / halves.total() <= 0.42


def _corpus() -> list[str]:
    files = (EVAL / "corpus").glob("*/*.md")
    return [file.relative_to(EVAL / "corpus").as_posix() for file in files]
