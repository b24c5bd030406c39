"""What each Web API method does to the workspace, or why it refuses."""

from __future__ import annotations

import copy
import time
from typing import TYPE_CHECKING, Any

from tests.slack.fake_streams import STREAM_METHODS
from tests.slack.fake_views import VIEW_METHODS
from tests.slack.fake_workspace import APP, BOT_ID, BOT_USER, TEAM, Ephemeral, Message, refuse
from tests.slack.slack_rules import UPDATED_TEXT, error_code, message_errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.slack.fake_workspace import Workspace

    Json = dict[str, Any]

SESSION_STATES = frozenset({"active", "processing", "suspended", "closed"})
LOADING_MESSAGES = 10
PROMPTS = 4
TITLE = 200
PAGE = 1_000


def checked(args: Json, *, text_limit: int | None = None) -> Json:
    """Return the words of a message, or refuse them."""
    limit = {} if text_limit is None else {"text_limit": text_limit}
    if problems := message_errors(args, **limit):
        refuse(error_code(problems), *problems)
    return {
        "text": args.get("text") or "",
        "markdown": args.get("markdown_text") or "",
        "blocks": with_ids(args.get("blocks") or []),
    }


def with_ids(blocks: list[Json]) -> list[Json]:
    """Return blocks with the ids that Slack gives to those without one."""
    blocks = copy.deepcopy(blocks)
    for number, block in enumerate(blocks):
        block.setdefault("block_id", f"b{number}")
    return blocks


def checked_metadata(args: Json) -> Json:
    """Return what an app wrote on the back of its message, or refuse it."""
    metadata: Json = args.get("metadata") or {}
    if metadata and metadata.keys() != {"event_type", "event_payload"}:
        refuse("invalid_metadata_format", "metadata of another form")
    return metadata


def _auth_test(_: Workspace, __: Json) -> Json:
    names = {"user": "groundwire", "team": "The Desk", "url": "https://desk.slack.com/"}
    return {"user_id": BOT_USER, "bot_id": BOT_ID, "team_id": TEAM, **names}


def _users_info(slack: Workspace, args: Json) -> Json:
    name = slack.users.get(args["user"])
    if name is None:
        refuse("user_not_found")
    profile = {"display_name": name, "real_name": name}
    return {"user": {"id": args["user"], "name": name.lower(), "profile": profile}}


def _post(slack: Workspace, args: Json) -> Json:
    channel, thread = _place(slack, args)
    message = Message(channel, slack.new_ts(), BOT_USER, thread=thread, **checked(args))
    message.metadata = checked_metadata(args)
    slack.add(message)
    return {"channel": channel, "ts": message.ts, "message": as_json(message)}


def _post_ephemeral(slack: Workspace, args: Json) -> Json:
    channel, thread = _place(slack, args)
    if args["user"] not in slack.users:
        refuse("user_not_in_channel", f"nobody is called {args['user']}")
    words = checked(args)
    ts = slack.new_ts()
    text = words["text"] or words["markdown"]
    place = (channel, args["user"], ts, text, words["blocks"], thread)
    slack.whisper(Ephemeral(*place, via="postEphemeral", at=time.monotonic()))
    return {"message_ts": ts}


def _update(slack: Workspace, args: Json) -> Json:
    message = _own(slack, args, "cant_update_message")
    if message.state == "streaming":
        refuse("streaming_state_conflict", "a message was changed while it was streamed")
    words = checked(args, text_limit=UPDATED_TEXT)
    message.text, message.markdown = words["text"], words["markdown"]
    if "blocks" in args or args.get("markdown_text"):
        message.blocks = words["blocks"]
    message.edits += 1
    return {"channel": message.channel, "ts": message.ts, "text": message.text}


def _delete(slack: Workspace, args: Json) -> Json:
    message = _own(slack, args, "cant_delete_message")
    if message.state == "streaming":
        refuse("streaming_state_conflict", "a message was deleted while it was streamed")
    message.deleted = True
    return {"channel": message.channel, "ts": message.ts}


def _own(slack: Workspace, args: Json, code: str) -> Message:
    message = slack.message(args["channel"], args["ts"])
    if not message.by_bot:
        refuse(code, "the bot touched somebody's message")
    return message


def _permalink(slack: Workspace, args: Json) -> Json:
    message = slack.message(args["channel"], args["message_ts"])
    link = f"https://desk.slack.com/archives/{message.channel}/p{message.ts.replace('.', '')}"
    return {"channel": message.channel, "permalink": link}


