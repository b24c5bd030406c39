"""Plain text: ``.txt`` and ``.text``."""

from __future__ import annotations

from groundwire.ingest.loaders.base import Loaded, LoadError, date_from, title_from
from groundwire.ingest.loaders.encoding import decode
from groundwire.text.normalize import normalize

_TITLE_LIMIT = 120
_SENTENCE_ENDS = (".", "!", "…", ":", ";", ",")


def load_plain(data: bytes, name: str) -> Loaded:
    """Read plain text.

    The title is the first line if it reads like one: at most 120 characters, no full stop at its
    end, more text below. It stays part of the text. Else the title is made from the file's name.

    Raises:
        LoadError: There is no text.
    """
    text = normalize(decode(data))
    if not text.strip():
        raise LoadError("empty")
    return Loaded(
        title=_headline(text) or title_from(name),
        source="",
        author="",
        published=date_from(name),
        language="",
        text=text,
        headings=(),
    )


def _headline(text: str) -> str:
    """Return the first line if it reads like a headline, else an empty string."""
    first, _, rest = text.strip().partition("\n")
    first = first.strip()
    if len(first) > _TITLE_LIMIT or first.endswith(_SENTENCE_ENDS) or not rest.strip():
        return ""
    return first if any(character.isalnum() for character in first) else ""
