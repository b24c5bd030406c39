"""The files themselves, read again by a reader of the judge's own."""

from __future__ import annotations

import codecs
from functools import lru_cache
from typing import TYPE_CHECKING

from groundwire.evaluate.judge.reading import comparable, unmarked

if TYPE_CHECKING:
    from pathlib import Path

_MARKDOWN = frozenset({".md", ".markdown"})
_PLAIN = frozenset({".txt", ".text"})
_KEPT = 64


class Sources:
    """Reads the documents of one folder from disk, never from the index."""

    def __init__(self, corpus: Path) -> None:
        """Keep the folder.

        Args:
            corpus: The folder that was indexed; it may be missing, and then nothing can be read.
        """
        self._corpus = corpus.resolve()
        self._read = lru_cache(maxsize=_KEPT)(_read)

    def text_of(self, path: str) -> str | None:
        """Return a file's words as the judge compares them.

        Args:
            path: Path relative to the folder, with forward slashes.

        Returns:
            None if there is no such file inside the folder, or if it is neither plain text nor
            Markdown.
        """
        file = (self._corpus / path).resolve()
        if not file.is_relative_to(self._corpus) or file.suffix.lower() not in _MARKDOWN | _PLAIN:
            return None
        return self._read(file)


def _read(file: Path) -> str | None:
    try:
        text = _decoded(file.read_bytes()).replace("\r\n", "\n").replace("\r", "\n")
    except (OSError, UnicodeDecodeError):
        return None
    return comparable(unmarked(text) if file.suffix.lower() in _MARKDOWN else text)


def _decoded(data: bytes) -> str:
    """Return the characters of a file: what its byte order mark says, UTF-8, or Windows-1252."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")
