"""Lists of what is in the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groundwire.desk.build import Parts
    from groundwire.domain.families import Family
    from groundwire.domain.retrieval import Scope


def families_of(parts: Parts, scope: Scope) -> tuple[Family, ...]:
    """Return the copy families of a scope, by the age of their origins."""
    with parts.store.snapshot(scope) as snapshot:
        return snapshot.families(scope)
