"""Questions made of documents by rule, and the same without an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.documents import DocumentId
from groundwire.domain.retrieval import Ranking
from groundwire.evaluate.auto.cases import Question
from groundwire.evaluate.auto.declined import OUTLETS, left_out, other_names, other_outlets
from groundwire.evaluate.auto.joined import joined
from groundwire.evaluate.auto.making import answerable, to_decline
from groundwire.evaluate.auto.material import drawn, pick, read_material
from groundwire.evaluate.auto.single import single
from groundwire.evaluate.auto.wording import day, lower_first, opening, topic
from tests.unit.evaluate.auto_samples import COUNCIL, FERRY, Folder, material

if TYPE_CHECKING:
    from groundwire.domain.documents import DocumentInfo

FERRY_ID = DocumentId("id-ferry.md")


class Searching(Folder):
    """A desk that finds nothing."""

    def search(self, question: str, *, top_k: int) -> Ranking:
        assert top_k > 0
        return Ranking(question, ())


def by_kind(path: str) -> dict[str, str]:
    read = material()
    told = read.told[DocumentId(f"id-{path}")]
    return {question.kind: question.text for each in told for question in single(read, each)}


def test_short_sentences_and_odd_ones_are_not_asked_about() -> None:
    read = material()
    assert read.told[DocumentId("id-plain.md")] == ()
    assert [told.text for told in read.told[FERRY_ID]] == [
        f"{sentence.rstrip('.')}." for sentence in FERRY.split(". ")
    ]


def test_a_copy_is_known_as_one() -> None:
    assert material().same(FERRY_ID) == {FERRY_ID, DocumentId("id-copy.md")}
    assert material().same(DocumentId("id-bridge.md")) == {DocumentId("id-bridge.md")}


def test_the_same_folder_gives_the_same_material_however_it_is_listed() -> None:
    class Turned(Folder):
        def docs(self) -> tuple[DocumentInfo, ...]:
            return super().docs()[::-1]

    assert read_material(Turned()).documents == read_material(Folder()).documents


def test_no_more_documents_are_read_than_asked_for() -> None:
    read = read_material(Folder(), most=2)
    assert len(read.documents) == 2
    assert read.total == 5


def test_questions_of_single_sentences() -> None:
    asked = by_kind("ferry.md")
    assert asked["who"].startswith("Who or what announced that the ferry to Sallow will sail")
    assert "how many passengers" in asked["number"]
    assert asked["when"] == (
        "When was it that Sallow Ferries opened a second office beside the old fish market?"
    )


def test_a_question_does_not_say_its_own_answer() -> None:
    read = material()
    for told in read.told[FERRY_ID]:
        for question in single(read, told):
            assert "2,400" not in question.text
            assert "3 May" not in question.text


def test_what_somebody_said() -> None:
    asked = by_kind("bridge.md")
    assert asked["said"].startswith("What did Jonas Ferring say about ")
    assert "timber" in asked["said"]


def test_where_it_was() -> None:
    assert by_kind("council.md")["where"] == (
        "Where was it that the inspectors found nine broken lamps along the northern breakwater?"
    )


def test_two_reports_of_different_outlets_are_joined_by_a_rare_name() -> None:
    (question,) = joined(material(), 5)
    assert len(set(question.outlets)) == 2
    assert "Marta Quell" in question.text
    assert set(question.quotes) <= {f"{s.rstrip('.')}." for s in f"{FERRY} {COUNCIL}".split(". ")}


def test_other_names_are_of_no_document_of_the_question() -> None:
    asked = "What did Marta Quell say about the ferry?"
    question = Question(asked, "said", (FERRY_ID,), (), names=("Marta Quell",))
    (changed,) = other_names(material(), [question])
    assert changed.text == "What did Jonas Ferring say about the ferry?"
    assert changed.way == "other names"
    assert not changed.answerable


def test_a_question_that_repeats_a_sentence_is_close_with_another_name_in_it() -> None:
    asked = "Did Marta Quell announce that the ferry to the island will sail again in the autumn?"
    question = Question(asked, "said", (FERRY_ID,), (), names=("Marta Quell",))
    (changed,) = other_names(material(), [question])
    assert changed.close


def test_a_question_without_names_is_not_changed() -> None:
    question = Question("How many passengers were there?", "number", (FERRY_ID,), ())
    assert list(other_names(material(), [question])) == []


def test_other_outlets_are_not_in_the_folder() -> None:
    read = material()
    changed = list(other_outlets(read, joined(read, 5)))
    assert changed
    for question in changed:
        assert "Harbour Wire" not in question.text
        assert "Bay Courier" not in question.text
        assert sum(outlet.removeprefix("The ") in question.text for outlet in OUTLETS) == 2


def test_a_question_is_left_without_its_document_and_the_copies() -> None:
    read = material()
    asked = [q for q in answerable(read) if q.documents == (FERRY_ID,)][:1]
    with_others = replace(read, documents=(*read.documents, *read.documents))
    (question,) = left_out(with_others, asked, Searching(), views=1)
    assert question.way == "left out"
    assert FERRY_ID not in question.scope.documents
    assert "id-copy.md" not in question.scope.documents
    assert "id-bridge.md" in question.scope.documents


def test_what_is_to_be_declined_has_no_answer() -> None:
    read = material()
    made = to_decline(read, answerable(read), Searching())
    assert made
    assert not any(question.answerable for question in made)


def test_a_question_asked_for_everything_is_never_left_out() -> None:
    read = material()
    assert all(question.scope.is_everything() for question in answerable(read))


@pytest.mark.parametrize(
    ("headline", "about"),
    [
        ("Ferry to Sallow sails: what to know", "Ferry to Sallow sails"),
        ("Live - the match", "the match"),
        ("One two three four five six seven the nine", "One two three four five six seven"),
        ("‘Wow’", "Wow"),
    ],
)
def test_topics_of_headlines(headline: str, about: str) -> None:
    assert topic(headline) == about


def test_the_opening_of_a_sentence_ends_with_a_clause() -> None:
    assert opening("the ferry sails again at noon, the operator said.") == (
        "the ferry sails again at noon"
    )
    assert opening("too short") == ""
    assert opening("it went from one side of the bay to the") == ""


def test_words_inside_a_question() -> None:
    assert day(date(2024, 5, 3)) == "May 3, 2024"
    assert lower_first("The ferry", ()) == "the ferry"
    assert lower_first("Marta Quell said", ("Marta Quell",)) == "Marta Quell said"
    assert lower_first("UK firms", ()) == "UK firms"


def test_what_is_drawn_is_always_the_same() -> None:
    assert drawn("a", "b") == drawn("a", "b") != drawn("ab")
    assert pick("xyz", "seed") == pick("xyz", "seed")
