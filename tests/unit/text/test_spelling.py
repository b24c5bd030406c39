"""Other spellings of a word."""

from __future__ import annotations

import pytest

from groundwire.text.spelling import slips, variants


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("demilitarized", "demilitarised"),
        ("organisation", "organization"),
        ("harbour", "harbor"),
        ("colored", "coloured"),
        ("center", "centre"),
        ("defense", "defence"),
        ("travelled", "traveled"),
        ("canceled", "cancelled"),
        ("program", "programme"),
    ],
)
def test_british_and_american_spellings_are_each_others(word: str, other: str) -> None:
    assert other in variants(word)


@pytest.mark.parametrize("word", ["boeing", "israel", "tram", "queue"])
def test_other_words_have_no_variant(word: str) -> None:
    assert variants(word) == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hight", "height"),
        ("acording", "according"),
        ("recieved", "received"),
        ("cathedrall", "cathedral"),
        ("seperate", "separate"),
    ],
)
def test_a_letter_missing_doubled_swapped_or_a_wrong_vowel_is_a_slip(
    typed: str, meant: str
) -> None:
    assert meant in slips(typed)


@pytest.mark.parametrize(("word", "other"), [("house", "horse"), ("bridge", "fridge")])
def test_another_word_is_no_slip(word: str, other: str) -> None:
    assert other not in slips(word)
