"""All targets by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fuzz import asking, chatting, doors, loading, reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.fuzz.targets import Target


def all_targets() -> tuple[Target, ...]:
    """Return every target."""
    return (
        *loading.targets(),
        *reading.targets(),
        *asking.targets(),
        *chatting.targets(),
        *doors.targets(),
    )


def targets_called(names: Iterable[str]) -> tuple[Target, ...]:
    """Return the targets of these names, in their order."""
    known = {target.name: target for target in all_targets()}
    return tuple(known[name] for name in names)
