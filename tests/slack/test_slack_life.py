"""Living with the least, reconnecting, starting again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from groundwire.interfaces.slack.manifest import REQUIRED_SCOPES
from groundwire.interfaces.slack.reception import FULL
from groundwire.interfaces.slack.routing import NOT_HERE
from groundwire.interfaces.slack.scopes import scopes_of
from tests.fakes.desk import ScriptedDesk
from tests.slack.conftest import running_bot, strict_slack
from tests.slack.fake_slack import Failure

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.slack.fake_slack import FakeSlack


def connected(slack: FakeSlack, times: int) -> bool:
    return slack.connections >= times


# -- living ----------------------------------------------------------------------------------------


def test_the_bot_works_with_the_least_scopes(tmp_path: Path) -> None:
    with (
        strict_slack(scopes=REQUIRED_SCOPES) as slack,
        running_bot(slack, desk := ScriptedDesk(), tmp_path / "r.sqlite3"),
    ):
        direct, channel = slack.channel("im"), slack.channel()
        slack.write(direct, "hello, <@U2>?")
        slack.wait_for_messages(direct)
        ts = slack.new_ts()
        slack.known(channel, ts)
        event = {"type": "app_mention", "channel": channel, "user": "U1", "ts": ts}
        slack.send({**event, "text": "<@UBOT> in a channel?"})
        slack.wait_for_posts(channel)
    assert [question for question, _ in desk.asked] == ["hello, @U2?", "in a channel?"]


def test_a_new_websocket_is_opened_when_slack_asks_or_hangs_up(
    own_slack: FakeSlack, tmp_path: Path
) -> None:
    with running_bot(own_slack, ScriptedDesk(), tmp_path / "r.sqlite3"):
        for number, interrupt in enumerate((own_slack.ask_to_reconnect, own_slack.drop), start=2):
            interrupt()
            own_slack.wait(partial(connected, own_slack, number), "a new websocket")
            channel = own_slack.channel("im")
            own_slack.write(channel, "still there?")
            own_slack.wait_for_messages(channel)


def test_a_thread_goes_on_after_a_restart(own_slack: FakeSlack, tmp_path: Path) -> None:
    channel = own_slack.channel()
    desk = ScriptedDesk()
    with running_bot(own_slack, desk, tmp_path / "r.sqlite3"):
        root = own_slack.mention(channel, "before")
        own_slack.wait_for_posts(channel)
    before = own_slack.connections
    with running_bot(own_slack, desk, tmp_path / "r.sqlite3"):
        own_slack.wait(lambda: own_slack.connections > before, "the second bot")
        own_slack.write(channel, "after", root)
        own_slack.wait_for_posts(channel, 2)
    ((_, history),) = desk.asked_about("after")
    assert [turn.text for turn in history][:1] == ["before"]


def test_a_full_queue_is_said_and_the_listed_channels_are_kept(
    own_slack: FakeSlack, tmp_path: Path
) -> None:
    busy, waiting, late, barred = (own_slack.channel() for _ in range(4))
    desk = ScriptedDesk()
    held = desk.hold("hold on")
    limits = {"workers": 1, "queue": 1, "scopes": scopes_of((busy, waiting, late))}
    with running_bot(own_slack, desk, tmp_path / "r.sqlite3", **limits):
        own_slack.mention(busy, "hold on")
        own_slack.wait(lambda: bool(desk.asked), "the first question")
        own_slack.mention(waiting, "next")
        own_slack.wait(lambda: bool(own_slack.statuses(waiting)), "the second to queue")
        own_slack.mention(late, "one too many")
        assert own_slack.wait_for_posts(late)[0]["text"] == FULL
        own_slack.mention(barred, "me too")
        assert own_slack.wait_for_posts(barred)[0]["text"] == NOT_HERE
        held.set()
        own_slack.wait_for_posts(busy)
        own_slack.wait_for_posts(waiting)
    assert [question for question, _ in desk.asked] == ["hold on", "next"]


def test_a_post_that_cannot_be_made_stops_nothing(
    own_slack: FakeSlack, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with running_bot(own_slack, ScriptedDesk(), tmp_path / "r.sqlite3"):
        gone, there = own_slack.channel(), own_slack.channel()
        own_slack.fail("chat.postMessage", Failure(error="is_archived"))
        own_slack.mention(gone, "secretword")
        own_slack.wait(lambda: "is_archived" in caplog.text, "the log")
        own_slack.mention(there, "and here?")
        own_slack.wait_for_messages(there)
    assert own_slack.posts(gone) == []
    assert "secretword" not in caplog.text
