"""What people do in the fake Slack, and the deliveries that the app gets for it."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.slack.block_rules import elements_of
from tests.slack.fake_methods import as_json
from tests.slack.fake_views import as_json as view_json
from tests.slack.fake_web import FakeWeb
from tests.slack.fake_workspace import APP, BOT_USER, TEAM, Address, Ephemeral, Message, View

if TYPE_CHECKING:
    Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Interaction:
    """A command, a shortcut, a press or a submission, and how it can be answered."""

    envelope: str
    trigger: str
    response_url: str = ""


class FakePeople(FakeWeb):
    """People who write, press, ask and stop."""

    def channel(self, kind: str = "channel", *, shared: bool = False) -> str:
        """Open a new channel, ``group``, ``mpim`` or ``im``, and return its id.

        A shared channel is shared with another organisation.
        """
        name = f"{'D' if kind == 'im' else 'C'}{next(self.numbers):04}"
        self.workspace.kinds[name] = kind
        if shared:
            self.workspace.shared.add(name)
        return name

    # -- messages --------------------------------------------------------------------------------

    def write(self, channel: str, text: str, thread: str | None = None, **extra: Any) -> str:  # noqa: ANN401  fields of any event
        """Write a message as a person and return its ``ts``."""
        ts = extra.pop("ts", None) or self.new_ts()
        event = {"channel": channel, "user": "U1", "text": text, "ts": ts, **extra}
        event.setdefault("event_ts", ts)
        if thread:
            event["thread_ts"] = thread
        self.known(channel, ts, text, thread=thread or "", user=event["user"])
        self.send({**event, "type": "message", "channel_type": self.workspace.kinds[channel]})
        if f"<@{BOT_USER}" in text and self.workspace.kinds[channel] != "im":
            self.send({**event, "type": "app_mention"})
        return str(ts)

    def mention(self, channel: str, text: str, thread: str | None = None, **extra: Any) -> str:  # noqa: ANN401  fields of any event
        """Mention the bot in a message and return its ``ts``."""
        return self.write(channel, f"<@{BOT_USER}> {text}", thread, **extra)

    def direct(self, channel: str, text: str, thread: str | None = None, **extra: Any) -> str:  # noqa: ANN401  fields of any event
        """Write a direct message (``channel("im")``) and return its ``ts``."""
        assert self.workspace.kinds[channel] == "im", f"{channel} is no direct message"
        return self.write(channel, text, thread, **extra)

    def known(
        self, channel: str, ts: str, text: str = "", *, thread: str = "", user: str = "U1"
    ) -> None:
        """Let there be a message that the bot was not sent."""
        self.workspace.add(Message(channel, ts, user, text, thread))

    def new_ts(self) -> str:
        """Return the time stamp of a new message; they only grow."""
        return self.workspace.new_ts()

    # -- the app's own places --------------------------------------------------------------------

    def open_messages_tab(self, channel: str, user: str = "U1", tab: str = "messages") -> str:
        """Open the app's tab with messages (or ``home``) and return the event's id."""
        assert self.workspace.kinds[channel] == "im", f"{channel} is no direct message"
        shown = self.manifest["features"]["app_home"]
        assert shown[f"{tab}_tab_enabled"], f"the manifest does not show the tab {tab}"
        event = {"type": "app_home_opened", "user": user, "channel": channel, "tab": tab}
        return self.send({**event, "event_ts": self.new_ts()})

    def stop(self, channel: str, thread: str, user: str = "U1") -> str:
        """Press Slack's stop button on a thread: its streams end. Return the event's id."""
        with self.change:
            streams = [
                message
                for message in self.workspace.thread(channel, thread)
                if message.state == "streaming"
            ]
            for message in streams:
                message.state = "halted"
        event: Json = {"type": "agent_session_stopped", "channel": channel, "thread_ts": thread}
        event |= {"user": user, "streaming_message_ts": [message.ts for message in streams]}
        return self.send({**event, "event_ts": self.new_ts()})

    def kill_streams(self, channel: str) -> None:
        """End the streams in a channel, as Slack does after some minutes."""
        with self.change:
            for message in self.workspace.said[channel].values():
                if message.state == "streaming":
                    message.state = "dead"

    # -- interactions ----------------------------------------------------------------------------

    def slash(
        self, channel: str, text: str, *, user: str = "U1", command: str = "/groundwire"
    ) -> Interaction:
        """Enter a slash command."""
        declared = {each["command"] for each in self.manifest["features"].get("slash_commands", ())}
        assert command in declared, f"the manifest does not declare {command}"
        assert "commands" in self.scopes, "a slash command needs the scope commands"
        address = Address(channel, user, time.monotonic())
        trigger, url = self._ways_back(address)
        kind = self.workspace.kinds[channel]
        payload = {
            "command": command,
            "text": text,
            "user_id": user,
            "user_name": self.workspace.users.get(user, user).lower(),
            "channel_id": channel,
            "channel_name": "directmessage" if kind == "im" else channel.lower(),
            "team_id": TEAM,
            "team_domain": "desk",
            "api_app_id": APP,
            "is_enterprise_install": "false",
            "trigger_id": trigger,
            "response_url": url,
        }
        return Interaction(self.send_other("slash_commands", payload), trigger, url)

    def shortcut(self, callback_id: str, channel: str, ts: str, *, user: str = "U1") -> Interaction:
        """Choose a message shortcut on a message."""
        declared = {
            each["callback_id"]
            for each in self.manifest["features"].get("shortcuts", ())
            if each["type"] == "message"
        }
        assert callback_id in declared, f"the manifest does not declare {callback_id}"
        assert "commands" in self.scopes, "a shortcut needs the scope commands"
        message = self.workspace.message(channel, ts)
        trigger, url = self._ways_back(Address(channel, user, time.monotonic()))
        payload = {
            "type": "message_action",
            "callback_id": callback_id,
            "message_ts": ts,
            "message": as_json(message),
            **self._person(user, trigger, channel),
            "response_url": url,
        }
        return Interaction(self.send_other("interactive", payload), trigger, url)

    def action(
        self,
        where: Message | Ephemeral | View,
        action_id: str,
        *,
        value: str = "",
        user: str = "U1",
    ) -> Interaction:
        """Press a button, a half of the feedback buttons, or choose an option.

        Args:
            where: What shows it.
            action_id: Which element.
            value: The value of the button or option, where there is more than one.
            user: Who presses.
        """
        block, element = self._element(where, action_id, value)
        pressed = {"action_id": action_id, "block_id": block["block_id"], "type": element["type"]}
        pressed |= {"action_ts": self.new_ts(), **_chosen(element, value)}
        if isinstance(where, View):
            assert where.open, "the modal is closed"
            assert where.user == user, "somebody else's modal"
            payload = self._person(user, trigger := self.workspace.new_trigger(user, where.id))
            payload |= {
                "container": {"type": "view", "view_id": where.id},
                "view": view_json(where),
            }
            url = ""
        else:
            assert not where.deleted, "the message is gone"
            thread = where.thread
            address = Address(where.channel, user, time.monotonic(), thread, where)
            trigger, url = self._ways_back(address)
            payload = self._person(user, trigger, where.channel)
            payload |= {
                "container": _container(where),
                "response_url": url,
                "state": {"values": {}},
            }
            if isinstance(where, Message):
                payload["message"] = as_json(where)
        payload |= {"type": "block_actions", "actions": [pressed]}
        return Interaction(self.send_other("interactive", payload), trigger, url)

    def submit_view(self, view: View, values: dict[str, str], *, user: str = "U1") -> Interaction:
        """Submit a modal with texts or options by the action ids of its inputs."""
        assert view.open, "the modal is closed"
        assert view.user == user, "somebody else's modal"
        assert "submit" in view.content, "the modal has nothing to submit with"
        state: dict[str, Json] = defaultdict(dict)
        for block, element in elements_of(view.blocks):
            if block["type"] == "input":
                entered = values.get(element["action_id"])
                assert entered or block.get("optional"), f"{element['action_id']} is needed"
                state[block["block_id"]][element["action_id"]] = _entered(element, entered)
        view.open = False
        trigger = self.workspace.new_trigger(user, view.id)
        payload = {**self._person(user, trigger), "type": "view_submission", "response_urls": []}
        payload["view"] = view_json(view, dict(state))
        return Interaction(self.send_other("interactive", payload), trigger)

    def close_view(self, view: View) -> None:
        """Close a modal; the app is told only of views that ask for it, and none does."""
        view.open = False

    def _element(
        self, where: Message | Ephemeral | View, action_id: str, value: str
    ) -> tuple[Json, Json]:
        assert self.manifest["settings"]["interactivity"]["is_enabled"], "no interactivity"
        found = [(b, e) for b, e in elements_of(where.blocks) if e["action_id"] == action_id]
        if value:
            found = [(b, e) for b, e in found if value in _values(e)]
        assert found, f"nothing shows {action_id} {value}"
        return found[0]

    def _person(self, user: str, trigger: str, channel: str = "") -> Json:
        name = self.workspace.users.get(user, user).lower()
        fields: Json = {"user": {"id": user, "username": name, "name": name, "team_id": TEAM}}
        fields |= {"team": {"id": TEAM, "domain": "desk"}, "api_app_id": APP, "trigger_id": trigger}
        return {**fields, "channel": {"id": channel, "name": "c"}} if channel else fields

    def _ways_back(self, address: Address) -> tuple[str, str]:
        name = self.workspace.new_address(address)
        return self.workspace.new_trigger(address.user), f"{self.origin}/respond/{name}"


def _values(element: Json) -> list[str]:
    """Return the values that pressing an element can have."""
    if element["type"] == "feedback_buttons":
        return [element["positive_button"]["value"], element["negative_button"]["value"]]
    return [option["value"] for option in element.get("options", ())] or [element.get("value", "")]


def _chosen(element: Json, value: str) -> Json:
    """Return how a press on an element is told."""
    if "options" in element:
        option = next(o for o in element["options"] if value in {"", o["value"]})
        return {"selected_option": option}
    if element["type"] == "feedback_buttons":
        halves = (element["positive_button"], element["negative_button"])
        half = next(half for half in halves if half["value"] == value)
        return {"value": value, "text": half["text"]}
    return {"value": element["value"], "text": element["text"]} if "value" in element else {}


def _entered(element: Json, entered: str | None) -> Json:
    """Return how the content of an input is told."""
    if element["type"] == "plain_text_input":
        return {"type": element["type"], "value": entered}
    option = next((o for o in element["options"] if o["value"] == entered), None)
    return {"type": element["type"], "selected_option": option}


def _container(where: Message | Ephemeral) -> Json:
    place: Json = {"type": "message", "message_ts": where.ts, "channel_id": where.channel}
    place["is_ephemeral"] = isinstance(where, Ephemeral)
    return {**place, "thread_ts": where.thread} if where.thread else place
