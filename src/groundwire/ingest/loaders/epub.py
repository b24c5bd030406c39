"""Electronic books: ``.epub``, versions 2 and 3."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.domain.documents import Locator
from groundwire.domain.spans import Span
from groundwire.ingest.loaders.base import Loaded, LoadError, date_from, one_line, title_from
from groundwire.ingest.loaders.blocks import Block, compose, fold
from groundwire.ingest.loaders.epub_contents import read_contents
from groundwire.ingest.loaders.openings import dateline
from groundwire.ingest.loaders.packages import (
    Package,
    attribute,
    children,
    made_on,
    own_author,
    own_title,
    words,
)
from groundwire.ingest.loaders.xhtml import read_blocks, read_body

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from lxml.etree import _Element as Element

    from groundwire.ingest.loaders.epub_contents import Contents

_GAP = "\n\n"
_NO_OUTLET = re.compile(r"(?:https?:|urn:|isbn\b|\d)", re.IGNORECASE)

_Section = tuple[str, list[Block]]


def load_epub(data: bytes, name: str) -> Loaded:
    """Read an electronic book (``.epub``), its chapters in reading order.

    Titles of the table of contents name the chapters: they are the locators, and headings where a
    chapter has none of its own.

    Raises:
        LoadError: It is damaged, hostile, encrypted, or without text.
    """
    package = Package(data, "EPUB")
    contents = read_contents(package)
    text, headings, locators = _joined(_sections(package, contents))
    if not text:
        raise LoadError("no text")
    metadata = contents.metadata
    first_heading = one_line(headings[0].of(text)) if headings else ""
    outlets = (
        *_said(metadata, "publisher"),
        *(source for source in _said(metadata, "source") if not _NO_OUTLET.match(source)),
    )
    return Loaded(
        title=own_title(next(_said(metadata, "title"), "")) or first_heading or title_from(name),
        source=one_line(next(iter(outlets), "")),
        author=own_author("; ".join(_said(metadata, "creator"))),
        published=_published(metadata) or date_from(name) or dateline(text),
        language=one_line(next(_said(metadata, "language"), "")).lower(),
        text=text,
        headings=headings,
        locators=locators,
    )


def _said(metadata: Element | None, name: str) -> Iterator[str]:
    """Yield what the metadata says under a name, in order."""
    return filter(None, map(words, children(metadata, name)))


def _published(metadata: Element | None) -> date | None:
    """Return the day of publication; a day of another event is none."""
    changed = [words(meta) for meta in children(metadata, "meta") if _is_modified(meta)]
    for given in children(metadata, "date"):
        if attribute(given, "event") in {"", "publication", "original-publication"}:
            day = made_on(words(given), changed[0] if changed else "")
            if day is not None:
                return day
    return None


def _is_modified(meta: Element) -> bool:
    return attribute(meta, "property") == "dcterms:modified"


def _sections(package: Package, contents: Contents) -> Iterator[_Section]:
    """Yield the book's chapters: what each is called, if anything, and its blocks."""
    ids: dict[str, set[str]] = {}
    for part, anchor in contents.titles:
        if anchor:
            ids.setdefault(part, set()).add(anchor)
    for part in contents.chapters:
        body = read_body(package.read(part))
        title = contents.titles.get((part, ""), "")
        section: list[Block] = []
        for found in read_blocks(body, frozenset(ids.get(part, ()))) if body is not None else ():
            if isinstance(found, Block):
                section.append(found)
                continue
            if section:
                yield title, _headed(title, section)
                section = []
                title = ""
            title = contents.titles[part, found.id]
        if section:
            yield title, _headed(title, section)


def _headed(title: str, blocks: list[Block]) -> list[Block]:
    """Return a chapter's blocks with its title as heading, unless it has headings of its own."""
    if not title or any(block.is_heading for block in blocks):
        return blocks
    is_printed = fold(blocks[0].text).casefold() == title.casefold()
    return [Block(title, is_heading=True), *blocks[is_printed:]]


def _joined(
    sections: Iterable[_Section],
) -> tuple[str, tuple[Span, ...], tuple[Locator, ...]]:
    """Join chapters into the text of record.

    A part that the table of contents does not know continues the chapter before it.

    Returns:
        The text, its headings, and for each chapter its title and where it stands.
    """
    texts: list[str] = []
    headings: list[Span] = []
    places: list[tuple[str, int, int]] = []
    offset = 0
    for title, blocks in sections:
        text, spans = compose(blocks)
        if not text:
            continue
        end = offset + len(text)
        texts.append(text)
        headings.extend(Span(offset + span.start, offset + span.end) for span in spans)
        if title or not places:
            places.append((title, offset, end))
        else:
            places[-1] = (*places[-1][:2], end)
        offset = end + len(_GAP)
    locators = tuple(Locator(Span(start, end), title) for title, start, end in places if title)
    return _GAP.join(texts), tuple(headings), locators
