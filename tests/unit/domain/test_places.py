"""Where a passage stands, in words that people understand."""

from __future__ import annotations

from groundwire.domain.documents import DocumentId, Locator, Passage, PassageId
from groundwire.domain.spans import Span

TEXT = "One.\n\nTwo.\n\nRow | 12\n\nLast."


def passage(*locators: Locator, start: int = 100) -> Passage:
    span = Span(start, start + len(TEXT))
    return Passage(PassageId("p"), DocumentId("d"), span, TEXT, "", 41, locators)


def at(words: str) -> int:
    return 100 + TEXT.index(words)


def test_without_named_places_it_is_the_paragraph() -> None:
    assert passage().place() == "¶ 41"
    assert passage().place(at("Last")) == "¶ 44"


def test_a_page_is_named_beside_the_paragraph() -> None:
    pages = Locator(Span(10, at("Row")), "p. 3"), Locator(Span(at("Row"), 400), "p. 4")
    assert passage(*pages).place() == "p. 3, ¶ 41"
    assert passage(*pages).place(at("Two")) == "p. 3, ¶ 42"
    assert passage(*pages).place(at("Last")) == "p. 4, ¶ 44"


def test_a_row_says_more_than_its_paragraph() -> None:
    row = Locator(Span(at("Row"), at("Row") + len("Row | 12")), "row 12")
    assert passage(row).place(at("12")) == "row 12"
    assert passage(row).place(at("Last")) == "¶ 44"


def test_a_record_of_several_paragraphs_is_named_beside_them() -> None:
    record = Locator(Span(100, 100 + len(TEXT)), "row 12")
    assert passage(record).place(at("Two")) == "row 12, ¶ 42"
