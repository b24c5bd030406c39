"""How two sentences of two documents stand to each other, value by value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from groundwire.compare.likeness import far_apart, same_story, strangers
from groundwire.compare.measured import measured
from groundwire.compare.named import named
from groundwire.compare.quoted import quoted
from groundwire.compare.subjects import Said
from groundwire.compare.timed import timed
from groundwire.compare.updates import is_update
from groundwire.text.speech import negations
from groundwire.text.tokens import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.compare.pairing import Found
    from groundwire.domain.comparisons import ValueKind
    from groundwire.domain.spans import Span

__all__ = ["Relation", "RelationLabel", "Said", "relate"]

RelationLabel = Literal["conflict", "update", "scope", "agreement", "detail"]

LEAST_SIMILARITY = 0.3
"""Sentences less alike than this in meaning are not held side by side."""

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


def relate(left: Said, right: Said, similarity: float) -> tuple[Relation, ...]:
    """Return how the values of two sentences stand to each other, in order of the left sentence.

    Values are compared only where the sentences are surely about one thing; else nothing is
    returned, or ``scope`` where a value of the same sort stands there.

    Args:
        left: A sentence.
        right: A sentence of another document.
        similarity: Cosine of the vectors of the two, from -1 to 1.
    """
    if similarity < LEAST_SIMILARITY or not (left.is_whole and right.is_whole):
        return ()
    if not same_story(left, right):
        return ()
    found = _settled(
        left,
        right,
        [
            *measured(left, right, similarity),
            *timed(left, right, similarity),
            *named(left, right, similarity),
            *quoted(left, right, similarity),
        ],
    )
    if not found and _say_the_same(left, right, similarity):
        return (Relation("agreement", "quote", "", None, None),)
    return tuple(_relation(each, left, right) for each in sorted(found, key=lambda one: one.left))


def _settled(left: Said, right: Said, found: Sequence[Found]) -> list[Found]:
    """Return what was found, with the conflicts that are updates or of other things named so.

    Where a figure or time differs and so does the place or the person, two things are spoken of.
    """
    clashing = {each.kind for each in found if each.label == "conflict"}
    others = bool(clashing & {"place", "name"}) and bool(clashing & {"number", "date"})
    settled: list[Found] = []
    for each in found:
        label = each.label
        if label in {"conflict", "update", "detail"} and each.kind != "quote":
            rivals = each.left.of(left.sentence.text) + " " + each.right.of(right.sentence.text)
            if strangers(left, right, frozenset(words(rivals))):
                label = "scope"
        if label == "conflict" and each.kind != "quote":
            if others:
                label = "scope"
            elif is_update(each, left, right):
                label = "update"
            elif each.when != "same" or (far_apart(left, right) and each.score < _SURE):
                label = "scope"
        settled.append(replace(each, label=label))
    return settled


def _relation(found: Found, left: Said, right: Said) -> Relation:
    return Relation(
        found.label,
        found.kind,
        found.about,
        found.left.shift(left.sentence.span.start),
        found.right.shift(right.sentence.span.start),
    )


def _say_the_same(left: Said, right: Said, similarity: float) -> bool:
    """Return whether two sentences without comparable values say the same."""
    one, other = left.facts, right.facts
    shared = len(one.content & other.content)
    shorter = min(len(one.content), len(other.content))
    denied = bool(negations(one.text)) != bool(negations(other.text))
    return similarity >= _SAME_SENTENCE and shared >= _COVERED * max(shorter, 1) and not denied
