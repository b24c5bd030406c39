"""Streamed messages: begun, grown and ended by the bot, or ended by Slack or a person."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from tests.slack.fake_workspace import BOT_USER, Message, refuse
from tests.slack.slack_rules import MARKDOWN_TEXT, STREAMED_BYTES, blocks_errors, error_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.slack.fake_workspace import Workspace

    Json = dict[str, Any]

_CHUNKS = frozenset({"markdown_text", "task_update", "plan_update", "blocks"})
_SESSIONS = frozenset({"active", "processing", "suspended", "closed"})


def _start(slack: Workspace, args: Json) -> Json:
    channel, thread = args["channel"], args["thread_ts"]
    kind = slack.kinds.get(channel)
    if kind is None:
        refuse("channel_not_found", f"no channel {channel}")
    slack.check_thread(channel, thread)
    if kind != "im":
        if not slack.streams_in_channels:
            refuse("channel_type_not_supported")
        for name in ("recipient_team_id", "recipient_user_id"):
            if not args.get(name):
                refuse(f"missing_{name}", f"a stream in a channel without {name}")
    recipient = args.get("recipient_user_id", "")
    message = Message(channel, slack.new_ts(), BOT_USER, thread=thread, recipient=recipient)
    _grow(message, args)
    message.state = "streaming"
    slack.add(message)
    return {"channel": channel, "ts": message.ts}


def _append(slack: Workspace, args: Json) -> Json:
    message = _streaming(slack, args)
    if not args.get("markdown_text") and not args.get("chunks"):
        refuse("no_text", "nothing was appended to a stream")
    _grow(message, args)
    return {"channel": message.channel, "ts": message.ts}


def _stop(slack: Workspace, args: Json) -> Json:
    message = _streaming(slack, args)
    blocks = args.get("blocks") or []
    if problems := blocks_errors(blocks):
        refuse(error_code(problems), *problems)
    if args.get("session_status", "active") not in _SESSIONS:
        refuse("invalid_arguments", f"no session status {args['session_status']}")
    _grow(message, args)
    for number, block in enumerate(blocks):
        message.blocks.append({"block_id": f"b{number}", **block})
    message.state = "stopped"
    if status := args.get("session_status"):
        slack.sessions[message.channel, message.thread].append(status)
    return {"channel": message.channel, "ts": message.ts}


def _streaming(slack: Workspace, args: Json) -> Message:
    message = slack.message(args["channel"], args["ts"])
    if not message.by_bot:
        refuse("message_not_owned_by_app", "the bot touched somebody's message")
    if message.state != "streaming":
        ended_by_bot = message.state in {"posted", "stopped"}
        problems = ["a stream was used after its end"] if ended_by_bot else []
        refuse("message_not_in_streaming_state", *problems)
    return message


def _grow(message: Message, args: Json) -> None:
    """Add what a call brings, or refuse it whole."""
    if args.get("markdown_text") and args.get("chunks"):
        refuse("invalid_arguments", "both markdown_text and chunks")
    added = [args["markdown_text"]] if args.get("markdown_text") else []
    for chunk in args.get("chunks") or []:
        if chunk.get("type") not in _CHUNKS:
            refuse("invalid_chunks", f"a chunk of type {chunk.get('type')}")
        if chunk["type"] == "markdown_text":
            added.append(chunk["text"])
    if any(not 0 < len(text) <= MARKDOWN_TEXT for text in added):
        refuse("msg_too_long", "more than 12,000 characters in one piece of a stream")
    text = "".join(added)
    if len((message.markdown + text).encode()) > STREAMED_BYTES:
        refuse("msg_too_long", "a stream grew beyond what Slack was seen to accept")
    if text:
        message.markdown += text
        message.pieces.append((time.monotonic(), text))


STREAM_METHODS: dict[str, Callable[[Workspace, Json], Json]] = {
    "chat.startStream": _start,
    "chat.appendStream": _append,
    "chat.stopStream": _stop,
}
