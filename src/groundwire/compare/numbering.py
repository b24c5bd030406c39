"""Numbers of what stands in conflict cards: those of the answer or summary that they go with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from groundwire.domain.comparisons import Difference, Statement


def numbered(differences: Iterable[Difference], numbers: dict[str, int]) -> tuple[Difference, ...]:
    """Return differences whose citations are numbered by passage.

    Args:
        differences: The differences.
        numbers: The number of each passage that has one; new passages are added to it.
    """
    return tuple(
        replace(each, statements=tuple(_numbered(one, numbers) for one in each.statements))
        for each in differences
    )


def _numbered(statement: Statement, numbers: dict[str, int]) -> Statement:
    n = numbers.setdefault(statement.citation.passage_id, len(numbers) + 1)
    return replace(statement, citation=replace(statement.citation, n=n))
