"""OpenDocument texts: ``.odt``, as LibreOffice and others write them."""

from __future__ import annotations

import posixpath
import re
from collections import deque
from typing import TYPE_CHECKING

from groundwire.ingest.loaders.base import Loaded, LoadError, date_from, one_line, title_from
from groundwire.ingest.loaders.blocks import Block, compose, fold
from groundwire.ingest.loaders.openings import dateline
from groundwire.ingest.loaders.packages import (
    Package,
    attribute,
    can_title,
    child,
    children,
    local,
    made_on,
    own_author,
    own_title,
    words,
)
from groundwire.ingest.loaders.rows import read_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_SPACE = re.compile(r"\s+")
_WORDLESS = {"s": " ", "tab": " ", "line-break": "\n"}
_UNSEEN = frozenset(
    {"tracked-changes", "annotation", "annotation-end", "ruby-text", "script", "forms"}
    | {"title", "desc", "event-listeners", "table-of-content", "illustration-index"}
    | {"table-index", "object-index", "user-index", "alphabetical-index"}
)
_SMALL_NUMBER = re.compile(r"[0-9]{1,4}")
_LIST_PARTS = ("list-header", "list-item")
_ROW_GROUPS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_LONGEST_CHAIN = 32  # of styles based on one another
_TITLE = "Title"


def load_odt(data: bytes, name: str) -> Loaded:
    """Read an OpenDocument text (``.odt``) as its reader would see it.

    What is tracked as deleted, hidden text, comments, headers and footers of pages, and generated
    tables of contents are left out; what is tracked as inserted, and text boxes, are read. A
    footnote follows the paragraph or table that refers to it.

    Raises:
        LoadError: It is damaged, hostile, protected by a password, or without text.
    """
    package = Package(data, "ODT")
    manifest = package.optional("META-INF/manifest.xml")
    secrets = (child(entry, "encryption-data") for entry in children(manifest, "file-entry"))
    if "encrypted-package" in package.names or any(entry is not None for entry in secrets):
        raise LoadError("is protected by a password")
    content = package.xml("content.xml")
    styles = _styles(content, package.optional("styles.xml"))
    body = child(content, "body", "text")
    try:
        blocks = list(_Reader(package, styles).read(body)) if body is not None else []
    except RecursionError as error:
        raise LoadError("nested too deeply") from error
    text, headings = compose(blocks)
    if not text:
        raise LoadError("no text")
    meta = child(package.optional("meta.xml"), "meta")
    own = {
        attribute(field, "name").lower(): words(field) for field in children(meta, "user-defined")
    }
    creator = words(child(meta, "initial-creator")) or words(child(meta, "creator"))
    made = made_on(words(child(meta, "creation-date")), words(child(meta, "date")))
    first_heading = one_line(headings[0].of(text)) if headings else ""
    return Loaded(
        title=own_title(words(child(meta, "title"))) or first_heading or title_from(name),
        source=one_line(own.get("source", "")),
        author=own_author(creator),
        published=date_from(own.get("published", "")) or date_from(name) or dateline(text) or made,
        language=one_line(words(child(meta, "language")) or own.get("language", "")).lower(),
        text=text,
        headings=headings,
    )


def _styles(*roots: Element | None) -> dict[str, tuple[bool, bool]]:
    """Return for each style whether it is a title's and whether its text is hidden."""
    elements = {
        attribute(style, "name"): style
        for root in roots
        for group in children(root, "styles", "automatic-styles")
        for style in children(group, "style")
    }
    found: dict[str, tuple[bool, bool]] = {}
    for key in elements:
        chain: list[str] = []
        base = key
        while base in elements and base not in found and len(chain) < _LONGEST_CHAIN:
            chain.append(base)
            base = attribute(elements[base], "parent-style-name")
        titles, hidden = found.get(base, (base == _TITLE, False))
        for name in reversed(chain):
            properties = child(elements[name], "text-properties")
            titles |= name == _TITLE
            hidden |= properties is not None and attribute(properties, "display") == "none"
            found[name] = titles, hidden
    return found


