"""Asking which of several is meant, and understanding the reply."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.domain.answers import Abstention, Answer
from groundwire.text.tokens import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.domain.answers import Provenance
    from groundwire.domain.retrieval import Scope

_ASKED = re.compile(r"^Wh(?:om|at) do you mean: (?P<names>.+)\?$")
_BETWEEN = re.compile(r", | or ")
_POLITE = frozenset(
    {"i", "mean", "meant", "the", "a", "an", "please", "sorry", "no", "yes", "about", "of", "one"}
)


def ask_which(candidates: Sequence[str], *, person: bool) -> str:
    """Return the question that asks which one is meant: "Whom do you mean: A or B?"."""
    *first, last = candidates
    listed = f"{', '.join(first)} or {last}" if first else last
    return f"{'Whom' if person else 'What'} do you mean: {listed}?"


def clarifying(question: str, back: str, scope: Scope, provenance: Provenance) -> Answer:
    """Return the answer that only asks back.

    Args:
        question: What was asked.
        back: What is asked back.
        scope: Which documents would have been used.
        provenance: The index that would have been read.
    """
    return Answer(
        question=question,
        standalone=question,
        outcome="clarify",
        claims=(),
        sources=(),
        filters=scope,
        provenance=provenance,
        abstention=Abstention(back),
    )


def asked_which(turn: str) -> tuple[str, ...]:
    """Return the candidates of a turn that asked which one is meant; none if it did not."""
    match = _ASKED.match(turn.strip())
    return tuple(_BETWEEN.split(match["names"])) if match else ()


def chosen(reply: str, candidates: Sequence[str]) -> str:
    """Return the candidate that a reply chooses; nothing if it chooses none or says more."""
    said = [word for word in words(reply) if word not in _POLITE]
    ordinals = {"first": 0, "former": 0, "second": 1, "latter": 1, "last": len(candidates) - 1}
    if len(said) == 1 and said[0] in ordinals and ordinals[said[0]] < len(candidates):
        return candidates[ordinals[said[0]]]
    fitting = [each for each in candidates if said and set(said) <= set(words(each))]
    return fitting[0] if len(fitting) == 1 else ""
