"""A strict Slack on loopback: the Web API, a real websocket, and the rules of the shipped manifest.

It refuses what Slack would refuse and notes it in ``violations``, which every test ends by looking
at: a method without its scope, blocks over a limit, a thread that does not exist, an unknown
argument, a second acknowledgement, a late one. It cannot be made to send what the manifest does not
subscribe to. Like Slack it sends a mention twice and the bot's own messages back to it.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from groundwire.interfaces.slack.manifest import manifest_text
from tests.slack.fake_server import FakeServer
from tests.slack.slack_rules import EVENT_SCOPES, METHODS, message_errors

BOT_TOKEN = "xoxb-fake-bot-token"  # noqa: S105  it opens nothing
APP_TOKEN = "xapp-fake-app-token"  # noqa: S105  it opens nothing
TEAM = "T1"
BOT_USER = "UBOT"
BOT_ID = "BBOT"


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a Web API method."""

    method: str
    args: dict[str, Any]
    ok: bool
    at: float


@dataclass(frozen=True, slots=True)
class Failure:
    """What a method answers once in place of its result."""

    status: int = 200
    error: str = "internal_error"
    headers: dict[str, str] = field(default_factory=dict)


class FakeSlack(FakeServer):
    """One workspace with one app."""

    def __init__(self, *, scopes: frozenset[str] | None = None, dead_socket: bool = False) -> None:
        super().__init__(dead_socket=dead_socket)
        manifest = json.loads(manifest_text())
        self.scopes = frozenset(manifest["oauth_config"]["scopes"]["bot"])
        if scopes is not None:
            self.scopes &= scopes
        self.events = frozenset(manifest["settings"]["event_subscriptions"]["bot_events"])
        self.users = {"U2": "Ana", BOT_USER: "groundwire"}
        self.calls: list[Call] = []
        self._failures: dict[str, deque[Failure]] = defaultdict(deque)
        self._known: dict[str, set[str]] = defaultdict(set)
        self._kinds: dict[str, str] = {}

    # -- what people do --------------------------------------------------------------------------

    def channel(self, kind: str = "channel") -> str:
        """Open a new channel, ``group``, ``mpim`` or ``im``, and return its id."""
        name = f"{'D' if kind == 'im' else 'C'}{next(self.numbers):04}"
        self._kinds[name] = kind
        return name

    def write(self, channel: str, text: str, thread: str | None = None, **extra: Any) -> str:  # noqa: ANN401  fields of any event
        """Write a message as a person and return its ``ts``."""
        ts = extra.pop("ts", None) or self.new_ts()
        event = {"channel": channel, "user": "U1", "text": text, "ts": ts, **extra}
        if thread:
            event["thread_ts"] = thread
        self._known[channel].add(ts)
        self.send({**event, "type": "message", "channel_type": self._kinds[channel]})
        if f"<@{BOT_USER}" in text and self._kinds[channel] != "im":
            self.send({**event, "type": "app_mention"})
        return str(ts)

    def known(self, channel: str, ts: str) -> None:
        """Let there be a message that the bot was not sent."""
        self._known[channel].add(ts)

    def mention(self, channel: str, text: str, thread: str | None = None, **extra: Any) -> str:  # noqa: ANN401  fields of any event
        """Mention the bot in a message and return its ``ts``."""
        return self.write(channel, f"<@{BOT_USER}> {text}", thread, **extra)

    def send(
        self,
        event: dict[str, Any],
        *,
        event_id: str = "",
        retry: int = 0,
        **body: Any,  # noqa: ANN401  fields of any body
    ) -> str:
        """Deliver one event and return its id.

        Raises:
            AssertionError: The manifest does not subscribe to it, or lacks its scope.
        """
        self._check_subscribed(event)
        event_id = event_id or f"Ev{next(self.numbers):06}"
        envelope = f"env-{next(self.numbers)}"
        payload = {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": "A1",
            "event_id": event_id,
            "event": event,
            **body,
        }
        frame = {
            "envelope_id": envelope,
            "type": "events_api",
            "accepts_response_payload": False,
            "retry_attempt": retry,
            "retry_reason": "timeout" if retry else "",
            "payload": payload,
        }
        self.run(self.deliver(frame))
        return event_id

    def fail(self, method: str, *failures: Failure) -> None:
        """Make the next calls of a method fail."""
        self._failures[method].extend(failures)

    def new_ts(self) -> str:
        """Return the time stamp of a new message; they only grow."""
        return f"1700000000.{next(self.numbers):06}"

    # -- what can be seen ------------------------------------------------------------------------

    def posts(self, channel: str) -> list[dict[str, Any]]:
        """Return the messages that the bot posted in a channel."""
        return [
            call.args
            for call in list(self.calls)
            if call.ok and call.method == "chat.postMessage" and call.args["channel"] == channel
        ]

    def statuses(self, channel: str) -> list[Call]:
        """Return the statuses that the bot showed in a channel."""
        return [
            call
            for call in list(self.calls)
            if call.method == "assistant.threads.setStatus" and call.args["channel_id"] == channel
        ]

    def wait_for_posts(
        self, channel: str, count: int = 1, seconds: float = 10
    ) -> list[dict[str, Any]]:
        """Wait until the bot has posted ``count`` messages, and return them."""
        self.wait(lambda: len(self.posts(channel)) >= count, f"{count} posts in {channel}", seconds)
        return self.posts(channel)

    # -- the rules -------------------------------------------------------------------------------

    def _check_subscribed(self, event: dict[str, Any]) -> None:
        kinds = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
        name = event["type"]
        if name == "message":
            name = f"message.{kinds[event['channel_type']]}"
        assert name in self.events, f"the manifest does not subscribe to {name}"
        assert EVENT_SCOPES[name] in self.scopes, f"{name} needs the scope {EVENT_SCOPES[name]}"

    def _refusal(self, method: str, token: str, args: dict[str, Any]) -> str:
        """Return the error that Slack would give; noting it if the bot is to blame."""
        if method not in METHODS:
            self.violations.append(f"{method}: no such method")
            return "unknown_method"
        rules = METHODS[method]
        if token != (APP_TOKEN if rules.app_token else BOT_TOKEN):
            return "not_allowed_token_type" if token in {APP_TOKEN, BOT_TOKEN} else "invalid_auth"
        if rules.scopes and not rules.scopes & self.scopes:
            return "missing_scope"
        problems = [f"unknown argument {name}" for name in args.keys() - rules.arguments]
        problems += [f"missing argument {name}" for name in rules.required - args.keys()]
        if method == "chat.postMessage":
            problems += message_errors(args)
        thread = args.get("thread_ts")
        channel = args.get("channel") or args.get("channel_id")
        if thread and thread not in self._known[str(channel)]:
            problems.append(f"no thread {thread} in {channel}")
        self.violations.extend(f"{method}: {problem}" for problem in problems)
        return "invalid_arguments" if problems else ""

    def _result(self, method: str, args: dict[str, Any]) -> dict[str, Any]:
        if method == "auth.test":
            names = {"user": "groundwire", "team": "The Desk", "url": "https://desk.slack.com/"}
            return {"user_id": BOT_USER, "bot_id": BOT_ID, "team_id": TEAM, **names}
        if method == "apps.connections.open":
            return {"url": self.socket_url()}
        if method == "users.info":
            name = self.users.get(args["user"])
            return {"user": {"name": name, "profile": {"display_name": name}}}
        if method == "chat.postMessage":
            ts = self.new_ts()
            self._known[args["channel"]].add(ts)
            return {"channel": args["channel"], "ts": ts}
        return {}

    # -- the Web API ------------------------------------------------------------------------------

    async def serve_method(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        args = await _arguments(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if self._failures[method]:
            failure = self._failures[method].popleft()
            self._note(Call(method, args, ok=False, at=time.monotonic()))
            body = {"ok": False, "error": failure.error}
            return web.json_response(body, status=failure.status, headers=failure.headers)
        refusal = self._refusal(method, token, args)
        result = {} if refusal else self._result(method, args)
        self._note(Call(method, args, ok=not refusal, at=time.monotonic()))
        body = {"ok": False, "error": refusal} if refusal else {"ok": True, **result}
        if method == "chat.postMessage" and not refusal:
            await self._echo(args, str(result["ts"]))
        headers = {"X-OAuth-Scopes": ",".join(sorted(self.scopes))}
        return web.json_response(body, headers=headers)

    async def _echo(self, args: dict[str, Any], ts: str) -> None:
        """Send the bot its own message, as Slack does."""
        event = {
            "type": "message",
            "channel": args["channel"],
            "channel_type": self._kinds[args["channel"]],
            "user": BOT_USER,
            "bot_id": BOT_ID,
            "text": args.get("text", ""),
            "ts": ts,
            "thread_ts": args.get("thread_ts"),
        }
        body = {"team_id": TEAM, "event_id": f"Ev{next(self.numbers):06}", "event": event}
        envelope = f"env-{next(self.numbers)}"
        frame = {"envelope_id": envelope, "type": "events_api", "payload": body}
        await self.deliver({**frame, "accepts_response_payload": False})

    def _note(self, call: Call) -> None:
        with self.change:
            self.calls.append(call)
            self.change.notify_all()


async def _arguments(request: web.Request) -> dict[str, Any]:
    """Return the arguments of a call, however they were sent; an empty JSON body has none."""
    args: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        text = await request.text()
        args |= json.loads(text) if text.strip() else {}
    elif request.method == "POST":
        args |= {name: str(value) for name, value in (await request.post()).items()}
    for name in ("blocks",):
        if isinstance(args.get(name), str):
            args[name] = json.loads(args[name])
    args.pop("token", None)
    return args
