"""Starting, checking, and calls that fail."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from groundwire.domain.errors import SettingsError
from groundwire.interfaces.slack.app import build_bot
from groundwire.interfaces.slack.check import check
from groundwire.interfaces.slack.clients import courtesy_client, identify, patient_client
from groundwire.interfaces.slack.errors import SlackRefusedError, SlackUnreachableError
from groundwire.interfaces.slack.manifest import manifest_text
from groundwire.interfaces.slack.websocket import serve
from groundwire.records.conversations import Conversations
from groundwire.records.database import open_database
from tests.fakes.desk import ScriptedDesk
from tests.slack.conftest import options_for, strict_slack
from tests.slack.fake_slack import (
    APP_TOKEN,
    BOT_TOKEN,
    BOT_USER,
    DROPPED,
    RATE_LIMITED,
    SERVER_ERROR,
    TIMED_OUT,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.slack.fake_slack import Failure, FakeSlack

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
        ("events", "warning"),
        ("SLACK_APP_TOKEN", "problem"),
    ]


# -- checking --------------------------------------------------------------------------------------


def changed_manifest(**settings: Any) -> str:  # noqa: ANN401  any setting
    manifest = json.loads(manifest_text())
    manifest["settings"] |= settings
    return json.dumps(manifest)


def test_check_finds_nothing_wrong_where_nothing_is(slack: FakeSlack) -> None:
    found = check(options_for(slack), manifest_text())
    assert [(f.check, f.status, f.message) for f in found] == [
        ("SLACK_BOT_TOKEN", "ok", "signed in as @groundwire in The Desk"),
        ("scopes", "ok", "all 9 scopes of the manifest are there"),
        ("events", "ok", "all 7 events of the manifest are there"),
        ("SLACK_APP_TOKEN", "ok", "the websocket opens"),
    ]


def test_check_says_what_it_cannot_see(slack: FakeSlack) -> None:
    (found,) = (f for f in check(options_for(slack)) if f.status != "ok")
    assert (found.check, found.status) == ("events", "warning")
    assert found.message.startswith("not checked")
    assert "--manifest FILE" in found.fix


def test_check_tells_a_wrong_bot_token(slack: FakeSlack) -> None:
    found = check(options_for(slack, bot_token=WRONG), manifest_text())
    assert [(f.check, f.status) for f in found] == [
        ("SLACK_BOT_TOKEN", "problem"),
        ("events", "ok"),
        ("SLACK_APP_TOKEN", "ok"),
    ]
    assert found[0].message == "Slack refused SLACK_BOT_TOKEN: invalid_auth"


def test_check_tells_swapped_tokens_and_their_fix(slack: FakeSlack) -> None:
    options = options_for(slack, bot_token=APP_TOKEN, app_token=BOT_TOKEN)
    found = [f for f in check(options) if f.check != "events"]
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
        "commands": "warning",
        "groups:history": "warning",
        "mpim:history": "warning",
    }
    assert all(f.fix for f in found)


def test_check_says_what_does_not_work_without_an_event(slack: FakeSlack) -> None:
    manifest = changed_manifest(event_subscriptions={"bot_events": ["app_mention"]})
    found = [f for f in check(options_for(slack), manifest) if f.check == "events"]
    statuses = {f.message.partition(" ")[0]: f.status for f in found}
    assert statuses == {
        "agent_session_stopped": "warning",
        "app_home_opened": "warning",
        "message.channels": "warning",
        "message.groups": "warning",
        "message.im": "problem",
        "message.mpim": "warning",
    }
    assert all("Event Subscriptions" in f.fix for f in found)


def test_check_says_which_commands_and_shortcuts_are_missing(slack: FakeSlack) -> None:
    manifest = json.loads(changed_manifest(interactivity={"is_enabled": False}))
    manifest["features"] = {}
    found = check(options_for(slack), json.dumps(manifest))
    assert [(f.check, f.message) for f in found if f.status == "warning"] == [
        ("commands", "/groundwire is missing"),
        ("commands", "check_message is missing"),
        ("commands", "summarize_thread is missing"),
        ("interactivity", "interactivity is off; without it: no buttons, modals and shortcuts"),
    ]


def test_check_of_what_is_no_manifest_is_a_problem(slack: FakeSlack) -> None:
    (found,) = (f for f in check(options_for(slack), "settings: {}") if f.status != "ok")
    assert (found.check, found.status) == ("events", "problem")


def test_check_for_http_wants_the_signing_secret_in_place_of_the_websocket(
    slack: FakeSlack,
) -> None:
    connections = slack.connections
    options = options_for(slack, app_token="", listen=("", 0))
    (missing,) = check(options)
    assert missing.message.startswith("SLACK_SIGNING_SECRET is not set")
    found = check(replace(options, signing_secret="s"), manifest_text())  # noqa: S106  it opens nothing
    assert [(f.check, f.status) for f in found] == [
        ("SLACK_BOT_TOKEN", "ok"),
        ("scopes", "ok"),
        ("events", "ok"),
        ("SLACK_SIGNING_SECRET", "ok"),
    ]
    assert slack.connections == connections


# -- calls that fail -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "failure",
    [RATE_LIMITED, SERVER_ERROR, DROPPED, TIMED_OUT],
    ids=["rate limit", "server error", "dropped", "timed out"],
)
def test_a_call_that_may_be_repeated_is_repeated(
    own_slack: FakeSlack, failure: Failure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("groundwire.interfaces.slack.clients.ANSWER_SECONDS", 1)
    own_slack.fail("auth.test", failure)
    assert identify(patient_client(options_for(own_slack))).user == BOT_USER
    assert [(call.method, call.ok) for call in own_slack.calls] == [
        ("auth.test", False),
        ("auth.test", True),
    ]


def test_a_call_that_may_fail_is_tried_once(own_slack: FakeSlack) -> None:
    own_slack.fail("auth.test", RATE_LIMITED)
    with pytest.raises(SlackRefusedError, match="ratelimited"):
        identify(courtesy_client(options_for(own_slack)))
    assert len(own_slack.calls) == 1
