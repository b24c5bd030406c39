"""A model words follow-ups; the rules decide which questions are follow-ups, and stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from groundwire.answer.condenser import Condenser
from groundwire.domain.conversations import Turn
from groundwire.domain.errors import CancelledError, ModelUnavailableError

if TYPE_CHECKING:
    from groundwire.chain.condense import CondenseChain

VISIT = (
    Turn("user", "Did Xi Jinping visit Pyongyang in 2019?"),
    Turn("assistant", "Xi Jinping arrived in Pyongyang on June 20, 2019."),
)


class Chain:
    """Writes the same line for every question, or fails."""

    def __init__(self, written: str | Exception | None) -> None:
        self.written = written
        self.asked: list[str] = []

    def rewrite(self, question: str, _history: object, _cancel: object) -> str | None:
        self.asked.append(question)
        if isinstance(self.written, Exception):
            raise self.written
        return self.written


def condenser(chain: Chain) -> Condenser:
    return Condenser(cast("CondenseChain", chain))


def test_a_model_words_a_follow_up() -> None:
    found = condenser(Chain("When did Xi leave Pyongyang?")).condense("When did he leave?", VISIT)
    assert (found.text, found.changed) == ("When did Xi leave Pyongyang?", True)
    assert found.earlier == ("Did Xi Jinping visit Pyongyang in 2019?",)


@pytest.mark.parametrize("written", [None, ModelUnavailableError("the model is away")])
def test_the_rules_stand_in_for_a_model_that_fails(written: Exception | None) -> None:
    found = condenser(Chain(written)).condense("When did he leave?", VISIT)
    assert found.text == "When did Xi Jinping leave?"


def test_a_model_is_not_asked_about_a_question_that_stands_alone() -> None:
    chain = Chain("Something else?")
    question = "Who won the 2018 World Cup?"
    assert condenser(chain).condense(question, VISIT).text == question
    assert condenser(chain).condense("When did he leave?", ()).text == "When did he leave?"
    assert chain.asked == []


def test_a_model_is_not_asked_to_settle_a_tie() -> None:
    chain = Chain("Where was Xi born?")
    said = (Turn("user", "Did Xi Jinping meet Kim Jong Un?"),)
    found = condenser(chain).condense("Where was he born?", said)
    assert found.candidates == ("Xi Jinping", "Kim Jong Un")
    assert chain.asked == []


def test_a_cancelled_question_is_not_answered_by_rule() -> None:
    with pytest.raises(CancelledError):
        condenser(Chain(CancelledError())).condense("When did he leave?", VISIT)
