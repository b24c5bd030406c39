"""Scopes as SQL: filters are part of every query, never applied after the best were taken."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groundwire.domain.retrieval import Scope

_WILDCARDS = frozenset("*?[")


def conditions(scope: Scope) -> tuple[str, tuple[str, ...]]:
    """Return a condition over the columns of ``documents`` and its parameters."""
    parts: list[str] = []
    values: list[str] = []
    if scope.documents:
        names = "(SELECT value FROM json_each(?))"
        part = f"documents.id IN {names} OR documents.path IN {names}"
        values += [json.dumps(scope.documents)] * 2
        # Matching is slow: only what has a wildcard is matched.
        globs = [name for name in scope.documents if _WILDCARDS & set(name)]
        if globs:
            part += (
                " OR EXISTS (SELECT 1 FROM json_each(?) WHERE path_matches(documents.path, value))"
            )
            values.append(json.dumps(globs))
        parts.append(f"({part})")
    if scope.sources:
        parts.append("source_key IN (SELECT value FROM json_each(?))")
        values.append(json.dumps([source_key(source) for source in scope.sources]))
    for condition, day in (
        ("published >= ?", scope.since),
        ("published <= ?", scope.until),
        ("(published IS NULL OR published <= ?)", scope.as_of),
    ):
        if day is not None:
            parts.append(condition)
            values.append(day.isoformat())
    return " AND ".join(parts) or "1", tuple(values)


def passages_in(scope: Scope) -> tuple[str, tuple[str, ...]]:
    """Return a query for the row numbers of the passages in scope, and its parameters."""
    where, values = conditions(scope)
    documents = f"SELECT number FROM documents WHERE {where}"  # noqa: S608  # values are bound
    return f"SELECT rowid FROM passages WHERE document IN ({documents})", values  # noqa: S608  # the same


def source_key(source: str) -> str:
    """Return what outlet names are compared by: without case and outer spaces."""
    return " ".join(source.casefold().split())
