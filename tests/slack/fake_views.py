"""Modals: opened with a trigger, changed, submitted."""

from __future__ import annotations

import copy
import json
import time
from typing import TYPE_CHECKING, Any

from tests.slack.block_rules import SHOWN_IN_MODALS, block_errors
from tests.slack.element_rules import IDENTIFIER
from tests.slack.fake_workspace import APP, BOT_ID, TEAM, View, refuse

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.slack.fake_workspace import Workspace

    Json = dict[str, Any]

TITLE = 24
METADATA = 3_000
BLOCKS = 100
BYTES = 250_000
STACK = 3

_FIELDS = frozenset(
    {"type", "title", "blocks", "submit", "close", "private_metadata", "callback_id"}
    | {"external_id", "clear_on_close", "notify_on_close"}
)


def view_errors(view: Json) -> list[str]:
    """Return everything that is wrong with a modal."""
    problems = [f"unknown field of a view: {name}" for name in view.keys() - _FIELDS]
    if view.get("type") != "modal":
        problems.append(f"a view of type {view.get('type')}")
    problems += [
        f"the {name} of a view is not 1 to {TITLE} plain characters"
        for name in ("title", "submit", "close")
        if (name in view or name == "title") and not _is_label(view.get(name))
    ]
    problems += [
        f"{name} of {len(view[name])} characters"
        for name, limit in (("private_metadata", METADATA), ("callback_id", IDENTIFIER))
        if len(view.get(name, "")) > limit
    ]
    blocks = view.get("blocks", [])
    if not 0 < len(blocks) <= BLOCKS:
        problems.append(f"a view of {len(blocks)} blocks")
    if any(block.get("type") == "input" for block in blocks) and "submit" not in view:
        problems.append("a view with inputs but nothing to submit them")
    if len(json.dumps(view).encode()) > BYTES:
        problems.append("view_too_large")
    return problems + block_errors(blocks, SHOWN_IN_MODALS)


def _is_label(text: object) -> bool:
    match text:
        case {"type": "plain_text", "text": str(words)}:
            return 0 < len(words) <= TITLE
        case _:
            return False


def _open(slack: Workspace, args: Json) -> Json:
    trigger = slack.spend_trigger(args.get("trigger_id", ""))
    if trigger.view:
        refuse("invalid_arguments", "a second stack of modals was opened from within one")
    return _shown(show(slack, args["view"], trigger.user))


def _push(slack: Workspace, args: Json) -> Json:
    trigger = slack.spend_trigger(args.get("trigger_id", ""))
    below = slack.modals.get(trigger.view)
    if below is None:
        refuse("not_found", "a view was pushed where none is open")
    return _shown(push(slack, below, args["view"]))


def _update(slack: Workspace, args: Json) -> Json:
    view = slack.modals.get(args.get("view_id", ""))
    if view is None or not view.open:
        refuse("not_found")
    if args.get("hash", view.hash) != view.hash:
        refuse("hash_conflict")
    change(slack, view, args["view"])
    return _shown(view)


def show(slack: Workspace, content: Json, user: str, root: str = "") -> View:
    """Open a modal, or refuse it."""
    if problems := view_errors(content):
        code = "view_too_large" if "view_too_large" in problems else "invalid_arguments"
        refuse(code, *problems)
    name = f"V{next(slack.numbers):04}"
    view = View(name, user, _with_ids(content), _hash(slack), time.monotonic(), root=root or name)
    slack.modals[view.id] = view
    return view


def push(slack: Workspace, below: View, content: Json) -> View:
    """Open a modal on top of another."""
    stack = [v for v in slack.modals.values() if v.open and v.root == below.root]
    if len(stack) >= STACK:
        refuse("push_limit_reached", "more than three modals on top of one another")
    return show(slack, content, below.user, below.root)


def change(slack: Workspace, view: View, content: Json) -> None:
    """Show something else in a modal, or refuse it."""
    if problems := view_errors(content):
        refuse("invalid_arguments", *problems)
    view.content, view.hash = _with_ids(content), _hash(slack)
    view.updates += 1


def as_json(view: View, state: Json | None = None) -> Json:
    """Return a view as Slack writes it in interactions."""
    fields = {"private_metadata": "", "callback_id": "", **copy.deepcopy(view.content)}
    fields |= {"id": view.id, "team_id": TEAM, "app_id": APP, "bot_id": BOT_ID, "hash": view.hash}
    return {**fields, "root_view_id": view.root, "state": {"values": state or {}}}


def _with_ids(content: Json) -> Json:
    content = copy.deepcopy(content)
    for number, block in enumerate(content["blocks"]):
        block.setdefault("block_id", f"b{number}")
    return content


def _hash(slack: Workspace) -> str:
    return f"{next(slack.numbers)}.hash"


def _shown(view: View) -> Json:
    return {"view": as_json(view)}


VIEW_METHODS: dict[str, Callable[[Workspace, Json], Json]] = {
    "views.open": _open,
    "views.push": _push,
    "views.update": _update,
}
