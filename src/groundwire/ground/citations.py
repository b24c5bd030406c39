"""Citations: which of the given passages a drafted sentence names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.domain.retrieval import Hit


def unknown_markers(markers: Sequence[int], given: int) -> tuple[int, ...]:
    """Return the markers that name none of the passages 1 to ``given``, each once."""
    return tuple(n for n in dict.fromkeys(markers) if not 1 <= n <= given)


def cited_first(markers: Sequence[int], hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return all passages, those that the markers name before the others.

    A sentence without a marker, or with that of the wrong passage, is held against every passage,
    and is cited to the one it rests on.
    """
    cited = [hits[n - 1] for n in dict.fromkeys(markers) if 1 <= n <= len(hits)]
    return (*cited, *(hit for hit in hits if hit not in cited))
