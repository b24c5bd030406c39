"""Judging what is said of quotations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.documents import DocumentInfo
from groundwire.domain.errors import NotFoundError
from groundwire.domain.quotations import QuotePlace, QuoteReport
from groundwire.evaluate.baseline import Expected, drops
from groundwire.evaluate.labelled import load_labelled
from groundwire.evaluate.quotes import METRIC, QuoteLine, run_quotes
from tests.unit.evaluate import samples

if TYPE_CHECKING:
    from pathlib import Path

    from groundwire.domain.documents import Document

WORDS = "It carries 240 people a day"
GOOD = {
    "id": "q1",
    "split": "dev",
    "text": f'"{WORDS}," said Bo Falk',
    "label": "exact",
    "speaker": "Bo Falk",
    "places": [{"path": "ferry.md", "quote": WORDS}],
    "first": "ferry.md",
    "why": "as printed",
}
ABSENT = {"id": "q2", "split": "test", "text": '"We fly"', "label": "absent", "places": []}


class Desk:
    """Says of every quotation that it is exact and that one person said it."""

    def quote(self, text: str) -> QuoteReport:
        citation = samples.citation("ferry.md", WORDS)
        info = DocumentInfo(citation.document_id, "ferry.md", "", "", "", None, "", 70, 1)
        place = QuotePlace(citation, info, "Mr Bo Falk", quoted=True)
        return QuoteReport(text, WORDS, "exact", places=(place,))

    def show(self, document: str) -> Document:
        if document not in samples.DOCUMENTS:
            raise NotFoundError(f"no document is called {document!r}")
        return samples.DOCUMENTS[document]


def _file(folder: Path, *lines: object) -> Path:
    path = folder / "quotes.jsonl"
    written = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("\n".join(written), encoding="utf-8")
    return path


def test_labels_first_printers_and_speakers_are_judged(tmp_path: Path) -> None:
    run = run_quotes(Desk(), load_labelled(_file(tmp_path, GOOD, ABSENT), QuoteLine))
    assert run.problems == ()
    assert run.score().name == "quote_accuracy"
    assert run.score().value == 0.5
    assert run.by_label() == {"exact": 1.0, "absent": 0.0}
    assert run.confusion() == {("exact", "exact"): 1, ("absent", "exact"): 1}
    assert run.origins() == 1.0
    assert run.speakers() == 1.0


def test_one_half_can_be_kept_back(tmp_path: Path) -> None:
    found = load_labelled(_file(tmp_path, GOOD, "", ABSENT), QuoteLine, split="dev")
    assert [(number, line.id) for number, line in found.lines] == [(1, "q1")]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 1: line: expected one JSON object; "),
        ("[]", "line 1: line: expected one JSON object"),
        (GOOD | {"label": "good"}, "line 1: label: "),
        (GOOD | {"split": "train"}, "line 1: split: "),
        (GOOD | {"more": 1}, "line 1: more: "),
        (GOOD | {"places": []}, "line 1: line: a quotation has places unless it is absent"),
        (ABSENT | {"places": GOOD["places"]}, "line 1: line: a quotation has places unless"),
        (GOOD | {"first": "tram.md"}, "line 1: line: the first to print it is one of the places"),
        ({"id": "q1"}, "line 1: split: Field required"),
    ],
)
def test_a_malformed_line_is_named(tmp_path: Path, line: object, message: str) -> None:
    found = load_labelled(_file(tmp_path, line, ABSENT), QuoteLine)
    assert [each.id for _, each in found.lines] == ["q2"]
    assert str(found.problems[0]).startswith(message)


def test_a_second_line_of_one_id_is_a_problem(tmp_path: Path) -> None:
    found = load_labelled(_file(tmp_path, GOOD, GOOD), QuoteLine)
    assert [str(each) for each in found.problems] == [
        "line 2: id: expected an id of its own; line 1 has 'q1' too"
    ]


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ({"path": "ferry.md", "quote": "It sank"}, "line 1: places.0.quote: expected words of"),
        ({"path": "no.md", "quote": "It"}, "line 1: places.0.path: no document is called 'no.md'"),
    ],
)
def test_a_place_that_is_not_there_is_a_problem(
    tmp_path: Path, place: dict[str, str], message: str
) -> None:
    line = GOOD | {"places": [place], "first": ""}
    run = run_quotes(Desk(), load_labelled(_file(tmp_path, line), QuoteLine))
    assert run.results == ()
    assert str(run.problems[0]).startswith(message)
    assert run.score().value is None


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no such case file"):
        load_labelled(tmp_path / "none.jsonl", QuoteLine)


def test_its_score_can_be_held_against_a_baseline(tmp_path: Path) -> None:
    run = run_quotes(Desk(), load_labelled(_file(tmp_path, GOOD, ABSENT), QuoteLine))
    assert run.score().value == 0.5
    before = {METRIC: Expected(value=0.9, tolerance=0.1)}
    assert drops((run.score(),), before) == (
        "quote_accuracy fell from 0.900 to 0.500, more than 0.100",
    )
