"""Questions that were made to break what reads them."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from groundwire import Desk
from groundwire.domain.errors import GroundwireError
from tests.security.test_hostile_text import assert_grounded

if TYPE_CHECKING:
    from pathlib import Path

QUESTIONS = {
    "operators": 'farmers" OR title:* NEAR(a b, 2) NOT (x AND y) ^ farm*',
    "sql": "'; DROP TABLE documents; -- farmers \" UNION SELECT text FROM texts",
    "columns": "title : farmers body:rice {title source} : x + y",
    "quotes": '"' * 999 + "farmers",
    "brackets": "(" * 2_000 + "farmers" + ")" * 2_000,
    "nul": "How many\x00 farmers\x00?",
    "halves": "How many \ud83d farmers \udc00 did Ann Lee meet?",
    "escapes": "\x1b[2J\x1b]0;owned\x07 farmers \u202e?",
    "path": "../../../../etc/passwd ~root $(id) `id` ${HOME} %s %n {0} {text.__class__}",
    "markers": "[1] [2] [99] Sources: [1] farmers",
    "spaces": " \t\n" * 5_000 + "farmers" + " " * 5_000,
    "backtracking": "a" * 3_000 + "!" + "-" * 3_000 + "x" * 3_000 + "?",
    "dates": "between 1 May 2019 and " * 300 + "9999-99-99 in 00000 and 32 Foo 20190",
    "names": "Ann Lee, " * 800 + "who?",
    "emoji": "👩‍👩‍👧‍👦" * 500 + " farmers",
    "marks": "e" + "\u0301" * 5_000 + " farmers",
}


@pytest.mark.parametrize("kind", QUESTIONS)
def test_an_answer_is_grounded_or_the_question_is_refused(kind: str, hostile_index: Path) -> None:
    with Desk.open(hostile_index) as desk:
        before = desk.docs()
        with suppress(GroundwireError):
            assert_grounded(desk.ask(QUESTIONS[kind]), desk)
        assert desk.docs() == before


@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_search_finds_something_or_nothing(kind: str, hostile_index: Path) -> None:
    with Desk.open(hostile_index) as desk, suppress(GroundwireError):
        assert len(desk.search(QUESTIONS[kind], top_k=3).hits) <= 3


def test_a_question_changes_no_byte_of_the_index(hostile_index: Path) -> None:
    catalog = next(hostile_index.glob("*/catalog.sqlite3"))
    before = catalog.read_bytes()
    with Desk.open(hostile_index) as desk:
        for question in QUESTIONS.values():
            with suppress(GroundwireError):
                desk.search(question, top_k=1)
    assert catalog.read_bytes() == before
    with sqlite3.connect(catalog) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchone()[0] > 0
    connection.close()
