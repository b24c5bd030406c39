"""Which passages count as copies of one another."""

from __future__ import annotations

import zlib

import numpy as np
import pytest

from groundwire.retrieve.copies import families
from groundwire.text.tokens import stem, words

STORY = (
    "The harbour authority said on Monday that 14 cranes would stand still for a week while"
    " engineers from Lindqvist look for cracks in the arms that carry the load."
)
OTHER = (
    "Farmers in the northern valley expect a poor harvest after a spring with little rain and"
    " two nights of frost, the growers' union reported at its yearly meeting."
)


def grouped(*texts: str) -> tuple[tuple[int, ...], ...]:
    hashes = [
        np.unique(np.array([zlib.crc32(stem(word).encode()) for word in words(text)], np.uint32))
        for text in texts
    ]
    return families(hashes, texts)


def test_a_reprint_joins_the_first_and_another_story_stands_alone() -> None:
    reprint = STORY.replace("said on Monday", "announced")
    assert grouped(STORY, OTHER, reprint) == ((0, 2), (1,))


def test_a_cut_reprint_is_a_copy_of_the_longer() -> None:
    assert grouped(STORY, STORY[:140]) == ((0, 1),)


@pytest.mark.parametrize(
    "changed",
    [
        STORY.replace("14", "40"),
        STORY.replace("Lindqvist", "Okafor"),
        STORY.replace("would stand", "would not stand"),
    ],
    ids=["number", "name", "denial"],
)
def test_a_reprint_that_says_something_else_is_no_copy(changed: str) -> None:
    assert grouped(STORY, changed) == ((0,), (1,))
    assert grouped(changed, STORY) == ((0,), (1,))


def test_short_texts_are_no_copies() -> None:
    assert grouped("Prices rose again.", "Prices rose again.") == ((0,), (1,))


def test_nothing_has_no_families() -> None:
    assert grouped() == ()
