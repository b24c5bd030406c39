"""What a loader returns, and how it says that it cannot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from groundwire.domain.documents import Locator
    from groundwire.domain.spans import Span

_LEADING_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?!\d)[-_. ]*")
_SEPARATORS = re.compile(r"[\s_-]+")
_LONGEST_REASON = 200


class LoadError(Exception):
    """A file cannot become a document; the text is the reason, in one short line."""

    def __init__(self, reason: str) -> None:
        """Keep the reason; of one with a long name in it, as much as fits a report."""
        shown = "".join(c if c.isprintable() else " " for c in reason)
        super().__init__(one_line(shown, _LONGEST_REASON))


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file's text and what it says about itself.

    Attributes:
        title: Headline, never empty.
        source: Outlet; empty if unknown.
        author: By-line; empty if unknown.
        published: Publication date, or None.
        language: Language code; empty if unknown.
        text: The normalised text of record, never blank.
        headings: Spans of ``text`` that are headings, in order.
        locators: The named places of ``text``, such as pages, in order and apart; a format without
            any has none.
        member: Name of this document within its file, with forward slashes; empty where the file
            is one document. Stable while the document stays in the file.
    """

    title: str
    source: str
    author: str
    published: date | None
    language: str
    text: str
    headings: tuple[Span, ...]
    locators: tuple[Locator, ...] = ()
    member: str = ""


@dataclass(frozen=True, slots=True)
class Members:
    """What a file that holds many documents gave.

    An empty ``member``, or name, means the file itself.

    Attributes:
        documents: Each with a ``member`` of its own.
        problems: For each part that could not be read its name and the reason, in one line.
    """

    documents: tuple[Loaded, ...]
    problems: tuple[tuple[str, str], ...] = ()


class Loader(Protocol):
    """Reads one format. ``name`` is the file's name, for what the content does not say."""

    def __call__(self, data: bytes, name: str) -> Loaded:
        """Return what the file holds.

        Raises:
            LoadError: It holds no text that could be cited.
        """
        ...


def title_from(name: str) -> str:
    """Turn a file name such as ``2019-06-20-xi_visits.md`` into ``Xi visits``."""
    stem = PurePath(name).stem
    words = _SEPARATORS.sub(" ", _LEADING_DATE.sub("", stem, count=1)).strip()
    return words[:1].upper() + words[1:] if words else stem


def date_from(text: str) -> date | None:
    """Return the date that a text such as a file name begins with (``2019-06-20…``), if any."""
    found = _LEADING_DATE.match(text.strip())
    if found is None:
        return None
    try:
        return date.fromisoformat(found[1])
    except ValueError:
        return None


def one_line(text: str, limit: int = 300) -> str:
    """Return a metadata field as one line of at most ``limit`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
