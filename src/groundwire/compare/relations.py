"""How two sentences of two documents stand to each other, value by value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from groundwire.compare.values.likeness import (
    far_apart,
    other_company,
    same_deed,
    same_story,
    strangers,
)
from groundwire.compare.values.measured import measured
from groundwire.compare.values.named import named
from groundwire.compare.values.quoted import quoted
from groundwire.compare.values.subjects import Said
from groundwire.compare.values.timed import timed
from groundwire.compare.values.updates import is_update
from groundwire.text.speech import negations
from groundwire.text.tokens import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from groundwire.compare.values.facts import Facts
    from groundwire.compare.values.pairing import Found
    from groundwire.domain.comparisons import ValueKind
    from groundwire.domain.spans import Span

__all__ = ["Relation", "RelationLabel", "Said", "relate"]

RelationLabel = Literal["conflict", "update", "scope", "agreement", "detail"]

LEAST_SIMILARITY = 0.3
"""Sentences less alike than this in meaning are not held side by side."""

KINDS: tuple[ValueKind, ...] = ("number", "date", "place", "name", "quote")
"""Every sort of value."""

_READERS: dict[ValueKind, Callable[[Said, Said, float], Iterator[Found]]] = {
    "number": measured,
    "date": timed,
    "place": named,
    "name": named,
    "quote": quoted,
}
_SAME_SENTENCE = 0.8
_COVERED = 0.6
_SURE = 0.71


@dataclass(frozen=True, slots=True)
class Relation:
    """How a value of one sentence stands to one of another.

    Attributes:
        label: ``conflict``: incompatible values of one thing; ``update``: the later one replaces
            the earlier; ``scope``: values of one kind, but of different things, parts or times;
            ``agreement``: one value; ``detail``: values that go together, one more exact.
        kind: What sort of value; ``quote`` also where whole sentences agree.
        about: What the values are of, in a few words of the documents.
        left: Where the value stands in the left document's text; None for the whole sentence.
        right: Where it stands in the right document's text; None for the whole sentence.
    """

    label: RelationLabel
    kind: ValueKind
    about: str
    left: Span | None
    right: Span | None


def relate(
    left: Said, right: Said, similarity: float, *, kinds: Sequence[ValueKind] = KINDS
) -> tuple[Relation, ...]:
    """Return how the values of two sentences stand to each other, in order of the left sentence.

    Values are compared only where the sentences are surely about one thing; else nothing is
    returned, or ``scope`` where a value of the same sort stands there.

    Args:
        left: A sentence.
        right: A sentence of another document.
        similarity: Cosine of the vectors of the two, from -1 to 1.
        kinds: The sorts of values that are compared. Whole sentences agree only if it is all.
    """
    if similarity < LEAST_SIMILARITY or not (left.is_whole and right.is_whole):
        return ()
    readers = [
        _READERS[kind] for kind in kinds if _has(left.facts, kind) and _has(right.facts, kind)
    ]
    whole = len(kinds) == len(KINDS) and similarity >= _SAME_SENTENCE
    if not (readers or whole) or not same_story(left, right):
        return ()
    values = [each for read in dict.fromkeys(readers) for each in read(left, right, similarity)]
    found = _settled(left, right, [each for each in values if each.kind in kinds])
    if not found and whole and _say_the_same(left, right):
        return (Relation("agreement", "quote", "", None, None),)
    return tuple(_relation(each, left, right) for each in sorted(found, key=lambda one: one.left))


def _has(said: Facts, kind: ValueKind) -> bool:
    """Return whether a sentence has a value of a sort at all."""
    match kind:
        case "number":
            return bool(said.figures)
        case "date":
            return bool(said.moments)
        case "quote":
            return bool(said.quotes)
        case "place" | "name":
            return bool(said.names)


def _settled(left: Said, right: Said, found: Sequence[Found]) -> list[Found]:
    """Return what was found, with the conflicts that are updates or of other things named so.

    Where a figure differs and so does the time, the place or the person, two things are spoken of.
    """
    clashing = {each.kind for each in found if each.label == "conflict"}
    apart = {each.kind for each in found if each.label in {"conflict", "scope"}}
    others = (
        (bool(clashing & {"place", "name"}) and bool(clashing & {"number", "date"}))
        or {"number", "date"} <= apart
        or (bool(clashing) and other_company(left, right, _rivals(left, right, found)))
        or (bool(clashing & {"number", "date", "place"}) and same_deed(left, right))
    )
    return [replace(each, label=_settled_label(left, right, each, others=others)) for each in found]


def _settled_label(left: Said, right: Said, found: Found, *, others: bool) -> RelationLabel:
    """Return how two values stand to each other, in view of their sentences and documents."""
    if found.kind == "quote" or found.label not in {"conflict", "update", "detail"}:
        return found.label
    if strangers(left, right, _rivals(left, right, [found])):
        return "scope"
    if found.label != "conflict":
        return found.label
    if not others and is_update(found, left, right):
        return "update"
    unsure = found.when != "same" or (far_apart(left, right) and found.score < _SURE)
    return "scope" if others or unsure else "conflict"


def _rivals(left: Said, right: Said, found: Sequence[Found]) -> frozenset[str]:
    """Return the words of the values that are held against each other."""
    texts = left.sentence.text, right.sentence.text
    return frozenset(
        word
        for each in found
        for value in (each.left.of(texts[0]), each.right.of(texts[1]))
        for word in words(value)
    )


def _relation(found: Found, left: Said, right: Said) -> Relation:
    return Relation(
        found.label,
        found.kind,
        found.about,
        found.left.shift(left.sentence.span.start),
        found.right.shift(right.sentence.span.start),
    )


def _say_the_same(left: Said, right: Said) -> bool:
    """Return whether two sentences without comparable values say the same."""
    one, other = left.facts, right.facts
    shared = len(one.content & other.content)
    shorter = min(len(one.content), len(other.content))
    denied = bool(negations(one.text)) != bool(negations(other.text))
    rival = any(
        all(each) for each in ((one.figures, other.figures), (one.moments, other.moments))
    ) or (_own_names(left, right) and _own_names(right, left))
    return shared >= _COVERED * max(shorter, 1) and not denied and not rival


def _own_names(said: Said, other: Said) -> bool:
    """Return whether a sentence names somebody or something that the other one does not."""
    there = frozenset[str]().union(*(name.words for name in other.facts.names))
    return any(not name.words & there for name in said.facts.names)
