"""Which passages count as copies of one another."""

from __future__ import annotations

import zlib

import numpy as np
import pytest

from groundwire.domain.documents import DocumentId
from groundwire.retrieve.copies import families, holds
from groundwire.text.tokens import stem, words

FIRST = DocumentId("0")
STORY = (
    "The harbour authority said on Monday that 14 cranes would stand still for a week while"
    " engineers from Lindqvist look for cracks in the arms that carry the load."
)
OTHER = (
    "Farmers in the northern valley expect a poor harvest after a spring with little rain and"
    " two nights of frost, the growers' union reported at its yearly meeting."
)


def grouped(*texts: str, copied: bool = False) -> tuple[tuple[int, ...], ...]:
    hashes = [
        np.unique(np.array([zlib.crc32(stem(word).encode()) for word in words(text)], np.uint32))
        for text in texts
    ]
    documents = [DocumentId(str(place)) for place in range(len(texts))]
    return families(hashes, texts, documents, dict.fromkeys(documents, FIRST) if copied else {})


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


def test_passages_of_a_report_and_its_copy_may_be_reworded() -> None:
    reworded = (
        "On Monday the port authority announced that 14 cranes will be out of use for a week, so"
        " that engineers from Lindqvist can search the arms that carry the load for cracks."
    )
    assert grouped(STORY, OTHER, reworded) == ((0,), (1,), (2,))
    assert grouped(STORY, OTHER, reworded, copied=True) == ((0, 2), (1,))
    assert grouped(STORY, reworded.replace("14", "40"), copied=True) == ((0,), (1,))


def test_two_passages_of_one_document_are_no_copies_for_being_of_one_report() -> None:
    hashes = [np.arange(20, dtype=np.uint32), np.arange(6, 26, dtype=np.uint32)]
    origins = {FIRST: FIRST, DocumentId("1"): FIRST}
    texts = ["same words", "same words"]
    assert families(hashes, texts, [FIRST, FIRST], origins) == ((0,), (1,))
    assert families(hashes, texts, [FIRST, DocumentId("1")], origins) == ((0, 1),)


def test_a_passage_holds_a_sentence_with_its_facts() -> None:
    said = "The harbour authority said that 14 cranes would stand still for a week."
    assert holds(STORY, said)
    assert not holds(STORY, said.replace("14", "15"))
    assert not holds(OTHER, said)


def test_short_texts_are_no_copies() -> None:
    assert grouped("Prices rose again.", "Prices rose again.") == ((0,), (1,))


def test_nothing_has_no_families() -> None:
    assert grouped() == ()
