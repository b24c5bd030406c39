"""What the Slack door is told: tokens, address, who may ask."""

from __future__ import annotations

from dataclasses import dataclass, field

SLACK_API_URL = "https://slack.com/api/"


@dataclass(frozen=True, slots=True)
class SlackOptions:
    """Values for one Slack app in one workspace. The tokens are never part of its ``repr``.

    Attributes:
        bot_token: The bot user's token, ``xoxb-…``.
        app_token: The app-level token with ``connections:write``, ``xapp-…``.
        api_url: Where the Web API is.
        channels: Ids of the channels that may ask; empty for every channel the bot is in. Direct
            messages are no channels.
        workers: How many questions are worked on at once.
        queue: How many questions may wait.
        grace: Seconds that running answers get when the bot is stopped.
        remember_days: After how many silent days a conversation is forgotten.
        ping_interval: Seconds between two signs of life on the websocket.
    """

    bot_token: str = field(repr=False)
    app_token: str = field(repr=False)
    api_url: str = SLACK_API_URL
    channels: tuple[str, ...] = ()
    workers: int = 2
    queue: int = 100
    grace: float = 10.0
    remember_days: int = 30
    ping_interval: float = 10.0
