"""The wire of the fake Slack: HTTP and websockets on loopback, in a thread of their own.

An event that was not acknowledged when its websocket closed is delivered again over the next one.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import threading
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from aiohttp import WSMsgType, web

if TYPE_CHECKING:
    from collections.abc import Callable

ACK_SECONDS = 3.0


@dataclass(slots=True)
class Delivery:
    """One envelope that was sent over a websocket."""

    frame: dict[str, Any]
    sent: float
    socket: web.WebSocketResponse | None = None
    acked: float | None = None


class FakeServer(ABC):
    """Serves a Web API at ``/api/`` and websockets at ``/link``."""

    def __init__(self, *, dead_socket: bool = False) -> None:
        self.violations: list[str] = []
        self.deliveries: dict[str, Delivery] = {}
        self.connections = 0
        self.numbers = itertools.count(1)
        self.change = threading.Condition()
        self._dead_socket = dead_socket
        self._tickets: set[str] = set()
        self._sockets: list[web.WebSocketResponse] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._port = 0

    @abstractmethod
    async def serve_method(self, request: web.Request) -> web.Response:
        """Answer one call of the Web API."""

    def start(self) -> Self:
        """Listen on a free port."""
        self._thread.start()
        self._runner, self._port = self.run(self._listen())
        return self

    def stop(self) -> None:
        """Close every connection and the port."""
        self.run(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def api_url(self) -> str:
        """Where the Web API is."""
        return f"http://127.0.0.1:{self._port}/api/"

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
        return max(d.acked - d.sent for d in self.deliveries.values() if d.acked)

    def socket_url(self) -> str:
        if self._dead_socket:
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
            if not delivery.acked and delivery.socket not in self._sockets:
                await self.deliver({**delivery.frame, "retry_attempt": 1})
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                self._acknowledged(json.loads(message.data))
        self._sockets.remove(socket)
        return socket

    def _acknowledged(self, frame: dict[str, Any]) -> None:
        delivery = self.deliveries.get(frame["envelope_id"])
        with self.change:
            if delivery is None:
                self.violations.append("acknowledged what was never sent")
            elif delivery.acked:
                self.violations.append("acknowledged twice")
            else:
                delivery.acked = time.monotonic()
                if delivery.acked - delivery.sent > ACK_SECONDS:
                    self.violations.append("acknowledged too late")
            self.change.notify_all()

    async def deliver(self, frame: dict[str, Any]) -> None:
        """Send an event over the latest websocket; without one it waits for the next."""
        socket = self._sockets[-1] if self._sockets else None
        self.deliveries[frame["envelope_id"]] = Delivery(frame, time.monotonic(), socket)
        if socket is not None and not socket.closed:
            await socket.send_json(frame)

    async def _close_sockets(self) -> None:
        for socket in list(self._sockets):
            await socket.close()

    async def _listen(self) -> tuple[web.AppRunner, int]:
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self.serve_method)
        app.router.add_get("/link", self._serve_socket)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return runner, int(runner.addresses[0][1])

    def run(self, coroutine: Any) -> Any:  # noqa: ANN401  whatever it returns
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(10)
