"""Follow-ups rewritten by a model, and summaries drafted by one; the model plays a script."""

from __future__ import annotations

import pytest
from langchain_core.language_models import (  # noqa: TID253 -- a test's own model
    FakeListChatModel,
)
from syrupy.assertion import SnapshotAssertion  # noqa: TC002 -- a fixture's type
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from groundwire.chain.condense import CondenseChain
from groundwire.chain.passages import render_history
from groundwire.chain.writer import Writer
from groundwire.domain.conversations import Turn
from groundwire.domain.errors import ModelUnavailableError
from groundwire.prompting import load_prompt

HISTORY = (
    Turn("user", "Who met Xi Jinping in Pyongyang in 2019?"),
    Turn("assistant", "Kim Jong Un met him at the airport. [1]"),
)


class MarkdownSnapshot(SingleFileSnapshotExtension):
    _write_mode = WriteMode.TEXT
    file_extension = "md"


def rewritten(written: str, question: str = "What did he say there?") -> str | None:
    writer = Writer(FakeListChatModel(responses=[written]), "played:model")
    return CondenseChain(writer, load_prompt("condense.v1")).rewrite(question, HISTORY)


@pytest.mark.parametrize(
    "written",
    [
        "What did Kim Jong Un say in Pyongyang?",
        "What did Kim Jong Un say in Pyongyang in 2019?",
        "What did Xi Jinping's host say at the airport?",
        "Did Kim meet Xi in 2019?",
    ],
)
def test_a_question_in_the_words_of_the_conversation_is_taken(written: str) -> None:
    assert rewritten(written) == written


@pytest.mark.parametrize(
    "written",
    [
        'Question: "What did Kim Jong Un say?"',
        "\n  **What did Kim Jong Un say?**  \nHe said nothing.",
        "The rewritten question: What did  Kim Jong Un say?",
    ],
)
def test_what_stands_around_it_is_taken_off(written: str) -> None:
    assert rewritten(written) == "What did Kim Jong Un say?"


@pytest.mark.parametrize(
    "written",
    [
        "What did Donald Trump say in Pyongyang?",
        "What did Kim Jong Un say in 2018?",
        "What did he say of " + " ".join(f"this and {'x' * n}," for n in range(30)),
        "---\n**\n",
        "What did Kim pay, $185?",
    ],
)
def test_what_was_never_said_is_not_asked(written: str) -> None:
    assert rewritten(written) is None


def test_a_model_that_says_nothing_is_an_error() -> None:
    with pytest.raises(ModelUnavailableError, match="empty answer"):
        rewritten(" ")


def test_the_prompt_that_condenses(snapshot: SnapshotAssertion) -> None:
    prompt = load_prompt("condense.v1")
    shown = render_history(HISTORY, "f00dcafe")
    rendered = prompt.render(question="And what did he say?", history=shown, fence="f00dcafe")
    text = f"# system\n\n{rendered.system}\n\n# user\n\n{rendered.user}\n"
    assert text == snapshot(extension_class=MarkdownSnapshot)
