"""Where two may be meant it is asked which one, and the reply completes the question."""

from __future__ import annotations

import pytest

from groundwire.answer.clarifying import ask_which, asked_which, chosen
from groundwire.answer.condense import condense
from groundwire.domain.conversations import Turn

BOTH = (
    Turn("user", "Did Xi Jinping meet Kim Jong Un?"),
    Turn("assistant", "Xi Jinping met Kim Jong Un in Pyongyang. [1]"),
)
BACK = "Whom do you mean: Xi Jinping or Kim Jong Un?"
ASKED = (*BOTH, Turn("user", "Where was he born?"), Turn("assistant", BACK))


def test_a_tie_is_asked_about() -> None:
    found = condense("Where was he born?", BOTH)
    assert found.candidates == ("Xi Jinping", "Kim Jong Un")
    assert found.clarification == BACK
    assert (found.text, found.changed) == ("Where was he born?", False)


@pytest.mark.parametrize(
    ("reply", "whole"),
    [
        ("Xi", "Where was Xi Jinping born?"),
        ("Kim Jong Un.", "Where was Kim Jong Un born?"),
        ("I mean Kim, please", "Where was Kim Jong Un born?"),
        ("the first", "Where was Xi Jinping born?"),
        ("the latter", "Where was Kim Jong Un born?"),
    ],
)
def test_the_reply_completes_the_question(reply: str, whole: str) -> None:
    found = condense(reply, ASKED)
    assert (found.text, found.changed, found.candidates) == (whole, True, ())


def test_another_question_instead_of_a_reply_is_a_question() -> None:
    question = "What does the tram cost?"
    assert condense(question, ASKED).text == question


def test_what_comes_after_the_reply_leans_on_the_completed_question() -> None:
    said = (*ASKED, Turn("user", "Xi"), Turn("assistant", "The documents do not say."))
    found = condense("And when?", said)
    assert found.text == "When was Xi Jinping born?"
    assert found.earlier == ("Where was Xi Jinping born?", "Did Xi Jinping meet Kim Jong Un?")
    assert condense("What did he say?", said).text == "What did Xi Jinping say?"


def test_gender_settles_a_tie() -> None:
    said = (
        Turn("user", "Did Mary Holt meet Peter Veil?"),
        Turn("assistant", "Mary Holt met Peter Veil on Monday."),
    )
    assert condense("Where was she born?", said).text == "Where was Mary Holt born?"
    assert condense("Where was he born?", said).text == "Where was Peter Veil born?"


@pytest.mark.parametrize("names", [("A", "B"), ("Xi Jinping", "Kim Jong Un", "Moon Jae-in")])
def test_a_question_back_is_recognised(names: tuple[str, ...]) -> None:
    assert asked_which(ask_which(names, person=True)) == names
    assert asked_which(ask_which(names, person=False)) == names


@pytest.mark.parametrize("turn", ["", "Xi Jinping met Kim.", "Whom do you mean?"])
def test_other_turns_ask_nothing_back(turn: str) -> None:
    assert asked_which(turn) == ()


@pytest.mark.parametrize("reply", ["", "Trump", "Xi or Kim", "Why?", "the third"])
def test_a_reply_that_chooses_none_chooses_none(reply: str) -> None:
    assert chosen(reply, ("Xi Jinping", "Kim Jong Un")) == ""
