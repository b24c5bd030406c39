"""The HTTP door: Slack posts to us, each delivery signed with our signing secret."""

from __future__ import annotations

import logging
import socket
import threading
from typing import TYPE_CHECKING, Any

from groundwire.domain.errors import MissingExtraError, SettingsError
from groundwire.interfaces.slack.clients import without_traceback

if TYPE_CHECKING:
    from slack_bolt import App

PATH = "/slack/events"
"""Where Slack posts events, commands and what people press."""

_THREADS = 8
"""Threads that take deliveries; each is done with one as soon as it is acknowledged."""

_BODY_BYTES = 2**20
_STOP_SECONDS = 5.0


class HttpDoor:
    """A server for Slack's deliveries. Who signs wrongly, late or not at all gets a 401."""

    def __init__(self, app: App, host: str, port: int) -> None:
        """Listen for deliveries to ``app`` from here on.

        Args:
            app: Slack's application object, made with the signing secret.
            host: The address to listen at.
            port: The port; 0 for any free one.

        Raises:
            MissingExtraError: The HTTP server is not installed.
            SettingsError: The address cannot be listened at.
        """
        from slack_bolt.adapter.wsgi import SlackRequestHandler

        try:
            from waitress.server import create_server
        except ImportError:
            raise MissingExtraError("slack", "groundwire slack serve") from None
        listening = _listen(host, port)
        self.port = int(listening.getsockname()[1])
        self._map: dict[int, Any] = {}
        self._server = create_server(
            SlackRequestHandler(app, path=PATH),
            map=self._map,
            sockets=[listening],
            threads=_THREADS,
            max_request_body_size=_BODY_BYTES,
            ident=None,
        )
        _quiet_log()
        self._thread = threading.Thread(target=self._server.run, name="slack-http", daemon=True)
        self._thread.start()

    def is_connected(self) -> bool:
        """Return whether deliveries are taken."""
        return self._thread.is_alive()

    def close(self) -> None:
        """Take no more deliveries, let those that came be acknowledged, and close the port."""
        from waitress import wasyncore

        self._server.trigger.pull_trigger(self._server.del_channel)
        self._server.task_dispatcher.shutdown(timeout=_STOP_SECONDS)
        self._server.trigger.pull_trigger(lambda: wasyncore.close_all(self._map))
        self._thread.join(_STOP_SECONDS)
        self._server.socket.close()


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that is bound to the address.

    Raises:
        SettingsError: It cannot be bound.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or "there is no such address"
        raise SettingsError(
            f"cannot listen at {host}:{port}: {reason}",
            hint="choose another address with --host and --port",
        ) from None


def _quiet_log() -> None:
    """Keep the server's log to errors of one line."""
    log = logging.getLogger("waitress")
    log.setLevel(logging.ERROR)
    log.addFilter(without_traceback)
