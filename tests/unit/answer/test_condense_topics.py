"""A conversation that opens with a heading has a topic that follow-ups lean on."""

from __future__ import annotations

import pytest

from groundwire.answer.condense import condense
from groundwire.answer.headings import count_headings, is_heading
from groundwire.domain.conversations import Turn


def after(title: str, section: str, *said: str) -> list[Turn]:
    """Return a conversation with a heading of two lines."""
    talk = [Turn("assistant" if n % 2 else "user", text) for n, text in enumerate(said)]
    return [Turn("user", title), Turn("user", section), *talk]


BAND = ("The Lanterns (band)", "Early years")
SINGER = ("Mary Holt", "Late career")


@pytest.mark.parametrize(
    ("heading", "said", "question", "whole"),
    [
        (BAND, (), "When did they form?", "When did The Lanterns form?"),
        (BAND, (), "How did the band start?", "How did the band The Lanterns start?"),
        (BAND, (), "What were their hits?", "What were The Lanterns' hits?"),
        (BAND, (), "What happened in 1985?", "What happened to The Lanterns in 1985?"),
        (SINGER, (), "Did she win an award?", "Did Mary Holt win an award?"),
        (SINGER, (), "What was her first song?", "What was Mary Holt's first song?"),
        (
            SINGER,
            ("What did she release?", "her third album, Winter Roads"),
            "When did that album appear?",
            "When did the album Winter Roads appear?",
        ),
        (
            BAND,
            ("Who sang?", "Ann Sand and Peter Veil sang in the first years of the group."),
            "Who else sang?",
            "Who else sang besides Ann Sand and Peter Veil?",
        ),
        (
            SINGER,
            ("What did she do next?", "a tour of Norway"),
            "Did she do anything else?",
            "Did Mary Holt do anything else besides a tour of Norway?",
        ),
        (
            ("Quay Line", "Original design"),
            (),
            "Who drew the original design?",
            "Who drew the original design of Quay Line?",
        ),
    ],
)
def test_a_topic_is_filled_in(
    heading: tuple[str, str], said: tuple[str, ...], question: str, whole: str
) -> None:
    assert condense(question, after(*heading, *said)).text == whole


@pytest.mark.parametrize(
    "question",
    [
        "What did the band The Lanterns record?",
        "What was a song on the album, Winter Roads?",
        "Did the Lanterns tour?",
        "What happened to The Lanterns in 1985?",
        "Who else sang besides Ann Sand?",
    ],
)
def test_nothing_is_filled_in_twice(question: str) -> None:
    said = ("Who sang?", "Ann Sand sang, and Peter Veil played the organ.")
    assert condense(question, after(*BAND, *said)).text == question


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Lanterns (band)", True),
        ("1982-89: Early work", True),
        ("What is a tram?", False),
        ("When did they form", False),
        ("The documents do not say.", False),
        ("the price of oil", False),
        ("", False),
    ],
)
def test_a_heading_names_and_asks_nothing(
    text: str,
    expected: bool,  # noqa: FBT001 -- a table
) -> None:
    assert is_heading(text) is expected


def test_an_answer_is_no_heading() -> None:
    said = (Turn("user", "The Lanterns"), Turn("assistant", "The band formed in 1980. [1]"))
    assert count_headings(said) == 1
