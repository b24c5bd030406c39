"""Which failures are tried again, and after how long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace

import pytest

from groundwire.chain.retries import LONGEST_PAUSE_S, pause_before_retry


class RefusedError(Exception):
    def __init__(self, status: int, code: str = "", **headers: str) -> None:
        super().__init__("no")
        self.status_code = status
        self.code = code
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.response = SimpleNamespace(headers=named)


class APIConnectionError(Exception):
    """Named like the one of a provider."""


class APITimeoutError(APIConnectionError):
    """The same."""


def pause(error: Exception, attempt: int = 0, chance: float = 0.0) -> float | None:
    return pause_before_retry(error, attempt, lambda: chance)


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 529])
def test_what_may_pass_is_tried_again(status: int) -> None:
    assert pause(RefusedError(status)) is not None


@pytest.mark.parametrize(
    "error",
    [
        RefusedError(400),
        RefusedError(401),
        RefusedError(404),
        RefusedError(429, code="insufficient_quota"),
        APITimeoutError(),
        TimeoutError(),
        ValueError(),
    ],
    ids=["400", "401", "404", "no quota", "slow", "slow too", "odd"],
)
def test_what_does_not_pass_is_not(error: Exception) -> None:
    assert pause(error) is None


def test_pauses_double_and_vary_and_end() -> None:
    error = APIConnectionError()
    assert [pause(error, n) for n in range(4)] == [0.25, 0.5, 1.0, 2.0]
    assert pause(error, 50) == LONGEST_PAUSE_S
    assert pause(error, 2, chance=1.0) == 0.5
    assert len({pause_before_retry(error, 1) for _ in range(20)}) > 1


def test_the_server_may_say_how_long() -> None:
    assert pause(RefusedError(429, retry_after="7")) == 7
    assert pause(RefusedError(503, retry_after_ms="40", retry_after="7")) == 0.04
    assert pause(RefusedError(429, retry_after="-3")) == 0
    soon = datetime.now(UTC) + timedelta(seconds=10)
    asked = pause(RefusedError(429, retry_after=format_datetime(soon, usegmt=True)))
    assert asked is not None
    assert 8 < asked <= 10


def test_a_pause_that_nobody_would_wait_for_is_a_refusal() -> None:
    assert pause(RefusedError(429, retry_after="3600")) is None


@pytest.mark.parametrize("nonsense", ["soon", "", "99 moons"])
def test_what_the_server_says_in_riddles_is_passed_over(nonsense: str) -> None:
    assert pause(RefusedError(429, retry_after=nonsense)) == 0.25
