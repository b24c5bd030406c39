"""What the first lines of a document say where its format says nothing: title and day."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from groundwire.text.dates import dates

_TITLE_LIMIT = 120
_SENTENCE_ENDS = (".", "!", "…", ":", ";", ",")
_LINES = 8
"""Lines among which it is looked for: title, by-line and date come before the text."""
_LONGEST = 60
_AROUND = re.compile(
    r"[\W_]*(?:published|posted|issued|released|dated?)?[\W_]*(?:on)?[\W_]*", re.IGNORECASE
)


def headline(text: str) -> str:
    """Return the first line, single-spaced, if it reads like a headline, else an empty string.

    It does if it has at most 120 characters, no full stop at its end, and more text below.
    """
    first, _, rest = text.strip().partition("\n")
    first = " ".join(first.split())
    if len(first) > _TITLE_LIMIT or first.endswith(_SENTENCE_ENDS) or not rest.strip():
        return ""
    return first if any(character.isalnum() for character in first) else ""


def dateline(text: str) -> date | None:
    """Return the day that one of the first lines of a document consists of, if one does."""
    for line in text.split("\n\n", _LINES)[:_LINES]:
        found = dates(line) if len(line) <= _LONGEST else ()
        if len(found) == 1:
            span = found[0].span
            rest = f"{line[: span.start]} {line[span.end :]}"
            with suppress(ValueError):
                day = date.fromisoformat(found[0].canonical)
                if _AROUND.fullmatch(rest):
                    return day
    return None
