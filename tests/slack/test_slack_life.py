"""Starting, checking, reconnecting, restarting, stopping."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.fakes.desk import ScriptedDesk
from tests.slack.conftest import options_for, running_bot, strict_slack
from tests.slack.fake_slack import APP_TOKEN, BOT_TOKEN, Failure

from groundwire.domain.errors import SettingsError
from groundwire.interfaces.slack.answering import RESTARTING
from groundwire.interfaces.slack.app import build_bot
from groundwire.interfaces.slack.check import check
from groundwire.interfaces.slack.errors import SlackRefusedError, SlackUnreachableError
from groundwire.interfaces.slack.manifest import REQUIRED_SCOPES
from groundwire.interfaces.slack.reception import FULL
from groundwire.interfaces.slack.routing import NOT_HERE
from groundwire.interfaces.slack.websocket import serve
from groundwire.records.conversations import Conversations
from groundwire.records.database import open_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.slack.fake_slack import FakeSlack

WRONG = "xoxb-wrong"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Conversations]:
    with open_database(tmp_path / "r.sqlite3") as database:
        yield Conversations(database)


# -- starting --------------------------------------------------------------------------------------


def test_a_wrong_bot_token_is_one_line_without_the_token(
    slack: FakeSlack, records: Conversations
) -> None:
    options = options_for(slack, bot_token=WRONG)
    with pytest.raises(SlackRefusedError) as caught:
        build_bot(ScriptedDesk(), records, options)
    assert str(caught.value) == "Slack refused SLACK_BOT_TOKEN: invalid_auth"
    assert caught.value.exit_code == 1
    assert WRONG not in repr(options)


def test_a_wrong_app_token_is_one_line(slack: FakeSlack, records: Conversations) -> None:
    bot = build_bot(ScriptedDesk(), records, options_for(slack, app_token=WRONG))
    with pytest.raises(SlackRefusedError, match=r"^Slack refused SLACK_APP_TOKEN: invalid_auth$"):
        bot.connect()
    bot.close()


@pytest.mark.parametrize("missing", ["bot_token", "app_token"])
def test_a_missing_token_names_its_setting(
    slack: FakeSlack, records: Conversations, missing: str
) -> None:
    with pytest.raises(SettingsError, match=f"^SLACK_{missing.upper()} is not set$"):
        build_bot(ScriptedDesk(), records, options_for(slack, **{missing: ""}))


def test_variables_of_another_kind_of_app_are_refused(
    slack: FakeSlack, records: Conversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "s")
    with pytest.raises(SettingsError, match="SLACK_CLIENT_ID"):
        build_bot(ScriptedDesk(), records, options_for(slack))


def test_tokens_in_the_environment_are_not_used_in_place_of_the_given_ones(
    slack: FakeSlack, records: Conversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-of-another-app")
    bot = build_bot(ScriptedDesk(), records, options_for(slack))
    assert bot.app.client.token == BOT_TOKEN
    bot.close()


def test_a_web_api_that_is_not_there_is_unreachable(records: Conversations) -> None:
    class Nowhere:
        api_url = "http://127.0.0.1:9/api/"

    with pytest.raises(SlackUnreachableError, match="Web API"):
        build_bot(ScriptedDesk(), records, options_for(Nowhere()))


def test_a_websocket_that_does_not_open_is_an_error(records: Conversations) -> None:
    with strict_slack(dead_socket=True) as slack:
        options = options_for(slack)
        bot = build_bot(ScriptedDesk(), records, options)
        with pytest.raises(SlackUnreachableError, match=r"^Slack's websocket cannot be reached$"):
            serve(bot.app, options)
        bot.close()
        found = check(options)
    assert [(f.check, f.status) for f in found] == [
        ("SLACK_BOT_TOKEN", "ok"),
        ("scopes", "ok"),
        ("SLACK_APP_TOKEN", "problem"),
    ]


# -- checking --------------------------------------------------------------------------------------


def test_check_finds_nothing_wrong_where_nothing_is(slack: FakeSlack) -> None:
    found = check(options_for(slack))
    assert [(f.check, f.status, f.message) for f in found] == [
        ("SLACK_BOT_TOKEN", "ok", "signed in as @groundwire in The Desk"),
        ("scopes", "ok", "all 8 scopes of the manifest are there"),
        ("SLACK_APP_TOKEN", "ok", "the websocket opens"),
    ]


def test_check_tells_swapped_tokens_and_their_fix(slack: FakeSlack) -> None:
    found = check(options_for(slack, bot_token=APP_TOKEN, app_token=BOT_TOKEN))
    assert [f.status for f in found] == ["problem", "problem"]
    assert all("not_allowed_token_type" in f.message for f in found)
    assert all("xoxb-" in f.fix for f in found)


def test_check_without_tokens_is_one_problem(slack: FakeSlack) -> None:
    (found,) = check(options_for(slack, bot_token=""))
    assert (found.status, found.message) == ("problem", "SLACK_BOT_TOKEN is not set")
    assert "groundwire slack manifest" in found.fix


def test_check_says_what_does_not_work_without_a_scope() -> None:
    with strict_slack(scopes=frozenset({"app_mentions:read", "im:history", "users:read"})) as slack:
        found = [f for f in check(options_for(slack)) if f.check == "scopes"]
    statuses = {f.message.partition(" ")[0]: f.status for f in found}
    assert statuses == {
        "assistant:write": "warning",
        "channels:history": "warning",
        "chat:write": "problem",
        "groups:history": "warning",
        "mpim:history": "warning",
    }
    assert all(f.fix for f in found)


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


# -- the fake itself -------------------------------------------------------------------------------


def test_the_fake_refuses_to_send_what_the_manifest_does_not_subscribe_to() -> None:
    with strict_slack() as slack, pytest.raises(AssertionError, match="reaction_added"):
        slack.send({"type": "reaction_added"})
    with strict_slack(scopes=REQUIRED_SCOPES) as slack:
        channel = slack.channel()
        with pytest.raises(AssertionError, match="channels:history"):
            slack.write(channel, "hi")


def test_the_fake_finds_bad_calls(own_slack: FakeSlack) -> None:
    from slack_sdk import WebClient
    from slack_sdk.errors import SlackApiError

    client = WebClient(token=BOT_TOKEN, base_url=own_slack.api_url)
    channel = own_slack.channel()
    context = {"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 11}
    too_long = {"type": "markdown", "text": "x" * 6_001}
    for blocks in ([context], [too_long, too_long], [{"type": "markdown", "text": "x"}] * 51):
        with pytest.raises(SlackApiError, match="invalid_arguments"):
            client.chat_postMessage(channel=channel, text="x", blocks=json.dumps(blocks))
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        client.chat_postMessage(channel=channel, text="x", thread_ts="1.0")
    with pytest.raises(SlackApiError, match="unknown_method"):
        client.chat_update(channel=channel, ts="1.0", text="x")
    assert [violation.partition(": ")[2] for violation in own_slack.violations] == [
        "context elements",
        "msg_blocks_too_long",
        "51 blocks",
        f"no thread 1.0 in {channel}",
        "no such method",
    ]
    own_slack.violations.clear()
