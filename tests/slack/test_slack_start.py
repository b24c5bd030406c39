"""Starting and checking, and whether the fake Slack is strict."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.errors import SettingsError
from groundwire.interfaces.slack.app import build_bot
from groundwire.interfaces.slack.check import check
from groundwire.interfaces.slack.errors import SlackRefusedError, SlackUnreachableError
from groundwire.interfaces.slack.manifest import REQUIRED_SCOPES
from groundwire.interfaces.slack.websocket import serve
from groundwire.records.conversations import Conversations
from groundwire.records.database import open_database
from tests.fakes.desk import ScriptedDesk
from tests.slack.conftest import options_for, strict_slack
from tests.slack.fake_slack import APP_TOKEN, BOT_TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.slack.fake_slack import FakeSlack

WRONG = "xoxb-wrong"


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
