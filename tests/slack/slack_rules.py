"""What Slack allows, written from its documentation and apart from the bot's own constants."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tests.slack.block_rules import SHOWN_IN_MESSAGES, block_errors, marked_texts, texts_of

EVENT_SCOPES = {
    "agent_session_stopped": "chat:write",
    "app_home_opened": "",
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
}
"""The scope that each event needs; none for an event of the app itself."""

HISTORY_SCOPES = {
    "channel": "channels:history",
    "group": "groups:history",
    "im": "im:history",
    "mpim": "mpim:history",
}
"""The scope that reading a thread needs, by the kind of channel."""


@dataclass(frozen=True, slots=True)
class Method:
    """The rules of one Web API method: any of ``scopes`` is enough."""

    scopes: frozenset[str] = frozenset()
    arguments: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    app_token: bool = False


def _method(scopes: str = "", required: str = "", optional: str = "") -> Method:
    needed = frozenset(required.split())
    return Method(frozenset(scopes.split()), needed | frozenset(optional.split()), needed)


_MESSAGE = "text blocks markdown_text"
_HISTORY = "channels:history groups:history im:history mpim:history"

METHODS = {
    "auth.test": Method(),
    "apps.connections.open": Method(app_token=True),
    "agents.sessions.setStatus": _method(
        "chat:write", "status", "channel_id thread_ts title initiator_user_id"
    ),
    "assistant.threads.setStatus": _method(
        "assistant:write chat:write", "channel_id thread_ts status", "loading_messages"
    ),
    "assistant.threads.setSuggestedPrompts": _method(
        "assistant:write", "channel_id prompts", "thread_ts title"
    ),
    "assistant.threads.setTitle": _method("assistant:write", "channel_id thread_ts title"),
    "chat.appendStream": _method("chat:write", "channel ts", "markdown_text chunks"),
    "chat.delete": _method("chat:write", "channel ts"),
    "chat.getPermalink": _method("", "channel message_ts"),
    "chat.postEphemeral": _method("chat:write", "channel user", f"{_MESSAGE} thread_ts"),
    "chat.postMessage": _method(
        "chat:write", "channel", f"{_MESSAGE} thread_ts unfurl_links unfurl_media metadata"
    ),
    "chat.startStream": _method(
        "chat:write",
        "channel thread_ts",
        "markdown_text chunks recipient_team_id recipient_user_id task_display_mode",
    ),
    "chat.stopStream": _method(
        "chat:write", "channel ts", "markdown_text chunks blocks metadata session_status"
    ),
    "chat.update": _method("chat:write", "channel ts", f"{_MESSAGE} metadata"),
    "conversations.history": _method(_HISTORY, "channel", "cursor inclusive latest limit oldest"),
    "conversations.info": _method(
        "channels:read groups:read im:read mpim:read", "channel", "include_locale"
    ),
    "conversations.replies": _method(
        _HISTORY, "channel ts", "cursor inclusive latest limit oldest include_all_metadata"
    ),
    "files.completeUploadExternal": _method("files:write", "files", "channel_id thread_ts"),
    "files.getUploadURLExternal": _method("files:write", "filename length", "snippet_type"),
    "reactions.add": _method("reactions:write", "channel name timestamp"),
    "users.info": _method("users:read", "user", "include_locale"),
    "views.open": _method("", "view", "trigger_id interactivity_pointer"),
    "views.push": _method("", "view", "trigger_id interactivity_pointer"),
    "views.update": _method("", "view", "view_id external_id hash"),
}

BLOCKS = 50
ALL_TEXT = 12_000
TEXT = 40_000
UPDATED_TEXT = 4_000
MARKDOWN_TEXT = 12_000
STREAMED_BYTES = 10_600
"""Where other projects saw Slack refuse to let a streamed message grow."""

_TOKEN = re.compile(r"<\S*")


def message_errors(args: dict[str, Any], *, text_limit: int = TEXT) -> list[str]:
    """Return everything that is wrong with the words and blocks of a message."""
    blocks = args.get("blocks") or []
    markdown = args.get("markdown_text")
    problems = []
    if markdown is not None and (blocks or args.get("text")):
        problems.append("markdown_text_conflict")
    if not markdown and not args.get("text"):
        problems.append("no text for those who see no blocks")
    if len(args.get("text") or "") > text_limit:
        problems.append("msg_too_long")
    if len(markdown or "") > MARKDOWN_TEXT:
        problems.append("markdown_text of more than 12,000 characters")
    return problems + blocks_errors(blocks)


def blocks_errors(blocks: list[dict[str, Any]]) -> list[str]:
    """Return everything that is wrong with the blocks of a message."""
    problems = [f"{len(blocks)} blocks"] if len(blocks) > BLOCKS else []
    if sum(len(text) for block in blocks for text in texts_of(block)) > ALL_TEXT:
        problems.append("msg_blocks_too_long")
    return problems + block_errors(blocks, SHOWN_IN_MESSAGES)


def error_code(problems: list[str]) -> str:
    """Return the error that Slack gives for problems: the first one's, if it has its own."""
    first = problems[0]
    if re.fullmatch(r"[a-z_]+", first):
        return first
    return "invalid_blocks" if "block" in first or "element" in first else "invalid_arguments"


def live_tokens(args: dict[str, Any]) -> list[str]:
    """Return what Slack could read as a mention or a link: whatever follows a bare ``<``."""
    texts = [args.get("text") or "", args.get("markdown_text") or ""]
    texts += [text for block in args.get("blocks") or [] for text in marked_texts(block)]
    return [token for text in texts for token in _TOKEN.findall(text)]


def body_of(args: dict[str, Any]) -> str:
    """Return the Markdown of a message."""
    return "".join(b["text"] for b in args["blocks"] if b["type"] == "markdown")
