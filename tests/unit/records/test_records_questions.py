"""Questions that were taken: none twice, none lost, no words left behind."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from groundwire.records.conversations import Conversations
from groundwire.records.database import open_database
from groundwire.records.questions import OpenQuestion, Questions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from groundwire.records.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "r.sqlite3") as opened:
        yield opened


def test_a_question_is_taken_once_and_opens_its_conversation(database: Database) -> None:
    questions, conversations = Questions(database), Conversations(database)
    assert questions.take("a", "1.0", "why?")
    assert not questions.take("a", "1.0", "why again?")
    assert questions.take("b", "1.0", "why?")
    assert conversations.known("a")


def test_what_is_dealt_with_is_known_but_its_words_are_gone(
    database: Database, tmp_path: Path
) -> None:
    now = 100.0
    questions = Questions(database, clock=lambda: now)
    questions.take("a", "2.0", "unforgettableword")
    now = 130.0
    questions.take("a", "1.0", "half \ud800 a pair")
    assert questions.open() == (
        OpenQuestion("a", "2.0", "unforgettableword", 30.0),
        OpenQuestion("a", "1.0", "half \N{REPLACEMENT CHARACTER} a pair", 0.0),
    )
    questions.settle("a", "2.0")
    questions.settle("a", "2.0")
    questions.settle("nobody", "2.0")
    assert [question.ts for question in questions.open()] == ["1.0"]
    assert not questions.take("a", "2.0", "unforgettableword")
    database.fold()
    assert b"unforgettableword" not in (tmp_path / "r.sqlite3").read_bytes()


def test_questions_go_with_their_conversation(database: Database) -> None:
    Questions(database, clock=lambda: 1.0).take("a", "1.0", "why?")
    assert Conversations(database).prune(datetime.now(UTC)) == 1
    assert Questions(database).open() == ()
    assert Questions(database).take("a", "1.0", "why?")
