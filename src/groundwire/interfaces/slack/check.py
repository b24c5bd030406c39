"""``slack check``: what is missing before the bot can run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.domain.errors import GroundwireError
from groundwire.domain.reports import Finding
from groundwire.interfaces.slack.clients import (
    APP_TOKEN,
    BOT_TOKEN,
    SIGNING_SECRET,
    identify,
    patient_client,
    require_slack,
)
from groundwire.interfaces.slack.manifest import (
    EVENT_PURPOSES,
    REQUIRED_EVENTS,
    REQUIRED_SCOPES,
    SCOPE_PURPOSES,
    bot_scopes,
    declared,
    shipped,
)
from groundwire.interfaces.slack.websocket import try_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from groundwire.interfaces.slack.clients import Identity
    from groundwire.interfaces.slack.options import SlackOptions

_REINSTALL = "add it under OAuth & Permissions at https://api.slack.com/apps and reinstall the app"
_SUBSCRIBE = "add it under Event Subscriptions at https://api.slack.com/apps"
_PASTE = "paste the output of groundwire slack manifest under App Manifest"
_UNTOLD = (
    "not checked: Slack tells a bot token its scopes, but not which events, commands and shortcuts "
    "the app declares"
)
_TELL = (
    "copy the app's manifest from https://api.slack.com/apps into FILE and run: "
    "groundwire slack check --manifest FILE"
)


def check(options: SlackOptions, manifest: str | None = None) -> tuple[Finding, ...]:
    """Try the tokens, compare the app with our manifest, and open the websocket once.

    Everything a user can get wrong is a finding, not an error. Slack's Web API shows a manifest to
    nobody but a person's own configuration token, so what the app declares can be checked only from
    a copy.

    Args:
        options: Tokens and address. Where they name an address to listen at, no websocket is tried.
        manifest: The app's own manifest as JSON text; None if it is not at hand.
    """
    try:
        require_slack(options)
    except GroundwireError as error:
        return (_problem("settings", error),)
    link = _signing_finding() if options.listen is not None else _socket_finding(options)
    return (*_bot_findings(options), *_manifest_findings(manifest), link)


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
    missing = bot_scopes() - identity.scopes
    yield from _missing("scopes", missing, REQUIRED_SCOPES, SCOPE_PURPOSES, _REINSTALL)
    if not missing:
        yield Finding("scopes", "ok", f"all {len(bot_scopes())} scopes of the manifest are there")


def _manifest_findings(manifest: str | None) -> Iterator[Finding]:
    """Yield what the app does not declare, or that nobody knows."""
    if manifest is None:
        yield Finding("events", "warning", _UNTOLD, _TELL)
        return
    try:
        has = declared(manifest)
    except GroundwireError as error:
        yield _problem("events", error)
        return
    needs = shipped()
    missing = needs.events - has.events
    yield from _missing("events", missing, REQUIRED_EVENTS, EVENT_PURPOSES, _SUBSCRIBE)
    if not missing:
        yield Finding("events", "ok", f"all {len(needs.events)} events of the manifest are there")
    for entrance in sorted(needs.entrances - has.entrances):
        yield Finding("commands", "warning", f"{entrance} is missing", _PASTE)
    if not has.interactive:
        message = "interactivity is off; without it: no buttons, modals and shortcuts"
        yield Finding("interactivity", "warning", message, _PASTE)


def _missing(
    what: str,
    missing: Iterable[str],
    required: frozenset[str],
    purposes: Mapping[str, str],
    fix: str,
) -> Iterator[Finding]:
    """Yield one finding for each name that is missing."""
    for name in sorted(missing):
        message = f"{name} is missing; without it: no {purposes[name]}"
        if name in required:
            yield Finding(what, "problem", message, fix)
        else:
            yield Finding(what, "warning", message, fix)


def _socket_finding(options: SlackOptions) -> Finding:
    """Return whether the websocket opens."""
    try:
        try_out(patient_client(options), options)
    except GroundwireError as error:
        return _problem(APP_TOKEN, error)
    return Finding(APP_TOKEN, "ok", "the websocket opens")


def _signing_finding() -> Finding:
    """Return that there is a signing secret; only a delivery could show that it is right."""
    return Finding(SIGNING_SECRET, "ok", "it is set")


def _problem(name: str, error: GroundwireError) -> Finding:
    """Return an error as a finding."""
    return Finding(name, "problem", str(error), error.hint)
