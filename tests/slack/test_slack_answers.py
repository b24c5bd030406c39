"""What is said: read as meant, escaped, whole, calm, posted in spite of failures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from groundwire.interfaces.slack.answering import TOO_LONG
from groundwire.interfaces.slack.routing import HELP, SHARED
from tests.fakes.desk import INJECTIONS, LETTER, SUMMIT
from tests.slack.block_rules import texts_of
from tests.slack.fake_slack import BOT_USER, Failure
from tests.slack.slack_rules import body_of, live_tokens

if TYPE_CHECKING:
    from tests.fakes.desk import ScriptedDesk
    from tests.slack.fake_slack import FakeSlack


def test_markup_is_read_as_people_meant_it(slack: FakeSlack, desk: ScriptedDesk) -> None:
    channel = slack.channel()
    slack.mention(
        channel,
        f"did <@U2> &amp; <@U9> of <#C9|news> read <https://a.example/x|this> in {channel} &lt;3?",
    )
    slack.wait_for_posts(channel)
    assert [question for question, _ in desk.asked_about(channel)] == [
        f"did @Ana & @U9 of #news read this (https://a.example/x) in {channel} <3?"
    ]


def test_an_overlong_question_is_declined_in_words(slack: FakeSlack, desk: ScriptedDesk) -> None:
    channel = slack.channel("im")
    slack.write(channel, f"{channel} " + "why " * 1_000)
    (post,) = slack.wait_for_posts(channel)
    assert post["text"] == TOO_LONG
    assert desk.asked_about(channel) == []


def test_a_message_without_words_is_told_how_to_ask(slack: FakeSlack) -> None:
    channel = slack.channel("im")
    slack.write(channel, "<>")
    assert slack.wait_for_posts(channel)[0]["text"] == HELP


@pytest.mark.parametrize("question", ["hostile", "abstain"])
def test_injections_are_inert_everywhere(slack: FakeSlack, question: str) -> None:
    channel = slack.channel("im")
    slack.write(channel, f"{question} {' '.join(INJECTIONS)}")
    (message,) = slack.wait_for_messages(channel)
    assert live_tokens(message.words) == []
    assert re.findall(r"(?<!\\)\]\(", message.body) == []


def test_silence_is_said_with_the_closest_document(slack: FakeSlack) -> None:
    channel = slack.channel()
    slack.mention(channel, "abstain, please")
    (post,) = slack.wait_for_posts(channel)
    assert body_of(post) == (
        "I found nothing about this in the documents. No document mentions “Atlantis”."
    )
    assert texts_of(post["blocks"][1]) == [
        "Closest passages:\n",
        "Xi arrives in Pyongyang · The Harbour Post · 2019-06-20 · ¶ 4",
        SUMMIT,
    ]
    assert len(post["blocks"]) == 2


def test_a_long_answer_arrives_whole_in_order_and_with_its_sources(slack: FakeSlack) -> None:
    channel = slack.channel()
    slack.mention(channel, "the long story")
    posts = slack.wait_for_posts(channel, 3)
    whole = " ".join(body_of(post) for post in posts)
    assert [int(n) for n in re.findall(r"number (\d+)", whole)] == list(range(500))
    assert [len(post["blocks"]) for post in posts] == [1, 1, 4]
    assert len({post["thread_ts"] for post in posts}) == 1


@pytest.mark.parametrize("word", ["boom", "unindexed"])
def test_an_error_is_calm_and_the_log_holds_its_number_but_no_words(
    slack: FakeSlack, word: str, caplog: pytest.LogCaptureFixture
) -> None:
    channel = slack.channel("im")
    slack.write(channel, f"{word} secretword")
    (post,) = slack.wait_for_posts(channel)
    number = re.search(r"\(error ([0-9a-f]{6})\)\.$", post["text"])
    assert number
    assert number[1] in caplog.text
    for text in (caplog.text, post["text"]):
        assert "secretword" not in text
        assert "xoxb" not in text
    assert "/home" not in post["text"]


def test_after_an_error_the_thread_goes_on(slack: FakeSlack) -> None:
    channel = slack.channel()
    root = slack.mention(channel, "boom")
    slack.wait_for_posts(channel)
    slack.write(channel, "and now?", root)
    assert SUMMIT in body_of(slack.wait_for_posts(channel, 2)[1])


def test_twenty_questions_at_once_are_each_answered_once(slack: FakeSlack) -> None:
    channels = [slack.channel("im") for _ in range(20)]
    for channel in channels:
        slack.write(channel, f"at once {channel}")
    for channel in channels:
        slack.wait_for_messages(channel)
    slack.wait_for_acks()
    assert [len(slack.messages(channel)) for channel in channels] == [1] * 20


@pytest.mark.parametrize(
    "failure",
    [
        Failure(status=429, error="ratelimited", headers={"Retry-After": "1"}),
        Failure(status=500),
    ],
    ids=["rate limit", "server error"],
)
def test_a_post_that_fails_once_is_tried_again(slack: FakeSlack, failure: Failure) -> None:
    channel = slack.channel()
    slack.fail("chat.postMessage", failure)
    slack.mention(channel, "try again?")
    slack.wait_for_posts(channel)
    assert len(slack.posts(channel)) == 1


def test_should_slack_refuse_the_layout_the_words_arrive_without_it(slack: FakeSlack) -> None:
    channel = slack.channel()
    slack.fail("chat.postMessage", Failure(error="msg_blocks_too_long"))
    slack.mention(channel, "plain words?")
    (post,) = slack.wait_for_posts(channel)
    assert not post.get("blocks")
    assert post["text"].startswith(f"{SUMMIT} [1]\n{LETTER} [2]\n*[1]* Xi arrives")


def test_a_channel_shared_with_others_gets_no_answer(slack: FakeSlack, desk: ScriptedDesk) -> None:
    channel = slack.channel()
    ts = slack.write(channel, "a root")
    event = {"type": "app_mention", "channel": channel, "user": "U1", "ts": ts}
    slack.send({**event, "text": f"<@{BOT_USER}> {channel}?"}, is_ext_shared_channel=True)
    (post,) = slack.wait_for_posts(channel)
    assert post["text"] == SHARED
    assert desk.asked_about(channel) == []
