"""Answers to interactions: with the acknowledgement, or later at a ``response_url``."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from tests.slack.fake_methods import with_ids
from tests.slack.fake_views import change, push
from tests.slack.fake_workspace import BOT_USER, Ephemeral, Message, refuse
from tests.slack.slack_rules import message_errors

if TYPE_CHECKING:
    from tests.slack.fake_workspace import Address, View, Workspace

    Json = dict[str, Any]

_FIELDS = frozenset(
    {"text", "blocks", "response_type", "replace_original", "delete_original", "thread_ts"}
    | {"unfurl_links", "unfurl_media"}
)


def respond(slack: Workspace, name: str, body: Json) -> None:
    """Do what was posted to a ``response_url``, or refuse it."""
    address = slack.spend_address(name)
    if unknown := body.keys() - _FIELDS:
        refuse("invalid_payload", f"unknown fields {sorted(unknown)}")
    source = address.source
    if body.get("delete_original"):
        if source is None:
            refuse("invalid_payload", "there is nothing to delete")
        source.deleted = True
        return
    if problems := message_errors({"text": body.get("text"), "blocks": body.get("blocks")}):
        refuse("invalid_blocks", *problems)
    if body.get("replace_original") and source is not None:
        source.text, source.blocks = body["text"], with_ids(body.get("blocks") or [])
    elif body.get("response_type") == "in_channel":
        message = Message(address.channel, slack.new_ts(), BOT_USER, body["text"])
        message.thread = str(body.get("thread_ts") or "")
        message.blocks = with_ids(body.get("blocks") or [])
        slack.add(message)
    else:
        _whisper(slack, address, body, "response_url")


def acknowledge(slack: Workspace, frame: Json, reply: Json) -> None:
    """Do what an acknowledgement asks for, or refuse it."""
    payload = frame["payload"]
    if frame["type"] == "slash_commands":
        if problems := message_errors(reply):
            refuse("invalid_payload", *problems)
        address = slack.addresses[payload["response_url"].rpartition("/")[2]]
        _whisper(slack, address, reply, "ack")
    elif payload.get("type") == "view_submission":
        _answer_submission(slack, slack.modals[payload["view"]["id"]], reply)
    else:
        refuse("invalid_payload", "more than an acknowledgement where nothing else is taken")


def _answer_submission(slack: Workspace, view: View, reply: Json) -> None:
    """Do what the answer to a submitted modal says; without one the modal stays closed."""
    action = reply.get("response_action")
    view.open = action in {"errors", "update", "push"}
    match action:
        case "errors":
            inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
            if not reply["errors"].keys() <= inputs:
                refuse("invalid_payload", "an error for what is no input")
        case "update":
            change(slack, view, reply["view"])
        case "push":
            push(slack, view, reply["view"])
        case "clear":
            for other in slack.modals.values():
                other.open &= other.root != view.root
        case _:
            refuse("invalid_payload", f"no response_action {action}")


def _whisper(slack: Workspace, address: Address, body: Json, via: str) -> None:
    place = (address.channel, address.user, slack.new_ts(), body.get("text") or "")
    blocks, thread = with_ids(body.get("blocks") or []), str(body.get("thread_ts") or "")
    slack.whisper(Ephemeral(*place, blocks, thread, via, time.monotonic()))
