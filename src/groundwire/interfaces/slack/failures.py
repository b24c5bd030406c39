"""Calls that end without an answer: nobody knows whether they were carried out."""

from __future__ import annotations

from groundwire.interfaces.slack.clients import error_code

_SERVER_ERROR = 500
_SERVER_ERRORS = frozenset({"fatal_error", "internal_error", "service_unavailable"})


def unanswered(error: Exception) -> bool:
    """Return whether Slack failed, or was not heard, rather than refused a call."""
    from slack_sdk.errors import SlackApiError

    if not isinstance(error, SlackApiError):
        return True
    status = getattr(error.response, "status_code", 0)
    return status >= _SERVER_ERROR or error_code(error) in _SERVER_ERRORS
