"""Deliveries of the fake Slack: what the manifest declares; twice or in disorder on demand."""

from __future__ import annotations

import json
import random
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from groundwire.interfaces.slack.manifest import manifest_text
from tests.slack.fake_http import HttpDoor
from tests.slack.fake_server import FakeServer
from tests.slack.fake_workspace import APP, TEAM, Workspace
from tests.slack.slack_rules import EVENT_SCOPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    Json = dict[str, Any]

_KINDS = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}


class FakeEvents(FakeServer):
    """One workspace with one app installed."""

    def __init__(
        self,
        *,
        scopes: frozenset[str] | None = None,
        events: frozenset[str] | None = None,
        manifest: Json | None = None,
        dead_socket: bool = False,
    ) -> None:
        """Install the app with its manifest, or with fewer scopes and events than that asks for."""
        self.workspace = Workspace()
        super().__init__(self.workspace.change, self.workspace.numbers, dead_socket=dead_socket)
        self.manifest: Json = manifest or json.loads(manifest_text())
        self.scopes = frozenset(self.manifest["oauth_config"]["scopes"]["bot"])
        self.events = frozenset(self.manifest["settings"]["event_subscriptions"]["bot_events"])
        if scopes is not None:
            self.scopes &= scopes
        if events is not None:
            self.events &= events
        self._held: list[Json] | None = None
        self._copies = 1

    def why_unheard(self, event: Json) -> str:
        """Return why the app is not sent this event; empty if it is."""
        name = event["type"]
        if name == "message":
            name = f"message.{_KINDS[event['channel_type']]}"
        if name not in self.events:
            return f"the manifest does not subscribe to {name}"
        needed = EVENT_SCOPES[name]
        return "" if not needed or needed in self.scopes else f"{name} needs the scope {needed}"

    def event_frame(self, event: Json, event_id: str = "", retry: int = 0, **body: Any) -> Json:  # noqa: ANN401  fields of any body
        """Return the envelope of one event."""
        payload = {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": APP,
            "event_id": event_id or f"Ev{next(self.numbers):06}",
            "event": event,
            "is_ext_shared_channel": event.get("channel") in self.workspace.shared,
            **body,
        }
        return {
            "envelope_id": f"env-{next(self.numbers)}",
            "type": "events_api",
            "accepts_response_payload": False,
            "retry_attempt": retry,
            "retry_reason": "timeout" if retry else "",
            "payload": payload,
        }

    def send(
        self,
        event: Json,
        *,
        event_id: str = "",
        retry: int = 0,
        **body: Any,  # noqa: ANN401  fields of any body
    ) -> str:
        """Deliver one event and return its id.

        Raises:
            AssertionError: The manifest does not subscribe to it, or lacks its scope.
        """
        unheard = self.why_unheard(event)
        assert not unheard, unheard
        frame = self.event_frame(event, event_id, retry, **body)
        event_id = frame["payload"]["event_id"]
        for attempt in range(self._copies):
            again = {"envelope_id": f"env-{next(self.numbers)}", "retry_attempt": retry + attempt}
            self._dispatch({**frame, **(again if attempt else {})})
        return event_id

    @contextmanager
    def duplicated(self, times: int = 3) -> Iterator[None]:
        """Deliver each event of the block several times, under one event id."""
        self._copies = times
        try:
            yield
        finally:
            self._copies = 1

    @contextmanager
    def reordered(self, seed: int = 0) -> Iterator[None]:
        """Hold back the events of the block and deliver them after it in another order."""
        self._held = []
        try:
            yield
        finally:
            held, self._held = self._held, None
            random.Random(seed).shuffle(held)  # noqa: S311  an order, no secret
            for frame in held:
                self._dispatch(frame)

    def over_http(self, url: str, secret: str) -> None:
        """Deliver to this address from now on, signed, in place of the websocket."""
        self.door = HttpDoor(url, secret)

    def send_other(self, kind: str, payload: Json) -> str:
        """Deliver a command or what was pressed or submitted, and return its envelope's id."""
        envelope = f"env-{next(self.numbers)}"
        frame = {"envelope_id": envelope, "type": kind, "payload": payload}
        self._dispatch({**frame, "accepts_response_payload": True})
        return envelope

    def _dispatch(self, frame: Json) -> None:
        if self._held is None:
            self.run(self.deliver(frame))
        else:
            self._held.append(frame)
