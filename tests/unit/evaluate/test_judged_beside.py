"""Labelled sets beside a case file: what is there is judged, what is not is not missed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from groundwire.evaluate.beside import judge_beside
from groundwire.evaluate.cases import CaseSet
from groundwire.evaluate.suite import Suite
from tests.unit.evaluate.samples import SpokenDesk, Unread, quoted, summary
from tests.unit.evaluate.test_eval_quotes import ABSENT, GOOD
from tests.unit.evaluate.test_eval_quotes import Desk as Quoting

if TYPE_CHECKING:
    from pathlib import Path

    from groundwire.domain.documents import Document
    from groundwire.domain.quotations import QuoteReport
    from groundwire.domain.summaries import Style, Summary, Target
    from groundwire.evaluate.suite import Wanted
    from groundwire.retrieve.accounts import Account

PEOPLE = quoted("ferry.md", "It carries 240 people a day.")
SUMMARY = {"id": "s1", "split": "test", "target": "ferry.md", "required": ["240"]}


class Desk(Quoting):
    def show(self, document: str) -> Document:
        return SpokenDesk().show(document)

    def account(self, document: str) -> Account:
        raise AssertionError(document)

    def summarize(
        self,
        target: Target = None,
        *,
        sentences: int | None = None,
        words: int | None = None,
        style: Style = "brief",
    ) -> Summary:
        assert (target, sentences, words, style) == ("ferry.md", None, None, "brief")
        return summary(PEOPLE)


class Stopped(Desk):
    def summarize(
        self,
        target: Target = None,
        *,
        sentences: int | None = None,
        words: int | None = None,
        style: Style = "brief",
    ) -> Summary:
        del target, sentences, words, style
        raise KeyboardInterrupt


class StoppedEarly(Desk):
    def quote(self, text: str) -> QuoteReport:
        del text
        raise KeyboardInterrupt


def suite(folder: Path, split: Wanted = "all") -> Suite:
    return Suite("cases", CaseSet(()), folder, split)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = [json.dumps(line) for line in (GOOD, ABSENT)]
    (tmp_path / "quotes.jsonl").write_text("\n".join([*lines, "{"]), encoding="utf-8")
    (tmp_path / "summaries.jsonl").write_text(json.dumps(SUMMARY), encoding="utf-8")
    return tmp_path


def test_a_folder_without_labelled_sets_adds_nothing(tmp_path: Path) -> None:
    found = judge_beside(Desk(), suite(tmp_path), Unread())
    assert found.scores == ()
    assert found.problems == ()
    assert found.summaries is None
    assert not found.interrupted


def test_what_is_there_is_judged_and_problems_name_their_file(folder: Path) -> None:
    found = judge_beside(Desk(), suite(folder), Unread())
    assert {score.name: score.value for score in found.scores} == {
        "quote_accuracy": 0.5,
        "summary_facts": 1.0,
        "summary_clean": None,
        "summary_grounded": 1.0,
    }
    (problem,) = found.problems
    assert str(problem).startswith("quotes.jsonl: line 3: line: ")
    assert found.summaries is not None
    assert [result.line.id for result in found.summaries.results] == ["s1"]


@pytest.mark.parametrize(("split", "made"), [("dev", 0), ("test", 1)])
def test_of_each_set_the_wanted_half_is_judged(folder: Path, split: Wanted, made: int) -> None:
    found = judge_beside(Desk(), suite(folder, split), Unread())
    assert found.summaries is not None
    assert len(found.summaries.results) == made
    quotes = sum(line["split"] == split for line in (GOOD, ABSENT))
    assert [score.cases for score in found.scores][:1] == [quotes]


@pytest.mark.parametrize(("desk", "kept"), [(Stopped(), "quote_accuracy"), (StoppedEarly(), "")])
def test_an_interruption_keeps_the_sets_that_were_judged(
    folder: Path, desk: Desk, kept: str
) -> None:
    found = judge_beside(desk, suite(folder), Unread())
    assert found.interrupted
    assert next((score.name for score in found.scores), "") == kept
