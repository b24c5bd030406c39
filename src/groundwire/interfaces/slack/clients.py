"""Slack's Web API clients, and who we are in it."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import util
from typing import TYPE_CHECKING

from groundwire.domain.errors import MissingExtraError, SettingsError
from groundwire.interfaces.slack.errors import SlackRefusedError, SlackUnreachableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slack_sdk import WebClient

    from groundwire.interfaces.slack.options import SlackOptions

BOT_TOKEN = "SLACK_BOT_TOKEN"  # noqa: S105  the name of a setting
APP_TOKEN = "SLACK_APP_TOKEN"  # noqa: S105  the name of a setting

_ANSWER_SECONDS = 15
_COURTESY_SECONDS = 3
_RATE_LIMIT_RETRIES = 3


@dataclass(frozen=True, slots=True)
class Identity:
    """Who Slack says we are.

    Attributes:
        user: Our user id.
        name: Our user name.
        team: Name of the workspace.
        scopes: What the bot token may do; empty if Slack did not say.
    """

    user: str
    name: str
    team: str
    scopes: frozenset[str]


def library_log() -> logging.Logger:
    """Return the logger for Slack's libraries, kept to errors of one line.

    Below ERROR they log whole messages, and those are nobody else's business.
    """
    log = logging.getLogger("groundwire.slack.library")
    log.setLevel(logging.ERROR)
    log.addFilter(_without_traceback)
    return log


def _without_traceback(record: logging.LogRecord) -> bool:
    """Keep the record, less its traceback: a lost connection is no defect."""
    record.exc_info = None
    return True


def require_slack(options: SlackOptions) -> None:
    """Check what must be there before anything is tried.

    Raises:
        MissingExtraError: Slack's libraries are not installed.
        SettingsError: A token is not set.
    """
    if util.find_spec("slack_bolt") is None or util.find_spec("slack_sdk") is None:
        raise MissingExtraError("slack", "the Slack bot")
    for name, token in ((BOT_TOKEN, options.bot_token), (APP_TOKEN, options.app_token)):
        if not token:
            raise SettingsError(
                f"{name} is not set",
                hint="make the app with the output of: groundwire slack manifest, install it, and "
                "put its tokens into SLACK_BOT_TOKEN and SLACK_APP_TOKEN",
            )


def patient_client(options: SlackOptions) -> WebClient:
    """Return the client that answers are posted with: it tries again when Slack says so."""
    from slack_sdk.http_retry.builtin_handlers import (
        ConnectionErrorRetryHandler,
        RateLimitErrorRetryHandler,
        ServerErrorRetryHandler,
    )

    client = courtesy_client(options)
    client.timeout = _ANSWER_SECONDS
    client.retry_handlers = [
        ConnectionErrorRetryHandler(),
        RateLimitErrorRetryHandler(max_retry_count=_RATE_LIMIT_RETRIES),
        ServerErrorRetryHandler(),
    ]
    return client


def courtesy_client(options: SlackOptions) -> WebClient:
    """Return the client for calls that may fail: it tries once and does not wait long."""
    from slack_sdk import WebClient

    return WebClient(
        token=options.bot_token,
        base_url=options.api_url.rstrip("/") + "/",
        timeout=_COURTESY_SECONDS,
        retry_handlers=[],
        logger=library_log(),
    )


def identify(client: WebClient) -> Identity:
    """Ask Slack who we are.

    Raises:
        SlackRefusedError: The bot token is wrong.
        SlackUnreachableError: Slack does not answer.
    """
    with slack_errors(BOT_TOKEN):
        response = client.auth_test()
    headers = {name.lower(): value for name, value in response.headers.items()}
    scopes = str(headers.get("x-oauth-scopes", "")).split(",")
    return Identity(
        user=str(response["user_id"]),
        name=str(response.get("user", "")),
        team=str(response.get("team", "")),
        scopes=frozenset(filter(None, map(str.strip, scopes))),
    )


@contextmanager
def slack_errors(token: str) -> Iterator[None]:
    """Turn what Slack's library raises into one line for people.

    Args:
        token: Name of the setting that holds the token of these calls.
    """
    from slack_sdk.errors import SlackApiError, SlackClientError

    try:
        yield
    except SlackApiError as error:
        raise SlackRefusedError(token, error_code(error)) from error
    except (SlackClientError, OSError) as error:
        raise SlackUnreachableError("Slack's Web API") from error


def error_code(error: Exception) -> str:
    """Return the code that Slack gave for a failed call, or the kind of error."""
    from slack_sdk.errors import SlackApiError

    code = error.response.get("error") if isinstance(error, SlackApiError) else None
    return str(code or type(error).__name__)
