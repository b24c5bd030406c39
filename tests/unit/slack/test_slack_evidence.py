"""Evidence: the exact passage in its surroundings, within the limits of a modal."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundwire.domain.documents import Document, DocumentId
from groundwire.interfaces.render.lines import Line, plain, strong
from groundwire.interfaces.slack.evidence import choices_of, citation_of, evidence_blocks
from groundwire.interfaces.slack.modals import evidence_view, notice_view, reason_view
from groundwire.interfaces.slack.outgoing import Reply, Sentence
from groundwire.interfaces.slack.rich import RICH_CHARACTERS, rich_lines
from groundwire.interfaces.slack.stored import Cited, Kept, read_back, written_down
from tests.slack.block_rules import SHOWN_IN_MODALS, block_errors, texts_of
from tests.slack.fake_views import view_errors

QUOTE = "The tram costs <!channel> *84m* pounds."


def document(before: int = 1, beside: int = 0, after: int = 1) -> Document:
    paragraph = f"{'b ' * beside}{QUOTE}{' a' * beside}"
    text = "\n\n".join([*["Before."] * before, paragraph, *["After."] * after])
    return Document(
        id=DocumentId("d1"),
        root="/",
        path="tram.md",
        title="Tram",
        source="Harbour Wire",
        author="",
        published=None,
        language="en",
        text=text,
        content_hash="h",
    )


def cited(of: Document) -> Cited:
    start = of.text.index(QUOTE)
    return Cited(n=1, doc_id="d1", start=start, end=start + len(QUOTE), quote=QUOTE, locator="¶ 2")


def bold(blocks: list[dict[str, object]]) -> list[str]:
    return [
        part["text"]
        for block in blocks
        for section in block["elements"]  # type: ignore[attr-defined]  # rich text
        for part in section["elements"]
        if part.get("style")
    ]


def test_the_cited_characters_are_bold_in_their_paragraph_with_a_neighbour_on_each_side() -> None:
    found = document(before=3, after=3)
    blocks = evidence_blocks(found, QUOTE, cited(found))
    assert QUOTE in bold(blocks)
    texts = "".join(texts_of(blocks))
    assert (texts.count("Before."), texts.count("After.")) == (1, 1)
    assert "[2 paragraphs left out]" in texts
    assert block_errors(blocks, SHOWN_IN_MODALS) == []


def test_a_sentence_that_is_no_quotation_stands_above_what_it_rests_on() -> None:
    found = document()
    (said, *_) = evidence_blocks(found, "It is dear.", cited(found))
    assert texts_of(said) == ["The answer says:", "It is dear."]


def test_of_a_document_that_changed_only_the_words_of_then_are_shown() -> None:
    found = document()
    changed = replace(found, text=found.text.replace("84m", "85m"))
    texts = texts_of(evidence_blocks(changed, QUOTE, cited(found)))
    assert QUOTE in texts
    assert "85m" not in "".join(texts)


@given(st.integers(0, 3), st.integers(0, 6_000), st.integers(0, 3))
@settings(max_examples=40, deadline=None)
def test_however_long_a_paragraph_is_the_quote_is_whole_and_the_modal_fits(
    before: int, beside: int, after: int
) -> None:
    found = document(before, beside, after)
    blocks = evidence_blocks(found, QUOTE, cited(found))
    assert QUOTE in bold(blocks)
    assert view_errors(evidence_view(blocks, (), "", {"answer": "A"})) == []


def test_a_menu_leads_from_citation_to_citation() -> None:
    quotes = [f"Quote {number} {'x' * 100}" for number in range(3)]
    claims = [
        {
            "text": quote,
            "citations": [{"n": 1, "doc_id": "d", "start": 0, "end": 9, "quote": quote}],
        }
        for quote in quotes
    ]
    kept = Kept.read({"claims": claims})
    choices = choices_of(kept)
    assert [choice.value for choice in choices] == ["0.0", "1.0", "2.0"]
    assert [citation_of(kept, choice.value)[0] for choice in choices] == quotes  # type: ignore[index]  # all are there
    view = evidence_view([rich_lines([plain("p")])], choices, "1.0", {"answer": "A"})
    assert view_errors(view) == []
    assert view["blocks"][0]["elements"][0]["initial_option"]["value"] == "1.0"


@pytest.mark.parametrize("number", [2, 100, 101, 250])
def test_a_menu_has_at_most_the_options_that_slack_allows(number: int) -> None:
    one = {"n": 1, "doc_id": "d", "start": 0, "end": 1, "quote": "q", "locator": "¶ 1"}
    kept = Kept.read({"claims": [{"text": "t", "citations": [one] * number}]})
    view = evidence_view([rich_lines([plain("p")])], choices_of(kept), "0.0", {"answer": "A"})
    assert view_errors(view) == []
    assert len(view["blocks"][0]["elements"][0]["options"]) == min(number, 100)


@pytest.mark.parametrize("value", ["", "x.y", "9.0", "0.9", "-1.0", "0", "0.0.0"])
def test_a_choice_that_is_none_finds_nothing(value: str) -> None:
    one = {"n": 1, "doc_id": "d", "start": 0, "end": 1, "quote": "q"}
    kept = Kept.read({"claims": [{"text": "t", "citations": [one]}]})
    assert citation_of(kept, value) is None


@pytest.mark.parametrize("result", [{}, {"claims": 3}, {"claims": [{"citations": [{"n": "x"}]}]}])
def test_a_result_of_another_form_has_no_evidence(result: dict[str, object]) -> None:
    assert choices_of(Kept.read(result)) == ()


def test_the_small_modals_keep_the_rules() -> None:
    assert view_errors(notice_view("Evidence", "Gone.")) == []
    assert view_errors(reason_view("A", {"channel": "C1"})) == []


@pytest.mark.parametrize(("length", "shown"), [(3_000, 3_000), (3_001, 3_000)])
def test_a_block_of_rich_text_is_cut_at_its_limit(length: int, shown: int) -> None:
    block = rich_lines([plain("x" * length)])
    (text,) = texts_of(block)
    assert len(text) == shown == RICH_CHARACTERS
    assert text.endswith("…") == (length > RICH_CHARACTERS)


def test_a_reply_is_read_back_as_it_was_written_down() -> None:
    reply = Reply(
        (Sentence("One.", "[1]"), Sentence("Two.", "[2]", item=True)),
        ("*[1]* a",),
        ((strong("Head"), Line((("quoted", "marker"), (" more", "plain")), 4)),),
    )
    assert read_back(written_down(reply)) == reply
    assert read_back({"sentences": 3}) is None
