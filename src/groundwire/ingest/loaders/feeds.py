"""Exports of feeds: RSS and Atom in ``.rss``, ``.atom`` and ``.xml``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.ingest.loaders.base import Loaded, LoadError, Members, one_line, title_from
from groundwire.ingest.loaders.blocks import compose
from groundwire.ingest.loaders.columns import day_of
from groundwire.ingest.loaders.members import Names, dated_member
from groundwire.ingest.loaders.packages import (
    MAX_MARKUP,
    MalformedError,
    attribute,
    children,
    local,
    read_xml,
    words,
)
from groundwire.ingest.loaders.prose import html_blocks, prose, without_tags

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from lxml.etree import _Element as Element

    from groundwire.ingest.loaders.blocks import Block

MAX_ENTRIES = 50_000
"""Entries of one export: some ten years of a newsroom's."""

_ROOTS = frozenset({"rss", "RDF", "feed"})
_ENTRIES = ("item", "entry")
_CONTENTS = ("encoded", "content", "description", "summary")
_DAYS = ("published", "pubDate", "issued", "date")
_ADDRESS_AND_NAME = re.compile(r"\S+@\S+ \((.+)\)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SURROGATE_REFERENCE = re.compile(rb"&#0*(?:5[5-7]\d{3};|x0*d[89a-f])", re.IGNORECASE)
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_MEDIA = "{http://search.yahoo.com/mrss/}"  # its titles and contents are those of pictures


def load_feed(data: bytes, name: str) -> Members:
    """Read an export of a feed (``.rss``, ``.atom``, ``.xml``), each entry as a document.

    Read are RSS 0.9 to 2.0 with their common extensions, and Atom. The source of an entry is the
    outlet that it names, else the feed's title. An Atom entry's last change is no day of
    publication. Nothing is fetched: an entry that only points to its article has its summary.

    Raises:
        LoadError: It is no feed, hostile, too large, or without text.
    """
    root = _root(data)
    channel = next(children(root, "channel"), root)
    entries = list(children(channel, *_ENTRIES))
    if channel is not root:
        entries.extend(children(root, *_ENTRIES))
    if len(entries) > MAX_ENTRIES:
        raise LoadError(f"has more than {MAX_ENTRIES:,} entries")
    feed = _Feed(_line(channel, "title") or title_from(name), _language(channel))
    names = Names()
    documents: list[Loaded] = []
    problems: list[tuple[str, str]] = []
    for entry in entries:
        title = _line(entry, "title")
        day = _published(entry)
        member = names.unique(dated_member(day, title))
        try:
            documents.append(feed.document(entry, title, day, member))
        except LoadError as error:
            problems.append((member, str(error)))
    if not documents:
        raise LoadError("a feed without text" if entries else "a feed without entries")
    return Members(tuple(documents), tuple(problems))


class _Feed:
    """What all entries of a feed have in common."""

    def __init__(self, title: str, language: str) -> None:
        """Keep the title and the language code, which may be empty."""
        self._title = title
        self._language = language

    def document(self, entry: Element, title: str, day: date | None, member: str) -> Loaded:
        """Return an entry as a document.

        Raises:
            LoadError: It has no text, or markup that is not read.
        """
        text, headings = compose(_content(entry))
        if not text:
            raise LoadError("no text")
        return Loaded(
            title=title or one_line(text.split("\n", 1)[0], 100),
            source=_source(entry) or self._title,
            author=_author(entry),
            published=day,
            language=_language(entry) or self._language,
            text=text,
            headings=headings,
            member=member,
        )


def _root(data: bytes) -> Element:
    """Return the root of a feed.

    Raises:
        LoadError: It is no feed, or has what is not read.
    """
    data = data.lstrip()
    try:
        root = read_xml(data, doctype=True)
    except MalformedError:
        root = _forgiven(data)
    if local(root) not in _ROOTS:
        raise LoadError("XML, but not a feed of articles")
    return root


def _forgiven(data: bytes) -> Element:
    """Parse XML with mistakes, such as a bare ampersand, as far as it can be understood."""
    from lxml import etree

    if data.count(b"<") + data.count(b"=") > MAX_MARKUP:
        raise LoadError("has too much markup")
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root: Element | None = etree.fromstring(data, parser)
        if root is not None and _SURROGATE_REFERENCE.search(data.replace(b"\0", b"")):
            # A reference to half a character is forgiven too, and gives a tree that no one can read
            whole = etree.tostring(root, encoding="utf-8").decode("utf-8", "replace")
            root = etree.fromstring(whole.encode(), parser)
    except Exception as error:  # a parser of hostile files may raise anything
        raise LoadError("not well-formed XML") from error
    if root is None:
        raise LoadError("not XML")
    return root


def _line(element: Element, *names: str) -> str:
    """Return the first child of the given names that has words, as one line."""
    lines = (one_line(without_tags(words(child))) for child in _own(element, *names))
    return next(filter(None, lines), "")


def _own(element: Element, *names: str) -> Iterator[Element]:
    """Yield the children of the given local names that are about the element itself."""
    for child in children(element, *names):
        if not str(child.tag).startswith(_MEDIA):
            yield child


def _published(entry: Element) -> date | None:
    """Return the day of publication."""
    days = (day_of(words(child)) for name in _DAYS for child in _own(entry, name))
    return next(filter(None, days), None)


def _author(entry: Element) -> str:
    """Return the authors of an entry."""
    names: list[str] = []
    for author in children(entry, "creator", "author"):
        name = _line(author, "name") or ("" if len(author) else one_line(words(author)))
        named = _ADDRESS_AND_NAME.fullmatch(name)
        names.append(named[1] if named else name)
    return one_line(", ".join(dict.fromkeys(filter(None, names))))


def _source(entry: Element) -> str:
    """Return the outlet that an entry of a gathered feed names."""
    for source in children(entry, "source"):
        return _line(source, "title") or ("" if len(source) else one_line(words(source)))
    return ""


def _language(element: Element) -> str:
    """Return the code of the language that an element says it is in, or an empty string."""
    code = str(element.get(_XML_LANGUAGE) or "") or _line(element, "language")
    return code.lower() if _LANGUAGE.fullmatch(code) else ""


def _content(entry: Element) -> Iterator[Block]:
    """Yield the blocks of the fullest text that an entry has."""
    for name in _CONTENTS:
        for child in _own(entry, name):
            found = tuple(_blocks(child))
            if any(block.text.strip() for block in found):
                yield from found
                return


def _blocks(content: Element) -> Iterable[Block]:
    """Return the blocks of an element with text, as its type says that it is written."""
    from lxml import etree

    kind = attribute(content, "type").lower()
    if kind == "xhtml" or len(content):
        markup = etree.tostring(content, encoding="unicode", with_tail=False)
        return html_blocks(markup)
    text = "".join(map(str, content.itertext()))
    if kind == "html":
        return html_blocks(text)
    return prose(text)
