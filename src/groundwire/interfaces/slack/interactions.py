"""Commands, shortcuts, presses and submissions, read out of what Slack delivers.

Pure: no call to Slack, no store. A payload without what it must have raises ``KeyError``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from groundwire.interfaces.slack.modals import REASON_BLOCK
from groundwire.interfaces.slack.routing import Place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    Json = Mapping[str, Any]

Verb = Literal["ask", "summarize", "docs", "help"]

_VERBS: dict[str, Verb] = {"ask": "ask", "summarize": "summarize", "docs": "docs", "help": "help"}


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command.

    Attributes:
        team: Workspace id.
        channel: Where it was entered.
        user: Who entered it.
        verb: What is to be done; ``ask`` where the first word is none of the verbs.
        words: What follows the verb, as Slack wrote it.
        response_url: Where it is answered, for its asker alone.
        trigger: Names this one command.
    """

    team: str
    channel: str
    user: str
    verb: Verb
    words: str
    response_url: str
    trigger: str

    @property
    def key(self) -> str:
        """The name of this command in the records: a conversation of its own."""
        return f"slack:{self.team}:{self.channel}:command:{self.trigger}"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut that was chosen on a message.

    Attributes:
        place: The thread that the message stands in, or would begin.
        user: Who chose it.
        text: The message as Slack wrote it.
        response_url: Where its chooser alone is answered.
        trigger: Names this one choice.
    """

    place: Place
    user: str
    text: str
    response_url: str
    trigger: str


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed, or an option that was chosen.

    Attributes:
        channel: Where the message is, or was when its modal was opened.
        thread: The thread it is in; empty where it is in none.
        user: Who pressed.
        value: What the button carries.
        trigger: Opens a modal within three seconds.
        response_url: Where the message can be answered or deleted; empty in a modal.
        view: Id of the modal that it was pressed in; empty for a message.
        answer: The id of the answer that the modal is about; empty for a message.
    """

    channel: str
    thread: str
    user: str
    value: str
    trigger: str
    response_url: str = ""
    view: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """What somebody found wrong with an answer.

    Attributes:
        user: Who.
        answer: The id of the answer.
        text: In their words; empty if they did not say.
    """

    user: str
    answer: str
    text: str


def command_of(body: Json) -> Command:
    """Read a slash command."""
    first, _, rest = str(body.get("text") or "").strip().partition(" ")
    verb = _VERBS.get(first.lower())
    words = rest.strip() if verb else f"{first} {rest}".strip()
    return Command(
        team=str(body.get("team_id") or ""),
        channel=str(body["channel_id"]),
        user=str(body["user_id"]),
        verb=verb or ("ask" if words else "help"),
        words=words,
        response_url=str(body["response_url"]),
        trigger=str(body["trigger_id"]),
    )


def shortcut_of(body: Json) -> Shortcut:
    """Read a message shortcut."""
    message = body["message"]
    ts = str(message.get("ts") or body["message_ts"])
    return Shortcut(
        place=Place(
            str((body.get("team") or {}).get("id") or ""),
            str(body["channel"]["id"]),
            str(message.get("thread_ts") or ts),
        ),
        user=str(body["user"]["id"]),
        text=str(message.get("text") or ""),
        response_url=str(body["response_url"]),
        trigger=str(body["trigger_id"]),
    )


def press_of(body: Json) -> Press:
    """Read what was pressed or chosen, in a message or in a modal."""
    action = body["actions"][0]
    value = action.get("value") or (action.get("selected_option") or {}).get("value")
    user, trigger = str(body["user"]["id"]), str(body["trigger_id"])
    view = body.get("view")
    if view:
        about = _about(view)
        return Press(
            about.get("channel", ""),
            about.get("thread", ""),
            user,
            str(value or ""),
            trigger,
            view=str(view["id"]),
            answer=about.get("answer", ""),
        )
    container = body.get("container") or {}
    message = body.get("message") or {}
    return Press(
        str((body.get("channel") or {}).get("id") or container["channel_id"]),
        str(message.get("thread_ts") or container.get("thread_ts") or ""),
        user,
        str(value or ""),
        trigger,
        str(body.get("response_url") or ""),
    )


def reason_of(body: Json) -> Reason:
    """Read the modal that asked what was wrong."""
    view = body["view"]
    field = view["state"]["values"].get(REASON_BLOCK, {}).get(REASON_BLOCK, {})
    answer = _about(view).get("answer", "")
    return Reason(str(body["user"]["id"]), answer, str(field.get("value") or "").strip())


def stopped_place(body: Json) -> Place | None:
    """Return the thread in which somebody pressed Slack's stop button."""
    event = body["event"]
    if not event.get("channel") or not event.get("thread_ts"):
        return None
    return Place(str(body.get("team_id") or ""), str(event["channel"]), str(event["thread_ts"]))


def _about(view: Json) -> dict[str, str]:
    """Return what a modal of ours was opened with."""
    try:
        about = json.loads(view.get("private_metadata") or "{}")
    except ValueError:
        return {}
    if not isinstance(about, dict):
        return {}
    return {str(name): str(value) for name, value in about.items()}
