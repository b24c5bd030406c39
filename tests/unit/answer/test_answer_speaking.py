"""Whose words a question asks for, and who speaks in a sentence."""

from __future__ import annotations

import pytest

from groundwire.answer.speaking import asked_speaker, speaks
from groundwire.answer.tokens import tokenize


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("What did the auditors say about the tram?", {"auditor"}),
        ("What does Holloway now say of it?", {"hollowai"}),
        ("Why did Trump say he left?", {"trump"}),
        ("According to Mr Rabie, what was lost?", {"mr", "rabi"}),
        ("How long is the ship?", set()),
    ],
)
def test_the_speaker_that_a_question_asks_about(question: str, speaker: set[str]) -> None:
    assert asked_speaker(question) == speaker


def said(text: str, speaker: str = "auditor") -> float:
    stems = frozenset(token.stem for token in tokenize(text))
    return speaks(frozenset([speaker] if speaker else []), text, stems)


def test_the_words_of_the_speaker_count_and_those_of_another_do_not() -> None:
    assert said("The auditors said the tram would cost £112m.") == 1
    assert said("The mayor said the tram would cost £84m.") == 0
    assert said("He said the tram would be late.") == 0.5
    assert said("The auditors met on Monday.") == 0.8
    assert said("The tram is late.") == 0.5
    assert said("The mayor said the tram would cost £84m.", "") == 0.5
