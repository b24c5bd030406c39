"""What sort of thing a question asks for."""

from __future__ import annotations

import pytest

from groundwire.answer.expected import expected


@pytest.mark.parametrize(
    ("question", "sorts"),
    [
        ("How much did the new roof cost?", ("money",)),
        ("What fee did the pilot get?", ("money",)),
        ("What will a single ticket cost?", ("money",)),
        ("By what percentage did trade shrink?", ("share",)),
        ("How many hoses were in use?", ("count",)),
        ("Number of homes the wall will protect?", ("count",)),
        ("How many tonnes of sand were moved?", ("mass",)),
        ("How heavy is it?", ("mass",)),
        ("For how many minutes did she speak?", ("duration",)),
        ("How long did it take?", ("duration",)),
        ("To what altitude did the rockets climb?", ("length",)),
        ("How deep is the canal where the ship got stuck?", ("length",)),
        ("How big is the ship in feet?", ("size",)),
        ("How old is the library?", ("age",)),
        ("How often will the gate be raised?", ("rate",)),
        ("What time was it when the spire fell?", ("clock",)),
        ("What year did the branch open?", ("year",)),
        ("When did the spire fall?", ("day",)),
        ("Who won?", ("person",)),
        ("Which architect designed the spire?", ("person",)),
        ("Which company makes the trams?", ("organisation",)),
        ("From which station does the line start?", ("place",)),
        ("What is the name of the captain?", ("name",)),
        ("Why was the line late?", ("reason",)),
        ("What did the auditors say about the tram?", ("statement",)),
        ("Before Hanoi, when and where had they met?", ("day", "place")),
        ("What about the tram?", ()),
    ],
)
def test_the_sort_is_read_from_the_wording(question: str, sorts: tuple[str, ...]) -> None:
    assert expected(question).sorts == sorts


def test_a_clause_that_opens_with_a_question_word_asks_nothing() -> None:
    assert expected("How many drowned when it capsized?").sorts == ("count",)
    assert expected("How did the general who ran the works die?").sorts == ()


def test_the_noun_that_is_asked_after_is_the_focus() -> None:
    assert expected("Into which bank did the bow go?").focus == {"bank"}
    assert expected("How many hoses were in use?").focus == {"hose"}
    assert expected("What year did it open?").focus == frozenset()
    assert expected("How many trips had he made?").focus == {"trip", "time"}


def test_only_one_sort_that_is_written_in_one_way_is_strict() -> None:
    assert expected("How much did it cost?").strict
    assert expected("What time was it?").strict
    assert not expected("What time was it?").figure
    assert not expected("When did it open?").strict
    assert not expected("Who paid, and how much did they pay?").strict
    assert expected("Who paid, and how much did they pay?").figure


def test_a_question_without_end_is_read_at_once() -> None:
    assert expected("what is " * 100_000).sorts == ()
