"""The lines that open a conversation and name its topic, and what of a turn says anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.domain.conversations import Turn

_HEADING_WORDS = 10
_OPENS_A_QUESTION = re.compile(
    r"(?:who|whom|whose|what|when|where|why|which|how|is|are|was|were|do|does|did|has|have|had|can"
    r"|could|will|would|should|may|might|any|anything|tell|give|show|list|describe|explain|and|but"
    r"|please|name|compare|summari[sz]e)\b",
    re.IGNORECASE,
)
_MARKERS = re.compile(r"\s*\[\d[\d,\s]*\]")
_SILENCE = re.compile(
    r"(?:The documents do not|I (?:don['’]t know|found nothing)|No (?:document|sentence)"
    r"|Nothing about)\b"
)


def count_headings(history: Sequence[Turn]) -> int:
    """Return how many turns at the beginning are a heading: none, one or two."""
    count = 0
    for turn in history[:2]:
        if not is_heading(turn.text):
            break
        count += 1
    return count


def is_heading(text: str) -> bool:
    """Return whether a text names a topic and asks nothing: "Xi's visit to Pyongyang"."""
    plain = said_plainly(text)
    return (
        bool(plain)
        and len(plain.split()) <= _HEADING_WORDS
        and plain[-1] not in "?.!…:"
        and not _OPENS_A_QUESTION.match(plain)
        and (plain[0].isupper() or plain[0].isdigit() or plain[0] in "\"'“‘")
    )


def said_plainly(text: str) -> str:
    """Return a turn's text without its markers; nothing of one that says nothing."""
    return "" if _SILENCE.match(text) else _MARKERS.sub("", text).strip()
