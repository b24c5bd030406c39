"""Whether the fake Slack knows Slack's limits: each at its last good value and one beyond."""

from __future__ import annotations

from typing import Any

import pytest

from tests.slack.block_rules import SHOWN_IN_MESSAGES, SHOWN_IN_MODALS, block_errors, texts_of
from tests.slack.fake_views import view_errors
from tests.slack.slack_rules import live_tokens, message_errors

Json = dict[str, Any]


def plain(length: int) -> Json:
    return {"type": "plain_text", "text": "x" * length}


def mrkdwn(length: int) -> Json:
    return {"type": "mrkdwn", "text": "x" * length}


def button(text: int = 1, **changed: Any) -> Json:  # noqa: ANN401  any field
    return {"type": "button", "action_id": "a", "text": plain(text), **changed}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def numbered(count: int) -> list[Json]:
    return [button(action_id=f"a{n}") for n in range(count)]


def select(count: int, text: int = 1, value: int = 1) -> Json:
    option = {"text": plain(text), "value": "v" * value}
    return {"type": "static_select", "action_id": "a", "options": [option] * count}


def feedback(text: int = 1, value: int = 1) -> Json:
    half = {"text": plain(text), "value": "v" * value}
    element = {"type": "feedback_buttons", "action_id": "f", "positive_button": half}
    return {"type": "context_actions", "elements": [{**element, "negative_button": half}]}


def icon(name: str) -> Json:
    return {"type": "icon_button", "action_id": name, "icon": "trash", "text": plain(1)}


def entry(limit: int = 10, label: int = 1) -> Json:
    element = {"type": "plain_text_input", "action_id": "i", "max_length": limit}
    return {"type": "input", "label": plain(label), "element": element}


LIMITS = {
    "section": (3_000, lambda n: {"type": "section", "text": mrkdwn(n)}),
    "section fields": (10, lambda n: {"type": "section", "fields": [mrkdwn(1)] * n}),
    "section field": (2_000, lambda n: {"type": "section", "fields": [mrkdwn(n)]}),
    "header": (150, lambda n: {"type": "header", "text": plain(n)}),
    "context elements": (10, lambda n: {"type": "context", "elements": [mrkdwn(1)] * n}),
    "context text": (3_000, lambda n: {"type": "context", "elements": [mrkdwn(n)]}),
    "context actions": (
        5,
        lambda n: {"type": "context_actions", "elements": [icon(f"i{k}") for k in range(n)]},
    ),
    "actions": (25, lambda n: actions(*numbered(n))),
    "markdown": (12_000, lambda n: {"type": "markdown", "text": "x" * n}),
    "button text": (75, lambda n: actions(button(n))),
    "button value": (2_000, lambda n: actions(button(value="v" * n))),
    "button url": (3_000, lambda n: actions(button(url="u" * n))),
    "action id": (255, lambda n: actions(button(action_id="a" * n))),
    "block id": (255, lambda n: {"type": "divider", "block_id": "b" * n}),
    "feedback text": (75, lambda n: feedback(text=n)),
    "feedback value": (2_000, lambda n: feedback(value=n)),
    "options": (100, lambda n: actions(select(n))),
    "option text": (75, lambda n: actions(select(1, text=n))),
    "option value": (150, lambda n: actions(select(1, value=n))),
    "input": (3_000, entry),
    "input label": (2_000, lambda n: entry(label=n)),
    "table rows": (100, lambda n: {"type": "table", "rows": [[plain(1)]] * n}),
    "table columns": (20, lambda n: {"type": "table", "rows": [[plain(1)] * n]}),
}


@pytest.mark.parametrize(("limit", "block"), LIMITS.values(), ids=LIMITS.keys())
def test_a_block_may_reach_its_limit_and_not_pass_it(limit: int, block: Any) -> None:  # noqa: ANN401  a maker of blocks
    assert block_errors([block(limit)], SHOWN_IN_MESSAGES) == []
    assert len(set(block_errors([block(limit + 1)], SHOWN_IN_MESSAGES))) == 1


