"""Direct messages: answers that grow sentence by sentence, and what may happen to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from groundwire.interfaces.slack.answering import READING, RESTARTING
from groundwire.interfaces.slack.showing import STOPPED
from groundwire.interfaces.slack.streaming import STREAM_BYTES
from tests.fakes.desk import LETTER, SUMMIT, ScriptedDesk
from tests.slack.conftest import running_bot
from tests.slack.fake_slack import DROPPED, RATE_LIMITED, SERVER_ERROR, TEAM, Failure

if TYPE_CHECKING:
    from pathlib import Path

    from tests.slack.fake_slack import FakeSlack

FAILURES = {
    "rate limit": RATE_LIMITED,
    "server error": SERVER_ERROR,
    "dropped": DROPPED,
    "dropped after it was done": Failure(how="drop", done=True),
}
WHOLE = f"{SUMMIT} [1] {LETTER} [2]"


def test_an_answer_in_a_direct_message_is_streamed_to_its_asker_with_its_sources(
    slack: FakeSlack,
) -> None:
    channel = slack.channel("im")
    ts = slack.direct(channel, "who wrote what?")
    (message,) = slack.wait_for_messages(channel)
    assert (message.state, message.thread, message.recipient) == ("stopped", ts, "U1")
    assert message.markdown == WHOLE
    assert [block["type"] for block in message.blocks] == ["context", "actions", "context_actions"]
    assert message.blocks[0]["elements"][0]["text"].startswith("*[1]* Xi arrives")
    (start,) = slack.calls_of("chat.startStream", channel)
    assert start.args["recipient_team_id"] == TEAM
    assert start.args["markdown_text"] == f"{SUMMIT} [1]"


def test_the_first_sentence_is_shown_while_the_rest_is_written(
    own_slack: FakeSlack, tmp_path: Path
) -> None:
    with running_bot(own_slack, ScriptedDesk(), tmp_path / "r.sqlite3") as bot:
        channel = own_slack.channel("im")
        ts = own_slack.direct(channel, "begun")
        own_slack.wait(lambda: own_slack.streams(channel), "a stream")
        assert own_slack.streams(channel)[0].markdown == f"{SUMMIT} [1]"
        assert own_slack.statuses(channel)[0].args["status"] == READING
        own_slack.wait(lambda: own_slack.sessions(channel, ts), "the stop button")
        assert own_slack.sessions(channel, ts) == ["processing"]
        bot.close()
    (message,) = own_slack.messages(channel)
    assert own_slack.open_streams() == []
    assert message.markdown == f"{SUMMIT} [1]\n\n{STOPPED}"
    assert own_slack.sessions(channel, ts) == ["processing", "active"]


def test_a_long_answer_rolls_on_in_the_thread_and_is_whole(slack: FakeSlack) -> None:
    channel = slack.channel("im")
    slack.direct(channel, "the long story")
    messages = slack.wait_for_messages(channel, 4)
    slack.wait(lambda: messages[-1].blocks, "the footer")
    assert all(0 < len(m.markdown.encode()) <= STREAM_BYTES for m in messages)
    numbers = re.findall(r"number (\d+)", " ".join(m.markdown for m in messages))
    assert [int(number) for number in numbers] == list(range(500))
    assert all(m.markdown.endswith("[1]") for m in messages)
    assert [bool(m.blocks) for m in messages] == [False, False, False, True]
    assert len({m.thread for m in messages}) == 1


def test_a_stream_that_slack_ended_is_replaced_by_the_whole_answer(
    own_slack: FakeSlack, tmp_path: Path
) -> None:
    desk = ScriptedDesk()
    with running_bot(own_slack, desk, tmp_path / "r.sqlite3"):
        channel = own_slack.channel("im")
        held = desk.hold_after_first("slow")
        own_slack.direct(channel, "slow")
        own_slack.wait(lambda: own_slack.streams(channel), "a stream")
        own_slack.kill_streams(channel)
        held.set()
        own_slack.wait(lambda: own_slack.messages(channel)[0].edits, "the whole answer")
    (message,) = own_slack.messages(channel)
    assert message.body == WHOLE
    assert [block["type"] for block in message.blocks] == [
        *("markdown", "context", "actions", "context_actions")
    ]


@pytest.mark.parametrize("error", ["channel_type_not_supported", "internal_error", "not_allowed"])
def test_where_a_stream_cannot_be_opened_the_answer_is_posted(slack: FakeSlack, error: str) -> None:
    channel = slack.channel("im")
    slack.fail("chat.startStream", Failure(error=error))
    slack.direct(channel, "cannot stream")
    (message,) = slack.wait_for_messages(channel)
    assert (message.state, message.body) == ("posted", WHOLE)


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES.keys())
@pytest.mark.parametrize("method", ["chat.appendStream", "chat.stopStream", "chat.update"])
def test_a_call_that_fails_once_neither_loses_nor_doubles_a_sentence(
    own_slack: FakeSlack, tmp_path: Path, method: str, failure: Failure
) -> None:
    desk = ScriptedDesk()
    with running_bot(own_slack, desk, tmp_path / "r.sqlite3"):
        channel = own_slack.channel("im")
        held = desk.hold_after_first("slow", sentences=3)
        own_slack.fail(method, failure)
        own_slack.direct(channel, "slow")
        own_slack.wait(lambda: own_slack.streams(channel), "a stream")
        if method == "chat.update":
            own_slack.kill_streams(channel)
        held.set()
        own_slack.wait(lambda: len(_blocks(own_slack, channel)) >= 3, "the footer", 15)
    (message,) = own_slack.messages(channel)
    assert [int(number) for number in re.findall(r"number (\d+)", message.body)] == [0, 1, 2]
    assert own_slack.open_streams() == []
    if failure.done and method == "chat.stopStream":  # nobody knows, so it is tried once more
        assert own_slack.violations == ["chat.stopStream: a stream was used after its end"]
        own_slack.violations.clear()


def test_who_presses_stop_hears_nothing_more(own_slack: FakeSlack, tmp_path: Path) -> None:
    desk = ScriptedDesk()
    with running_bot(own_slack, desk, tmp_path / "r.sqlite3"):
        channel = own_slack.channel("im")
        root = own_slack.direct(channel, "begun")
        own_slack.wait(lambda: own_slack.streams(channel), "a stream")
        own_slack.stop(channel, root)
        own_slack.wait(lambda: "active" in own_slack.sessions(channel, root), "the session")
        own_slack.direct(channel, "and then?", root)
        messages = own_slack.wait_for_messages(channel, 2)
    assert [message.body for message in messages] == [f"{SUMMIT} [1]", WHOLE]
    assert messages[0].edits == 0
    assert not own_slack.calls_of("chat.update", channel)


def test_who_presses_stop_before_the_first_sentence_hears_nothing(
    own_slack: FakeSlack, tmp_path: Path
) -> None:
    with running_bot(own_slack, ScriptedDesk(), tmp_path / "r.sqlite3"):
        channel = own_slack.channel()
        root = own_slack.mention(channel, "endless")
        own_slack.wait(lambda: own_slack.statuses(channel), "a status")
        own_slack.stop(channel, root)
        own_slack.wait(lambda: "active" in own_slack.sessions(channel, root), "the session")
        own_slack.mention(channel, "and then?", root)
        (message,) = own_slack.wait_for_messages(channel)
    assert message.body == WHOLE


@pytest.mark.parametrize(
    ("mode", "kind", "streamed"),
    [
        ("stream", "channel", True),
        ("post", "im", False),
        ("auto", "channel", False),
        ("auto", "im", True),
    ],
)
def test_the_mode_says_where_answers_are_streamed(
    own_slack: FakeSlack, tmp_path: Path, mode: str, kind: str, *, streamed: bool
) -> None:
    with running_bot(own_slack, ScriptedDesk(), tmp_path / "r.sqlite3", reply_mode=mode):
        channel = own_slack.channel(kind)
        own_slack.mention(channel, "how?")
        (message,) = own_slack.wait_for_messages(channel)
    assert (message.streamed, message.body) == (streamed, WHOLE)


def test_a_silence_is_posted_and_has_no_buttons(slack: FakeSlack) -> None:
    channel = slack.channel("im")
    slack.direct(channel, "abstain")
    (message,) = slack.wait_for_messages(channel)
    assert message.state == "posted"
    assert [block["type"] for block in message.blocks] == ["markdown", "rich_text"]


def test_restarting_is_said_where_nothing_was_shown_yet(
    own_slack: FakeSlack, tmp_path: Path
) -> None:
    with running_bot(own_slack, ScriptedDesk(), tmp_path / "r.sqlite3"):
        channel = own_slack.channel("im")
        own_slack.direct(channel, "endless")
        own_slack.wait(lambda: own_slack.statuses(channel), "a status")
    assert [message.text for message in own_slack.messages(channel)] == [RESTARTING]


def _blocks(slack: FakeSlack, channel: str) -> list[object]:
    return [block for message in slack.messages(channel) for block in message.blocks]
