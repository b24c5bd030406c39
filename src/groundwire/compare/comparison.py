"""Two documents held side by side."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from groundwire.compare.alignment import Part, align
from groundwire.compare.changes import changes
from groundwire.compare.kinship import kinship
from groundwire.compare.relations import Said, relate
from groundwire.compare.statements import statement
from groundwire.compare.telling import telling
from groundwire.domain.comparisons import Agreement, Comparison, Difference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from groundwire.compare.alignment import Alignment, Pair
    from groundwire.compare.relations import Relation
    from groundwire.domain.comparisons import ComparisonLabel, DifferenceLabel, Statement
    from groundwire.domain.spans import Span
    from groundwire.retrieve.accounts import Account

_SHOWN: tuple[DifferenceLabel, ...] = ("conflict", "update", "detail")
_BY_CHANCE = 2
_TELLING_VALUE = re.compile(r"\d|\w\s+\w")


@dataclass(frozen=True, slots=True)
class _Held:
    """Two sentences held side by side, and what was found."""

    left: Said
    right: Said
    similarity: float
    relations: tuple[Relation, ...]


def compare(left: Account, right: Account, *, same_family: bool) -> Comparison:
    """Return how two accounts lie to one another.

    Versions and copies of one text get the changes from left to right, and as agreements the
    sentences that were kept. Of two reports, sentences that tell the same are held against each
    other value by value; what only one of them tells is listed in its order. The same is never in
    two sections: a sentence is in a second one only with another value or another clause of it.

    Args:
        left: One account.
        right: The other.
        same_family: Whether the index knows them as copies of one report.
    """
    label = kinship(left, right, same_family=same_family)
    if label in {"same", "versions", "copies"}:
        return _edited(left, right, label)
    alignment = align(left, right)
    if len(alignment.pairs) < (_BY_CHANCE if label == "unrelated" else 1):
        return Comparison(
            left.info, right.info, "unrelated", only_left=_all(left), only_right=_all(right)
        )
    return _reported(left, right, alignment)


def _edited(left: Account, right: Account, label: ComparisonLabel) -> Comparison:
    """Return the comparison of two versions or copies."""
    rest = _unlike(left, right), _unlike(right, left)
    found = align(_part(left, rest[0]), _part(right, rest[1])) if all(rest) else None
    alike = [(rest[0][pair.left], rest[1][pair.right]) for pair in (found.pairs if found else ())]
    changed, kept = changes(left, right, alike)
    agreements = tuple(
        Agreement(statement(Said(left, one)), statement(Said(right, other)), 1.0)
        for one, other in sorted(kept)
    )
    return Comparison(left.info, right.info, label, agreements, changes=changed)


def _unlike(account: Account, other: Account) -> list[int]:
    """Return the sentences that do not stand in another account word for word."""
    theirs = {sentence.text for sentence in other.sentences}
    return [at for at, each in enumerate(account.sentences) if each.text not in theirs]


def _part(account: Account, ats: Sequence[int]) -> Account:
    """Return an account with some of its sentences."""
    sentences = tuple(account.sentences[at] for at in ats)
    return replace(account, sentences=sentences, vectors=account.vectors[list(ats)])


def _reported(left: Account, right: Account, alignment: Alignment) -> Comparison:
    """Return the comparison of two reports."""
    said = _said(left), _said(right)
    related = [_related(said, pair) for pair in alignment.pairs]
    beside = [_related(said, pair) for pair in alignment.near]
    agreements = [each for held in related for each in _agreement(held)]
    agreements += [each for held in beside if _shares(held) for each in _agreement(held)]
    related += beside
    differences = _differences(related)
    conflicts, updates, details = (
        tuple(each for each in differences if each.label == shown) for shown in _SHOWN
    )
    return Comparison(
        left.info,
        right.info,
        "reports",
        tuple(sorted(agreements, key=lambda each: each.left.citation.span)),
        conflicts,
        updates,
        details,
        _only(said[0], _left_over(alignment.only_left, related, 0), _told(related, 0)),
        _only(said[1], _left_over(alignment.only_right, related, 1), _told(related, 1)),
    )


def _all(account: Account) -> tuple[Statement, ...]:
    return tuple(statement(Said(account, at)) for at in telling(account))


def _said(account: Account) -> list[Said]:
    return [Said(account, at) for at in range(len(account.sentences))]


def _related(said: tuple[Sequence[Said], Sequence[Said]], pair: Pair) -> _Held:
    left, right = said[0][pair.left], said[1][pair.right]
    return _Held(left, right, pair.similarity, relate(left, right, pair.similarity))


def _agreement(held: _Held) -> Iterable[Agreement]:
    """Yield the agreement of two sentences that tell the same, if it is one.

    Values that differ are told as differences; beside them the pair agrees only in what it shares.
    """
    agrees = all(each.label == "agreement" for each in held.relations)
    if agrees or _shares(held):
        sides = statement(held.left), statement(held.right)
        yield Agreement(*sides, held.similarity, _shared(held))


def _shared(held: _Held) -> tuple[str, ...]:
    """Return the values that both sentences give, as the left one writes them."""
    text, start = held.left.sentence.text, held.left.sentence.span.start
    agreed = (each.left for each in held.relations if each.label == "agreement")
    return tuple(dict.fromkeys(span.shift(-start).of(text) for span in agreed if span))


def _shares(held: _Held) -> bool:
    """Return whether both give a value that is more than a small number or a weekday."""
    return any(_TELLING_VALUE.search(value) for value in _shared(held))


def _differences(related: Sequence[_Held]) -> list[Difference]:
    """Return the differences in the order of the left document, each pair of values once."""
    found: dict[tuple[str, ...], Difference] = {}
    agreed = _agreed(related)
    for held in related:
        for each in held.relations:
            confirmed = each.left in agreed[0] or each.right in agreed[1]
            if each.label not in _SHOWN or (confirmed and each.label == "conflict"):
                continue
            sides = statement(held.left, each.left), statement(held.right, each.right)
            key = (each.kind, *(side.value_text.casefold() for side in sides))
            found.setdefault(key, Difference(each.label, each.kind, each.about, _by_day(sides)))
    return list(found.values())


def _agreed(related: Iterable[_Held]) -> tuple[frozenset[Span | None], ...]:
    """Return the values of either side that some sentence of the other confirms."""
    pairs = [
        (each.left, each.right)
        for held in related
        for each in held.relations
        if each.label == "agreement" and each.left and each.right
    ]
    return tuple(frozenset(pair[side] for pair in pairs) for side in (0, 1))


def _by_day(sides: tuple[Statement, Statement]) -> tuple[Statement, ...]:
    """Return the statements by day of publication; undated ones last, the left one first."""
    return tuple(sorted(sides, key=lambda side: side.published or date.max))


def _told(related: Iterable[_Held], side: int) -> dict[int, list[Span | None]]:
    """Return the values of one side that are shown beside the other's, by sentence."""
    told: dict[int, list[Span | None]] = defaultdict(list)
    for held in related:
        for each in held.relations:
            if each.label != "scope":
                told[(held.left, held.right)[side].at].append((each.left, each.right)[side])
    return told


def _left_over(parts: Sequence[Part], related: Iterable[_Held], side: int) -> list[Part]:
    """Return what only one side tells, with the sentences that proved to be of another thing."""
    sides = [((held.left, held.right)[side].at, held.relations) for held in related]
    apart = {at for at, found in sides if found and all(each.label == "scope" for each in found)}
    beside = {at for at, found in sides if not found or any(e.label != "scope" for e in found)}
    listed = {part.at for part in parts}
    return sorted([*parts, *(Part(at) for at in apart - beside - listed)], key=lambda part: part.at)


def _only(
    said: Sequence[Said], parts: Iterable[Part], told: Mapping[int, Sequence[Span | None]]
) -> tuple[Statement, ...]:
    """Return what only one account tells: no sentence or clause whose value was shown already."""
    return tuple(
        statement(said[part.at], part.span)
        for part in parts
        if not any(
            part.span is None or value is None or value.overlaps(part.span)
            for value in told.get(part.at, ())
        )
    )
