"""A sentence is said with what it cannot do without."""

from __future__ import annotations

import numpy as np
import pytest

from groundwire.answer.candidates import read_passages
from groundwire.answer.context import standing_alone
from groundwire.text.sentences import sentences
from tests.fakes.passages import hit


def told(text: str, number: int, *, before: str = "", question: str = "") -> list[tuple[str, str]]:
    passage = hit(text, start=100)
    vectors = {passage.passage.id: np.zeros((len(sentences(text)), 2), np.float32)}
    (reading,) = read_passages([passage], vectors, {passage.passage.id: before})
    span = sentences(text)[number].shift(100)
    found = standing_alone(reading, span, question)
    return [(each.span.shift(-100).of(text), each.gloss) for each in found]


def said(text: str, number: int) -> list[str]:
    return [sentence for sentence, _ in told(text, number)]


MET = ["Mr Xi met Mr Kim.", "He waved.", "But it rained."]


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("Xi left. Kim stayed.", 1, ["Kim stayed."]),
        ("Gates shut. It rained.", 1, ["Gates shut.", "It rained."]),
        ("Mr Xi met Mr Kim. He waved. But it rained.", 2, MET),
        ("He waved. Xi left.", 0, ["He waved."]),
        (
            'Astley met them. "I do not want it. I may have no choice." They left.',
            1,
            ["Astley met them.", '"I do not want it.', 'I may have no choice."'],
        ),
        (
            'Astley met them. "I do not want it. I may have no choice." They left.',
            2,
            ["Astley met them.", '"I do not want it.', 'I may have no choice."'],
        ),
        (
            "Astley met them. “I do not want it. I may have no choice.” They left.",
            1,
            ["Astley met them.", "“I do not want it.", "I may have no choice.”"],
        ),
        ('Rain fell. "It is wet," Lena said.', 1, ['"It is wet," Lena said.']),
        ('Lena spoke. "It is wet."', 1, ["Lena spoke.", '"It is wet."']),
        ('He called it "beautiful" on Tuesday.', 0, ['He called it "beautiful" on Tuesday.']),
    ],
)
def test_neighbours(text: str, number: int, expected: list[str]) -> None:
    assert said(text, number) == expected


def test_a_quotation_without_an_end_is_not_followed_for_ever() -> None:
    text = "“One is here. Two is here. Three is here. Four is here. Five is here. Six is here."
    assert len(said(text, 0)) == 4


def test_a_gloss_is_shorter_than_the_sentence_before() -> None:
    assert told("Mr Xi left. He waved.", 1) == [("He waved.", "Mr Xi")]


def test_who_is_meant_may_stand_before_the_passage() -> None:
    before = "Anna Holm, the mayor, spoke.\n\n"
    assert told("She waved.", 0, before=before) == [("She waved.", "Anna Holm")]
    assert told("Holm waved.", 0, before=before) == [("Holm waved.", "Anna Holm")]
    assert told("Holm waved.", 0, before=before, question="Did Holm wave?")[0][1] == ""


def test_what_nobody_can_tell_is_said_as_it_stands() -> None:
    assert told("She waved.", 0, before="Anna Holm and Eva Lund met.\n\n") == [("She waved.", "")]
