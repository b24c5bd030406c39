"""Layout: escaped, whole, within Slack's limits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from groundwire.interfaces.slack.escaping import (
    escape_markdown,
    escape_mrkdwn,
    pieces_of,
    shortened,
)
from groundwire.interfaces.slack.limits import (
    BLOCKS_PER_MESSAGE,
    CONTEXT_ELEMENTS,
    FALLBACK_CHARACTERS,
    MESSAGE_CHARACTERS,
)
from groundwire.interfaces.slack.outgoing import Reply, Sentence, messages, plain_messages
from tests.fakes.desk import INJECTIONS
from tests.slack.slack_rules import live_tokens, message_errors

if TYPE_CHECKING:
    from groundwire.interfaces.slack.outgoing import Message

MARKUP = st.text(alphabet="ab1 .)(\\`*_[]~|<>#+-=!:/@\n\t", max_size=40)


def arguments(message: Message) -> dict[str, object]:
    return {"text": message.text, "blocks": list(message.blocks)}


def markdown_of(message: Message) -> str:
    return " ".join(block["text"] for block in message.blocks if block["type"] == "markdown")


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_injection_is_live_in_either_language(text: str) -> None:
    for escaped in (escape_markdown(text), escape_mrkdwn(text)):
        assert live_tokens({"text": escaped}) == []


@given(MARKUP)
def test_markdown_shows_the_text_itself_and_nothing_else(text: str) -> None:
    tokens = (
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(escape_markdown(text))
    )
    shown = " ".join(text.split())
    if not shown:
        assert tokens == []
        return
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    assert "".join(child.content for child in children) == shown


def test_markdown_leaves_ampersands_and_words_with_underscores_alone() -> None:
    text = "AT&T at https://a.example/a_b?x=1&y=2"
    assert escape_markdown(text) == text


def test_mrkdwn_escapes_ampersands_first() -> None:
    assert escape_mrkdwn("a < b && &lt;") == "a &lt; b &amp;&amp; &amp;lt;"


def test_a_reply_is_one_markdown_block_and_a_footer() -> None:
    reply = Reply((Sentence("One *star*.", "[1]"), Sentence("Two.", "[1][2]")), ("*[1]* a", "b"))
    (message,) = messages(reply)
    assert message.text == "One *star*. [1] Two. [1][2]"
    assert message.blocks == (
        {"type": "markdown", "text": r"One \*star\*. [1] Two. [1][2]"},
        {
            "type": "context",
            "elements": [
                {"type": "mrkdwn", "text": "*[1]* a", "verbatim": True},
                {"type": "mrkdwn", "text": "b", "verbatim": True},
            ],
        },
    )


@pytest.mark.parametrize(("over", "parts"), [(0, 1), (1, 2)])
def test_a_message_holds_exactly_the_characters_that_slack_allows(over: int, parts: int) -> None:
    footer = "source"
    filler = "x" * (MESSAGE_CHARACTERS - len(footer) - len("First. ") + over)
    laid_out = messages(Reply((Sentence("First."), Sentence(filler)), (footer,)))
    assert len(laid_out) == parts
    assert [message_errors(arguments(message)) for message in laid_out] == [[]] * parts


@pytest.mark.parametrize(("lines", "blocks"), [(CONTEXT_ELEMENTS, 1), (CONTEXT_ELEMENTS + 1, 2)])
def test_a_context_block_holds_exactly_the_elements_that_slack_allows(
    lines: int, blocks: int
) -> None:
    (message,) = messages(Reply((), ("line",) * lines))
    assert len(message.blocks) == blocks
    assert message_errors(arguments(message)) == []


@pytest.mark.parametrize(("over", "parts"), [(0, 1), (1, 2)])
def test_a_message_holds_exactly_the_blocks_that_slack_allows(over: int, parts: int) -> None:
    footer = ("line",) * (CONTEXT_ELEMENTS * BLOCKS_PER_MESSAGE + over)
    laid_out = messages(Reply((), footer))
    assert len(laid_out) == parts
    assert [message_errors(arguments(message)) for message in laid_out] == [[]] * parts


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(st.text(alphabet="ab *<&_\n", max_size=30), st.integers(1, 900)), max_size=6
    ),
    st.lists(st.integers(1, 600), max_size=60),
)
def test_whatever_is_said_fits_and_is_whole(said: list[tuple[str, int]], footer: list[int]) -> None:
    sentences = tuple(Sentence(text * times, f"[{n}]") for n, (text, times) in enumerate(said))
    reply = Reply(sentences, tuple("f" * length for length in footer))
    laid_out = messages(reply)
    assert [message_errors(arguments(message)) for message in laid_out] == [[]] * len(laid_out)
    shown = "".join(re.sub(r"\\(.)|\s", r"\1", markdown_of(message)) for message in laid_out)
    written = "".join("".join((s.text + s.markers).split()) for s in sentences)
    assert shown.replace("&lt;", "<") == written
    lines = [e["text"] for m in laid_out for b in m.blocks for e in b.get("elements", ())]
    assert lines == list(reply.footer)


def test_a_sentence_longer_than_a_message_is_cut_at_spaces() -> None:
    text = "word* " * 3_000
    laid_out = messages(Reply((Sentence(text, "[1]"),)))
    whole = " ".join(markdown_of(message) for message in laid_out)
    assert whole.split() == [r"word\*"] * 3_000 + ["[1]"]


def test_the_plain_form_is_whole_too() -> None:
    sentences = tuple(Sentence(f"Sentence {n} <here>.", "[1]") for n in range(300))
    laid_out = plain_messages(Reply(sentences, ("*[1]* a title",)))
    assert all(not message.blocks for message in laid_out)
    assert max(len(message.text) for message in laid_out) <= FALLBACK_CHARACTERS
    lines = [line for message in laid_out for line in message.text.split("\n")]
    assert lines == [f"Sentence {n} &lt;here&gt;. [1]" for n in range(300)] + ["*[1]* a title"]


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [("abcd", 4, "abcd"), ("abcde", 4, "abc…"), ("ab &lt; c", 6, "ab…"), ("a bc", 3, "a…")],
)
def test_shortening_keeps_entities_whole(text: str, limit: int, expected: str) -> None:
    assert shortened(text, limit) == expected


@given(st.text(alphabet="abc ", max_size=60), st.integers(1, 20))
def test_pieces_fit_and_lose_no_letter(text: str, limit: int) -> None:
    pieces = list(pieces_of(text, limit))
    assert all(len(piece) <= limit for piece in pieces)
    assert "".join(pieces).replace(" ", "") == text.replace(" ", "")
