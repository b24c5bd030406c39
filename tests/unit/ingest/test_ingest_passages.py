"""How a document is cut."""

from __future__ import annotations

from datetime import date

import pytest

from groundwire.domain.documents import Document, DocumentId
from groundwire.domain.spans import Span
from groundwire.ingest.passages import SEGMENTATION, segment

SENTENCE = "The minister said that the talks would go on in the summer."


def document(text: str, *headings: str, title: str = "Talks") -> Document:
    spans = tuple(Span(at := text.index(heading), at + len(heading)) for heading in headings)
    return Document(
        id=DocumentId("d1"),
        root="/r",
        path="a.md",
        title=title,
        source="",
        author="",
        published=date(2019, 6, 20),
        language="en",
        text=text,
        content_hash="",
        headings=spans,
    )


LONG_END = "The end came later than everybody who had waited there all night had thought."


def para(sentences: int) -> str:
    return " ".join([SENTENCE] * sentences)


def test_middling_paragraphs_stand_alone() -> None:
    text = f"{para(11)}\n\n{para(12)}"
    found = segment(document(text))
    assert [passage.text for passage in found] == [para(11), para(12)]
    assert [passage.paragraph for passage in found] == [1, 2]


def test_short_neighbours_are_joined_until_there_is_enough() -> None:
    text = "\n\n".join([para(2)] * 9)
    found = segment(document(text))
    assert [passage.paragraph for passage in found] == [1, 6]
    assert found[0].text == "\n\n".join([para(2)] * 5)


def test_a_short_end_joins_what_is_before_it() -> None:
    found = segment(document(f"{para(12)}\n\nThe end."))
    assert [passage.text for passage in found] == [f"{para(12)}\n\nThe end."]


def test_a_short_end_stays_alone_where_it_would_be_too_much() -> None:
    found = segment(document(f"{para(16)}\n\n{LONG_END}"))
    assert [passage.text for passage in found] == [para(16), LONG_END]


def test_headings_part_passages_and_name_them() -> None:
    text = "Title\n\nLead.\n\nFirst part\n\nOne.\n\nTwo.\n\nSecond part\n\nThree."
    found = segment(document(text, "Title", "First part", "Second part"))
    assert [(p.heading, p.paragraph, p.text) for p in found] == [
        ("Title", 1, "Lead."),
        ("First part", 2, "One.\n\nTwo."),
        ("Second part", 4, "Three."),
    ]


def test_text_before_the_first_heading_has_none() -> None:
    found = segment(document("Lead.\n\nPart\n\nOne.", "Part"))
    assert [passage.heading for passage in found] == ["", "Part"]


def test_a_document_of_headings_alone_still_has_passages() -> None:
    found = segment(document("One\n\nTwo", "One", "Two"))
    assert [(passage.text, passage.heading) for passage in found] == [("One\n\nTwo", "")]


def test_a_long_paragraph_is_cut_between_sentences_evenly() -> None:
    found = segment(document(para(20)))
    assert all(p.text.startswith("The minister") and p.text.endswith("summer.") for p in found)
    assert " ".join(passage.text for passage in found) == para(20)
    assert all(400 < len(passage.text) <= 1000 for passage in found)
    assert {passage.paragraph for passage in found} == {1}


def test_a_giant_sentence_is_cut_at_spaces() -> None:
    found = segment(document("word " * 1000 + "end."))
    assert all(len(passage.text) <= 1200 for passage in found)
    assert " ".join(passage.text for passage in found) == "word " * 1000 + "end."


def test_text_without_any_space_is_cut_all_the_same() -> None:
    found = segment(document("x" * 5000))
    assert "".join(passage.text for passage in found) == "x" * 5000
    assert all(len(passage.text) <= 1200 for passage in found)


def test_ids_follow_document_place_and_text() -> None:
    text = f"{para(11)}\n\n{para(12)}"
    one, two = segment(document(text))
    again = segment(document(text))
    renamed = segment(document(text, title="Other"))
    longer = segment(document(f"{text}\n\n{para(13)}"))
    assert (one.id, two.id) == tuple(passage.id for passage in again)
    assert [passage.id for passage in renamed] == [one.id, two.id]
    assert [passage.id for passage in longer[:2]] == [one.id, two.id]
    assert len({one.id, two.id}) == 2
    assert len(one.id) == 32


def test_the_segmentation_names_its_limits() -> None:
    assert SEGMENTATION == "paragraphs.v2/600-1000"


@pytest.mark.parametrize("text", ["A.", "A\n\nB", "\u3042\u3044\u3046\u3002" * 400])
def test_small_and_foreign_texts(text: str) -> None:
    found = segment(document(text))
    assert "".join("".join(p.text.split()) for p in found) == "".join(text.split())
