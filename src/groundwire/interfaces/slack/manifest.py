"""The app manifest that is pasted at api.slack.com, and what the bot needs of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from groundwire.domain.errors import SettingsError
from groundwire.interfaces.slack.http import PATH

if TYPE_CHECKING:
    from collections.abc import Iterator

REQUIRED_SCOPES = frozenset({"app_mentions:read", "chat:write", "im:history"})
"""Without these nothing works; without one of the others one thing does not."""

SCOPE_PURPOSES = {
    "app_mentions:read": "hearing mentions",
    "assistant:write": "showing that it is working, no suggested questions",
    "channels:history": "following threads in channels without a mention, no summaries of them",
    "chat:write": "answering",
    "commands": "slash command and shortcuts",
    "groups:history": "following threads in private channels without a mention",
    "im:history": "answering direct messages",
    "mpim:history": "following threads in group messages without a mention",
    "users:read": "reading the names of people who are mentioned in a question",
}
"""What each scope is for, in words that go on after "without it: no"."""

REQUIRED_EVENTS = frozenset({"app_mention", "message.im"})
"""Without these nothing is heard; without one of the others one thing does not work."""

EVENT_PURPOSES = {
    "agent_session_stopped": "stop button",
    "app_home_opened": "suggested questions that fit the documents",
    "app_mention": "hearing mentions",
    "message.channels": "following threads in channels without a mention",
    "message.groups": "following threads in private channels without a mention",
    "message.im": "answering direct messages",
    "message.mpim": "following threads in group messages without a mention",
}
"""What each event is for, in words that go on after "without it: no"."""

_HINT = "copy it as JSON from App Manifest at https://api.slack.com/apps into a file"


@dataclass(frozen=True, slots=True)
class Declared:
    """What a manifest declares.

    Attributes:
        scopes: The bot's scopes.
        events: What the bot is told of.
        entrances: Slash commands and the callback ids of shortcuts.
        interactive: Whether buttons, modals and shortcuts reach the bot.
    """

    scopes: frozenset[str]
    events: frozenset[str]
    entrances: frozenset[str]
    interactive: bool


def manifest_text(http: str = "") -> str:
    """Return the manifest as JSON text, as ``slack manifest`` prints it.

    Args:
        http: Where the bot can be reached from outside, to make an app that takes deliveries over
            HTTP; empty for one with Socket Mode. Without a path, ``/slack/events`` is added.

    Raises:
        SettingsError: The address is no ``https`` address.
    """
    folder = resources.files("groundwire.interfaces.slack")
    text = folder.joinpath("manifest.json").read_text("utf-8")
    if not http:
        return text
    manifest, url = json.loads(text), _request_url(http)
    settings = manifest["settings"]
    settings["socket_mode_enabled"] = False
    for section in (settings["event_subscriptions"], settings["interactivity"]):
        section["request_url"] = url
    for command in manifest["features"]["slash_commands"]:
        command["url"] = url
    return json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"


def bot_scopes() -> frozenset[str]:
    """Return the scopes that the manifest asks for."""
    return shipped().scopes


def shipped() -> Declared:
    """Return what our own manifest declares."""
    return declared(manifest_text())


def declared(text: str) -> Declared:
    """Return what a manifest declares.

    Args:
        text: The manifest as JSON text, written by anybody.

    Raises:
        SettingsError: It is no app manifest.
    """
    try:
        manifest = json.loads(text)
    except ValueError:
        raise SettingsError("this is no app manifest in JSON", hint=_HINT) from None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("settings"), dict):
        raise SettingsError("this is no app manifest: it has no settings", hint=_HINT)
    return Declared(
        scopes=frozenset(_names(_inside(manifest, "oauth_config", "scopes", "bot"))),
        events=frozenset(
            _names(_inside(manifest, "settings", "event_subscriptions", "bot_events"))
        ),
        entrances=frozenset(
            (
                *_named(_inside(manifest, "features", "slash_commands"), "command"),
                *_named(_inside(manifest, "features", "shortcuts"), "callback_id"),
            )
        ),
        interactive=_inside(manifest, "settings", "interactivity", "is_enabled") is True,
    )


def _inside(value: object, *path: str) -> object:
    """Return what lies at a path of keys; None where something on the way is missing."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _names(values: object) -> Iterator[str]:
    """Yield the texts of a list."""
    yield from (value for value in _list(values) if isinstance(value, str))


def _named(values: object, key: str) -> Iterator[str]:
    """Yield one text field of each object of a list."""
    yield from _names([_inside(value, key) for value in _list(values)])


def _list(values: object) -> list[Any]:
    return values if isinstance(values, list) else []


def _request_url(address: str) -> str:
    """Return the address that Slack is to post to.

    Raises:
        SettingsError: It is no ``https`` address.
    """
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        raise SettingsError(
            "Slack delivers only to an address that begins with https://",
            hint="for example: groundwire slack manifest --http https://bot.example.org",
        )
    return address if parts.path not in {"", "/"} else f"https://{parts.netloc}{PATH}"
