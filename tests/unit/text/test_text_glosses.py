"""What a sentence leaves open is said in words of its article, or not at all."""

from __future__ import annotations

import pytest

from groundwire.text.glosses import Around, Reference, refer


def around(before: str, *, question: str = "", shown: str = "", earlier: str = "") -> Around:
    known = f"{earlier} {before}"
    return Around(before=before, known=known, question=question, shown=shown)


@pytest.mark.parametrize(
    ("before", "sentence", "gloss"),
    [
        ("Maria Keller spoke on Monday.", "She did not take questions.", "Maria Keller"),
        ("Mr Olund spoke on Monday.", "He did not take questions.", "Mr Olund"),
        (
            "Pelle Olund, the finance minister, spoke in Oslo.",
            "On Tuesday he flew home.",
            "Pelle Olund",
        ),
        ("Mr Olund spoke in Oslo. Rain fell.", "“It is wet,” he said.", "Mr Olund"),
        ("Peter Olund met his daughter Ida Olund, a singer.", "She sang.", "Ida Olund"),
        ("The council passed the flood bill.", "The bill goes to the mayor.", "flood bill"),
        ("The gates opened on 4 May 2021.", "That day nobody came.", "4 May 2021"),
    ],
)
def test_what_can_be_told_is_told(before: str, sentence: str, gloss: str) -> None:
    assert refer(sentence, around(before)) == Reference(gloss)


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("Mr Olund met Mr Brandt.", "He was late."),
        ("Mr Olund met the prosecutor from Bergen in a small room.", "He was late."),
        ("Mrs Olund spoke.", "He was late."),
        ("Olund spoke.", "He was late."),
        ("The barrier will cross the river.", "It will be raised in storms."),
        ("The council voted on Monday.", "The move surprised nobody."),
        ("The council voted on Monday.", "But few were surprised."),
        ("The council voted on Monday.", "Instead, the seats stayed empty."),
        ("A water company and a power company bid.", "The company from the north won."),
        ("Doors opened on Monday and shut on Friday.", "That day nobody came."),
        ("The council voted on Monday.", "They went home."),
        ("The council voted on Monday.", "There, nobody was surprised."),
    ],
)
def test_what_cannot_be_told_is_left_to_the_sentence_before(before: str, sentence: str) -> None:
    assert refer(sentence, around(before)) == Reference(is_open=True)


@pytest.mark.parametrize(
    "sentence",
    [
        "Pelle Olund said he was late.",
        "The prosecutor said he was late.",
        "In his first speech, Pelle Olund spoke of rain.",
        "It is not clear that the gates will hold.",
        "It was the council that paid.",
        "This week the gates were shut.",
        "There was no rain.",
        "Those who came were wet.",
        "“He never came,” the council wrote.",
        "The bill of rights was read out.",
    ],
)
def test_a_sentence_that_leaves_nothing_open_gets_nothing(sentence: str) -> None:
    assert refer(sentence, around("Mr Brandt and Mr Lund met on Monday.")) == Reference()


@pytest.mark.parametrize(
    ("question", "gloss"),
    [("Who paid?", "Pelle Olund"), ("What did Olund pay?", ""), ("Did Mr OLUND pay?", "")],
)
def test_a_surname_is_given_in_full_unless_the_question_says_it(question: str, gloss: str) -> None:
    earlier = "Pelle Olund, the mayor, spoke."
    found = refer("Olund paid for the gates.", around("", question=question, earlier=earlier))
    assert found == Reference(gloss)


def test_a_surname_that_two_people_share_is_left_alone() -> None:
    earlier = "Pelle Olund, the mayor, and Ida Olund, the singer, spoke."
    assert refer("Olund paid.", around("", earlier=earlier)) == Reference()


def test_a_part_of_a_place_is_nobodys_surname() -> None:
    earlier = "The train stopped in Oslo Central."
    assert refer("Central was shut.", around("", earlier=earlier)) == Reference()


def test_what_is_shown_needs_no_gloss() -> None:
    before = "Pelle Olund, the mayor, spoke."
    assert refer("He was late.", around(before, shown=before)) == Reference()
    assert refer("But he was late.", around(before, shown=before)) == Reference()


def test_nothing_stands_before_the_first_sentence() -> None:
    assert refer("He was late.", around("")).gloss == ""
