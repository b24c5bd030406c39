"""Whose words a question asks for, and whether a sentence gives them."""

from __future__ import annotations

import re

from groundwire.answer.tokens import tokenize
from groundwire.text.speech import attributions

_SAYS = (
    r"(?:says?|said|think|claim|argue|complain|reckon|tell|told|warn|promise|expect|estimate|put"
    r"|fault|explain|respond|answer|react|reply|comment|describe|give|accuse|insist|accept|deny"
    r"|believe|add|make)"
)
_WHO = r"(?P<who>(?:the\s)?(?:[\w’'.-]+\s){%s}?[\w’'.-]+?)"
_ASKED = (
    re.compile(
        r"\b(?:what|how|why|when|where|whom?)\b[^,?]{0,40}?\b(?:do|does|did|has|have|had)\s"
        rf"{_WHO % '0,6'}\s(?:(?:now|first|later|also)\s)?{_SAYS}\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\baccording to {_WHO % '0,3'}(?=[,?.]|$| (?:what|did|how|who|when|where|why)\b)",
        re.IGNORECASE,
    ),
)
_READ = 1_000
_PRONOUNS = frozenset(token.stem for token in tokenize("he she they it"))
_NAMES_THEM = 0.8
_PRONOUN = 0.5


def asked_speaker(question: str) -> frozenset[str]:
    """Return the stems of who is asked about as a speaker; empty if the question asks of none."""
    for shape in _ASKED:
        match = shape.search(question[:_READ])
        found = tokenize(match["who"]) if match else ()
        if any(token.content for token in found):
            return frozenset(token.stem for token in found if token.content)
    return frozenset()


def speaks(speaker: frozenset[str], sentence: str, stems: frozenset[str]) -> float:
    """Return whether a sentence gives a speaker's words: 1 if so, 0 if it gives another's.

    Between them: 0.8 if it gives nobody's and names the speaker; a half where a pronoun speaks,
    where nobody does, and where no speaker is asked for.

    Args:
        speaker: What ``asked_speaker`` returned.
        sentence: The sentence.
        stems: Its stems.
    """
    said = attributions(sentence) if speaker else ()
    if not said:
        return _NAMES_THEM if speaker & stems else _PRONOUN
    who = {token.stem for one in said for token in tokenize(one.speaker.of(sentence))}
    if who & speaker:
        return 1.0
    return _PRONOUN if who & _PRONOUNS else 0.0
