"""Whatever was said, condensing gives a question, and the first question stays as it is."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from groundwire.answer.condense import condense
from groundwire.domain.conversations import Turn

SAID = (
    "Who What When did does is the his her it they he she Xi Jinping Kim Jong Un Pyongyang and "
    "about band album in 2018 why how many other else this that ? . [1] \n ’s (film)"
)
WORDS = st.sampled_from(SAID.split(" "))
TEXTS = st.one_of(st.lists(WORDS, max_size=9).map(" ".join), st.text(max_size=40))
TURNS = st.lists(st.builds(Turn, st.sampled_from(["user", "assistant"]), TEXTS), max_size=7)


@given(TEXTS, TURNS)
@settings(max_examples=150, deadline=None)
def test_any_conversation_gives_a_question(question: str, history: list[Turn]) -> None:
    found = condense(question, history)
    assert found.changed == (found.text != question)
    assert bool(found.candidates) == bool(found.clarification)
    assert not (found.candidates and found.changed)
    assert bool(found.text.strip()) == bool(question.strip())


@given(TEXTS, TURNS)
@settings(max_examples=50, deadline=None)
def test_the_same_conversation_gives_the_same_question(question: str, history: list[Turn]) -> None:
    assert condense(question, history) == condense(question, tuple(history))


@given(TEXTS)
@settings(max_examples=50, deadline=None)
def test_a_first_question_stays_as_it_is(question: str) -> None:
    assert condense(question, ()).text == question
