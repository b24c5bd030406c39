"""Conversations on the sample corpus: follow-ups, a tie and its reply, a new topic."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from groundwire import Desk
from groundwire.domain.conversations import Turn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from groundwire.domain.answers import Answer
    from tests.integration.conftest import Ran


@pytest.fixture
def desk(sample_index: Path) -> Iterator[Desk]:
    """Return a desk on the sample index."""
    with Desk.open(sample_index) as opened:
        yield opened


@pytest.fixture
def talk(sample: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Return a function that types questions into a chat."""

    def call(*questions: str) -> Ran:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{one}\n" for one in questions)))
        return sample("chat", "-q")

    return call


def converse(desk: Desk, *questions: str) -> list[Answer]:
    """Return the answers of one conversation."""
    turns: list[Turn] = []
    answers = []
    for question in questions:
        answers.append(desk.ask(question, history=turns))
        turns += [Turn("user", question), Turn("assistant", answers[-1].text)]
    return answers


def stable(answer: Answer) -> dict[str, Any]:
    """Return the JSON form of an answer without its timings."""
    return {key: value for key, value in answer.to_dict().items() if key != "timing_ms"}


def test_a_chat_of_four_turns(talk: Callable[..., Ran]) -> None:
    told = talk(
        "Who met Xi at the airport in Pyongyang?",
        "When did he arrive?",
        "How many people marched in Hong Kong?",
        "And according to the police?",
    ).out
    first, arrival, march, police = told.split("Asked as: ")[0], *told.split("Asked as: ")[1:], ""
    assert "Kim Jong Un" in first
    assert arrival.startswith("When did Xi arrive?\n")
    assert "More than a million people" in arrival
    assert march.startswith("How many people marched in Hong Kong according to the police?")
    assert police == ""
    assert "Police said 240,000 people" in arrival.rpartition("\n\n")[0] + march


def test_a_tie_is_asked_about_and_the_reply_completes_the_question(
    talk: Callable[..., Ran],
) -> None:
    told = talk("Did Xi Jinping meet Donald Trump in Osaka?", "How old is he?", "Xi").out
    assert "Whom do you mean: " in told
    assert "Asked as: How old is Xi Jinping?" in told


def test_a_question_back_is_a_result_of_its_own(desk: Desk) -> None:
    said = [
        Turn("user", "Did Xi Jinping meet Donald Trump?"),
        Turn("assistant", "Xi Jinping met Donald Trump in Osaka."),
    ]
    answer = desk.ask("How old is he?", history=said)
    assert (answer.outcome, answer.answered, answer.claims, answer.sources) == (
        "clarify",
        False,
        (),
        (),
    )
    assert answer.text == "Whom do you mean: Xi Jinping or Donald Trump?"
    assert answer.to_dict()["outcome"] == "clarify"
    assert answer.standalone == answer.question == "How old is he?"


def test_follow_ups_are_answered_from_the_topic_of_the_conversation(desk: Desk) -> None:
    _, who, said, july = converse(
        desk,
        "How much did Egypt demand for the Ever Given?",
        "Who is the chairman of the Suez Canal Authority?",
        "What did he say about the ship?",
        "And in July?",
    )
    assert "Osama Rabie" in who.text
    assert said.standalone == "What did Osama Rabie say about the ship?"
    assert july.standalone == "What did Osama Rabie say about the ship in July?"
    for answer in (said, july):
        assert answer.claims
        paths = {source.hit.document.path.split("/")[0] for source in answer.sources}
        assert paths == {"ever-given"}


def test_a_new_topic_is_answered_as_if_nothing_had_been_said(desk: Desk) -> None:
    question = "How much did Egypt demand for the Ever Given?"
    *_, late = converse(
        desk, "Who met Xi at the airport in Pyongyang?", "When did he arrive?", question
    )
    assert stable(late) == stable(desk.ask(question))


def test_filters_are_read_from_the_completed_question(desk: Desk) -> None:
    said = [
        Turn("user", "How many people marched in Hong Kong according to Northgate Times?"),
        Turn("assistant", "More than a million people marched."),
    ]
    answer = desk.ask("And according to Harbour Wire?", history=said)
    assert answer.standalone == "How many people marched in Hong Kong according to Harbour Wire?"
    assert [phrase.sources for phrase in answer.provenance.inferred.phrases] == [("Harbour Wire",)]


def test_a_batch_line_may_hold_what_was_said_before(
    sample: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    history = ["Who met Xi at the airport in Pyongyang?", "Kim Jong Un met Mr Xi."]
    line = {"id": 1, "question": "When did he arrive?", "history": history}
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(line) + "\n"))
    assert sample("ask", "--batch", "-").json["standalone"] == "When did Xi arrive?"
