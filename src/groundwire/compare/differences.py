"""Differences among any number of sentences: who gives which value of one thing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from groundwire.compare.relations import KINDS, relate
from groundwire.compare.statements import statement
from groundwire.domain.comparisons import Difference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from groundwire.compare.relations import Relation
    from groundwire.compare.values.subjects import Said
    from groundwire.domain.comparisons import DifferenceLabel, Statement, ValueKind
    from groundwire.domain.spans import Span

ALIKE = 0.4
"""Sentences less alike than this are not held side by side here, for there may be many."""

PARTNERS = 12
"""Sentences that one is held against at most, those most alike."""

_BLOCK = 512
_DAYS = 2


@dataclass(frozen=True, slots=True, order=True)
class _Value:
    """A value of one of the sentences: which sentence, and where the value stands."""

    sentence: int
    span: Span


@dataclass(frozen=True, slots=True)
class _Edge:
    """A relation of two values."""

    one: _Value
    other: _Value
    relation: Relation


def differences(
    saids: Sequence[Said],
    *,
    labels: Sequence[DifferenceLabel] = ("conflict", "update"),
    kinds: Sequence[ValueKind] = KINDS,
    sides: Iterable[int] | None = None,
) -> tuple[Difference, ...]:
    """Return what sentences give different values for, by day of the first statement.

    Sentences of one document, or of copies of one report, are not held side by side, nor is text
    that addresses a chatbot. All that give a value of one thing share a difference, those that
    agree among them.

    Args:
        saids: The sentences, of any documents.
        labels: Which differences are wanted.
        kinds: The sorts of values that are compared.
        sides: Numbers of sentences that each pair must hold one of; any pair will do if None.
    """
    edges = list(_edges(saids, kinds, None if sides is None else frozenset(sides)))
    agreeing = [edge for edge in edges if edge.relation.label == "agreement"]
    edges = _one_label_each(saids, edges, _tops(agreeing))
    found: list[Difference] = []
    for label in labels:
        apart = [edge for edge in edges if edge.relation.label == label]
        for kind in dict.fromkeys(edge.relation.kind for edge in apart):
            own = [edge for edge in apart if edge.relation.kind == kind]
            groups = _groups([*own, *agreeing], own)
            found += (_difference(saids, group, own, label) for group in groups)
    return tuple(sorted(found, key=_order))


def _one_label_each(
    saids: Sequence[Said], edges: Sequence[_Edge], tops: Mapping[_Value, _Value]
) -> list[_Edge]:
    """Return the edges without those that call two values a conflict and an update at once.

    Values that differ in reports of about one day are a conflict; else the later one is an update.
    """
    labels: dict[frozenset[_Value], set[str]] = {}
    at_once: set[frozenset[_Value]] = set()
    for edge in edges:
        ends = _ends(edge, tops)
        labels.setdefault(ends, set()).add(edge.relation.label)
        if edge.relation.label == "conflict" and _of_one_day(saids, edge):
            at_once.add(ends)

    def is_kept(edge: _Edge) -> bool:
        ends = _ends(edge, tops)
        if not {"conflict", "update"} <= labels[ends]:
            return True
        return edge.relation.label != ("update" if ends in at_once else "conflict")

    return [edge for edge in edges if is_kept(edge)]


def _of_one_day(saids: Sequence[Said], edge: _Edge) -> bool:
    days = [saids[value.sentence].published for value in (edge.one, edge.other)]
    if days[0] is None or days[1] is None:
        return True
    return abs((days[0] - days[1]).days) <= _DAYS


def _ends(edge: _Edge, tops: Mapping[_Value, _Value]) -> frozenset[_Value]:
    """Return the two values of an edge, each by the first of those that agree with it."""
    return frozenset((tops.get(edge.one, edge.one), tops.get(edge.other, edge.other)))


def _edges(
    saids: Sequence[Said], kinds: Sequence[ValueKind], sides: frozenset[int] | None
) -> Iterator[_Edge]:
    """Yield the relations of values of the sentences that are most alike."""
    for left, right, similarity in _near(saids, sides):
        for relation in relate(saids[left], saids[right], similarity, kinds=kinds):
            if relation.left is not None and relation.right is not None:
                yield _Edge(_Value(left, relation.left), _Value(right, relation.right), relation)


def _near(saids: Sequence[Said], sides: frozenset[int] | None) -> Iterator[tuple[int, int, float]]:
    """Yield pairs of sentences of independent documents with their cosine, in order."""
    usable = [i for i, said in enumerate(saids) if not said.sentence.order]
    rows = [i for i in usable if sides is None or i in sides]
    if not rows or len(usable) < 2:  # noqa: PLR2004 -- a pair
        return
    vectors = np.stack([saids[i].account.vectors[saids[i].at] for i in usable])
    place = {i: at for at, i in enumerate(usable)}
    numbers = {origin: n for n, origin in enumerate(dict.fromkeys(_origin(s) for s in saids))}
    origins = np.array([numbers[_origin(saids[i])] for i in usable])
    pairs: dict[tuple[int, int], float] = {}
    for start in range(0, len(rows), _BLOCK):
        block = [place[i] for i in rows[start : start + _BLOCK]]
        cosines = vectors[block] @ vectors.T
        cosines[origins[block][:, None] == origins[None, :]] = -1.0
        best = np.argsort(-cosines, axis=1, kind="stable")[:, :PARTNERS]
        for at, row, partners in zip(block, cosines, best, strict=True):
            for other in partners.tolist():
                if row[other] < ALIKE:
                    break
                pair = min(usable[at], usable[other]), max(usable[at], usable[other])
                pairs[pair] = float(row[other])
    yield from ((left, right, pairs[left, right]) for left, right in sorted(pairs))


def _origin(said: Said) -> str:
    return said.account.origin


def _tops(edges: Iterable[_Edge]) -> dict[_Value, _Value]:
    """Return for each value the one that stands for all that edges join it to."""
    root: dict[_Value, _Value] = {}

    def top(value: _Value) -> _Value:
        while root.setdefault(value, value) != value:
            value = root[value]
        return value

    for edge in edges:
        root[top(edge.other)] = top(edge.one)
    return {value: top(value) for value in list(root)}


def _groups(edges: Iterable[_Edge], kept: Iterable[_Edge]) -> Iterator[tuple[_Value, ...]]:
    """Yield the values that edges join, those groups that hold an edge of ``kept``."""
    tops = _tops(edges)
    for each in dict.fromkeys(tops[edge.one] for edge in kept):
        yield tuple(sorted(value for value, top in tops.items() if top == each))


def _difference(
    saids: Sequence[Said],
    group: Sequence[_Value],
    edges: Sequence[_Edge],
    label: DifferenceLabel,
) -> Difference:
    """Return the difference of a group of values, each sentence once."""
    own = next(edge.relation for edge in edges if edge.one in group)
    values = {value.sentence: value for value in reversed(group)}
    stated = [statement(saids[n], value.span) for n, value in sorted(values.items())]
    return Difference(label, own.kind, own.about, tuple(sorted(stated, key=_day)))


def _day(stated: Statement) -> tuple[date, str, Span]:
    return stated.published or date.max, stated.citation.path, stated.citation.span


def _order(difference: Difference) -> tuple[object, ...]:
    return (*_day(difference.statements[0]), difference.label, difference.kind, difference.about)
