"""Chapters of books: XHTML whose every word is content, unlike a web page's."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.ingest.loaders.base import LoadError
from groundwire.ingest.loaders.blocks import Block, fold
from groundwire.ingest.loaders.encoding import decode
from groundwire.ingest.loaders.packages import (
    MAX_MARKUP,
    MalformedError,
    attribute,
    can_title,
    children,
    local,
    read_xml,
    words,
)
from groundwire.ingest.loaders.rows import read_row

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SPACE = re.compile(r"\s+")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_CHARSET = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HEAD_BYTES = 1024
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CONTAINERS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl"}
    | {"dt", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "li", "main"}
    | {"nav", "ol", "p", "section", "summary", "table", "tbody", "tfoot", "thead", "ul", "caption"}
)
_UNSEEN = frozenset(
    {"annotation", "annotation-xml", "audio", "head", "iframe", "object", "rp", "rt", "script"}
    | {"style", "svg", "template", "video"}
)
_MARKS = re.compile(
    r"\b(?:noteref|footnote-ref|pagebreak|doc-noteref|doc-pagebreak|doc-backlink)\b"
)
_NUMBER = re.compile(r"[\[(]?(?:\d{1,4}|[ivxlc]{1,6}|[a-z*†‡§])[\])]?", re.IGNORECASE)
_BACK = re.compile(r"[↩↑^]\ufe0e?")
_CELLS = ("td", "th")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in a chapter that the book's table of contents points to."""

    id: str


def read_body(data: bytes) -> Element | None:
    """Return the body of an XHTML file, or None if it has none.

    What is not well-formed is read as a browser would read it. Nothing is fetched.

    Raises:
        LoadError: It is not text, too large, nested too deeply, or declares entities.
    """
    try:
        root = read_xml(data, doctype=True)
    except MalformedError:
        root = _forgiven(data)
    return next(children(root, "body"), None)


def read_blocks(body: Element, anchors: frozenset[str]) -> list[Block | Anchor]:
    """Return the blocks of a chapter in order, and between them the places asked for.

    Numbers that stand for a note or a printed page are left out. A place inside a paragraph is
    given after it.

    Args:
        body: The chapter's body.
        anchors: Ids of the places to report.
    """
    reader = _Reader(anchors)
    try:
        reader.walk(body)
    except RecursionError as error:
        raise LoadError("nested too deeply") from error
    reader.flush()
    return reader.found


def _forgiven(data: bytes) -> Element:
    """Parse markup that is not XML as HTML."""
    from lxml import etree

    declared = _CHARSET.search(data[:_HEAD_BYTES])
    page = decode(data, declared[1].decode("ascii", "replace") if declared else None)
    page = _DECLARATION.sub("", page, count=1)
    if page.count("<") + page.count("=") > MAX_MARKUP:
        raise LoadError("has too much markup")
    parser = etree.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(page, parser)
    except Exception as error:  # a parser of hostile files may raise anything
        raise LoadError("not XHTML") from error
    # This parser does not fail at a limit: it leaves out what is deeper.
    if any(problem.type_name == "ERR_RESOURCE_LIMIT" for problem in parser.error_log):
        raise LoadError("nested too deeply")
    return root


class _Reader:
    """Goes through a chapter once."""

    def __init__(self, anchors: frozenset[str]) -> None:
        """Keep the places to report."""
        self.found: list[Block | Anchor] = []
        self._anchors = anchors
        self._reached: list[Anchor] = []
        self._pieces: list[str] = []
        self._mark = ""

    def walk(self, element: Element) -> None:
        """Read what is inside an element."""
        name = local(element)
        self._reach(attribute(element, "id"))
        if name == "tr":
            self._row(element)
        elif name == "pre":
            self.flush()
            self._add(Block("".join(map(str, element.itertext())).strip("\n")))
        elif name in _HEADINGS:
            self.flush()
            self._inside(element)
            self.flush(is_heading=True)
        elif name in _CONTAINERS:
            self.flush()
            self._mark = "- " if name == "li" else self._mark
            self._inside(element)
            self.flush()
            self._mark = "" if name == "li" else self._mark
        elif name == "br":
            self._pieces.append("\n")
        else:
            self._inside(element)

    def flush(self, *, is_heading: bool = False) -> None:
        """End the paragraph or heading that is being read."""
        text = "\n".join(map(fold, "".join(self._pieces).split("\n"))).strip()
        self._pieces.clear()
        if text and is_heading and can_title(text):
            self.found.append(Block(fold(text), is_heading=True))
        elif text:
            self._add(Block(text))
        self.found.extend(self._reached)
        self._reached.clear()

    def _add(self, block: Block) -> None:
        """Add a block, as an item where it is the first of one."""
        self.found.append(Block(self._mark + block.text))
        self._mark = ""

    def _inside(self, element: Element) -> None:
        """Read the text and the elements inside an element."""
        self._take(element.text or "")
        for kid in element:
            name = local(kid)
            if not name:
                self._take(_character(kid))
            elif name not in _UNSEEN and not _is_mark(kid):
                self.walk(kid)
            self._take(kid.tail or "")

    def _reach(self, anchor: str) -> None:
        """Note that a place was reached; in the middle of a paragraph it is kept for its end."""
        if anchor in self._anchors:
            self._reached.append(Anchor(anchor))
            if not self._pieces:
                self.flush()

    def _take(self, text: str) -> None:
        """Add text to the paragraph, which does not begin with white space."""
        if text and (self._pieces or not text.isspace()):
            self._pieces.append(_SPACE.sub(" ", text))

    def _row(self, row: Element) -> None:
        """Read a row of a table: each cell on its own, then all as one line."""
        self.flush()
        outside, cells = self.found, []
        for cell in children(row, *_CELLS):
            self.found = []
            self._inside(cell)
            self.flush()
            cells.append([block for block in self.found if isinstance(block, Block)])
            outside.extend(anchor for anchor in self.found if isinstance(anchor, Anchor))
        self.found = outside
        self.found.extend(read_row(cells))


def _character(entity: Element) -> str:
    """Return the character that an entity of HTML stands for; nothing for any other."""
    name = entity.text or ""
    character = html.unescape(name)
    return "" if character == name else character


def _is_mark(element: Element) -> bool:
    """Return whether an element is the number of a note or page, or not shown."""
    says = " ".join(attribute(element, name) for name in ("type", "role", "class"))
    if _MARKS.search(says) or "hidden" in element.attrib:
        return True
    if local(element) != "a" or "#" not in attribute(element, "href"):
        return False
    text = words(element)
    raised = element.getparent(), *element
    return _BACK.fullmatch(text) is not None or (
        _NUMBER.fullmatch(text) is not None
        and any(e is not None and local(e) == "sup" for e in raised)
    )
