"""Sentences of a series: lists and live reports say the same of one thing after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from groundwire.compare.values.facts import facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from groundwire.compare.values.amounts import Figure
    from groundwire.compare.values.facts import Facts
    from groundwire.compare.values.subjects import Said

_MARGIN = 0.1
_SERIES = 3
_ECHO = 0.4
_NEAR = 0.35


def in_series(left: Said, right: Said, like: Callable[[Facts], bool]) -> bool:
    """Return whether a document has several sentences that are about as near to the other one.

    A value of one of them is hardly of the same thing as a value of the other document.

    Args:
        left: A sentence.
        right: A sentence of another document.
        like: Whether what a sentence says has a value of the sort that is compared.
    """
    return any(
        sum(like(each) for each in _beside(one, other)) >= _SERIES
        for one, other in ((left, right), (right, left))
    )


def counts_alike(one: Figure, nouns: frozenset[str]) -> Callable[[Facts], bool]:
    """Return a test of whether a sentence counts or measures what a figure of another does.

    Args:
        one: The figure.
        nouns: What it counts, by the two sentences that are held side by side.
    """

    def like(each: Facts) -> bool:
        return any(
            figure.sort == one.sort
            and (one.sort != "count" or not nouns or bool(nouns & each.counted(figure.span)))
            for figure in each.figures
        )

    return like


def echoed(said: Said, figure: Figure, other: Said) -> bool:
    """Return whether another sentence of the other document gives a figure for the like."""
    cosines = other.account.vectors @ said.vector
    nouns = said.facts.counted(figure.span)
    for at in np.flatnonzero(cosines >= _ECHO).tolist():
        if at == other.at:
            continue
        there = _facts(other, at)
        if any(
            each.sort == figure.sort
            and each.equals(figure)
            and (figure.sort != "count" or nouns & there.counted(each.span))
            for each in there.figures
        ):
            return True
    return False


def _beside(one: Said, other: Said) -> Iterator[Facts]:
    """Yield what the other sentences say that are about as near to a sentence as one is."""
    cosines = one.account.vectors @ other.vector
    for at in np.flatnonzero(cosines >= max(_NEAR, cosines[one.at] - _MARGIN)).tolist():
        if at != one.at:
            yield _facts(one, at)


def _facts(said: Said, at: int) -> Facts:
    return facts(said.account.sentences[at].text, said.published)
