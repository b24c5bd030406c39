"""Which loader reads which file, by its suffix, and the limits of files inside files."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from groundwire.ingest.loaders.base import LoadError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from groundwire.ingest.loaders.base import Loaded, Members
    from groundwire.ingest.loaders.columns import Columns

_MIB = 1024 * 1024

MAX_BYTES = 20 * _MIB
"""Larger files are not read: no article is that long, pictures and all."""
MAX_TABLE_BYTES = 100 * _MIB
"""The same for tables and records: an export of some 30,000 articles. Their text is held in memory
several times over while it is read, and may take four bytes a character."""
MAX_HOLDER_BYTES = 200 * _MIB
"""The same for mailboxes and archives: ten years of a busy person's mail without its pictures."""
MAX_DEPTH = 4
"""Files around a file: an archive of mailboxes with messages that forward a message with an archive
of documents. What lies deeper was not put there by a person."""
MAX_INSIDE = 50_000
"""Files inside a file, at all depths together: an attachment for each message of a mailbox."""
MAX_INSIDE_BYTES = 2 * MAX_HOLDER_BYTES
"""Their size: each byte of the largest collection may lie inside one more file."""

# The modules are imported when the first file of their format comes: most folders need few.
_PLAIN: Mapping[str, str] = {
    ".txt": "plain.load_plain",
    ".text": "plain.load_plain",
    ".md": "markdown.load_markdown",
    ".markdown": "markdown.load_markdown",
}
_RICH: Mapping[str, str] = {
    ".html": "html.load_html",
    ".htm": "html.load_html",
    ".pdf": "pdf.load_pdf",
    ".docx": "docx.load_docx",
    ".odt": "odt.load_odt",
    ".rtf": "rtf.load_rtf",
    ".epub": "epub.load_epub",
    ".rss": "feeds.load_feed",
    ".atom": "feeds.load_feed",
    ".xml": "feeds.load_feed",
}
_RECORDS: Mapping[str, str] = {
    ".csv": "delimited.load_delimited",
    ".tsv": "delimited.load_delimited",
    ".jsonl": "jsonl.load_jsonl",
    ".ndjson": "jsonl.load_jsonl",
    ".json": "jsonl.load_json",
}
_HOLDERS: Mapping[str, str] = {
    ".eml": "mail.load_eml",
    ".mbox": "mail.load_mbox",
    ".zip": "archive.load_zip",
}
_LOADERS: Mapping[str, str] = {**_PLAIN, **_RICH, **_RECORDS, **_HOLDERS}

SUFFIXES = frozenset(_LOADERS)
"""The suffixes, in lower case, that some loader reads."""
PLAIN_SUFFIXES = frozenset(_PLAIN)
"""Those of text without a structure that could hide something: reading it needs no precautions."""


def most_bytes(name: str) -> int:
    """Return the size of the largest file of such a name that is read."""
    suffix = suffix_of(name)
    if suffix in {".zip", ".mbox"}:
        return MAX_HOLDER_BYTES
    return MAX_TABLE_BYTES if suffix in _RECORDS else MAX_BYTES


def too_large(limit: int) -> LoadError:
    """Return the error for a file, or a part of one, that is larger than so many bytes."""
    return LoadError(f"larger than {limit // _MIB} MiB")


def suffix_of(name: str) -> str:
    """Return the suffix of a name in lower case, with its dot."""
    return PurePath(name).suffix.lower()


def check(data: bytes, name: str) -> None:
    """Refuse what no loader needs to look at.

    Raises:
        LoadError: It is empty, too large, or of no known format.
    """
    _check(data, name, most_bytes(name))


def load(data: bytes, name: str, columns: Columns | None = None) -> Loaded | Members:
    """Read a file's bytes with the loader for its name.

    Args:
        data: The whole content of the file.
        name: The file's name, with its suffix.
        columns: Which columns of tables and fields of records to use, as far as they are not to be
            guessed by their names.

    Returns:
        A document, or several where the file holds several.

    Raises:
        LoadError: It is empty, too large, of no known format, holds no text, or too many files.
    """
    check(data, name)
    try:
        return _Reading(columns).load(data, name, 0)
    except _TooMuchError as error:
        raise LoadError(str(error)) from error


class _TooMuchError(Exception):
    """The files inside a file are too many: unlike a ``LoadError``, it ends all of the reading."""


class _Reading:
    """Reads one file and those inside it, within one set of limits for all of them."""

    def __init__(self, columns: Columns | None) -> None:
        self._columns = columns
        self._files_left = MAX_INSIDE
        self._bytes_left = MAX_INSIDE_BYTES

    def load(self, data: bytes, name: str, depth: int) -> Loaded | Members:
        """Read a file with so many files around it."""
        suffix = suffix_of(name)
        loader = _loader(_LOADERS[suffix])
        content: Loaded | Members
        if suffix in _RECORDS:
            content = loader(data, name, self._columns)
        elif suffix == ".zip":
            content = loader(data, name, partial(self._member, depth=depth + 1), SUFFIXES)
        elif suffix in _HOLDERS:
            content = loader(data, name, partial(self._member, depth=depth + 1))
        else:
            content = loader(data, name)
        return content

    def _member(self, data: bytes, name: str, depth: int) -> Loaded | Members:
        """Read a file that lies inside another one.

        Raises:
            LoadError: It cannot be read, or lies too deep.
            _TooMuchError: With it, all of them are too many.
        """
        self._files_left -= 1
        self._bytes_left -= len(data)
        if self._files_left < 0:
            raise _TooMuchError(f"has more than {MAX_INSIDE:,} files inside")
        if self._bytes_left < 0:
            raise _TooMuchError(f"has more than {MAX_INSIDE_BYTES // _MIB} MiB of files inside")
        if depth > MAX_DEPTH:
            raise LoadError("lies inside too many files")
        _check(data, name, MAX_BYTES)
        return self.load(data, name, depth)


def _check(data: bytes, name: str, limit: int) -> None:
    suffix = suffix_of(name)
    if suffix not in _LOADERS:
        raise LoadError(f"no loader for {suffix or 'files without a suffix'}")
    if len(data) > limit:
        raise too_large(limit)
    if not data:
        raise LoadError("empty")


def _loader(place: str) -> Any:  # noqa: ANN401 -- loaders differ in what else they take
    module, _, name = place.partition(".")
    return getattr(import_module(f"groundwire.ingest.loaders.{module}"), name)
