"""What an electronic book says of itself: its metadata, reading order and table of contents."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag

from groundwire.ingest.loaders.base import LoadError, one_line
from groundwire.ingest.loaders.packages import attribute, child, children, local, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from groundwire.ingest.loaders.packages import Package

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_CHAPTER_TYPES = frozenset({"application/xhtml+xml", "text/html", "text/x-oeb1-document"})
_CONTENTS_TYPE = "application/x-dtbncx+xml"
_COUNTED = re.compile(r"section \d+", re.IGNORECASE)  # what converters call what has no title
_LABEL_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Contents:
    """A book's own account of itself.

    Attributes:
        metadata: The element that holds its title, authors and date; None if it has none.
        chapters: Names of the parts with its text, in reading order, each once.
        titles: Titles of the table of contents by part name and id; the id is empty where a title
            stands for the whole part.
    """

    metadata: Element | None
    chapters: tuple[str, ...]
    titles: dict[tuple[str, str], str]


def read_contents(package: Package) -> Contents:
    """Read a book's package file and table of contents.

    A broken table of contents is as good as none.

    Raises:
        LoadError: There is no package file, it is damaged, or chapters are encrypted.
    """
    path = _package_file(package)
    root = package.xml(path, doctype=True)
    items = {attribute(item, "id"): item for item in children(child(root, "manifest"), "item")}
    chapters: dict[str, None] = {}
    for reference in children(child(root, "spine"), "itemref"):
        item = items.get(attribute(reference, "idref"))
        if item is not None and _is_chapter(item):
            chapters[_resolve(path, attribute(item, "href"))[0]] = None
    if _encrypted(package) & chapters.keys():
        raise LoadError("is protected: its chapters are encrypted")
    titles: dict[tuple[str, str], str] = {}
    for item in items.values():
        for place, title in _titles(package, path, item):
            if title:
                titles.setdefault(place, title)
    metadata = child(root, "metadata")
    inner = child(metadata, "dc-metadata")  # as in books of the first versions
    return Contents(metadata if inner is None else inner, tuple(chapters), titles)


def _package_file(package: Package) -> str:
    """Return the name of the part that lists all others."""
    files = child(package.optional(_CONTAINER), "rootfiles")
    for file in children(files, "rootfile"):
        if attribute(file, "full-path") in package.names:
            return attribute(file, "full-path")
    listed = sorted(name for name in package.names if name.lower().endswith(".opf"))
    if not listed:
        raise LoadError("not an EPUB file, or a damaged one")
    return listed[0]


def _is_chapter(item: Element) -> bool:
    """Return whether an item of the manifest is text, and not the table of contents."""
    is_contents = "nav" in attribute(item, "properties").split()
    return attribute(item, "media-type") in _CHAPTER_TYPES and not is_contents


def _encrypted(package: Package) -> set[str]:
    """Return the names of the parts that are encrypted; fonts often are, and do not matter."""
    root = package.optional(_ENCRYPTION)
    references = root.iter("{*}CipherReference") if root is not None else ()
    return {unquote(attribute(reference, "URI")) for reference in references}


def _titles(package: Package, path: str, item: Element) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the places and titles that an item lists, if it is a table of contents."""
    is_navigation = "nav" in attribute(item, "properties").split()
    if not is_navigation and attribute(item, "media-type") != _CONTENTS_TYPE:
        return
    part, _ = _resolve(path, attribute(item, "href"))
    root = package.optional(part)
    if root is not None:
        listed = _points(root) if local(root) == "ncx" else _links(root)
        for reference, title in listed:
            label = one_line(title, _LABEL_LENGTH)
            yield _resolve(part, reference), "" if _COUNTED.fullmatch(label) else label


def _points(root: Element) -> Iterator[tuple[str, str]]:
    """Yield references and titles of a table of contents of version 2."""
    for point in root.iter("{*}navPoint"):
        content = child(point, "content")
        if content is not None:
            yield attribute(content, "src"), words(child(point, "navLabel", "text"))


def _links(root: Element) -> Iterator[tuple[str, str]]:
    """Yield references and titles of a table of contents of version 3."""
    for navigation in root.iter("{*}nav"):
        if attribute(navigation, "type") in {"toc", ""}:
            for link in navigation.iter("{*}a"):
                yield attribute(link, "href"), words(link)


def _resolve(part: str, reference: str) -> tuple[str, str]:
    """Return the part and the id that a reference in a part points to."""
    target, fragment = urldefrag(reference)
    joined = posixpath.join(posixpath.dirname(part), unquote(target)) if target else part
    return posixpath.normpath(joined), unquote(fragment)
