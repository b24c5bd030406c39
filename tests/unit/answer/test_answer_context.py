"""A sentence is said with what it cannot do without."""

from __future__ import annotations

import pytest

from groundwire.answer.context import standing_alone
from groundwire.text.sentences import sentences
from tests.fakes.passages import hit


def said(text: str, number: int) -> list[str]:
    passage = hit(text, start=100)
    span = sentences(text)[number].shift(100)
    return [each.shift(-100).of(text) for each in standing_alone(passage, span)]


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("Xi left. Kim stayed.", 1, ["Kim stayed."]),
        ("Xi left. He waved.", 1, ["Xi left.", "He waved."]),
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
