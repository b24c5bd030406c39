"""Posted answers: kept, found again, rated, forgotten with their conversation."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from groundwire.records.answers import PostedAnswer, PostedAnswers
from groundwire.records.conversations import Conversations
from groundwire.records.database import open_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from groundwire.records.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "records.sqlite3") as opened:
        yield opened


def answer(name: str, conversation: str = "slack:T1:C1:1.0") -> PostedAnswer:
    result = {"answer": "Half \ud800 a pair [1]", "claims": []}
    return PostedAnswer(name, conversation, "who?", {"documents": ["a/*"]}, result, {"cards": []})


def test_an_answer_is_found_as_it_was_kept(database: Database) -> None:
    answers = PostedAnswers(database)
    answers.keep(answer("A"))
    found = answers.find("A")
    assert found is not None
    assert (found.question, found.scope) == ("who?", {"documents": ["a/*"]})
    assert found.result == {"answer": "Half � a pair [1]", "claims": []}
    assert answers.find("B") is None


def test_ids_differ_and_rise(database: Database) -> None:
    answers = PostedAnswers(database, clock=lambda: 1.0)
    names = [answers.new_id() for _ in range(20)]
    assert names == sorted(set(names))


def test_the_last_rating_of_a_person_counts(database: Database) -> None:
    answers = PostedAnswers(database, clock=iter(range(1, 100)).__next__)
    answers.keep(answer("A"))
    assert answers.rate("A", "U1", "up")
    assert answers.rate("A", "U2", "up")
    assert answers.rate("A", "U1", "down", "wrong year")
    found = [(rating.person, rating.verdict, rating.reason) for rating in answers.ratings()]
    assert found == [("U1", "down", "wrong year"), ("U2", "up", "")]
    assert [rating.answer for rating in answers.ratings()] == [answers.find("A")] * 2


def test_an_unknown_answer_is_not_rated(database: Database) -> None:
    answers = PostedAnswers(database)
    assert not answers.rate("A", "U1", "up")
    assert answers.ratings() == ()


def test_answers_and_ratings_go_with_their_conversation(database: Database) -> None:
    answers = PostedAnswers(database, clock=lambda: 100.0)
    answers.keep(answer("A"))
    answers.rate("A", "U1", "up")
    conversations = Conversations(database, clock=lambda: 100.0)
    assert conversations.known("slack:T1:C1:1.0")
    assert conversations.prune(datetime.fromtimestamp(200, UTC)) == 1
    assert answers.find("A") is None
    assert answers.ratings() == ()