def _replies(slack: Workspace, args: Json) -> Json:
    channel, root = _known_channel(slack, args["channel"]), args["ts"]
    limit = int(args.get("limit", PAGE))
    if not 0 < limit <= PAGE:
        refuse("invalid_limit", f"conversations.replies with the limit {limit}")
    messages = slack.thread(channel, root)
    if not messages:
        refuse("thread_not_found")
    start = int(args.get("cursor") or 0)
    end = start + min(limit, slack.page)
    more = end < len(messages)
    backs = str(args.get("include_all_metadata", "")).lower() in {"1", "true"}
    page = [
        as_json(message) | ({"metadata": message.metadata} if backs and message.metadata else {})
        for message in messages[start:end]
    ]
    cursor = {"next_cursor": str(end) if more else ""}
    return {"messages": page, "has_more": more, "response_metadata": cursor}


def as_json(message: Message) -> Json:
    """Return a message as Slack writes it in events and answers."""
    fields: Json = {"type": "message", "user": message.user, "ts": message.ts}
    fields |= {"text": message.text or message.markdown, "team": TEAM}
    if message.thread:
        fields["thread_ts"] = message.thread
    if message.by_bot:
        fields |= {"bot_id": BOT_ID, "app_id": APP, "blocks": copy.deepcopy(message.blocks)}
    return fields


def _set_status(slack: Workspace, args: Json) -> Json:
    slack.check_thread(_known_channel(slack, args["channel_id"]), args["thread_ts"])
    if len(args.get("loading_messages") or []) > LOADING_MESSAGES:
        refuse("invalid_arguments", "too many loading messages")
    return {}


def _set_title(slack: Workspace, args: Json) -> Json:
    slack.check_thread(_direct(slack, args["channel_id"]), args["thread_ts"])
    return {}


def _set_prompts(slack: Workspace, args: Json) -> Json:
    _direct(slack, args["channel_id"])
    if "thread_ts" in args:
        refuse("invalid_arguments", "prompts with thread_ts are never shown in an agent's tab")
    prompts = args["prompts"]
    if not 0 < len(prompts) <= PROMPTS:
        refuse("invalid_arguments", f"{len(prompts)} prompts")
    if not all(prompt.get("title") and prompt.get("message") for prompt in prompts):
        refuse("invalid_arguments", "a prompt without title or message")
    return {}


def _set_session(slack: Workspace, args: Json) -> Json:
    if args["status"] not in SESSION_STATES:
        refuse("invalid_arguments", f"no session status {args['status']}")
    if len(args.get("title") or "") > TITLE:
        refuse("invalid_arguments", "a session's title is too long")
    if not args.get("channel_id") or not args.get("thread_ts"):
        refuse("invalid_arguments", "a session without its thread")
    slack.check_thread(_known_channel(slack, args["channel_id"]), args["thread_ts"])
    slack.sessions[args["channel_id"], args["thread_ts"]].append(args["status"])
    return {"status": args["status"]}


def _place(slack: Workspace, args: Json) -> tuple[str, str]:
    channel, thread = _known_channel(slack, args["channel"]), args.get("thread_ts") or ""
    if thread:
        slack.check_thread(channel, thread)
    return channel, thread


def _known_channel(slack: Workspace, channel: str) -> str:
    if channel not in slack.kinds:
        refuse("channel_not_found", f"no channel {channel}")
    return channel


def _direct(slack: Workspace, channel: str) -> str:
    if slack.kinds[_known_channel(slack, channel)] != "im":
        refuse("channel_type_not_supported", f"{channel} is no direct message")
    return channel


METHODS_DONE: dict[str, Callable[[Workspace, Json], Json]] = {
    "auth.test": _auth_test,
    "agents.sessions.setStatus": _set_session,
    "assistant.threads.setStatus": _set_status,
    "assistant.threads.setSuggestedPrompts": _set_prompts,
    "assistant.threads.setTitle": _set_title,
    "chat.delete": _delete,
    "chat.getPermalink": _permalink,
    "chat.postEphemeral": _post_ephemeral,
    "chat.postMessage": _post,
    "chat.update": _update,
    "conversations.replies": _replies,
    "users.info": _users_info,
    **STREAM_METHODS,
    **VIEW_METHODS,
}
