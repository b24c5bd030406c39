"""What a question wants said is read off its words."""

from __future__ import annotations

import pytest

from groundwire.answer.points import demand
from groundwire.retrieve.outlets import Outlets


@pytest.mark.parametrize(
    "question",
    [
        "How many boats left the harbour?",
        "When did the ferry sink?",
        "Who owns the ferry?",
        "How old is the pier?",
        "How long was the strike?",
        "ferry pier owner",
        "What did the mayor say about the pier?",
    ],
)
def test_one_fact(question: str) -> None:
    assert demand(question).form == "fact"


@pytest.mark.parametrize(
    "question",
    [
        "Why did the ferry sink?",
        "How did the ferry sink?",
        "What reasons did the owner give?",
        "Which countries banned the paint?",
        "What are the conditions of the sale?",
        "Describe the rescue.",
    ],
)
def test_several_sentences(question: str) -> None:
    assert demand(question).form == "several"


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("Give me a timeline of the strike.", "timeline"),
        ("Track the price of the pier from 2019 to 2023.", "timeline"),
        ("What does the railway track cost?", "fact"),
        ("There are two conflicting figures for the crowd. Whose are they?", "versions"),
        ("How do the different accounts of the storm begin?", "versions"),
    ],
)
def test_words_for_several_documents(question: str, form: str) -> None:
    assert demand(question).form == form


def test_each_question_of_a_question_is_a_point() -> None:
    asked = demand("What did the ferry cost to build, and who paid for the new pier?")
    assert asked.form == "points"
    assert asked.points == ("What did the ferry cost to build", "who paid for the new pier")


def test_a_point_of_few_words_leans_on_the_first() -> None:
    asked = demand("Who sank the old ferry, and when?")
    assert asked.points == ("Who sank the old ferry", "when Who sank the old ferry")


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        (
            "Which is longer, the north pier or the south pier?",
            ("the north pier", "the south pier"),
        ),
        (
            "How did Holm's account of the storm differ from the captain's?",
            ("Holm", "the captain"),
        ),
        (
            "Compare what the police and the owners said about the storm.",
            ("the police", "the owners"),
        ),
        ("Did Holm and Lund both vote for the pier?", ("Holm", "Lund")),
        (
            "Between Holm's report and Lund's report, was there a change?",
            ("Holm", "Lund"),
        ),
    ],
)
def test_what_is_set_side_by_side(question: str, sides: tuple[str, ...]) -> None:
    asked = demand(question)
    assert asked.form == "sides"
    assert tuple(side.name for side in asked.sides) == sides


@pytest.mark.parametrize(
    "question",
    [
        "Which boat left, and who was on it or near it?",
        "What happened between May and June 2020?",
        "Did Holm vote for the pier?",
    ],
)
def test_what_is_not_set_side_by_side(question: str) -> None:
    assert demand(question).form != "sides"


def test_two_outlets_are_two_sides_and_one_is_none() -> None:
    known = Outlets(["Harbour Wire", "The Meridian Post"])
    both = "Do Harbour Wire and The Meridian Post agree on the crowd?"
    asked = demand(both, known.find(both))
    assert [side.sources for side in asked.sides] == [{"Harbour Wire"}, {"The Meridian Post"}]
    one = "How large was the crowd, according to Harbour Wire?"
    assert demand(one, known.find(one)).form == "fact"
