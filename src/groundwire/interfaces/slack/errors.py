"""What can go wrong between us and Slack, as one line with a hint."""

from __future__ import annotations

from groundwire.domain.errors import GroundwireError


class SlackError(GroundwireError):
    """Slack cannot be used."""

    code = "slack"


class SlackRefusedError(SlackError):
    """Slack does not accept a token."""

    code = "slack_refused"

    def __init__(self, token: str, reason: str) -> None:
        """Say which token was refused, by the name of its setting, and what Slack called it."""
        super().__init__(
            f"Slack refused {token}: {reason}",
            hint="copy the tokens from https://api.slack.com/apps: SLACK_BOT_TOKEN starts with "
            "xoxb-, SLACK_APP_TOKEN starts with xapp- and has the scope connections:write",
        )


class SlackUnreachableError(SlackError):
    """There is no connection to Slack."""

    code = "slack_unreachable"

    def __init__(self, what: str) -> None:
        """Say what could not be reached."""
        super().__init__(
            f"{what} cannot be reached",
            hint="check the network and any HTTPS_PROXY; SLACK_API_URL is only for testing",
        )
