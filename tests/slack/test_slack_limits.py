"""The bot at each of Slack's limits and one beyond: what it makes is always taken, and whole."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from groundwire.domain.documents import DocumentId, DocumentInfo
from groundwire.interfaces.render.lines import plain
from groundwire.interfaces.slack import limits, modals, privately, rich, streaming, suggestions
from groundwire.interfaces.slack.answering import TOO_LONG
from groundwire.interfaces.slack.buttons import Buttons, button_blocks
from groundwire.interfaces.slack.outgoing import (
    Reply,
    Sentence,
    messages,
    plain_messages,
)
from groundwire.interfaces.slack.routing import Place
from groundwire.interfaces.slack.threads import THREAD_MESSAGES, replies_of
from tests.slack import block_rules, element_rules, fake_methods, fake_workspace, slack_rules
from tests.slack.block_rules import SHOWN_IN_MESSAGES, block_errors
from tests.slack.fake_slack import BOT_TOKEN, TEAM
from tests.slack.fake_views import view_errors
from tests.slack.slack_rules import message_errors

if TYPE_CHECKING:
    from tests.fakes.desk import ScriptedDesk
    from tests.slack.fake_slack import FakeSlack

NUMBERS = {
    "blocks": (limits.BLOCKS_PER_MESSAGE, slack_rules.BLOCKS),
    "all text": (limits.MESSAGE_CHARACTERS, slack_rules.ALL_TEXT),
    "markdown": (limits.MESSAGE_CHARACTERS, block_rules.MARKDOWN_BLOCK),
    "markdown text": (limits.MESSAGE_CHARACTERS, slack_rules.MARKDOWN_TEXT),
    "context elements": (limits.CONTEXT_ELEMENTS, block_rules.CONTEXT_ELEMENTS),
    "context text": (limits.SOURCE_CHARACTERS, block_rules.TEXT_OBJECT),
    "text": (limits.FALLBACK_CHARACTERS, slack_rules.UPDATED_TEXT),
    "stream": (streaming.STREAM_BYTES, slack_rules.STREAMED_BYTES),
    "stream piece": (streaming.FLUSH_CHARACTERS, slack_rules.MARKDOWN_TEXT),
    "options": (modals.OPTIONS, element_rules.OPTIONS["static_select"]),
    "input": (modals.REASON_CHARACTERS, element_rules.INPUT_CHARACTERS),
    "rich text": (rich.RICH_CHARACTERS, block_rules.TEXT_OBJECT),
    "prompts": (suggestions.PROMPTS, fake_methods.PROMPTS),
    "answers to an interaction": (privately.RESPONSES, fake_workspace.RESPONSES),
}


@pytest.mark.parametrize(("ours", "slacks"), NUMBERS.values(), ids=NUMBERS.keys())
def test_our_numbers_are_within_slacks(ours: int, slacks: int) -> None:
    assert 0 < ours <= slacks


def arguments(reply: Reply) -> list[dict[str, Any]]:
    return [{"text": m.text, "blocks": list(m.blocks)} for m in messages(reply)]


@pytest.mark.parametrize(("over", "parts"), [(0, 1), (1, 2)])
def test_a_message_is_full_at_its_limit_and_not_before(over: int, parts: int) -> None:
    footer = "s" * limits.SOURCE_CHARACTERS
    body = "x" * (limits.MESSAGE_CHARACTERS - len(footer) + over)
    laid_out = arguments(Reply((Sentence(body),), (footer,)))
    assert [message_errors(message) for message in laid_out] == [[]] * parts
    texts = "".join(
        text for message in laid_out for text in block_rules.texts_of(message["blocks"])
    )
    assert (texts.count("x"), texts.count("s")) == (len(body), len(footer))


@pytest.mark.parametrize(("over", "parts"), [(0, 1), (1, 2)])
def test_plain_text_is_full_at_its_limit_and_not_before(over: int, parts: int) -> None:
    words = "x" * (limits.FALLBACK_CHARACTERS + over)
    plain = plain_messages(Reply((Sentence(words),)))
    assert [len(message.text) <= slack_rules.UPDATED_TEXT for message in plain] == [True] * parts
    assert sum(message.text.count("x") for message in plain) == len(words)


@pytest.mark.parametrize(("over", "blocks"), [(0, 1), (1, 2)])
def test_sources_fill_a_block_before_the_next_begins(over: int, blocks: int) -> None:
    footer = tuple(f"source {n}" for n in range(limits.CONTEXT_ELEMENTS + over))
    (message,) = arguments(Reply((Sentence("x"),), footer))
    assert message_errors(message) == []
    assert [block["type"] for block in message["blocks"][1:]] == ["context"] * blocks


@pytest.mark.parametrize("over", [0, 1])
def test_the_menu_of_sources_fits(over: int) -> None:
    choices = [
        modals.Choice("s" * (element_rules.OPTION + over), f"c{n}")
        for n in range(modals.OPTIONS + over)
    ]
    block = rich.rich_lines([plain("x" * (rich.RICH_CHARACTERS + over))])
    view = modals.evidence_view([block], choices, "c0", {"answer": "a"})
    assert view_errors(view) == []
    options = view["blocks"][0]["elements"][0]["options"]
    assert len(options) == modals.OPTIONS
    assert {len(option["text"]["text"]) for option in options} == {element_rules.OPTION}
    (text,) = rich.texts_in(block)
    assert len(text) == rich.RICH_CHARACTERS
    assert text.endswith("…" if over else "x")


def test_the_modal_for_the_reason_and_the_buttons_fit() -> None:
    assert view_errors(modals.reason_view("a" * 32, {"channel": "C1"})) == []
    blocks = button_blocks(Buttons("a" * 32, share=True))
    assert block_errors(blocks, SHOWN_IN_MESSAGES) == []


@pytest.mark.parametrize("over", [0, 1])
def test_as_many_questions_are_suggested_as_slack_shows(slack: FakeSlack, over: int) -> None:
    from slack_sdk import WebClient

    infos = [
        DocumentInfo(
            DocumentId(f"d{n}"), f"{n}.md", "t" * 200, f"o{n}", "", date(2020, 1, 1), "", 9, 1
        )
        for n in range(suggestions.PROMPTS + over)
    ]
    found = [{"title": t, "message": m} for t, m in suggestions.suggested(infos)]
    assert len(found) == suggestions.PROMPTS
    channel = slack.channel("im")
    client = WebClient(token=BOT_TOKEN, base_url=slack.api_url)
    client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=found)
    assert [each["prompts"] for each in slack.prompts(channel)] == [found]


@pytest.mark.parametrize("over", [0, 1])
def test_a_thread_is_read_up_to_its_limit(slack: FakeSlack, over: int) -> None:
    from slack_sdk import WebClient

    channel = slack.channel()
    slack.known(channel, "7.0", "0")
    for n in range(1, THREAD_MESSAGES + over):
        slack.known(channel, f"8.{n:05}", str(n), thread="7.0")
    client = WebClient(token=BOT_TOKEN, base_url=slack.api_url)
    read = [m["text"] for m in replies_of(client, Place(TEAM, channel, "7.0"))]
    assert read == [str(n) for n in range(THREAD_MESSAGES)]


@pytest.mark.parametrize("over", [0, 1])
def test_a_question_may_be_as_long_as_is_said(
    slack: FakeSlack, desk: ScriptedDesk, over: int
) -> None:
    channel = slack.channel()
    room = limits.QUESTION_CHARACTERS + over - len(channel) - 1
    slack.mention(channel, f"{channel} {'x' * room}")
    (message,) = slack.wait_for_messages(channel)
    assert (message.text == TOO_LONG) == bool(over)
    assert len(desk.asked_about(channel)) == 1 - over
