"""Rules that say who sees which documents, written as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.settings.values import UnfitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_KEYS = ("scope", "sources")


def rules_of(table: Mapping[str, object]) -> Iterator[str]:
    """Yield each rule of a table as a text, such as ``C1 = public/* | source:Harbour Wire``.

    Args:
        table: By name a text (``all``, ``none``, patterns), or a table with the lists ``scope``
            (patterns over paths) and ``sources`` (outlets).

    Raises:
        UnfitError: A rule is something else, or has neither a pattern nor an outlet.
    """
    for name, rule in table.items():
        yield f"{name} = {_text(name, rule)}"


def _text(name: str, rule: object) -> str:
    if isinstance(rule, str):
        return rule
    if not isinstance(rule, dict):
        raise UnfitError(f"{name}: should be all, none, a pattern or a table")
    if unknown := rule.keys() - set(_KEYS):
        raise UnfitError(f"{name}: {min(unknown)}: unknown; known are {' and '.join(_KEYS)}")
    lists = [rule.get(key, []) for key in _KEYS]
    for key, values in zip(_KEYS, lists, strict=True):
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
            raise UnfitError(f"{name}: {key}: should be a list of texts")
    patterns, outlets = lists
    if not patterns + outlets:
        raise UnfitError(f"{name}: a scope without documents; write all, none, or a pattern")
    return " | ".join([*patterns, *(f"source:{outlet}" for outlet in outlets)])
