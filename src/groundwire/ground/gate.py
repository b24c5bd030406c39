"""The gate: a drafted sentence is said as it is, in the source's words, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.domain.claims import Claim, Dropped, Verdict
from groundwire.ground.citations import cited_first, unknown_markers
from groundwire.ground.cite import cite, quoted_claim
from groundwire.ground.examine import JUDGE, examine
from groundwire.ground.support import SUPPORTED
from groundwire.ground.windows import Window, closest, cut, promising
from groundwire.text.instructions import instruction_spans
from groundwire.text.normalize import normalize
from groundwire.text.quotes import find_quote

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from groundwire.domain.retrieval import Hit
    from groundwire.domain.spans import Span

REPAIR_SCORE = 0.6
"""A drafted sentence this close to a source sentence is replaced by it; below, it is dropped."""


class Gate:
    """Decides what is said of what a model drafted."""

    def __init__(self, support: Callable[[str, str], float] | None = None) -> None:
        """Keep the scorer.

        Args:
            support: How far a source, second, supports a sentence, first, from 0 to 1; None to
                rely on the other checks.
        """
        self._support = support

    def judge(self, sentence: str, markers: Sequence[int], hits: Sequence[Hit]) -> Claim | Dropped:
        """Return what may be said for a drafted sentence, or why nothing may.

        A whole source sentence is ``quoted``. A sentence that passes every check against one
        source sentence, or two that follow one another in a passage, is ``supported`` by them.
        Any other is replaced by the source sentence that it is part of or close to, whose verdict
        then says why; or it is dropped.

        Args:
            sentence: The drafted sentence, without markers.
            markers: The numbers it cited, counting ``hits`` from 1. Passages that it does not cite
                are tried too, after those it does; a number that names none drops it.
            hits: The passages that the model was given.
        """
        sentence = " ".join(normalize(sentence).split())
        if not hits:
            return Dropped(sentence, "there is no passage to hold it against")
        if instruction_spans(sentence):
            return Dropped(sentence, "it speaks to a chatbot, not to a reader")
        unknown = unknown_markers(markers, len(hits))
        if unknown:
            listed = ", ".join(map(str, unknown))
            return Dropped(sentence, f"it cites passage {listed}, and {len(hits)} were given")
        ordered = cited_first(markers, hits)
        part = _part(sentence, ordered)
        if part and part[1]:
            return _said(sentence, part[0], ())
        return self._supported(sentence, ordered) or _repaired(
            sentence, part[0] if part else None, ordered
        )

    def _supported(self, sentence: str, hits: Sequence[Hit]) -> Claim | None:
        for window in promising(sentence, hits):
            if _is_order(window) or examine(sentence, window).label != "supported":
                continue
            score = self._support(sentence, window.text) if self._support else 1.0
            if score >= SUPPORTED:
                start = window.hit.passage.span.start
                cited = tuple(cite(window.hit, one.shift(start)) for one in window.sentences)
                return Claim(sentence, cited, Verdict("supported", score, JUDGE))
        return None


def _part(sentence: str, hits: Sequence[Hit]) -> tuple[Window, bool] | None:
    """Return the source sentence that holds the drafted words, and whether they are all of it."""
    for hit in hits:
        span = find_quote(sentence, hit.passage.text)
        holding = [one for one in cut(hit.passage.text) if span and one.contains(span)]
        if span and holding:
            return Window(hit, (holding[0],)), _is_whole(holding[0], span, hit.passage.text)
    return None


def _is_whole(whole: Span, span: Span, text: str) -> bool:
    """Return whether nothing but marks stands outside of a span in its sentence."""
    around = text[whole.start : span.start] + text[span.end : whole.end]
    return not any(map(str.isalnum, around))


def _repaired(sentence: str, part: Window | None, hits: Sequence[Hit]) -> Claim | Dropped:
    """Return the verbatim source sentence in place of the drafted one, if it is close to one."""
    window, score = (part, 1.0) if part else closest(sentence, hits)
    if window is None:
        return Dropped(sentence, "there is no passage to hold it against")
    reasons = examine(sentence, window).reasons
    if score < REPAIR_SCORE:
        why = f": {reasons[0]}" if reasons and score else ""
        return Dropped(sentence, f"no passage says this (closest sentence: {score:.2f}){why}")
    return _said(sentence, window, reasons)


def _said(sentence: str, window: Window, reasons: tuple[str, ...]) -> Claim | Dropped:
    """Return the verbatim claim, unless its source is an order to whatever machine reads it."""
    if _is_order(window):
        return Dropped(sentence, "its source speaks to a chatbot, not to a reader")
    return quoted_claim(window.hit, window.span.shift(window.hit.passage.span.start), reasons)


def _is_order(window: Window) -> bool:
    orders = instruction_spans(window.hit.passage.text)
    return any(order.overlaps(window.span) for order in orders)
