"""Holding drafted sentences against the passages they were written from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.domain.claims import Dropped
from groundwire.ground.cite import quoted_claim
from groundwire.text.instructions import instruction_spans
from groundwire.text.quotes import best_alignment, find_quote
from groundwire.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.domain.claims import Claim
    from groundwire.domain.retrieval import Hit
    from groundwire.domain.spans import Span

REPAIR_SCORE = 0.6
"""A drafted sentence this close to a source sentence is replaced by it; below, it is dropped."""


def verify(sentence: str, markers: Sequence[int], passages: Sequence[Hit]) -> Claim | Dropped:
    """Return the verbatim claim that a drafted sentence stands for, or why it was dropped.

    What is said is always a whole sentence of the source: a part of one could lose who said
    it, or a "not". The passages that the draft cites are tried first; a marker that resolves
    to no passage counts as none.

    Args:
        sentence: The drafted sentence, without markers.
        markers: The numbers it cited, counting ``passages`` from 1.
        passages: The passages that the model was given.
    """
    if instruction_spans(sentence):
        return Dropped(sentence, "it speaks to a chatbot, not to a reader")
    cited = [passages[n - 1] for n in dict.fromkeys(markers) if 1 <= n <= len(passages)]
    ordered = cited + [hit for hit in passages if hit not in cited]
    for hit in ordered:
        span = find_quote(sentence, hit.passage.text)
        whole = _enclosing(hit, span) if span else None
        if whole:
            return _said(sentence, hit, whole)
    return _closest(sentence, ordered)


def _enclosing(hit: Hit, span: Span) -> Span | None:
    """Return the source sentence that holds a span, in the document's offsets."""
    found = (s for s in sentences(hit.passage.text) if s.contains(span))
    whole = next(found, None)
    return whole.shift(hit.passage.span.start) if whole else None


def _closest(sentence: str, passages: Sequence[Hit]) -> Claim | Dropped:
    places = [(hit, span) for hit in passages for span in sentences(hit.passage.text)]
    if not places:
        return Dropped(sentence, "there is no passage to hold it against")
    index, score = best_alignment(sentence, [span.of(hit.passage.text) for hit, span in places])
    if score < REPAIR_SCORE:
        return Dropped(sentence, f"no passage says this (closest sentence: {score:.2f})")
    hit, span = places[index]
    return _said(sentence, hit, span.shift(hit.passage.span.start))


def _said(sentence: str, hit: Hit, span: Span) -> Claim | Dropped:
    """Return the claim, unless its source is an order to whatever machine reads it."""
    local = span.shift(-hit.passage.span.start)
    if any(order.overlaps(local) for order in instruction_spans(hit.passage.text)):
        return Dropped(sentence, "its source speaks to a chatbot, not to a reader")
    return quoted_claim(hit, span)
