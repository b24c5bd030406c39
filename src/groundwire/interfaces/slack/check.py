"""``slack check``: what is missing before the bot can run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.domain.errors import GroundwireError
from groundwire.domain.reports import Finding
from groundwire.interfaces.slack.clients import (
    APP_TOKEN,
    BOT_TOKEN,
    identify,
    patient_client,
    require_slack,
)
from groundwire.interfaces.slack.manifest import REQUIRED_SCOPES, SCOPE_PURPOSES, bot_scopes
from groundwire.interfaces.slack.websocket import try_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.interfaces.slack.clients import Identity
    from groundwire.interfaces.slack.options import SlackOptions

_REINSTALL = "add it under OAuth & Permissions at https://api.slack.com/apps and reinstall the app"


def check(options: SlackOptions) -> tuple[Finding, ...]:
    """Try both tokens, compare the scopes with the manifest, and open the websocket once.

    Everything a user can get wrong is a finding, not an error.
    """
    try:
        require_slack(options)
    except GroundwireError as error:
        return (_problem("settings", error),)
    return (*_bot_findings(options), _socket_finding(options))


def _bot_findings(options: SlackOptions) -> Iterator[Finding]:
    """Yield what the bot token is good for."""
    try:
        identity = identify(patient_client(options))
    except GroundwireError as error:
        yield _problem(BOT_TOKEN, error)
        return
    yield Finding(BOT_TOKEN, "ok", f"signed in as @{identity.name} in {identity.team}")
    yield from _scope_findings(identity)


def _scope_findings(identity: Identity) -> Iterator[Finding]:
    """Yield one finding for each scope that is missing, or one that none is."""
    missing = sorted(bot_scopes() - identity.scopes)
    for scope in missing:
        message = f"{scope} is missing; without it: no {SCOPE_PURPOSES[scope]}"
        if scope in REQUIRED_SCOPES:
            yield Finding("scopes", "problem", message, _REINSTALL)
        else:
            yield Finding("scopes", "warning", message, _REINSTALL)
    if not missing:
        yield Finding("scopes", "ok", f"all {len(bot_scopes())} scopes of the manifest are there")


def _socket_finding(options: SlackOptions) -> Finding:
    """Return whether the websocket opens."""
    try:
        try_out(patient_client(options), options)
    except GroundwireError as error:
        return _problem(APP_TOKEN, error)
    return Finding(APP_TOKEN, "ok", "the websocket opens")


def _problem(name: str, error: GroundwireError) -> Finding:
    """Return an error as a finding."""
    return Finding(name, "problem", str(error), error.hint)
