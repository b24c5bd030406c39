"""Copy families as plain text: a block each, the origin first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.interfaces.render.escape import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.domain.documents import DocumentInfo
    from groundwire.domain.families import Family

_UNDATED = "undated   "


def families_listing(families: Sequence[Family]) -> str:
    """Return a block for each family: the origin, and under it its copies by age."""
    return "\n\n".join(
        "\n".join([_line(family.origin), *(f"  = {_line(copy)}" for copy in family.copies)])
        for family in families
    )


def families_count(families: Sequence[Family], documents: int) -> str:
    """Return how many of so many documents are in families, in words.

    Such as ``12 documents in 5 families; 29 stand alone``.
    """
    members = sum(len(family.members) for family in families)
    alone = documents - members
    counted = f"{members} documents in {len(families)} famil{'y' if len(families) == 1 else 'ies'}"
    return f"{counted}; {alone} stand{'s' * (alone == 1)} alone"


def _line(info: DocumentInfo) -> str:
    parts = (
        info.published.isoformat() if info.published else _UNDATED,
        one_line(info.source),
        f"“{one_line(info.title)}”",
        one_line(info.path),
    )
    return "  ".join(part for part in parts if part)
