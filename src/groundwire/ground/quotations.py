"""Quotations: words in quotation marks stand in quotation marks in the source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.text.marks import DOUBLE_QUOTES
from groundwire.text.quotes import find_quote
from groundwire.text.speech import quotations

if TYPE_CHECKING:
    from groundwire.domain.spans import Span

_SHOWN = 60
_MARK = re.compile(f"[{DOUBLE_QUOTES}]")


def unfaithful_quotations(sentence: str, passage: str, within: Span) -> tuple[str, ...]:
    """Return what is wrong with the quotations of a drafted sentence, in words.

    The first letter of a quotation may be a capital or not, as its new sentence wants it.

    Args:
        sentence: The drafted sentence.
        passage: The passage it is held against; a quotation of it may span sentences.
        within: The source sentences, in the passage.
    """
    reasons = []
    if len(_MARK.findall(sentence)) % 2:
        reasons.append("a quotation is left open")
    there = quotations(passage)
    for span in quotations(sentence):
        quote = span.of(sentence)
        turned = quote[0].swapcase() + quote[1:]
        place = find_quote(quote, passage, within) or find_quote(turned, passage, within)
        if place is None:
            reasons.append(f"nobody is quoted with these words: “{_short(quote)}”")
        elif not any(_holds(quoted, place) for quoted in there):
            reasons.append(f"the source says this without quotation marks: “{_short(quote)}”")
    return tuple(reasons)


def spoken_beyond(passage: str, within: Span) -> bool:
    """Return whether source sentences are part of a quotation that goes beyond them.

    Who speaks is then told elsewhere, and the sentences alone would state it as a fact.
    """
    quoted = (span for span in quotations(passage) if span.overlaps(within))
    return any(not within.contains(span) for span in quoted)


def _holds(quoted: Span, place: Span) -> bool:
    return quoted.start <= place.start and place.end <= quoted.end


def _short(quote: str) -> str:
    return quote if len(quote) <= _SHOWN else f"{quote[:_SHOWN]}..."
