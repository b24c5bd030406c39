"""Sessions exported: what each form says, and that nothing in it is markup or a control."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.answers import Abstention
from groundwire.domain.errors import UsageError
from groundwire.domain.retrieval import Scope
from groundwire.domain.spans import Span
from groundwire.interfaces.render.exchange import Verbatim, laid_out
from groundwire.interfaces.render.export import exported, form_of
from groundwire.interfaces.render.lines import as_text
from groundwire.interfaces.render.sessions import exchange_lines, listing_lines, session_lines
from groundwire.interfaces.render.stored import Stored
from tests.fakes.desk import HOSTILE_STORY, LETTER_STORY, TRADE_STORY, answered, silent
from tests.fakes.exchanges import (
    INFO,
    SAID,
    bullets,
    checked,
    compared,
    difference,
    exchange,
    of_answer,
    quoted,
    timeline,
)

if TYPE_CHECKING:
    from groundwire.domain.conversations import Exchange

ANSWER = of_answer(answered("Who is\n Lee?", TRADE_STORY, LETTER_STORY))


def markdown(*exchanges: Exchange) -> str:
    return exported(INFO, exchanges, "md")


def shown(one: Exchange) -> str:
    return as_text(exchange_lines(one))


def test_markdown_is_question_answer_and_numbered_sources() -> None:
    assert markdown(ANSWER) == (
        "# Who is Lee?\n\n"
        "2026-11-22 08:30 UTC · 1 exchange · session 01ARYZ6S410000000000000000\n\n"
        "## Who is Lee?\n\n"
        "China accounts for more than 90 percent of North Korea's foreign trade. [1]"
        " Mr. Trump called the letter beautiful. [2]\n\n"
        "Sources:\n\n"
        "- [1] Xi arrives in Pyongyang · The Harbour Post · 2019-06-20 · ¶ 4"
        " · Xi arrives in Pyongyang.md\n"
        "- [2] A letter from Kim · Meridian Wire · 2019-06-23 · ¶ 4 · A letter from Kim.md"
    )


def test_a_terminal_shows_the_same_words() -> None:
    lines = shown(ANSWER).splitlines()
    assert lines[0] == "> Who is Lee?"
    assert lines[2].endswith("Mr. Trump called the letter beautiful. [2]")
    assert lines[5].startswith("[1] Xi arrives in Pyongyang · The Harbour Post · 2019-06-20")
    twice = as_text(session_lines([ANSWER, ANSWER]))
    assert twice == f"{shown(ANSWER)}\n\n{shown(ANSWER)}"


def test_json_has_every_result_as_it_was() -> None:
    written = json.loads(exported(INFO, [ANSWER], "json"))
    assert (written["schema"], written["session"], written["title"]) == (1, INFO.id, INFO.title)
    (one,) = written["exchanges"]
    assert one["session"] == INFO.id
    assert (one["number"], one["kind"], one["stopped"]) == (1, "answer", False)
    assert dict(ANSWER.result).items() <= one.items()


def test_json_on_a_terminal_holds_no_control_character() -> None:
    one = exchange("a\x1b[2J\x9b2J\x7f", {"answer": "\x9d0;x\x07"})
    written = exported(INFO, [one], "json")
    assert not any(character in written for character in "\x1b\x9b\x7f\x9d\x07")
    assert json.loads(written)["exchanges"][0]["question"] == "a\x1b[2J\x9b2J\x7f"


def test_an_abstention_says_why_and_what_comes_closest() -> None:
    answer = silent("Who won?", TRADE_STORY)
    assert answer.abstention is not None
    text = TRADE_STORY.text
    closest = Span(text.index("more"), len(text))
    spoken = Abstention("The documents do not say.", answer.abstention.nearest, (), (closest,))
    written = markdown(of_answer(replace(answer, abstention=spoken)))
    assert "The documents do not say.\n\nClosest passages:\n\n- Xi arrives in Pyongyang" in written
    assert ": more than 90 percent" in written
    assert "Sources:" not in written
    bare = markdown(of_answer(silent("Who won?")))
    assert "Closest" not in bare


def test_what_a_reader_needs_to_judge_by_is_there() -> None:
    answer = answered("What did he say?", TRADE_STORY, LETTER_STORY)
    answer = replace(
        answer,
        standalone="What did Mr Lee say?",
        filters=Scope(sources=("Meridian Wire",), since=TRADE_STORY.published),
        conflicts=(difference(),),
    )
    one = exchange(
        answer.question,
        answer.to_dict() | {"families": {"documents": 3, "independent": 2}},
        stopped=True,
    )
    for written in (markdown(one), exported(INFO, [one], "html"), shown(one)):
        assert "Stands on 3 documents, 2 independent reports." in written
        assert "Asked as: What did Mr Lee say?" in written
        assert "Filters: sources Meridian Wire; since 2019-06-20" in written
        assert "Candidate conflict (number): trade" in written
        assert "Meridian Wire · 2019-06-23 · ¶ 4 · said by Mr Trump" in written
        assert "(stopped)" in written


def test_summaries_keep_their_style_and_their_coverage() -> None:
    written = markdown(exchange("/timeline", timeline().to_dict(), kind="summary"))
    assert "- 20 June 2019: China accounts" in written
    assert "- 21 June 2019 (planned): Mr. Trump" in written
    assert "Stands on 2 of 9 paragraphs from 2 of 3 documents." in written
    assert "Not represented: Hong Kong protests." in written
    listed = markdown(exchange("/summarize", bullets().to_dict(), kind="summary"))
    assert "foreign trade. \\[Mr Lee\\] [1]\n- Mr. Trump" in listed


def test_other_results_keep_their_layout_and_name_their_sources() -> None:
    text = "Exact: these are the words.\n\n  ```A letter```\n"
    quote = exchange("/quote", quoted().to_dict(), kind="quote", text=text)
    assert "````text\nExact: these are the words.\n\n  ```A letter```\n````" in markdown(quote)
    (entry,) = laid_out(quote).entries
    assert entry.description.startswith("A letter from Kim · Meridian Wire · 2019-06-23 · ¶ 4")
    assert list(entry.parts())[1] == ("called the letter", True)
    check = exchange("/check", checked().to_dict(), kind="check", text="Supported.")
    assert "```text\nSupported.\n```\n\nSources:\n\n- [1] Xi arrives" in markdown(check)
    comparison = exchange("/compare", compared().to_dict(), kind="comparison", text="A\nB")
    laid = laid_out(comparison)
    assert laid.blocks == (Verbatim("A\nB"),)
    assert [entry.label for entry in laid.entries] == ["A", "B"]
    assert "A\nB\n\nSources:\n[A] Xi arrives" in shown(comparison)


def test_what_was_stopped_before_a_result_keeps_its_words() -> None:
    one = exchange("Who is Lee?", {}, text="An analyst. [1]\n\nIn Seoul.", stopped=True)
    assert markdown(one).endswith("An analyst. \\[1\\]\n\nIn Seoul.\n\n(stopped)")
    assert markdown(exchange("Who?", {}, stopped=True)).endswith("## Who?\n\n(stopped)")


@pytest.mark.parametrize(
    "result",
    [
        {"claims": "none"},
        {"claims": [{"text": 3}]},
        {"claims": [{"text": "x", "citations": [{"n": "one"}]}]},
        {"sources": [None]},
        {"abstention": {}},
    ],
)
def test_a_result_in_another_form_is_shown_by_its_words(result: dict[str, object]) -> None:
    assert Stored.read(result) == Stored()
    assert markdown(exchange("Who?", result, text="Lee.")).endswith("## Who?\n\nLee.")


def test_a_scope_or_count_that_cannot_be_is_left_out() -> None:
    filters = {"since": "2020-01-01", "until": "2019-01-01"}
    one = exchange("Who?", {"filters": filters, "families": {"documents": 2, "independent": 5}})
    assert markdown(one).endswith("## Who?")


def test_the_cited_words_are_marked_in_their_passage() -> None:
    text = "First one. Second one. Third one."

    def cited(start: int, end: int, quote: str) -> dict[str, object]:
        return {"n": 1, "start": start, "end": end, "quote": quote, "locator": "¶ 1"}

    citations = [
        cited(111, 122, "Second one."),
        cited(115, 122, "nd one."),
        cited(100, 110, "First one."),
        cited(7, 12, "other"),
        cited(123, 400, "Third one."),
    ]
    result = {
        "claims": [{"text": "Said.", "citations": citations}],
        "sources": [{"n": 1, "title": "T", "start": 100, "passage": text}],
    }
    (entry,) = laid_out(exchange("Who?", result)).entries
    assert list(entry.parts()) == [
        ("", False),
        ("First one.", True),
        (" ", False),
        ("Second one.", True),
        (" Third one.", False),
    ]
    assert entry.beside == ("other", "Third one.")
    written = exported(INFO, [exchange("Who?", result)], "html")
    assert "<mark>First one.</mark> <mark>Second one.</mark> Third one.</blockquote>" in written
    assert '<blockquote dir="auto"><mark>other</mark></blockquote>' in written


def test_markup_in_documents_and_questions_is_shown_not_read() -> None:
    question = "# [x](https://evil.example) <script>alert(1)</script> *b* `c` &lt; ~~d~~ \\"
    one = of_answer(answered(question, HOSTILE_STORY))
    written = markdown(one)
    assert "## \\# \\[x\\](https://evil.example) \\<script\\>" in written
    assert "Title \\<!channel\\>" in written
    page = exported(replace(INFO, title=question), [one], "html")
    assert "<script" not in page
    assert "https://evil.example|harmless&gt;" in page
    assert "<a href" in page
    assert 'href="http' not in page


@pytest.mark.parametrize("start", ["- x", "+ x", "1. x", "12) x", "=== x", "# x", "> x"])
def test_a_paragraph_is_no_list_heading_or_quotation(start: str) -> None:
    from markdown_it import MarkdownIt

    result = {"claims": [{"text": start}], "style": "brief"}
    written = markdown(exchange(start, result))
    kinds = [token.type for token in MarkdownIt().parse(written)]
    assert "bullet_list_open" not in kinds
    assert "ordered_list_open" not in kinds
    assert "blockquote_open" not in kinds
    assert kinds.count("heading_open") == 2


def test_an_empty_title_and_an_empty_session_have_a_form() -> None:
    nobody = replace(INFO, title="", exchanges=0)
    assert exported(nobody, [], "md").startswith("# Untitled\n\n2026-11-22 08:30 UTC · 0 exchanges")
    assert "<title>Untitled</title>" in exported(nobody, [], "html")
    (line,) = listing_lines([nobody])
    assert line.text.endswith("    0  (untitled)")


def test_a_listing_has_one_printable_line_a_session() -> None:
    (line,) = listing_lines([replace(INFO, title="a\x1b]0;b\x07")])
    when = SAID.astimezone().strftime("%Y-%m-%d %H:%M")
    assert line.text == f"{INFO.id}  {when}    1  “a�]0;b�”"


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.md", "md"), ("a.JSON", "json"), ("a.b.html", "html"), ("a.htm", "html"), ("a", "md")],
)
def test_a_files_name_says_the_form(name: str, form: str) -> None:
    assert form_of(Path(name)) == form


def test_an_unknown_suffix_is_a_usage_error() -> None:
    assert form_of(None) == "md"
    assert form_of(None, default="html") == "html"
    with pytest.raises(UsageError, match=r"\.pdf"):
        form_of(Path("a.pdf"))
