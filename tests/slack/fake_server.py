"""The wire of the fake Slack: HTTP and websockets on loopback, in a thread of their own.

An event that was not acknowledged when its websocket closed is delivered again over the next one.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Self

from aiohttp import WSMsgType, web

from tests.slack.fake_http import ACK_SECONDS

if TYPE_CHECKING:
    import itertools
    from collections.abc import Callable

    from tests.slack.fake_http import HttpDoor


@dataclass(slots=True)
class Delivery:
    """One envelope that was sent; ``reply`` is what came with its acknowledgement."""

    frame: dict[str, Any]
    sent: float
    socket: web.WebSocketResponse | None = None
    acked: float | None = None
    reply: dict[str, Any] | None = None
    status: int = 0


class FakeServer(ABC):
    """Serves a Web API at ``/api/``, addresses at ``/respond/`` and websockets at ``/link``."""

    def __init__(
        self, change: threading.Condition, numbers: itertools.count[int], *, dead_socket: bool
    ) -> None:
        self.violations: list[str] = []
        self.deliveries: dict[str, Delivery] = {}
        self.connections = 0
        self.numbers = numbers
        self.change = change
        self.dead_socket = dead_socket
        self.door: HttpDoor | None = None
        self._tickets: set[str] = set()
        self._sockets: list[web.WebSocketResponse] = []
        self._posting: set[asyncio.Task[None]] = set()
        self.closing = asyncio.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._port = 0

    @abstractmethod
    async def serve_method(self, request: web.Request) -> web.StreamResponse:
        """Answer one call of the Web API."""

    @abstractmethod
    async def serve_address(self, request: web.Request) -> web.StreamResponse:
        """Take one answer to an interaction."""

    @abstractmethod
    def replied(self, frame: dict[str, Any], reply: dict[str, Any]) -> None:
        """Do what an acknowledgement asks for."""

    def start(self) -> Self:
        """Listen on a free port."""
        self._thread.start()
        self._runner, self._port = self.run(self._listen())
        return self

    def shut_down(self) -> None:
        """Close every connection and the port."""
        self.run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def api_url(self) -> str:
        """Where the Web API is."""
        return f"{self.origin}/api/"

    @property
    def origin(self) -> str:
        """Where everything is."""
        return f"http://127.0.0.1:{self._port}"

    def wait(self, condition: Callable[[], object], what: str, seconds: float = 10) -> None:
        """Wait until something is so."""
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, f"waited in vain for {what}"
            with self.change:
                self.change.wait(0.02)

    def wait_for_acks(self) -> None:
        """Wait until everything delivered so far is acknowledged."""
        waiting = list(self.deliveries.values())
        self.wait(lambda: all(d.acked for d in waiting), "acknowledgements", ACK_SECONDS)

    def slowest_ack(self) -> float:
        """Return the seconds that the slowest acknowledgement took."""
        return max(d.acked - d.sent for d in list(self.deliveries.values()) if d.acked)

    def socket_url(self) -> str:
        if self.dead_socket:
            return "ws://127.0.0.1:9/link"
        ticket = f"ticket-{next(self.numbers)}"
        self._tickets.add(ticket)
        return f"ws://127.0.0.1:{self._port}/link?ticket={ticket}"

    def ask_to_reconnect(self) -> None:
        """Tell the bot to open a new websocket, as Slack does every few hours."""
        before, old = self.connections, self._sockets[-1]
        self.run(old.send_json({"type": "disconnect", "reason": "refresh_requested"}))
        self.wait(lambda: self.connections > before, "a new websocket")
        self.run(old.close())

    def drop(self) -> None:
        """Close the websockets."""
        self.run(self._close_sockets())

    async def _serve_socket(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": len(self._sockets) + 1})
        self._sockets.append(socket)
        with self.change:
            self.connections += 1
            self.change.notify_all()
        for delivery in list(self.deliveries.values()):
            missed = not delivery.acked and delivery.socket not in self._sockets
            if missed and delivery.frame["type"] == "events_api":
                await self.deliver({**delivery.frame, "retry_attempt": 1})
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                frame = json.loads(message.data)
                self._acknowledged(frame["envelope_id"], frame.get("payload"))
        self._sockets.remove(socket)
        return socket

    def _acknowledged(self, envelope: str, reply: dict[str, Any] | None) -> None:
        delivery = self.deliveries.get(envelope)
        with self.change:
            if delivery is None:
                self.violations.append("acknowledged what was never sent")
            elif delivery.acked:
                self.violations.append("acknowledged twice")
            else:
                delivery.reply = reply or None
                if reply:
                    self.replied(delivery.frame, reply)
                delivery.acked = time.monotonic()
                if delivery.acked - delivery.sent > ACK_SECONDS:
                    self.violations.append("acknowledged too late")
            self.change.notify_all()

    async def deliver(self, frame: dict[str, Any]) -> None:
        """Send an envelope over the latest websocket; without one an event waits for the next.

        Where the bot takes deliveries over HTTP it is posted there, without waiting for the answer.
        """
        socket = self._sockets[-1] if self._sockets else None
        delivery = Delivery(frame, time.monotonic(), socket)
        self.deliveries[frame["envelope_id"]] = delivery
        if self.door is not None:
            task = asyncio.create_task(self._post(self.door, delivery))
            self._posting.add(task)
            task.add_done_callback(self._posting.discard)
        elif socket is not None and not socket.closed:
            await socket.send_json(frame)

    async def _post(self, door: HttpDoor, delivery: Delivery) -> None:
        delivery.status, text = await door.post(delivery.frame)
        if delivery.status == HTTPStatus.OK:
            reply = json.loads(text) if text.startswith("{") else None
            if text and reply is None and delivery.frame["type"] == "slash_commands":
                reply = {"text": text}
            self._acknowledged(delivery.frame["envelope_id"], reply)
        with self.change:
            self.change.notify_all()

    async def _close_sockets(self) -> None:
        for socket in list(self._sockets):
            await socket.close()

    async def _close(self) -> None:
        self.closing.set()
        for task in list(self._posting):
            task.cancel()
        await self._runner.cleanup()

    async def _listen(self) -> tuple[web.AppRunner, int]:
        app = web.Application(client_max_size=2**22)
        app.router.add_route("*", "/api/{method}", self.serve_method)
        app.router.add_post("/respond/{name}", self.serve_address)
        app.router.add_get("/link", self._serve_socket)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return runner, int(runner.addresses[0][1])

    def run(self, coroutine: Any) -> Any:  # noqa: ANN401  whatever it returns
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(10)
