"""Slack's signed deliveries over HTTP, with its repetitions."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout

ACK_SECONDS = 3.0
RETRIES = 3


def signed(body: bytes, secret: str, *, at: float | None = None) -> dict[str, str]:
    """Return the headers with which Slack sends this body."""
    stamp = str(int(time.time() if at is None else at))
    text = b"v0:" + stamp.encode() + b":" + body
    digest = hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def encoded(frame: dict[str, Any]) -> tuple[bytes, str]:
    """Return the body of a delivery and its content type."""
    payload = frame["payload"]
    if frame["type"] == "events_api":
        return json.dumps(payload).encode(), "application/json"
    form = payload if frame["type"] == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class HttpDoor:
    """Where a bot takes deliveries over HTTP."""

    url: str
    secret: str

    async def post(self, frame: dict[str, Any]) -> tuple[int, str]:
        """Deliver until it is accepted, and return the last status and answer.

        An event is sent up to three times more; commands and presses are not.
        """
        attempt = int(frame.get("retry_attempt", 0))
        last = attempt + RETRIES if frame["type"] == "events_api" else attempt
        reason = str(frame.get("retry_reason", ""))
        async with ClientSession(timeout=ClientTimeout(ACK_SECONDS)) as session:
            while True:
                status, text, wanted = await self._once(session, frame, attempt, reason)
                if status == HTTPStatus.OK or not wanted or attempt == last:
                    return status, text
                attempt += 1
                reason = "http_error" if status else "http_timeout"

    async def _once(
        self, session: ClientSession, frame: dict[str, Any], attempt: int, reason: str
    ) -> tuple[int, str, bool]:
        body, kind = encoded(frame)
        headers = {"Content-Type": kind, **signed(body, self.secret)}
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason}
        try:
            async with session.post(self.url, data=body, headers=headers) as response:
                wanted = response.headers.get("X-Slack-No-Retry") != "1"
                return response.status, await response.text(), wanted
        except (ClientError, TimeoutError):
            return 0, "", True