class _Reader:
    """Goes through a document once, from its first block to its last."""

    def __init__(self, package: Package, styles: dict[str, tuple[bool, bool]]) -> None:
        """Keep the package, for the formulas in it, and the styles by name."""
        self._package = package
        self._styles = styles
        self._due: deque[Element] = deque()
        self._noted = 0
        self._within = 0

    def read(self, element: Element) -> Iterator[Block]:
        """Yield the blocks of a part that holds paragraphs, lists and tables, in order."""
        for kid in element:
            match local(kid):
                case "p" | "h":
                    yield from self._paragraph(kid)
                    yield from self._notes_due()
                case "list":
                    yield from self._list(kid)
                case "table":
                    yield from self._table(kid)
                    yield from self._notes_due()
                case name if name and name not in _UNSEEN and not self._is_hidden(kid):
                    yield from self.read(kid)
                case _:
                    continue

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        """Yield a paragraph or heading, then the text boxes that are anchored in it."""
        if self._is_hidden(paragraph):
            return
        pieces: list[str] = []
        boxes: list[Element] = []
        self._inline(paragraph, pieces, boxes)
        text = "\n".join(map(fold, "".join(pieces).split("\n")))
        titles = self._style(paragraph)[0] or local(paragraph) == "h"
        if titles and can_title(text):
            yield Block(fold(text), is_heading=True)
        elif text.strip():
            yield Block(text)
        for box in boxes:
            yield from self.read(box)

    def _inline(self, element: Element, pieces: list[str], boxes: list[Element]) -> None:
        """Collect the words inside a paragraph, and its text boxes."""
        pieces.append(_SPACE.sub(" ", element.text or ""))
        for kid in element:
            name = local(kid)
            if name in _WORDLESS:
                pieces.append(_WORDLESS[name])
            elif name == "note":
                self._due.append(kid)
            elif name == "object":
                pieces.append(self._formula(attribute(kid, "href")))
            elif name and name not in _UNSEEN and not self._is_hidden(kid):
                if child(kid, "p") is not None or name == "text-box":
                    boxes.append(kid)
                else:
                    self._inline(kid, pieces, boxes)
            pieces.append(_SPACE.sub(" ", kid.tail or ""))

    def _formula(self, folder: str) -> str:
        """Return the words of an object that is a formula, else nothing."""
        root = self._package.optional(posixpath.normpath(posixpath.join(folder, "content.xml")))
        if root is None or local(root) != "math":
            return ""
        for note in root.iter("{*}annotation"):
            note.clear()
        return words(root)

    def _style(self, element: Element) -> tuple[bool, bool]:
        """Return whether an element has a title's style, and whether its style hides it."""
        name = attribute(element, "style-name")
        return self._styles.get(name, (name == _TITLE, False))

    def _is_hidden(self, element: Element) -> bool:
        """Return whether an element is there but not shown."""
        said = attribute(element, "display") == "none" or attribute(element, "is-hidden") == "true"
        return said or self._style(element)[1]

    def _notes_due(self) -> Iterator[Block]:
        """Yield the notes that were referred to, unless inside a table or another note."""
        if self._within:
            return
        self._within += 1
        while self._due:
            self._noted += 1
            first = f"({self._noted}) "
            for body in children(self._due.popleft(), "note-body"):
                for block in self.read(body):
                    yield Block(first + block.text)
                    first = ""
        self._within -= 1

    def _list(self, element: Element) -> Iterator[Block]:
        """Yield the items of a list; a numbered heading is an item, too, but stays a heading."""
        for item in children(element, *_LIST_PARTS):
            mark = "- "
            for kid in item:
                if local(kid) == "list":
                    yield from self._list(kid)
                    continue
                for block in self._one(kid):
                    yield block if block.is_heading else Block(mark + block.text)
                    mark = mark if block.is_heading else ""

    def _one(self, element: Element) -> Iterator[Block]:
        """Yield the blocks of one paragraph or heading of a list item, and its notes."""
        if local(element) in {"p", "h"}:
            yield from self._paragraph(element)
            yield from self._notes_due()

    def _table(self, table: Element) -> Iterator[Block]:
        """Yield the rows of a table."""
        for kid in table:
            if local(kid) in _ROW_GROUPS:
                yield from self._table(kid)
            elif local(kid) == "table-row":
                self._within += 1
                cells = [list(self.read(cell)) for cell in _cells(kid)]
                self._within -= 1
                yield from read_row(cells)


def _cells(row: Element) -> Iterator[Element]:
    """Yield the cells of a row; a wide cell counts once, what a tall one covers is empty."""
    covered = 0
    for cell in children(row, "table-cell", "covered-table-cell"):
        if local(cell) == "table-cell":
            spanned = attribute(cell, "number-columns-spanned")
            covered = int(spanned) - 1 if _SMALL_NUMBER.fullmatch(spanned) else 0
            yield cell
        elif covered > 0:
            covered -= 1
        else:
            yield cell
