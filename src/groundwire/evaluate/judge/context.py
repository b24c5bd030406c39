"""What a quote was cut out of."""

from __future__ import annotations

import re

from groundwire.evaluate.judge.tokens import sentences
from groundwire.evaluate.judge.vocabulary import DENIERS, HEDGES, REFUSERS, SPEAKING

_BEGINS = re.compile(r"(?:\A|\n|[.!?][\"'”’)\]]*\s+|[(|]\s*)\Z")
_ENDS = re.compile(r"\A(?:\s*\Z|\s*\n|[\"'”’)\]]*[.!?|])")
_WHOLE = re.compile(r"[.!?][\"'”’)\]]*\Z")
_TURNING = DENIERS | REFUSERS | SPEAKING | HEDGES["may"] | HEDGES["alleged"] | HEDGES["if"]
_LINE = 400


def cut_from(stored: str, start: int, end: int) -> str | None:
    """Return why a quote must not stand alone, or None.

    A quote that begins in the middle of a sentence may have lost "he denied that"; one that ends
    in the middle, "said his rival".

    Args:
        stored: Text of the document.
        start: Where the quote begins.
        end: Where it ends.
    """
    before, after = "", ""
    if not _BEGINS.search(stored[max(start - 8, 0) : start]):
        before = re.split(r"[.!?][\"”’)]*\s|\n", stored[max(start - _LINE, 0) : start])[-1]
    if not (_WHOLE.search(stored[start:end]) or _ENDS.search(stored[end : end + _LINE])):
        after = re.split(r"(?<=[.!?])[\"”’)]*\s|\n", stored[end : end + _LINE])[0]
    for part in (before, after):
        cues = [token.text for one in sentences(part) for token in one if token.low in _TURNING]
        if cues:
            return f"the quote is cut out of a sentence that says “{cues[0]}”"
    return None
