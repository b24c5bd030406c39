"""Outlets that a question asks for and that the index does not have."""

from __future__ import annotations

import pytest

from groundwire.retrieve.outlets import Outlets
from groundwire.retrieve.unindexed import unindexed_outlets

OUTLETS = Outlets(["Harbour Wire", "The Verge"])


def found(question: str, *stands: str) -> tuple[str, ...]:
    return unindexed_outlets(question, OUTLETS, stands.__contains__)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What does the Reuters story say of the fire?", ("Reuters",)),
        ("Based on a report by Bloomberg and an analysis by The Verge, who left?", ("Bloomberg",)),
        (
            "Who, according to articles from The New York Times and the Wall Street Journal, won?",
            ("New York Times",),
        ),
        ("According to the Washington Post, who paid?", ("Washington Post",)),
        ("What did 'Evening Bell' coverage of the vote leave out?", ()),
        ("What did the 'Evening Bell' article leave out?", ("Evening Bell",)),
        ("Does a BBC News report agree with a CNBC report on the launch?", ("BBC News", "CNBC")),
    ],
)
def test_outlets_without_a_document_are_named(question: str, names: tuple[str, ...]) -> None:
    assert found(question) == names


@pytest.mark.parametrize(
    "question",
    [
        "What does the Harbour Wire story say of the fire?",
        "According to Ri Yong Ho, what did North Korea ask for?",
        "What did the Mueller report conclude?",
        "What does a UN report say about famine?",
        "What was described by Macron as a setback?",
        "Which articles mention the bridge?",
        "what does a reuters report say",
        "",
    ],
)
def test_people_topics_and_known_outlets_are_not(question: str) -> None:
    assert found(question) == ()


def test_a_report_that_documents_speak_of_is_their_topic() -> None:
    assert found("Who wrote the Times report?") == ("Times",)
    assert found("Who wrote the Times report?", "Times report") == ()
