"""Who may see what: the documents of each channel, of direct messages, and of everything else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from groundwire.domain.errors import SettingsError
from groundwire.domain.retrieval import Scope

ALL: Final = "all"
NONE: Final = "none"
EVERYTHING: Final = Scope()

_OUTLET: Final = "source:"
_CHANNEL = re.compile(r"[CG][A-Z0-9]+")
_USER = re.compile(r"[UW][A-Z0-9]+")
_GIVEN_KEYS: Final = ("scope", "sources")

Rules = Sequence[str] | Mapping[str, object]
"""``slack.channels``: texts such as ``C1`` and ``C2 = public/*``, or scopes by channel id."""


@dataclass(frozen=True, slots=True)
class Scopes:
    """Which documents may be used where. Nothing but this decides it.

    Attributes:
        channels: The scope of each channel that is listed; None: it may not ask.
        direct: The scope of direct messages; None: they may not ask.
        default: The scope of every channel that is not listed; None: it may not ask.
        users: Ids of the people who may ask; empty for everybody.
        shared: Channels that turned out to be shared with another organisation; they may not ask.
    """

    channels: Mapping[str, Scope | None] = field(default_factory=lambda: MappingProxyType({}))
    direct: Scope | None = EVERYTHING
    default: Scope | None = EVERYTHING
    users: frozenset[str] = frozenset()
    shared: set[str] = field(default_factory=set, compare=False)

    def scope_of(self, channel: str, user: str, *, direct: bool) -> Scope | None:
        """Return which documents may be used for somebody's question.

        Args:
            channel: Where the answer will be seen.
            user: Who asks.
            direct: Whether the channel is a direct message to us.

        Returns:
            The scope that every call of the desk is made with; None: nothing is answered.
        """
        if channel in self.shared or not self.allows(user):
            return None
        return self.direct if direct else self.channels.get(channel, self.default)

    def allows(self, user: str) -> bool:
        """Return whether somebody may ask at all."""
        return not self.users or user in self.users


def scopes_of(
    channels: Rules = (),
    *,
    direct: str | None = None,
    default: str | None = None,
    users: Sequence[str] = (),
) -> Scopes:
    """Return the scopes that settings describe.

    A rule is ``all``, ``none``, or glob patterns over paths and outlets between bars, such as
    ``public/* | source:Harbour Wire``: patterns among each other widen, and so do outlets; patterns
    and outlets together narrow. What is not said is closed: once channels are listed, others may
    not ask, and once one of them is narrowed, direct messages may not either.

    Args:
        channels: Channel ids, each alone (all documents) or with its rule.
        direct: The rule for direct messages; None: as above.
        default: The rule for channels that are not listed; None: as above.
        users: Ids of the people who may ask; empty for everybody.

    Raises:
        SettingsError: A rule, a channel or a user cannot be understood; the line names it.
    """
    listed = dict(_channels(channels))
    narrowed = any(scope is not None and not scope.is_everything() for scope in listed.values())
    for user in users:
        if not _USER.fullmatch(user):
            raise SettingsError(
                f"slack.users: {user!r} is no user id",
                hint="an id begins with U or W, as in U012AB",
            )
    return Scopes(
        channels=MappingProxyType(listed),
        direct=_rule(direct or (NONE if narrowed else ALL), "slack.direct"),
        default=_rule(default or (NONE if listed else ALL), "slack.default"),
        users=frozenset(users),
    )


def _channels(rules: Rules) -> list[tuple[str, Scope | None]]:
    """Return each listed channel with its scope."""
    given: list[tuple[str, object]]
    if isinstance(rules, Mapping):
        given = list(rules.items())
    else:
        given = []
        for text in rules:
            id_, equals, words = text.partition("=")
            given.append((id_.strip(), words.strip() if equals else ALL))
    found: dict[str, Scope | None] = {}
    for name, rule in given:
        if not _CHANNEL.fullmatch(name):
            raise SettingsError(
                f"slack.channels: {name!r} is no channel id",
                hint="an id begins with C or G, as in C012AB; it stands at the end of the "
                "channel's details in Slack",
            )
        if name in found:
            raise SettingsError(f"slack.channels: {name} is there twice")
        found[name] = _rule(rule, f"slack.channels: {name}")
    return list(found.items())


def _rule(rule: object, setting: str) -> Scope | None:
    """Return the scope that one rule describes; None for ``none``."""
    if rule == ALL:
        return EVERYTHING
    if rule == NONE:
        return None
    if isinstance(rule, str):
        parts = [part.strip() for part in rule.split("|")]
        patterns = [part for part in parts if not part.startswith(_OUTLET)]
        outlets = [part.removeprefix(_OUTLET).strip() for part in parts if part not in patterns]
    else:
        patterns, outlets = _given(rule, setting)
    if not patterns + outlets or not all(patterns + outlets):
        raise SettingsError(
            f"{setting}: a scope without documents", hint=f"write {ALL}, {NONE}, or a pattern"
        )
    return Scope(documents=tuple(patterns), sources=tuple(outlets))


def _given(rule: object, setting: str) -> tuple[list[str], list[str]]:
    """Return the patterns and the outlets of a rule that is a table."""
    if not isinstance(rule, Mapping):
        raise SettingsError(f"{setting}: should be {ALL}, {NONE}, a text or a table")
    for key in rule:
        if key not in _GIVEN_KEYS:
            raise SettingsError(
                f"{setting}: {key}: unknown", hint=f"known are {' and '.join(_GIVEN_KEYS)}"
            )
    found = []
    for key in _GIVEN_KEYS:
        values = rule.get(key, [])
        if not isinstance(values, (list, tuple)) or not all(isinstance(v, str) for v in values):
            raise SettingsError(f"{setting}: {key}: should be a list of texts")
        found.append([value.strip() for value in values])
    return found[0], found[1]
