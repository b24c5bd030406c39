"""Values of two sentences, paired: what is found of them before documents are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from groundwire.compare.values.facts import Facts
    from groundwire.domain.comparisons import ValueKind
    from groundwire.domain.spans import Span

When = Literal["same", "day", "occasion"]
FoundLabel = Literal["conflict", "update", "scope", "agreement", "detail"]

_ABOUT = 4
_SAYING = frozenset({"say"})


@dataclass(frozen=True, slots=True)
class Found:
    """Two values that were held side by side.

    Attributes:
        label: How they stand to each other, if neither document is later.
        kind: What sort of values.
        about: What they are of.
        left: Where the one stands in the left sentence.
        right: Where the other stands in the right sentence.
        score: How surely they are of one thing, about 0 to 1.3.
        when: Whether both are of one time, of another day in its course, or of another occasion.
    """

    label: FoundLabel
    kind: ValueKind
    about: str
    left: Span
    right: Span
    score: float
    when: When = "same"


def about(left: Facts, one: Span, right: Facts) -> str:
    """Return the words near one value that also stand in the other sentence, as written there."""
    shared = (left.content & right.content) - _SAYING
    near = left.around(one)
    best = sorted((each for each in near if each in shared), key=lambda each: -near[each])
    chosen = frozenset(best[:_ABOUT])
    found: dict[str, str] = {}
    for word in left.words:
        if word.concept in chosen and not one.start <= word.at < one.end:
            found.setdefault(word.concept, word.written)
    return " ".join(found.values())
