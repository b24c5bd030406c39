"""Questions and answers over a real websocket: channels, threads, direct messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from groundwire.interfaces.slack.answering import READING, WRITING
from groundwire.interfaces.slack.routing import HELP
from tests.fakes.desk import LETTER, SUMMIT
from tests.slack.fake_slack import BOT_ID, BOT_USER, Failure

if TYPE_CHECKING:
    from tests.fakes.desk import ScriptedDesk
    from tests.slack.fake_slack import FakeSlack


def test_a_mention_is_answered_in_its_thread_with_citations_and_sources(slack: FakeSlack) -> None:
    channel = slack.channel()
    ts = slack.mention(channel, "what share of trade?")
    (post,) = slack.wait_for_posts(channel)
    assert post["thread_ts"] == ts
    *said, evidence, feedback = post["blocks"]
    assert [element["action_id"] for element in evidence["elements"]] == ["evidence"]
    assert [element["action_id"] for element in feedback["elements"]] == ["feedback"]
    assert said == [
        {"type": "markdown", "text": f"{SUMMIT} [1] {LETTER} [2]"},
        {
            "type": "context",
            "elements": [
                {
                    "type": "mrkdwn",
                    "verbatim": True,
                    "text": "*[1]* Xi arrives in Pyongyang · The Harbour Post · 2019-06-20 · ¶ 4",
                },
                {
                    "type": "mrkdwn",
                    "verbatim": True,
                    "text": "*[2]* A letter from Kim · Meridian Wire · 2019-06-23 · ¶ 4",
                },
            ],
        },
    ]
    assert post["text"] == f"{SUMMIT} [1] {LETTER} [2]"
    assert post["unfurl_links"] is False
    assert post["unfurl_media"] is False


def test_the_status_comes_at_once_and_never_after_the_answer(slack: FakeSlack) -> None:
    channel = slack.channel()
    slack.mention(channel, "what is shown meanwhile?")
    slack.wait_for_posts(channel)
    shown = slack.statuses(channel)
    assert shown[0].args["status"] == READING
    assert shown[-1].args["status"] == WRITING
    (posted,) = (
        call.at
        for call in slack.calls
        if call.method == "chat.postMessage" and call.args["channel"] == channel
    )
    assert all(call.at < posted for call in shown)


def test_a_status_that_fails_does_not_matter(slack: FakeSlack) -> None:
    channel = slack.channel()
    failure = Failure(status=429, error="ratelimited", headers={"Retry-After": "30"})
    slack.fail("assistant.threads.setStatus", failure, failure)
    slack.mention(channel, "does a status matter?")
    assert slack.wait_for_posts(channel, seconds=3)


def test_a_mention_inside_a_thread_is_answered_there(slack: FakeSlack) -> None:
    channel = slack.channel()
    root = slack.write(channel, "People talk.")
    slack.mention(channel, "what do the documents say?", root)
    (post,) = slack.wait_for_posts(channel)
    assert post["thread_ts"] == root


def test_a_direct_message_needs_no_mention_and_opens_a_thread(slack: FakeSlack) -> None:
    channel = slack.channel("im")
    ts = slack.write(channel, "who wrote the letter?")
    (message,) = slack.wait_for_messages(channel)
    assert message.thread == ts
    assert SUMMIT in message.body


@pytest.mark.parametrize("kind", ["channel", "group", "mpim"])
def test_a_thread_goes_on_without_a_mention_and_with_its_history(
    slack: FakeSlack, desk: ScriptedDesk, kind: str
) -> None:
    channel = slack.channel(kind)
    root = slack.mention(channel, f"first of {kind} {channel}")
    slack.wait_for_posts(channel)
    slack.write(channel, f"second of {kind} {channel}", root)
    posts = slack.wait_for_posts(channel, 2)
    assert posts[1]["thread_ts"] == root
    ((_, history),) = desk.asked_about(f"second of {kind} {channel}")
    assert [(turn.role, turn.text) for turn in history] == [
        ("user", f"first of {kind} {channel}"),
        ("assistant", f"{SUMMIT} [1] {LETTER} [2]"),
    ]


def test_a_direct_thread_has_its_own_history(slack: FakeSlack, desk: ScriptedDesk) -> None:
    channel = slack.channel("im")
    root = slack.write(channel, f"first in {channel}")
    slack.wait_for_messages(channel)
    slack.write(channel, f"reply in {channel}", root)
    slack.write(channel, f"other topic in {channel}")
    slack.wait_for_messages(channel, 3)
    ((_, history),) = desk.asked_about(f"reply in {channel}")
    assert [turn.text for turn in history][:1] == [f"first in {channel}"]
    assert desk.asked_about(f"other topic in {channel}") == [(f"other topic in {channel}", ())]


def test_the_desk_is_told_the_last_ten_turns(slack: FakeSlack, desk: ScriptedDesk) -> None:
    channel = slack.channel("im")
    root = slack.write(channel, "turn 0")
    for n in range(1, 7):
        slack.wait_for_messages(channel, n)
        slack.write(channel, f"turn {n} of {channel}", root)
    slack.wait_for_messages(channel, 7)
    ((_, history),) = desk.asked_about(f"turn 6 of {channel}")
    assert len(history) == 10
    assert history[0].text == f"turn 1 of {channel}"


def test_a_follow_up_before_the_first_answer_is_answered_after_it(
    slack: FakeSlack, desk: ScriptedDesk
) -> None:
    channel = slack.channel()
    held = desk.hold(f"opening {channel}")
    root = slack.mention(channel, f"opening {channel}")
    slack.wait(lambda: bool(desk.asked_about(f"opening {channel}")), "the first question")
    slack.write(channel, f"sequel {channel}", root)
    slack.write(channel, f"finale {channel}", root)
    slack.wait_for_acks()
    held.set()
    slack.wait_for_posts(channel, 3)
    asked = [question for question, _ in desk.asked_about(channel)]
    assert asked == [f"opening {channel}", f"sequel {channel}", f"finale {channel}"]


def test_nothing_is_said_where_nobody_asked(slack: FakeSlack, desk: ScriptedDesk) -> None:
    channel = slack.channel()
    root = slack.write(channel, f"idle talk {channel}")
    slack.write(channel, f"more idle talk {channel}", root)
    engaged = slack.mention(channel, f"asked {channel}")
    slack.wait_for_posts(channel)
    ignored: list[dict[str, Any]] = [
        {"user": BOT_USER},
        {"bot_id": "BOTHER"},
        {"bot_id": BOT_ID},
        {"user": "USLACKBOT"},
        {"subtype": "message_changed"},
        {"subtype": "channel_join"},
        {"edited": {"user": "U1", "ts": "1"}},
    ]
    for fields in ignored:
        slack.write(channel, f"ignored {channel}", engaged, **fields)
    slack.write(channel, " ", engaged)
    slack.write(channel, f"answered {channel}", engaged)
    slack.wait_for_posts(channel, 2)
    slack.wait_for_acks()
    asked = [question for question, _ in desk.asked_about(channel)]
    assert asked == [f"asked {channel}", f"answered {channel}"]
    assert len(slack.posts(channel)) == 2


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast"])
def test_a_message_with_a_file_or_sent_to_the_channel_too_counts(
    slack: FakeSlack, subtype: str
) -> None:
    channel = slack.channel()
    root = slack.mention(channel, "a question")
    slack.wait_for_posts(channel)
    slack.write(channel, "another", root, subtype=subtype)
    assert len(slack.wait_for_posts(channel, 2)) == 2


def test_repeated_deliveries_are_answered_once(slack: FakeSlack, desk: ScriptedDesk) -> None:
    channel = slack.channel("im")
    ts = slack.new_ts()
    event = {
        "type": "message",
        "channel_type": "im",
        "channel": channel,
        "user": "U1",
        "text": f"once {channel}",
        "ts": slack.write(channel, f"once {channel}", ts=ts),
    }
    event_id = slack.send(event)
    slack.send(event, event_id=event_id, retry=1)
    slack.send(event, event_id=event_id, retry=2)
    slack.write(channel, f"afterwards {channel}")
    slack.wait_for_messages(channel, 2)
    slack.wait_for_acks()
    asked = sorted(question for question, _ in desk.asked_about(channel))
    assert asked == [f"afterwards {channel}", f"once {channel}"]


def test_a_bare_mention_is_told_how_to_ask(slack: FakeSlack) -> None:
    channel = slack.channel()
    ts = slack.mention(channel, "")
    (post,) = slack.wait_for_posts(channel)
    assert (post["text"], post["thread_ts"]) == (HELP, ts)
