"""Whether to ask a language model again after a failure, and after which pause."""

from __future__ import annotations

import random
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from time import time
from typing import TYPE_CHECKING, Any

from groundwire.chain.failures import class_names, status_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FIRST_PAUSE_S = 0.25
"""The pause before the second try, at most; each further one is twice as long."""

LONGEST_PAUSE_S = 20.0
"""A server that asks for a longer pause is not asked again: people are waiting."""

_PASSING = frozenset(
    {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS}
)
_CONNECTION = frozenset(
    {
        "APIConnectionError",
        "ConnectError",
        "ConnectionError",
        "ReadError",
        "RemoteProtocolError",
    }
)
_SLOW = frozenset({"TimeoutException", "APITimeoutError", "TimeoutError"})
_NO_QUOTA = "insufficient_quota"


def pause_before_retry(
    error: Exception, attempt: int, chance: Callable[[], float] = random.random
) -> float | None:
    """Return the seconds to wait before a request is sent again; None if it must not be.

    Tried again is what may pass: a connection that failed, 408, 409, 429 and 5xx. The pause is
    the one that the server asks for, else one that doubles from try to try, cut by up to a half
    at random, so that clients that failed together do not come back together.

    Args:
        error: What the client raised before the model had said anything.
        attempt: How many tries failed before this one.
        chance: Gives a number from 0 to 1.
    """
    if not _may_pass(error):
        return None
    asked = _retry_after(error)
    if asked is not None:
        return asked if asked <= LONGEST_PAUSE_S else None
    return min(FIRST_PAUSE_S * 2.0**attempt, LONGEST_PAUSE_S) * (1 - chance() / 2)


def _may_pass(error: Exception) -> bool:
    status = status_of(error)
    if status is not None:
        out_of_quota = getattr(error, "code", None) == _NO_QUOTA
        failed = status in _PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR
        return failed and not out_of_quota
    names = set(class_names(error))
    return bool(names & _CONNECTION) and not names & _SLOW


def _retry_after(error: Exception) -> float | None:
    """Return the seconds that a server asks to be left alone; None if it says nothing usable."""
    headers: Mapping[str, Any] = getattr(getattr(error, "response", None), "headers", {})
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            return max(float(headers[name]) * unit, 0.0)
        except (KeyError, ValueError):
            continue
    try:
        return max(parsedate_to_datetime(headers["retry-after"]).timestamp() - time(), 0.0)
    except (KeyError, ValueError):
        return None
