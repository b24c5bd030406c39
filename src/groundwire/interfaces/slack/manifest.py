"""The app manifest that is pasted at api.slack.com, and what the bot needs of it."""

from __future__ import annotations

import json
from importlib import resources

REQUIRED_SCOPES = frozenset({"app_mentions:read", "chat:write", "im:history"})
"""Without these nothing works; without one of the others one thing does not."""

SCOPE_PURPOSES = {
    "app_mentions:read": "hearing mentions",
    "assistant:write": "showing that it is working",
    "channels:history": "following threads in channels without a mention",
    "chat:write": "answering",
    "groups:history": "following threads in private channels without a mention",
    "im:history": "answering direct messages",
    "mpim:history": "following threads in group messages without a mention",
    "users:read": "reading the names of people who are mentioned in a question",
}
"""What each scope is for, in words that go on after "without it: no"."""


def manifest_text() -> str:
    """Return the manifest as JSON text, as ``slack manifest`` prints it."""
    return (
        resources.files("groundwire.interfaces.slack").joinpath("manifest.json").read_text("utf-8")
    )


def bot_scopes() -> frozenset[str]:
    """Return the scopes that the manifest asks for."""
    return frozenset(json.loads(manifest_text())["oauth_config"]["scopes"]["bot"])
