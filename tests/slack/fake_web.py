"""The Web API of the fake Slack: scopes, arguments, effects, and failures on demand."""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict, deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.slack.fake_answers import acknowledge, respond
from tests.slack.fake_events import FakeEvents
from tests.slack.fake_methods import METHODS_DONE
from tests.slack.fake_workspace import BOT_ID, BOT_USER, RefusedError, refuse
from tests.slack.slack_rules import HISTORY_SCOPES, METHODS

Json = dict[str, Any]

BOT_TOKEN = "xoxb-fake-bot-token"  # noqa: S105  it opens nothing
APP_TOKEN = "xapp-fake-app-token"  # noqa: S105  it opens nothing

_ENCODED = ("blocks", "chunks", "view", "prompts", "loading_messages", "metadata")
_ANYWHERE = frozenset({"team_id"})
"""Bolt adds it to every call."""

_STOPPED_WARNING = "missing_agent_session_stopped_event_subscription"


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a Web API method, and the error it was answered with."""

    method: str
    args: Json
    ok: bool
    at: float
    error: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """What happens once in place of a method's answer.

    ``how`` is ``answer`` (with this status and error), ``drop`` (the connection is cut) or
    ``silence`` (nothing comes for ``seconds``). ``done``: the method took effect all the same.
    """

    status: int = 200
    error: str = "internal_error"
    headers: dict[str, str] = field(default_factory=dict)
    how: str = "answer"
    seconds: float = 30.0
    done: bool = False


RATE_LIMITED = Failure(429, "ratelimited", {"Retry-After": "1"})
SERVER_ERROR = Failure(500)
DROPPED = Failure(how="drop")
TIMED_OUT = Failure(how="silence")


class FakeWeb(FakeEvents):
    """What the app's calls do."""

    def __init__(self, **installed: Any) -> None:  # noqa: ANN401  as FakeEvents takes it
        super().__init__(**installed)
        self.calls: list[Call] = []
        self._failures: dict[str, deque[Failure]] = defaultdict(deque)

    def fail(self, method: str, *failures: Failure) -> None:
        """Make the next calls of a method fail."""
        self._failures[method].extend(failures)

    async def serve_method(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        args = await _arguments(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        with self.change:
            waiting = self._failures[method]
            failure = waiting.popleft() if waiting else None
        if failure is not None:
            if failure.done:
                await self._carry_out(method, token, args)
            else:
                self._note(method, args, failure.error if failure.how == "answer" else failure.how)
            return await self._failed(request, failure)
        body = await self._carry_out(method, token, args)
        headers = {"X-OAuth-Scopes": ",".join(sorted(self.scopes))}
        return web.json_response(body, headers=headers)

    async def _failed(self, request: web.Request, failure: Failure) -> web.StreamResponse:
        if failure.how == "silence":
            with suppress(TimeoutError):
                await asyncio.wait_for(self.closing.wait(), failure.seconds)
        if failure.how != "answer" and request.transport is not None:
            request.transport.abort()
        body = {"ok": False, "error": failure.error}
        return web.json_response(body, status=failure.status, headers=failure.headers)

    async def _carry_out(self, method: str, token: str, args: Json) -> Json:
        """Do what a call asks for, or refuse it, noting it if the bot is to blame."""
        with self.change:
            try:
                self._check(method, token, args)
                result = self._result(method, args)
            except RefusedError as refusal:
                self._blame(method, refusal)
                self._note(method, args, refusal.code)
                return {"ok": False, "error": refusal.code}
            self._note(method, args)
        await self._echo(method, args, result)
        return {"ok": True, **result}

    def _check(self, method: str, token: str, args: Json) -> None:
        """Refuse what is no method, lacks its token or scope, or has wrong arguments."""
        if method not in METHODS:
            refuse("unknown_method", "no such method")
        rules = METHODS[method]
        if token != (APP_TOKEN if rules.app_token else BOT_TOKEN):
            known = token in {APP_TOKEN, BOT_TOKEN}
            refuse("not_allowed_token_type" if known else "invalid_auth")
        needed = rules.scopes
        if method in {"conversations.replies", "conversations.history"}:
            kind = self.workspace.kinds.get(str(args.get("channel")), "channel")
            needed = frozenset({HISTORY_SCOPES[kind]})
        if needed and not needed & self.scopes:
            refuse("missing_scope")
        problems = [
            f"unknown argument {name}" for name in args.keys() - rules.arguments - _ANYWHERE
        ]
        problems += [f"missing argument {name}" for name in rules.required - args.keys()]
        if problems:
            refuse("invalid_arguments", *problems)

    def _result(self, method: str, args: Json) -> Json:
        if method == "apps.connections.open":
            if not self.manifest["settings"]["socket_mode_enabled"]:
                refuse("socket_mode_disabled", "the manifest does not turn Socket Mode on")
            return {"url": self.socket_url()}
        result = METHODS_DONE[method](self.workspace, args)
        unheard = "agent_session_stopped" not in self.events
        if method == "agents.sessions.setStatus" and unheard:
            result["warning"] = _STOPPED_WARNING
        return result

    async def _echo(self, method: str, args: Json, result: Json) -> None:
        """Send the bot its own message, as Slack does, if the app subscribes to messages there."""
        if method not in {"chat.postMessage", "chat.startStream", "chat.update"}:
            return
        channel = args["channel"]
        message = self.workspace.said[channel][result["ts"]]
        event = {"type": "message", "channel": channel, "user": BOT_USER, "bot_id": BOT_ID}
        event |= {"channel_type": self.workspace.kinds[channel], "ts": message.ts}
        event |= {"text": message.text or message.markdown}
        if message.thread:
            event["thread_ts"] = message.thread
        if method == "chat.update":
            inner = {**event, "edited": {"user": BOT_USER, "ts": message.ts}}
            event = {name: event[name] for name in ("type", "channel", "channel_type")}
            event |= {"subtype": "message_changed", "hidden": True, "message": inner}
            event["ts"] = self.workspace.new_ts()
        if not self.why_unheard(event):
            await self.deliver(self.event_frame(event))

    # -- answers to interactions -----------------------------------------------------------------

    async def serve_address(self, request: web.Request) -> web.StreamResponse:
        """Take what is posted to a ``response_url``."""
        body = await request.json()
        with self.change:
            try:
                respond(self.workspace, request.match_info["name"], body)
            except RefusedError as refusal:
                self._blame("response_url", refusal)
                self._note("response_url", body, refusal.code)
                return web.json_response({"ok": False, "error": refusal.code}, status=404)
            self._note("response_url", body)
        return web.json_response({"ok": True})

    def replied(self, frame: Json, reply: Json) -> None:
        """Do what an acknowledgement asks for, noting what Slack would refuse."""
        try:
            acknowledge(self.workspace, frame, reply)
        except RefusedError as refusal:
            self._blame("ack", refusal)

    def _blame(self, what: str, refusal: RefusedError) -> None:
        self.violations += [f"{what}: {problem}" for problem in refusal.problems]

    def _note(self, method: str, args: Json, error: str = "") -> None:
        with self.change:
            self.calls.append(Call(method, args, ok=not error, at=time.monotonic(), error=error))
            self.change.notify_all()


async def _arguments(request: web.Request) -> Json:
    """Return the arguments of a call, however they were sent; an empty JSON body has none."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        text = await request.text()
        args |= json.loads(text) if text.strip() else {}
    elif request.method == "POST":
        args |= {name: str(value) for name, value in (await request.post()).items()}
    for name in _ENCODED:
        if isinstance(args.get(name), str):
            args[name] = json.loads(args[name])
    args.pop("token", None)
    return args
