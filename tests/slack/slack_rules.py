"""What Slack allows, written from its documentation and apart from the bot's own constants."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

EVENT_SCOPES = {
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
}
"""The scope that each event needs."""


@dataclass(frozen=True, slots=True)
class Method:
    """The rules of one Web API method: any of ``scopes`` is enough."""

    scopes: frozenset[str] = frozenset()
    arguments: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    app_token: bool = False


METHODS = {
    "auth.test": Method(),
    "apps.connections.open": Method(app_token=True),
    "users.info": Method(
        frozenset({"users:read"}), frozenset({"user", "include_locale"}), frozenset({"user"})
    ),
    "assistant.threads.setStatus": Method(
        frozenset({"assistant:write", "chat:write"}),
        frozenset({"channel_id", "thread_ts", "status", "loading_messages"}),
        frozenset({"channel_id", "thread_ts", "status"}),
    ),
    "chat.postMessage": Method(
        frozenset({"chat:write"}),
        frozenset({"channel", "text", "blocks", "thread_ts", "unfurl_links", "unfurl_media"}),
        frozenset({"channel", "text"}),
    ),
}

MARKDOWN_BLOCK = 12_000
ALL_TEXT = 12_000
SECTION = 3_000
TEXT_OBJECT = 3_000
CONTEXT_ELEMENTS = 10
BLOCKS = 50
TEXT = 40_000

_TOKEN = re.compile(r"<\S*")


def message_errors(args: dict[str, Any]) -> list[str]:
    """Return everything that is wrong with the arguments of chat.postMessage."""
    blocks = args.get("blocks") or []
    problems = []
    if len(args.get("text", "")) > TEXT:
        problems.append("text is too long")
    if len(blocks) > BLOCKS:
        problems.append(f"{len(blocks)} blocks")
    if sum(len(text) for block in blocks for text in texts_of(block)) > ALL_TEXT:
        problems.append("msg_blocks_too_long")
    for block in blocks:
        problems += _block_errors(block)
    return problems


def live_tokens(args: dict[str, Any]) -> list[str]:
    """Return what Slack could read as a mention or a link: whatever follows a bare ``<``."""
    texts = [args.get("text", "")]
    texts += [text for block in args.get("blocks") or [] for text in texts_of(block)]
    return [token for text in texts for token in _TOKEN.findall(text)]


def body_of(args: dict[str, Any]) -> str:
    """Return the Markdown of a message."""
    return "".join(b["text"] for b in args["blocks"] if b["type"] == "markdown")


def texts_of(block: dict[str, Any]) -> list[str]:
    """Return every text of a block."""
    text = block.get("text", "")
    own = text["text"] if isinstance(text, dict) else text
    return [own, *(element.get("text", "") for element in block.get("elements", []))]


def _block_errors(block: dict[str, Any]) -> list[str]:
    match block:
        case {"type": "markdown", "text": str(text)}:
            return _length_errors("markdown block", text, MARKDOWN_BLOCK)
        case {"type": "section", "text": {"type": "mrkdwn" | "plain_text", "text": str(text)}}:
            return _length_errors("section", text, SECTION)
        case {"type": "context", "elements": [*elements]}:
            problems = [] if 0 < len(elements) <= CONTEXT_ELEMENTS else ["context elements"]
            for element in elements:
                if element.get("type") not in {"mrkdwn", "plain_text"}:
                    problems.append(f"context element {element.get('type')}")
                problems += _length_errors("context element", element["text"], TEXT_OBJECT)
            return problems
        case _:
            return [f"a block that is not understood: {block.get('type')}"]


def _length_errors(what: str, text: str, limit: int) -> list[str]:
    return [] if 0 < len(text) <= limit else [f"{what} of {len(text)} characters"]
