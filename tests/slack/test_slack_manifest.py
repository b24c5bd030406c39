"""The manifest that people paste: what Slack takes, no more than is needed, all that is handled."""

from __future__ import annotations

import json
from typing import Any

import pytest

from groundwire.domain.errors import SettingsError
from groundwire.interfaces.slack.manifest import (
    EVENT_PURPOSES,
    REQUIRED_EVENTS,
    REQUIRED_SCOPES,
    SCOPE_PURPOSES,
    declared,
    manifest_text,
    shipped,
)
from tests.slack.manifest_rules import inside, manifest_errors

URL = "https://bot.example.org/slack/events"


def manifest() -> dict[str, Any]:
    text: dict[str, Any] = json.loads(manifest_text())
    return text


def test_slack_takes_the_manifest() -> None:
    assert manifest_errors(manifest()) == []


def test_it_declares_an_agent_with_every_entrance_and_the_least_scopes() -> None:
    features = manifest()["features"]
    assert set(features) == {"agent_view", "app_home", "bot_user", "shortcuts", "slash_commands"}
    assert shipped().scopes == {
        "app_mentions:read",
        "assistant:write",
        "channels:history",
        "chat:write",
        "commands",
        "groups:history",
        "im:history",
        "mpim:history",
        "users:read",
    }
    assert shipped().events == {
        "agent_session_stopped",
        "app_home_opened",
        "app_mention",
        "message.channels",
        "message.groups",
        "message.im",
        "message.mpim",
    }
    assert shipped().entrances == {"/groundwire", "summarize_thread", "check_message"}
    assert shipped().interactive


def test_every_scope_and_event_has_a_purpose() -> None:
    assert SCOPE_PURPOSES.keys() == shipped().scopes
    assert EVENT_PURPOSES.keys() == shipped().events
    assert shipped().scopes >= REQUIRED_SCOPES
    assert shipped().events >= REQUIRED_EVENTS


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://bot.example.org", URL),
        ("https://bot.example.org/", URL),
        ("https://bot.example.org:8443/desk/slack", "https://bot.example.org:8443/desk/slack"),
    ],
)
def test_over_http_it_names_the_address_three_times_and_changes_nothing_else(
    address: str, url: str
) -> None:
    changed = json.loads(manifest_text(address))
    assert manifest_errors(changed) == []
    settings = changed["settings"]
    assert settings["event_subscriptions"].pop("request_url") == url
    assert settings["interactivity"].pop("request_url") == url
    assert [command.pop("url") for command in changed["features"]["slash_commands"]] == [url]
    assert settings["socket_mode_enabled"] is False
    settings["socket_mode_enabled"] = True
    assert changed == manifest()


@pytest.mark.parametrize(
    "address", ["http://bot.example.org", "bot.example.org", "https://", "https://a.example/?x=1"]
)
def test_an_address_that_slack_does_not_deliver_to_is_refused(address: str) -> None:
    with pytest.raises(SettingsError, match="https://"):
        manifest_text(address)


LENGTHS = {
    "name": (35, ("display_information", "name")),
    "description": (140, ("display_information", "description")),
    "long description": (4_000, ("display_information", "long_description")),
    "agent description": (300, ("features", "agent_view", "agent_description")),
    "shortcut name": (24, ("features", "shortcuts", 0, "name")),
    "shortcut description": (150, ("features", "shortcuts", 0, "description")),
    "usage hint": (1_000, ("features", "slash_commands", 0, "usage_hint")),
    "command": (32, ("features", "slash_commands", 0, "command")),
}


@pytest.mark.parametrize(("limit", "path"), LENGTHS.values(), ids=LENGTHS.keys())
def test_the_rules_find_what_is_too_long(limit: int, path: tuple[Any, ...]) -> None:
    changed = manifest()
    inside(changed, path[:-1])[path[-1]] = "/" * limit
    assert manifest_errors(changed) == []
    inside(changed, path[:-1])[path[-1]] = "/" * (limit + 1)
    assert len(manifest_errors(changed)) == 1


def test_the_rules_find_what_does_not_fit_together() -> None:
    changed = manifest()
    changed["oauth_config"]["scopes"]["bot"].remove("im:history")
    assert manifest_errors(changed) == ["message.im without im:history"]
    changed = manifest()
    changed["settings"]["socket_mode_enabled"] = False
    assert len(manifest_errors(changed)) == 3
    changed = manifest()
    changed["features"]["agent_view"]["suggested_prompts"] *= 3
    assert manifest_errors(changed) == ["suggested prompts"]


@pytest.mark.parametrize("text", ["", "[]", "{}", "display_information:\n  name: x", '"x"'])
def test_what_is_no_manifest_is_told_so(text: str) -> None:
    with pytest.raises(SettingsError, match="no app manifest"):
        declared(text)


@pytest.mark.parametrize(
    "part",
    [
        {},
        {"oauth_config": []},
        {"oauth_config": {"scopes": {"bot": "chat:write"}}},
        {"features": {"slash_commands": {"command": "/x"}, "shortcuts": [3, {"callback_id": 4}]}},
    ],
)
def test_a_manifest_with_odd_parts_declares_nothing(part: dict[str, Any]) -> None:
    found = declared(json.dumps({"settings": {"interactivity": 1}, **part}))
    assert (found.scopes, found.events, found.entrances) == (frozenset(), frozenset(), frozenset())
    assert not found.interactive
