"""Living with the least, reconnecting, restarting, stopping."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from groundwire.interfaces.slack.answering import RESTARTING
from groundwire.interfaces.slack.manifest import REQUIRED_SCOPES
from groundwire.interfaces.slack.reception import FULL
from groundwire.interfaces.slack.routing import NOT_HERE
from tests.fakes.desk import ScriptedDesk
from tests.slack.conftest import running_bot, strict_slack
from tests.slack.fake_slack import BOT_TOKEN, Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.slack.fake_slack import FakeSlack

WRONG = "xoxb-wrong"
ROOT = Path(__file__).parents[2]


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
        slack.wait_for_posts(direct)
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
            own_slack.wait_for_posts(channel)


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
    limits = {"workers": 1, "queue": 1, "channels": (busy, waiting, late)}
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
        gone, there = own_slack.channel("im"), own_slack.channel("im")
        own_slack.fail("chat.postMessage", Failure(error="is_archived"))
        own_slack.write(gone, "secretword")
        own_slack.wait(lambda: "is_archived" in caplog.text, "the log")
        own_slack.write(there, "and here?")
        own_slack.wait_for_posts(there)
    assert own_slack.posts(gone) == []
    assert "secretword" not in caplog.text


# -- stopping --------------------------------------------------------------------------------------


@contextmanager
def bot_process(
    slack: FakeSlack, tmp_path: Path, token: str = BOT_TOKEN
) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.slack.bot_process", slack.api_url, token]
    with (
        (tmp_path / "log").open("w") as log,
        subprocess.Popen(
            [*command, str(tmp_path / "r.sqlite3")],
            cwd=ROOT,
            env={"HOME": str(tmp_path), "SLACK_BOT_TOKEN": "xoxb-of-another-app"},
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_process_in_order_and_tells_who_waits(
    own_slack: FakeSlack, tmp_path: Path, number: signal.Signals
) -> None:
    first, second, third = (own_slack.channel("im") for _ in range(3))
    with bot_process(own_slack, tmp_path) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready as groundwire\n"
        for channel in (first, second, third):
            own_slack.write(channel, "endless secretword")
            own_slack.wait(partial(own_slack.statuses, channel), "a status")
        process.send_signal(number)
        assert process.wait(10) == 0
        assert process.stdout.read() == "stopped\n"
    for channel in (first, second, third):
        assert [post["text"] for post in own_slack.posts(channel)] == [RESTARTING]
    log = (tmp_path / "log").read_text()
    assert "Traceback" not in log
    assert "secretword" not in log
    assert "xoxb" not in log


def test_a_process_with_a_bad_token_prints_one_line_and_exits_1(
    own_slack: FakeSlack, tmp_path: Path
) -> None:
    with bot_process(own_slack, tmp_path, WRONG) as process:
        output, _ = process.communicate(timeout=10)
    assert output == "Slack refused SLACK_BOT_TOKEN: invalid_auth\n"
    assert process.returncode == 1
    assert (tmp_path / "log").read_text() == ""
