"""The websocket to Slack."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from groundwire.interfaces.slack.clients import APP_TOKEN, library_log, slack_errors
from groundwire.interfaces.slack.errors import SlackUnreachableError

if TYPE_CHECKING:
    from slack_bolt import App
    from slack_sdk import WebClient
    from slack_sdk.socket_mode.builtin import SocketModeClient

    from groundwire.interfaces.slack.options import SlackOptions


def serve(app: App, options: SlackOptions) -> SocketModeClient:
    """Open the websocket that ``app`` is served over. It reconnects by itself from then on.

    Raises:
        SlackRefusedError: The app token is wrong.
        SlackUnreachableError: Slack, or the address that it gave, does not answer.
    """
    from slack_bolt.adapter.socket_mode import SocketModeHandler

    handler = SocketModeHandler(app, options.app_token, ping_interval=options.ping_interval)
    _connect(handler.client)
    return handler.client


class Websocket:
    """The websocket that a running bot is served over."""

    def __init__(self, app: App, options: SlackOptions) -> None:
        """Open it; see ``serve`` for what can go wrong."""
        self._client = serve(app, options)

    def is_connected(self) -> bool:
        """Return whether it is open."""
        return self._client.is_connected()

    def close(self) -> None:
        """Close it for good."""
        hang_up(self._client)


def try_out(web_client: WebClient, options: SlackOptions) -> None:
    """Open the websocket and close it again.

    Raises:
        SlackRefusedError: The app token is wrong.
        SlackUnreachableError: Slack, or the address that it gave, does not answer.
    """
    from slack_sdk.socket_mode.builtin import SocketModeClient

    client = SocketModeClient(
        options.app_token,
        logger=library_log(),
        web_client=web_client,
        auto_reconnect_enabled=False,
    )
    _connect(client)
    hang_up(client)


def hang_up(client: SocketModeClient) -> None:
    """Close the websocket for good.

    Slack's library waits for its reader, which waits up to three seconds for a frame, and for its
    dispatcher, which waits a second for a message. A ping, which is answered, and an empty message
    wake them, and then they see that they are to end.
    """
    client.closed = True
    session = client.current_session
    if session is not None:
        client.current_session_state.terminated = True
        with suppress(OSError):
            session.ping("bye")
    client.message_queue.put(None)
    client.close()


def _connect(client: SocketModeClient) -> None:
    """Connect, or close what was begun and raise what people can read."""
    try:
        with slack_errors(APP_TOKEN):
            client.connect()
    except BaseException:
        hang_up(client)
        raise
    if not client.is_connected():  # Slack's library logs the failure and goes on
        hang_up(client)
        raise SlackUnreachableError("Slack's websocket")
