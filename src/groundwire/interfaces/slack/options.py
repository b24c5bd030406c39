"""What the Slack door is told: tokens, address, who may ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from groundwire.interfaces.slack.scopes import Scopes

if TYPE_CHECKING:
    from pathlib import Path

SLACK_API_URL = "https://slack.com/api/"


@dataclass(frozen=True, slots=True)
class SlackOptions:
    """Values for one Slack app in one workspace. The tokens are never part of its ``repr``.

    Attributes:
        bot_token: The bot user's token, ``xoxb-…``.
        app_token: The app-level token with ``connections:write``, ``xapp-…``; not needed for HTTP.
        api_url: Where the Web API is.
        scopes: Who may ask, where, and of which documents.
        per_minute: How many questions one person may ask in a minute.
        reply_mode: Where answers appear bit by bit: ``auto``, in direct messages; ``stream``,
            everywhere; ``post``, nowhere.
        workers: How many questions are worked on at once.
        queue: How many questions may wait.
        grace: Seconds that running answers get when the bot is stopped.
        remember_days: After how many silent days a conversation is forgotten.
        log_content: Whether questions are written into the log.
        health: Where the health file is written; None: nowhere.
        ping_interval: Seconds between two signs of life on the websocket.
        recall_seconds: How often it is looked for answers that do not stand any more.
        recall_pause: Seconds between two notices about them: Slack lets an app post once a second
            into a channel.
        signing_secret: What Slack signs its deliveries with; needed for HTTP.
        listen: Host and port to take deliveries at over HTTP; None: over a websocket.
    """

    bot_token: str = field(repr=False)
    app_token: str = field(repr=False)
    api_url: str = SLACK_API_URL
    scopes: Scopes = field(default_factory=Scopes)
    per_minute: int = 10
    reply_mode: Literal["auto", "stream", "post"] = "auto"
    workers: int = 2
    queue: int = 100
    grace: float = 10.0
    remember_days: int = 30
    log_content: bool = False
    health: Path | None = None
    ping_interval: float = 10.0
    recall_seconds: float = 60.0
    recall_pause: float = 1.2
    signing_secret: str = field(default="", repr=False)
    listen: tuple[str, int] | None = None
