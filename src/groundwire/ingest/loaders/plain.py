"""Plain text: ``.txt`` and ``.text``."""

from __future__ import annotations

from groundwire.ingest.loaders.base import Loaded, LoadError, date_from, title_from
from groundwire.ingest.loaders.encoding import decode
from groundwire.ingest.loaders.openings import headline
from groundwire.text.normalize import normalize


def load_plain(data: bytes, name: str) -> Loaded:
    """Read plain text.

    The title is the first line if it reads like one (see ``headline``). It stays part of the text.
    Else the title is made from the file's name.

    Raises:
        LoadError: There is no text.
    """
    text = normalize(decode(data))
    if not text.strip():
        raise LoadError("empty")
    return Loaded(
        title=headline(text) or title_from(name),
        source="",
        author="",
        published=date_from(name),
        language="",
        text=text,
        headings=(),
    )
