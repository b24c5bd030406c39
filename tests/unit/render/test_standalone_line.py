"""People see what a follow-up was understood to ask; of other questions nothing is said."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from groundwire.domain.answers import Abstention, Answer, Provenance
from groundwire.domain.retrieval import Scope
from groundwire.domain.spans import Span
from groundwire.ground.cite import number, quoted_claim, sources
from groundwire.interfaces.render.markdown import answer_markdown, standalone_line
from groundwire.interfaces.render.terminal import print_answer
from groundwire.interfaces.slack.replies import reply_to
from tests.fakes.passages import hit

HIT = hit("Xi arrived on Thursday.")
CLAIMS = number([quoted_claim(HIT, Span(0, len(HIT.passage.text)))])
ANSWER = Answer(
    question="When did he arrive?",
    standalone="When did Xi arrive?",
    outcome="answered",
    claims=CLAIMS,
    sources=sources(CLAIMS, [HIT]),
    filters=Scope(),
    provenance=Provenance("extractive", "g", 1, "e"),
)
FIRST = replace(ANSWER, question="When did Xi arrive?")


def printed(answer: Answer) -> str:
    """Return what a terminal with colour shows."""
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, color_system="standard", width=80)
    print_answer(console, answer, with_sources=False)
    return out.getvalue()


def test_a_follow_up_is_shown_as_it_was_understood() -> None:
    assert answer_markdown(ANSWER, with_sources=False).endswith("\n\nAsked as: When did Xi arrive?")
    assert printed(ANSWER).startswith("\x1b[2mAsked as: When did Xi arrive?")
    assert reply_to(ANSWER).footer[-1] == "Asked as: When did Xi arrive?"


def test_nothing_is_said_of_a_question_that_stands_alone() -> None:
    assert standalone_line(FIRST) == ""
    assert "Asked as" not in answer_markdown(FIRST, with_sources=True)
    assert "Asked as" not in printed(FIRST)
    assert not any("Asked as" in line for line in reply_to(FIRST).footer)


@pytest.mark.parametrize("told", ["\x1b[31mred", "<!channel>"])
def test_a_follow_up_is_shown_as_text_alone(told: str) -> None:
    hostile = replace(ANSWER, standalone=f"Who is {told}?")
    assert "\x1b[31m" not in answer_markdown(hostile, with_sources=False)
    assert "<!channel>" not in " ".join(reply_to(hostile).footer)


def test_a_question_back_is_all_that_is_shown() -> None:
    back = "Whom do you mean: Xi Jinping or Kim Jong Un?"
    asked = replace(FIRST, outcome="clarify", claims=(), sources=(), abstention=Abstention(back))
    assert answer_markdown(asked, with_sources=True) == back
    assert back in printed(asked)
    assert [sentence.text for sentence in reply_to(asked).sentences] == [back]
