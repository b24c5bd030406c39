"""Which loader reads which file, by its suffix."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from groundwire.ingest.loaders.base import LoadError
from groundwire.ingest.loaders.docx import load_docx
from groundwire.ingest.loaders.epub import load_epub
from groundwire.ingest.loaders.html import load_html
from groundwire.ingest.loaders.markdown import load_markdown
from groundwire.ingest.loaders.odt import load_odt
from groundwire.ingest.loaders.plain import load_plain
from groundwire.ingest.loaders.rtf import load_rtf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from groundwire.ingest.loaders.base import Loaded, Loader

MAX_BYTES = 20 * 1024 * 1024
"""Larger files are not read: no article is that long, pictures and all."""

_LOADERS: Mapping[str, Loader] = {
    ".txt": load_plain,
    ".text": load_plain,
    ".md": load_markdown,
    ".markdown": load_markdown,
    ".html": load_html,
    ".htm": load_html,
    ".docx": load_docx,
    ".odt": load_odt,
    ".rtf": load_rtf,
    ".epub": load_epub,
}

SUFFIXES = frozenset(_LOADERS)
"""The suffixes, in lower case, that some loader reads."""


def load(data: bytes, name: str) -> Loaded:
    """Read a file's bytes with the loader for its name.

    Args:
        data: The whole content of the file.
        name: The file's name, with its suffix.

    Raises:
        LoadError: It is empty, too large, of no known format, or holds no text.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in _LOADERS:
        raise LoadError(f"no loader for {suffix or 'files without a suffix'}")
    if len(data) > MAX_BYTES:
        raise LoadError("larger than 20 MiB")
    if not data:
        raise LoadError("empty")
    return _LOADERS[suffix](data, name)
