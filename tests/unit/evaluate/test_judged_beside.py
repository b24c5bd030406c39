"""Labelled sets beside a case file: what is there is judged, what is not is not missed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from groundwire.evaluate.beside import judge_beside
from tests.unit.evaluate.test_eval_quotes import ABSENT, GOOD
from tests.unit.evaluate.test_eval_quotes import Desk as Quoting

if TYPE_CHECKING:
    from pathlib import Path

    from groundwire.retrieve.accounts import Account


class Desk(Quoting):
    def account(self, document: str) -> Account:
        raise AssertionError(document)


def test_a_folder_without_labelled_sets_adds_nothing(tmp_path: Path) -> None:
    found = judge_beside(Desk(), tmp_path)
    assert found.scores == ()
    assert found.problems == ()


def test_quotations_are_judged_and_their_problems_named_with_the_file(tmp_path: Path) -> None:
    lines = [json.dumps(line) for line in (GOOD, ABSENT)]
    (tmp_path / "quotes.jsonl").write_text("\n".join([*lines, "{"]), encoding="utf-8")
    found = judge_beside(Desk(), tmp_path)
    assert [(score.name, score.value) for score in found.scores] == [("quote_accuracy", 0.5)]
    assert [(name, problem.line) for name, problem in found.problems] == [("quotes.jsonl", 3)]