MESSAGES = {
    "blocks": (50, lambda n: {"text": "x", "blocks": [{"type": "divider"}] * n}),
    "all text": (
        12_000,
        lambda n: {
            "text": "x",
            "blocks": [
                {"type": "markdown", "text": "x" * 9_500},
                {"type": "context", "elements": [mrkdwn(n - 9_500)]},
            ],
        },
    ),
    "text": (40_000, lambda n: {"text": "x" * n}),
    "markdown text": (12_000, lambda n: {"markdown_text": "x" * n}),
}


@pytest.mark.parametrize(("limit", "message"), MESSAGES.values(), ids=MESSAGES.keys())
def test_a_message_may_reach_its_limit_and_not_pass_it(limit: int, message: Any) -> None:  # noqa: ANN401  a maker of messages
    assert message_errors(message(limit)) == []
    assert len(message_errors(message(limit + 1))) == 1


def modal(**changed: Any) -> Json:  # noqa: ANN401  any field
    return {"type": "modal", "title": plain(5), "blocks": [{"type": "divider"}], **changed}


VIEWS = {
    "title": (24, lambda n: modal(title=plain(n))),
    "submit": (24, lambda n: modal(submit=plain(n))),
    "close": (24, lambda n: modal(close=plain(n))),
    "private metadata": (3_000, lambda n: modal(private_metadata="x" * n)),
    "callback id": (255, lambda n: modal(callback_id="x" * n)),
    "blocks": (100, lambda n: modal(blocks=[{"type": "divider"}] * n)),
}


@pytest.mark.parametrize(("limit", "view"), VIEWS.values(), ids=VIEWS.keys())
def test_a_modal_may_reach_its_limit_and_not_pass_it(limit: int, view: Any) -> None:  # noqa: ANN401  a maker of views
    assert view_errors(view(limit)) == []
    assert len(view_errors(view(limit + 1))) == 1


@pytest.mark.parametrize(
    "block",
    [
        {"type": "section", "text": plain(0)},
        {"type": "section"},
        {"type": "header", "text": mrkdwn(1)},
        {"type": "context", "elements": [button()]},
        {"type": "actions", "elements": [{"type": "plain_text_input", "action_id": "a"}]},
        {"type": "actions", "elements": [button(), button()]},
        {"type": "actions", "elements": [{"type": "button", "text": plain(1)}]},
        {"type": "actions", "elements": [button(style="loud")]},
        {"type": "nothing"},
    ],
)
def test_what_slack_does_not_know_is_found(block: Json) -> None:
    assert block_errors([block], SHOWN_IN_MESSAGES)


def test_some_blocks_are_for_messages_alone() -> None:
    for block in ({"type": "markdown", "text": "x"}, feedback()):
        assert block_errors([block], SHOWN_IN_MESSAGES) == []
        assert block_errors([block], SHOWN_IN_MODALS)


def test_a_modal_with_inputs_needs_something_to_submit_them() -> None:
    assert view_errors(modal(blocks=[entry()]))
    assert view_errors(modal(blocks=[entry()], submit=plain(4))) == []


def test_markdown_text_stands_alone() -> None:
    assert message_errors({"markdown_text": "x", "text": "x"}) == ["markdown_text_conflict"]
    assert message_errors({"blocks": []}) == ["no text for those who see no blocks"]


def test_every_text_of_a_block_is_found_and_only_marked_up_ones_can_be_live() -> None:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "<!here>"}}
    section["accessory"] = button(text=1) | {"text": {"type": "plain_text", "text": "<!all>"}}
    words = {"type": "text", "text": "<@U1>"}
    rich = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [words]}]}
    assert texts_of([section, rich]) == ["<!here>", "<!all>", "<@U1>"]
    assert live_tokens({"text": "<@U2>", "blocks": [section, rich]}) == ["<@U2>", "<!here>"]
