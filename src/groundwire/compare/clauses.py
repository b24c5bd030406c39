"""The clauses of a sentence, as far as punctuation and conjunctions show them."""

from __future__ import annotations

import re
from itertools import pairwise

from groundwire.domain.spans import Span

_BORDER = re.compile(
    r"(?P<firm>[;:]\s+|\s+[–—]\s*|\s+-\s+|\s*—\s+)"
    r"|,\s+(?:(?P<inside>(?=(?:which|who|whose|where|when|an?|the|including|with|amid)\s))"
    r"|(?P<outside>(?=(?:and|but|while|whereas|although|though|after|before|because|as|to)\s)))"
    r"|(?P<plain>,\s+)"
    r"|\s+(?=(?:while|whereas|although|because|amid)\s)"
)
_WORD = re.compile(r"\w+")
_LEAST_WORDS = 3
_TRIMMED = " ,;:–—-"


def clauses(sentence: str) -> tuple[Span, ...]:
    """Return the clauses and longer additions of a sentence, in order; at least one.

    A comma ends a relative clause or an addition ("Ms Ito, who chairs the group, said"); other
    commas part nothing by themselves, and nor does what stands before a clause of three words.

    Args:
        sentence: A sentence that is not blank.
    """
    cuts = [0]
    inside = False
    for match in _BORDER.finditer(sentence):
        long_enough = len(_WORD.findall(sentence, cuts[-1], match.start())) >= _LEAST_WORDS
        if long_enough and (match["plain"] is None or inside):
            cuts.append(match.end())
        inside = match["inside"] is not None
    found = []
    for start, end in pairwise([*cuts, len(sentence)]):
        part = sentence[start:end]
        first = start + len(part) - len(part.lstrip(_TRIMMED))
        last = end - (len(part) - len(part.rstrip(_TRIMMED)))
        if first < last:
            found.append(Span(first, last))
    return tuple(found)
