"""The two ways in which Slack's deliveries come: over a websocket that we open, or to our port."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from groundwire.interfaces.slack.http import HttpDoor
from groundwire.interfaces.slack.websocket import Websocket

if TYPE_CHECKING:
    from slack_bolt import App

    from groundwire.interfaces.slack.options import SlackOptions


class Link(Protocol):
    """Something that deliveries come over."""

    def is_connected(self) -> bool:
        """Return whether deliveries can come."""
        ...

    def close(self) -> None:
        """Take no more of them."""
        ...


def open_link(app: App, options: SlackOptions) -> Link:
    """Let deliveries come, over HTTP where the options name an address to listen at.

    Raises:
        MissingExtraError: The HTTP server is not installed.
        SettingsError: The address cannot be listened at.
        SlackRefusedError: The app token is wrong.
        SlackUnreachableError: The websocket cannot be opened.
    """
    if options.listen is not None:
        return HttpDoor(app, *options.listen)
    return Websocket(app, options)
