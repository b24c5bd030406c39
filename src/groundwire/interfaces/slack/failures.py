"""How calls end that do not succeed: refused, refused for good, or without an answer."""

from __future__ import annotations

from typing import Final, Literal

from groundwire.interfaces.slack.clients import error_code

_SERVER_ERROR = 500
_SERVER_ERRORS = frozenset({"fatal_error", "internal_error", "service_unavailable"})

Fate = Literal["posted", "gone", "refused", "unheard"]
"""What became of a post: ``gone``: there is no such place for us any more; ``refused``: not this
post, or not here; ``unheard``: nothing is to be had from Slack at the moment."""

GONE: Final = frozenset(
    {
        "cannot_reply_to_message",
        "channel_not_found",
        "invalid_thread_ts",
        "is_archived",
        "message_not_found",
        "not_in_channel",
        "restricted_action",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_locked",
        "restricted_action_thread_only_channel",
        "team_access_not_granted",
        "thread_not_found",
        "user_not_found",
        "user_not_in_channel",
    }
)
"""Codes of what was deleted, archived or closed, or of where we, or a person, were removed from."""

_LATER: Final = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "not_authed",
        "rate_limited",
        "ratelimited",
        "token_expired",
        "token_revoked",
    }
)
"""Codes that say nothing of a place: they end when somebody mends the app, or with time."""


def unanswered(error: Exception) -> bool:
    """Return whether Slack failed, or was not heard, rather than refused a call."""
    from slack_sdk.errors import SlackApiError

    if not isinstance(error, SlackApiError):
        return True
    status = getattr(error.response, "status_code", 0)
    return status >= _SERVER_ERROR or error_code(error) in _SERVER_ERRORS


def fate_of(error: Exception) -> Fate:
    """Return what became of a post that ended with this error."""
    code = error_code(error)
    if code in GONE:
        return "gone"
    return "unheard" if code in _LATER or unanswered(error) else "refused"
