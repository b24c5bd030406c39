"""Deliveries twice, late, in disorder, over new connections: one answer each, in order."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.fakes.desk import ScriptedDesk
from tests.slack.conftest import running_bot

if TYPE_CHECKING:
    from pathlib import Path

    from tests.slack.fake_slack import FakeSlack


def test_each_of_many_deliveries_of_a_question_counts_once(
    own_slack: FakeSlack, tmp_path: Path
) -> None:
    desk = ScriptedDesk()
    channels = [own_slack.channel() for _ in range(6)]
    with running_bot(own_slack, desk, tmp_path / "r.sqlite3") as bot:
        with own_slack.duplicated():
            for channel in channels:
                own_slack.mention(channel, f"in {channel}")
        for channel in channels:
            own_slack.wait_for_messages(channel)
        own_slack.wait_for_acks()
        assert bot.counters.counts().totals["repeated"] > 0
    assert Counter(question for question, _ in desk.asked) == {f"in {c}": 1 for c in channels}
    assert [len(own_slack.messages(channel)) for channel in channels] == [1] * len(channels)


@pytest.mark.parametrize("seed", range(4))
def test_questions_of_a_thread_that_come_in_disorder_are_answered_in_order(
    own_slack: FakeSlack, tmp_path: Path, seed: int
) -> None:
    desk = ScriptedDesk()
    channel = own_slack.channel()
    with running_bot(own_slack, desk, tmp_path / "r.sqlite3"):
        with own_slack.reordered(seed):
            root = own_slack.mention(channel, "the 0th")
            for number in range(1, 5):
                own_slack.write(channel, f"the {number}th", root)
        answers = own_slack.wait_for_messages(channel, 5)
        own_slack.wait_for_acks()
    assert [question for question, _ in desk.asked] == [f"the {n}th" for n in range(5)]
    assert len(answers) == 5


def test_what_was_said_in_a_thread_before_the_mention_is_no_question(
    own_slack: FakeSlack, tmp_path: Path
) -> None:
    desk = ScriptedDesk()
    channel = own_slack.channel()
    with running_bot(own_slack, desk, tmp_path / "r.sqlite3"):
        root = own_slack.write(channel, "People talk.")
        own_slack.write(channel, "And talk.", root)
        own_slack.wait_for_acks()
        own_slack.mention(channel, "what is it about?", root)
        own_slack.wait_for_messages(channel)
        own_slack.write(channel, "and now?", root)
        own_slack.wait_for_messages(channel, 2)
    assert [question for question, _ in desk.asked] == ["what is it about?", "and now?"]


def test_a_question_that_comes_again_after_a_restart_is_not_answered_again(
    own_slack: FakeSlack, tmp_path: Path
) -> None:
    desk = ScriptedDesk()
    channel = own_slack.channel()
    ts = own_slack.new_ts()
    event = {"type": "app_mention", "channel": channel, "user": "U1", "ts": ts, "event_ts": ts}
    event["text"] = "<@UBOT> once?"
    own_slack.known(channel, ts)
    with running_bot(own_slack, desk, tmp_path / "r.sqlite3"):
        event_id = own_slack.send(event)
        own_slack.wait_for_messages(channel)
    before = own_slack.connections
    with running_bot(own_slack, desk, tmp_path / "r.sqlite3"):
        own_slack.wait(lambda: own_slack.connections > before, "the second bot")
        own_slack.send(event, event_id=event_id, retry=1)
        own_slack.send(event, retry=1)
        own_slack.mention(channel, "another")
        own_slack.wait_for_messages(channel, 2)
        own_slack.wait_for_acks()
    assert [question for question, _ in desk.asked] == ["once?", "another"]


def test_a_lost_connection_loses_no_question(own_slack: FakeSlack, tmp_path: Path) -> None:
    desk = ScriptedDesk()
    channels = [own_slack.channel() for _ in range(8)]
    with running_bot(own_slack, desk, tmp_path / "r.sqlite3"):
        for number, channel in enumerate(channels):
            own_slack.mention(channel, f"in {channel}", user=f"U{number + 100}")
            if number % 4 == 2:
                own_slack.drop()
        for channel in channels:
            own_slack.wait_for_messages(channel, seconds=20)
        own_slack.wait_for_acks()
    assert Counter(question for question, _ in desk.asked) == {f"in {c}": 1 for c in channels}
