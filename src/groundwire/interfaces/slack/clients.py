"""Slack's Web API clients, and who we are in it."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import RemoteDisconnected
from importlib import util
from typing import TYPE_CHECKING
from urllib.error import URLError

from groundwire.domain.errors import MissingExtraError, SettingsError
from groundwire.interfaces.slack.errors import SlackRefusedError, SlackUnreachableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slack_sdk import WebClient

    from groundwire.interfaces.slack.options import SlackOptions

BOT_TOKEN = "SLACK_BOT_TOKEN"  # noqa: S105  the name of a setting
APP_TOKEN = "SLACK_APP_TOKEN"  # noqa: S105  the name of a setting
SIGNING_SECRET = "SLACK_SIGNING_SECRET"  # noqa: S105  the name of a setting

_MAKE_APP = (
    "make the app with the output of: groundwire slack manifest, install it, and put its tokens "
    "into SLACK_BOT_TOKEN and SLACK_APP_TOKEN"
)
ANSWER_SECONDS = 15
"""How long Slack may take over a call that matters."""

_LOST = (URLError, ConnectionResetError, RemoteDisconnected, TimeoutError)
"""What a call ends with that got no answer. Slack's library leaves time-outs out."""

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
    log.addFilter(without_traceback)
    return log


def without_traceback(record: logging.LogRecord) -> bool:
    """Keep the record, less its traceback: a lost connection is no defect."""
    record.exc_info = None
    return True


def require_slack(options: SlackOptions) -> None:
    """Check what must be there before anything is tried.

    Raises:
        MissingExtraError: Slack's libraries are not installed.
        SettingsError: A token, or over HTTP the signing secret, is not set.
    """
    if util.find_spec("slack_bolt") is None or util.find_spec("slack_sdk") is None:
        raise MissingExtraError("slack", "the Slack bot")
    if not options.bot_token:
        raise SettingsError(f"{BOT_TOKEN} is not set", hint=_MAKE_APP)
    if options.listen is None and not options.app_token:
        raise SettingsError(f"{APP_TOKEN} is not set", hint=_MAKE_APP)
    if options.listen is not None and not options.signing_secret:
        raise SettingsError(
            f"{SIGNING_SECRET} is not set: without it anybody could pretend to be Slack",
            hint="copy it from Basic Information at https://api.slack.com/apps",
        )


def patient_client(options: SlackOptions) -> WebClient:
    """Return the client that tries again, for whatever may be done twice.

    It waits when Slack says so, and repeats a call once that failed in Slack or on the way.
    """
    from slack_sdk.http_retry.builtin_handlers import (
        ConnectionErrorRetryHandler,
        RateLimitErrorRetryHandler,
        ServerErrorRetryHandler,
    )

    client = courtesy_client(options)
    client.timeout = ANSWER_SECONDS
    client.retry_handlers = [
        ConnectionErrorRetryHandler(error_types=[*_LOST]),
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


def repeating_nothing(client: WebClient) -> WebClient:
    """Return a client like another one that repeats only what Slack refused for its rate."""
    from slack_sdk import WebClient
    from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

    handlers = [
        handler
        for handler in client.retry_handlers
        if isinstance(handler, RateLimitErrorRetryHandler)
    ]
    return WebClient(
        token=client.token,
        base_url=client.base_url,
        timeout=client.timeout,
        retry_handlers=list(handlers),
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
