"""Which neighbours a sentence needs to stand alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.text.sentences import sentences

if TYPE_CHECKING:
    from groundwire.domain.retrieval import Hit
    from groundwire.domain.spans import Span

_MOST_AFTER = 3
"""Sentences that are taken at most to bring a quotation to its end."""

_REFERS_BACK = re.compile(
    r"(?:He|She|It|They|This|That|These|Those|His|Her|Its|Their|But|However"
    r"|The (?:move|decision))\b"
)
_QUOTATION = re.compile(r"[“\"][^”\"]*[”\"]")
_ATTRIBUTED = re.compile(
    r"\b(?:said|says|saying|told|tells|added|adds|asked|wrote|argued|warned|insisted|replied"
    r"|according to|called|calls)\b",
    re.IGNORECASE,
)


def standing_alone(hit: Hit, span: Span) -> tuple[Span, ...]:
    """Return the span with the sentences around it that it cannot do without, in order.

    A sentence that opens with a pronoun brings the one before it, which says whom it means. A
    quotation that runs over several sentences is given whole, and one that does not name its
    speaker brings the sentence before it: words without a speaker are no news.

    Args:
        hit: The passage that the span stands in; neighbours are taken from it alone.
        span: A sentence of the passage, in the document's offsets.
    """
    passage = hit.passage
    cut = sentences(passage.text)
    found = [local.shift(passage.span.start) for local in cut]
    texts = [local.of(passage.text) for local in cut]
    first = last = found.index(span)
    while first > 0 and _is_open(" ".join(texts[first : last + 1]), at_end=False):
        first -= 1
    while last + 1 < len(found) and last < first + _MOST_AFTER:
        if not _is_open(" ".join(texts[first : last + 1]), at_end=True):
            break
        last += 1
    if first > 0 and _needs_the_one_before(" ".join(texts[first : last + 1])):
        first -= 1
    return tuple(found[first : last + 1])


def _needs_the_one_before(text: str) -> bool:
    return bool(_REFERS_BACK.match(text)) or _lacks_a_speaker(text)


def _lacks_a_speaker(text: str) -> bool:
    """Return whether a text opens with a quotation and names nobody who said it."""
    return text[:1] in '“"' and not _ATTRIBUTED.search(_QUOTATION.sub(" ", text))


def _is_open(text: str, *, at_end: bool) -> bool:
    """Return whether a quotation runs on past the end of a text, or began before it."""
    rest = _QUOTATION.sub("", text)
    if at_end:
        return "“" in rest or ('"' in rest and text.lstrip().startswith('"'))
    return "”" in rest or ('"' in rest and not text.lstrip().startswith('"'))
