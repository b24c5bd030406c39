"""Cutting a question into the clauses that each want a passage of their own."""

from __future__ import annotations

import re

from groundwire.domain.spans import Span
from groundwire.text.tokens import content_words

MIN_WORDS = 4
"""A clause with fewer content words joins its neighbour."""

_AFTER_COMMA = (
    "and|or|but|while|whereas|yet|with|as|which|who|that|although|though|unlike|compared"
    r"|in\s+contrast\s+to|despite|after|before|including"
)
_CONJUNCTIONS = (
    r"while|whereas|unlike|in\s+contrast\s+to|contrast\s+with|compared\s+(?:to|with)"
    r"|as\s+opposed\s+to|despite|than|after|before|following|followed\s+by|between"
)
_AUXILIARIES = "does|did|do|is|was|were|has|have|had"
_NEW_SUBJECTS = "the|in|then|also|later|subsequent|another|a|an|on|by"
# White space before a cut is matched from its beginning alone: a run of it is read once.
_CUT = re.compile(
    rf"""(?:(?<!\s)\s++)?(?:[,;:]\s*(?:{_AFTER_COMMA})?\b
    |\b(?:{_CONJUNCTIONS}
       |and\s+(?=(?:\w+ed|{_AUXILIARIES}|{_NEW_SUBJECTS})\b)
       |or\s+(?=(?:{_AUXILIARIES}|the)\b))
    )\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_YEAR_AFTER_COMMA = re.compile(r"\s*,\s*(?:19|20)\d\d")


def clauses(question: str) -> tuple[Span, ...]:
    """Return the clauses of a question, in order: one span if it has only one.

    Cuts at commas, semicolons, and words that set two things side by side. The comma of a date
    is no cut, and a clause of fewer than four content words joins its neighbour.
    """
    pieces: list[Span] = []
    start = 0
    for cut in _CUT.finditer(question):
        if _YEAR_AFTER_COMMA.match(question, cut.start()):
            continue
        if start < cut.start():
            pieces.append(Span(start, cut.start()))
            start = cut.end()
    if start < len(question):
        pieces.append(Span(start, len(question)))
    return _joined(question, pieces)


def _joined(question: str, pieces: list[Span]) -> tuple[Span, ...]:
    """Return the pieces with short ones joined to the one before."""
    joined: list[Span] = []
    for piece in pieces:
        if joined and (_is_short(question, piece) or _is_short(question, joined[-1])):
            joined[-1] = Span(joined[-1].start, piece.end)
        else:
            joined.append(piece)
    return tuple(joined)


def _is_short(question: str, piece: Span) -> bool:
    return len(content_words(piece.of(question))) < MIN_WORDS
