"""Judging how pairs of sentences are told apart."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.errors import NotFoundError
from groundwire.evaluate.labelled import load_labelled
from groundwire.evaluate.relations import PairLine, run_pairs
from tests.fakes.accounts import account

if TYPE_CHECKING:
    from pathlib import Path

    from groundwire.retrieve.accounts import Account

MARCH = "Organisers said 900 people joined the march in Altmark."
COUNT = "Police said 350 people joined the march in Altmark."
QUIET = "Organisers said the march in Altmark was quiet, and nobody was arrested."
DAY = date(2024, 5, 1)
SHELF = {
    "wire.md": account(f"{MARCH} {QUIET}", DAY, name="wire", source="Wire", title="Altmark"),
    "post.md": account(COUNT, DAY, name="post", source="Post", title="Altmark"),
}
GOOD = {
    "id": "p1",
    "split": "dev",
    "left": {"path": "wire.md", "quote": MARCH},
    "right": {"path": "post.md", "quote": COUNT},
    "label": "conflict",
    "kind": "number",
    "left_value": "900 people",
    "right_value": "350",
    "why": "two counts",
}


class Desk:
    """Reads whole documents from a shelf."""

    def account(self, document: str) -> Account:
        if document not in SHELF:
            raise NotFoundError(f"no document is called {document!r}")
        return SHELF[document]


def _file(folder: Path, *lines: object) -> Path:
    path = folder / "pairs.jsonl"
    written = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("\n".join(written), encoding="utf-8")
    return path


def test_conflicts_are_judged_by_their_values(tmp_path: Path) -> None:
    other = GOOD | {"id": "p2", "left_value": "march", "right_value": "march"}
    alike = GOOD | {"id": "p3", "label": "scope"}
    quiet = GOOD | {
        "id": "p4",
        "label": "unrelated",
        "kind": "none",
        "left": {"path": "wire.md", "quote": QUIET},
        "left_value": "",
        "right_value": "",
    }
    run = run_pairs(Desk(), load_labelled(_file(tmp_path, GOOD, other, alike, quiet), PairLine))
    assert run.problems == ()
    precision, recall = run.scores()
    assert (precision.name, precision.value, precision.cases) == ("conflict_precision", 1 / 3, 3)
    assert (recall.name, recall.value, recall.cases) == ("conflict_recall", 0.5, 2)
    confusion = run.confusion()
    assert confusion["conflict", "conflict"] == 2
    assert confusion["scope", "conflict"] == 1
    assert sum(confusion.values()) == 4


def test_nothing_is_scored_where_nothing_is_found(tmp_path: Path) -> None:
    precision, recall = run_pairs(Desk(), load_labelled(_file(tmp_path, ""), PairLine)).scores()
    assert (precision.value, recall.value) == (None, None)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"label": "quarrel"}, "line 1: label: "),
        ({"kind": "colour"}, "line 1: kind: "),
        ({"left_value": "901"}, "expected words of the sentence, not '901'"),
        ({"right": GOOD["left"], "right_value": ""}, "the two sentences are of two documents"),
        ({"left": {"path": "wire.md"}}, "line 1: left.quote: "),
        ({"left": {"path": "no.md", "quote": MARCH}}, "line 1: left.path: no document is called"),
        (
            {"right": {"path": "post.md", "quote": "Police said 350 things."}},
            "line 1: right.quote: expected a sentence of post.md",
        ),
    ],
)
def test_a_line_that_cannot_be_used_is_told(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    run = run_pairs(Desk(), load_labelled(_file(tmp_path, GOOD | change), PairLine))
    assert run.results == ()
    (problem,) = run.problems
    assert message in str(problem)
