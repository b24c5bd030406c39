"""An article with its cited characters highlighted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from groundwire.domain.documents import Document, DocumentId, Locator
from groundwire.domain.spans import Span
from groundwire.interfaces.render.lines import as_text
from groundwire.interfaces.render.passages import opened
from groundwire.interfaces.render.terminal import show_lines
from tests.unit.render.screens import console, without_codes, written

TEXT = "The lead stands here.\n\nSecond paragraph. It has two.\n\n## More\n\nThird.\n\nFourth one."
HEADING = Span(TEXT.index("## More"), TEXT.index("## More") + 7)


def article(text: str = TEXT, headings: tuple[Span, ...] = (HEADING,)) -> Document:
    return Document(
        DocumentId("d"),
        "/stories",
        "a.md",
        "The gate",
        "Harbour Wire",
        "M. Lind",
        date(2019, 6, 10),
        "en",
        text,
        "hash",
        headings,
    )


def of(words: str, text: str = TEXT) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def highlighted(spans: list[Span], text: str = TEXT) -> list[str]:
    lines = opened(article(text), spans)
    return [
        part
        for line in lines
        for part, role in line.parts
        if role == "marker" and not part.startswith("> ")
    ]


def test_the_whole_article_has_a_title_block_and_a_locator_for_each_paragraph() -> None:
    assert as_text(opened(article(), [of("It has two.")])).splitlines() == [
        "The gate",
        "Harbour Wire · 10 June 2019 · M. Lind · a.md",
        "Cited: ¶ 2, characters 41 to 52",
        "",
        "  ¶ 1  The lead stands here.",
        "",
        "> ¶ 2  Second paragraph. It has two.",
        "",
        "  ## More",
        "",
        "  ¶ 3  Third.",
        "",
        "  ¶ 4  Fourth one.",
    ]


def test_exactly_the_cited_characters_are_highlighted() -> None:
    assert highlighted([of("It has two.")]) == ["It has two."]
    assert highlighted([of("has"), of("It has"), of("two"), of("Third.")]) == [
        "It has",
        "two",
        "Third.",
    ]
    assert highlighted([]) == []


def test_a_citation_across_paragraphs_is_highlighted_in_each() -> None:
    span = Span(of("stands").start, of("Second").end)
    assert highlighted([span]) == ["stands here.", "Second"]


def test_surroundings_leave_the_rest_out_and_say_so() -> None:
    text = as_text(opened(article(), [of("It has two.")], around=0))
    assert "[1 paragraph left out]" in text
    assert "[3 paragraphs left out]" in text
    assert "¶ 2" in text
    assert "Third." not in text
    near = as_text(opened(article(), [of("Third.")], around=1))
    assert "## More" in near
    assert "Fourth one." in near
    assert "[2 paragraphs left out]" in near
    assert "The lead" not in near


def test_without_a_citation_everything_is_shown() -> None:
    assert "left out" not in as_text(opened(article(), [], around=1))
    assert "Cited" not in as_text(opened(article(), []))


def test_cited_characters_can_be_marked_where_there_is_no_emphasis() -> None:
    assert "Second paragraph. [[It has two.]]" in as_text(
        opened(article(), [of("It has two.")], marked=True)
    )


def test_a_citation_beyond_the_text_is_cut() -> None:
    end = len(TEXT)
    assert highlighted([Span(of("one.").start, end + 9), Span(end + 3, end + 5)]) == ["one."]


def test_no_article_moves_the_cursor_or_links_anywhere() -> None:
    text = "A \x1b[2Jtram\u202e and \x1b]8;;https://evil.example\x07here\x1b]8;;\x07 [red]x[/red]."
    on = console(40)
    show_lines(on, opened(article(text, ()), [of("tram", text)]))
    plain = without_codes(written(on))
    assert not {"\x1b", "\x07", "\u202e"} & set(plain)
    assert "[red]x[/red]" in plain


def test_pages_are_named_where_they_begin_and_rows_stand_for_their_paragraphs() -> None:
    text = "First page.\n\nStill there.\n\nSecond page.\n\nOslo | 12\n\nAfter."
    places = (
        Locator(Span(0, of("Still there.", text).end), "p. 1"),
        Locator(of("Second page.", text), "p. 2"),
        Locator(of("Oslo | 12", text), "row 7"),
    )
    document = replace(article(text, ()), locators=places)
    shown = [line for line in as_text(opened(document, [])).splitlines()[2:] if line.strip()]
    assert shown == [
        "  p. 1, ¶ 1  First page.",
        "  ¶ 2  Still there.",
        "  p. 2  Second page.",
        "  row 7  Oslo | 12",
        "  ¶ 5  After.",
    ]
