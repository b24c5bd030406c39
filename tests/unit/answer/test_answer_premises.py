"""What a question takes for granted is denied only where it was looked up."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from groundwire.answer.premises import examine
from groundwire.text.tokens import stem, words

if TYPE_CHECKING:
    from groundwire.index.snapshot import Snapshot


class Shelf:
    """A few passages that can be looked up by word."""

    def __init__(self, *passages: str) -> None:
        self._passages = [{stem(word) for word in words(text)} for text in passages]

    def sources(self) -> tuple[frozenset[str], None]:
        return frozenset({"Harbour Wire"}), None

    def frequencies(self, terms: list[str]) -> dict[str, int]:
        return {term: len(self._holding(term)) for term in terms}

    def lexical(self, terms: list[str], **_: Any) -> tuple[tuple[str, float], ...]:  # noqa: ANN401 -- unused options
        found = {number for term in terms for number in self._holding(term)}
        return tuple((str(number), 1.0) for number in sorted(found))

    def documents_of(self, ids: list[str]) -> tuple[SimpleNamespace, ...]:
        return tuple(SimpleNamespace(id=number) for number in ids)

    def contains_phrase(self, phrase: str) -> bool:
        return all(self._holding(word) for word in phrase.split())

    def _holding(self, term: str) -> list[int]:
        wanted = stem(words(term)[0])
        return [number for number, stems in enumerate(self._passages) if wanted in stems]


DOCUMENTS = (
    "Holm visited Oslo and met Lund there.",
    "Lund signed a letter. The council sold the old pier.",
    "The council of Bergen met. Brandt spoke of rice and of a treaty that others had signed.",
)


def unfounded(question: str, *documents: str) -> tuple[str, ...]:
    shelf = cast("Snapshot", Shelf(*(documents or DOCUMENTS)))
    return examine(question, shelf).unfounded


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("What did Brandt say when he visited Oslo?", "Brandt visited Oslo"),
        ("Where is the rice that Lund handed over in Oslo?", "Lund handed over any rice in Oslo"),
        ("Who cheered after Brandt toured the docks?", "Brandt toured the docks"),
        ("Who cheered after Holm visited Bergen?", "Holm visited Bergen"),
    ],
)
def test_what_no_passage_says(question: str, statement: str) -> None:
    assert unfounded(question) == (statement,)


@pytest.mark.parametrize(
    "question",
    [
        "What did Holm say when he visited Oslo?",
        "What did Holm say when he arrived in Oslo?",
        "What did Lund say when he danced?",
        "What did Putin say when he visited Oslo?",
        "What did Holm tell Lund when he visited Oslo?",
        "On the day Brandt visited the docks, who cheered?",
        "Where is Oslo?",
        "Why was there a delay in the treaty that Lund signed in Oslo?",
        "How many people sat in the ferry the Lund Brandt bought?",
    ],
)
def test_what_may_well_be_said_is_not_denied(question: str) -> None:
    assert unfounded(question) == ()


def test_things_that_no_document_mentions_are_named() -> None:
    shelf = cast("Snapshot", Shelf(*DOCUMENTS))
    found = examine("Which guesthouse did Holm sleep in after the letter?", shelf)
    assert found.unmentioned == ("guesthouse",)


def test_outlets_are_those_of_the_index() -> None:
    shelf = cast("Snapshot", Shelf(*DOCUMENTS))
    found = examine("Does Harbour Wire agree with The Verge?", shelf)
    assert [outlet.sources for outlet in found.outlets] == [{"Harbour Wire"}]


def test_an_outlet_that_is_asked_for_and_not_there_is_named() -> None:
    shelf = cast("Snapshot", Shelf(*DOCUMENTS))
    assert examine("What does the Reuters story say of Lund?", shelf).unindexed == ("Reuters",)
    assert examine("What does the Harbour Wire story say?", shelf).unindexed == ()


def test_a_thing_that_opened_again_reopened_and_half_a_compound_is_no_noun() -> None:
    reopened = "The canal reopened on Monday."
    assert unfounded("How many ships passed after the canal opened again?", reopened) == ()
    shelf = cast("Snapshot", Shelf(*DOCUMENTS))
    assert examine("What was in the phase-one letter?", shelf).unmentioned == ()
