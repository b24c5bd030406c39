"""Openings that lean on what was said before, and quotations that are whole."""

from __future__ import annotations

import pytest

from groundwire.text.standing import dangles, is_balanced, lacks_a_speaker, speaks_of_itself


@pytest.mark.parametrize(
    "text",
    [
        "He resigned.",
        "“They know,” said Olsen.",
        "But the vote was lost.",
        "`` It is late , '' he said .",
        "These are the rules.",
        "— Such a vote is rare.",
        "Meanwhile, the tram stopped.",
    ],
)
def test_these_lean(text: str) -> None:
    assert dangles(text)


@pytest.mark.parametrize(
    "text",
    ["Items were sold.", "Thistles grow.", "Hereford voted.", "Andy Olsen left.", ""],
)
def test_these_do_not(text: str) -> None:
    assert not dangles(text)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("“Yes,” he said.", True),
        ("He said “yes.", False),
        ('The "quoted" word', True),
        ('The "X', False),
        ("`` oh !", False),
        ("`` oh , '' he said", True),
        ("the 'great' line, and the voters’ choice", True),
        ("writing that 'if he can get in .", False),
        ("It is in the '90s, and it 's fine", True),
    ],
)
def test_whether_a_quotation_is_whole(text: str, whole: bool) -> None:  # noqa: FBT001 -- a table
    assert is_balanced(text) is whole


def test_speakers_and_first_persons() -> None:
    assert lacks_a_speaker("“It will never pay.”")
    assert not lacks_a_speaker("“It will never pay,” said Olsen.")
    assert speaks_of_itself("We asked the council.")
    assert not speaks_of_itself("Wells are dry.")
    assert not speaks_of_itself("“We asked,” said Olsen.")
