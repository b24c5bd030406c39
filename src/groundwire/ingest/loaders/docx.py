"""Word documents: ``.docx``."""

from __future__ import annotations

import posixpath
import re
from collections import deque
from typing import TYPE_CHECKING

from groundwire.ingest.loaders.base import Loaded, LoadError, date_from, one_line, title_from
from groundwire.ingest.loaders.blocks import Block, compose, fold
from groundwire.ingest.loaders.docx_styles import Style, read_styles
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
_UNSEEN = frozenset({"del", "moveFrom", "pPr", "rPr", "rt", "sdtPr", "tblPr", "tcPr"})
_WORDLESS = {"br": "\n", "cr": "\n", "tab": " ", "ptab": " ", "noBreakHyphen": "-"}
_NOTE_REFERENCES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_GENERATED = frozenset({"Table of Contents", "Table of Figures"})
_OFF = frozenset({"0", "false", "off"})


def load_docx(data: bytes, name: str) -> Loaded:
    """Read a Word document (``.docx``) as its reader would see it.

    What is tracked as deleted, hidden text, comments, headers and footers of pages, and generated
    tables of contents are left out; what is tracked as inserted, text boxes and the results of
    fields are read. A footnote follows the paragraph or table that refers to it. Pages are not
    known: a Word file does not hold its own layout.

    Raises:
        LoadError: It is damaged, hostile, protected by a password, or without text.
    """
    package = Package(data, "DOCX")
    main = _parts(package, "").get("officeDocument", "word/document.xml")
    body = child(package.xml(main), "body")
    parts = _parts(package, main)
    styles = package.optional(parts.get("styles", ""))
    notes = {kind: package.optional(parts.get(f"{kind}s", "")) for kind in ("footnote", "endnote")}
    try:
        blocks = list(_Reader(read_styles(styles), notes).read(body)) if body is not None else []
    except RecursionError as error:
        raise LoadError("nested too deeply") from error
    text, headings = compose(blocks)
    if not text:
        raise LoadError("no text")
    outside = _parts(package, "")
    core = package.optional(outside.get("core-properties", "docProps/core.xml"))
    custom = package.optional(outside.get("custom-properties", "docProps/custom.xml"))
    own = {attribute(field, "name").lower(): words(field) for field in children(custom, "property")}
    made = made_on(words(child(core, "created")), words(child(core, "modified")))
    first_heading = one_line(headings[0].of(text)) if headings else ""
    return Loaded(
        title=own_title(words(child(core, "title"))) or first_heading or title_from(name),
        source=one_line(own.get("source", "")),
        author=own_author(words(child(core, "creator"))),
        published=date_from(own.get("published", "")) or date_from(name) or dateline(text) or made,
        language=one_line(words(child(core, "language")) or own.get("language", "")).lower(),
        text=text,
        headings=headings,
    )


def _parts(package: Package, part: str) -> dict[str, str]:
    """Return what a part, or the package itself, refers to: part names by the kind of reference."""
    folder, file = posixpath.split(part)
    found: dict[str, str] = {}
    root = package.optional(posixpath.join(folder, "_rels", f"{file}.rels"))
    for reference in children(root, "Relationship"):
        if attribute(reference, "TargetMode") != "External":
            target = posixpath.join("/", folder, attribute(reference, "Target"))
            kind = attribute(reference, "Type").rpartition("/")[2]
            found.setdefault(kind, posixpath.normpath(target).lstrip("/"))
    return found


class _Reader:
    """Goes through a document once, from its first block to its last."""

    def __init__(self, styles: dict[str, Style], notes: dict[str, Element | None]) -> None:
        """Keep the styles by id, and the roots of the parts that hold the notes."""
        self._styles = styles
        self._notes = {
            (kind, attribute(note, "id")): note
            for kind, root in notes.items()
            for note in children(root, kind)
        }
        self._due: deque[Element] = deque()
        self._noted = 0
        self._within = 0
        self._held: list[str] = []

    def read(self, body: Element) -> Iterator[Block]:
        """Yield the blocks of the document's body, in order."""
        yield from self._blocks(body)
        yield Block(fold("".join(self._held)))

    def _blocks(self, element: Element) -> Iterator[Block]:
        """Yield the blocks of a part of the document that holds paragraphs and tables."""
        for kid in element:
            match local(kid):
                case "p":
                    yield from self._paragraph(kid)
                    yield from self._notes_due()
                case "tbl":
                    yield from self._table(kid)
                    yield from self._notes_due()
                case "sdt" if _is_unread(kid):
                    continue
                case "AlternateContent":
                    yield from self._blocks(_chosen(kid))
                case name if name and name not in _UNSEEN:
                    yield from self._blocks(kid)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        """Yield a paragraph, then the text boxes that are anchored in it."""
        properties = child(paragraph, "pPr")
        style = self._style(properties)
        pieces: list[str] = []
        boxes: list[Element] = []
        self._inline(paragraph, pieces, boxes)
        self._held.extend(pieces)
        if not _runs_on(properties):
            text = "\n".join(map(fold, "".join(self._held).split("\n")))
            self._held.clear()
            yield from _block(text, style)
        for box in boxes:
            yield from self._blocks(box)

    def _style(self, properties: Element | None) -> Style:
        """Return the style of a paragraph, and what the paragraph itself says otherwise."""
        named = child(properties, "pStyle")
        style = self._styles.get(attribute(named, "val") if named is not None else "", Style())
        return style.changed(properties)

    def _inline(self, element: Element, pieces: list[str], boxes: list[Element]) -> None:
        """Collect the words inside a paragraph, and its text boxes."""
        for kid in element:
            name = local(kid)
            if name == "t":
                pieces.append(_SPACE.sub(" ", kid.text or ""))
            elif name in _WORDLESS:
                pieces.append(_WORDLESS[name])
            elif name in _NOTE_REFERENCES:
                self._refer(_NOTE_REFERENCES[name], attribute(kid, "id"))
            elif name in {"txbxContent", "txBody"}:
                boxes.append(kid)
            elif name == "AlternateContent":
                self._inline(_chosen(kid), pieces, boxes)
            elif name and name not in _UNSEEN and not _is_unread(kid):
                self._inline(kid, pieces, boxes)

    def _refer(self, kind: str, number: str) -> None:
        """Remember that a note is to follow; each is read once, or notes could call each other."""
        note = self._notes.pop((kind, number), None)
        if note is not None:
            self._due.append(note)

    def _notes_due(self) -> Iterator[Block]:
        """Yield the notes that were referred to, unless inside a table or another note."""
        if self._within:
            return
        self._within += 1
        while self._due:
            self._noted += 1
            first = f"({self._noted}) "
            for block in self._blocks(self._due.popleft()):
                yield Block(first + block.text)
                first = ""
        self._within -= 1

    def _table(self, table: Element) -> Iterator[Block]:
        """Yield the rows of a table, but those that are tracked as deleted."""
        for row in _inside(table, "tr"):
            if child(row, "trPr", "del") is not None:
                continue
            self._within += 1
            cells = [list(self._blocks(cell)) for cell in _inside(row, "tc")]
            self._within -= 1
            yield from read_row(cells)


def _block(text: str, style: Style) -> Iterator[Block]:
    """Yield a paragraph's block, if it has words of the author's."""
    if not text.strip() or style.generated:
        return
    if style.heading and can_title(text):
        yield Block(fold(text), is_heading=True)
    else:
        yield Block(f"- {text}" if style.listed else text)


def _inside(element: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, those in content controls among them."""
    for kid in element:
        if local(kid) == name:
            yield kid
        elif local(kid) in {"sdt", "sdtContent", "customXml", "ins", "moveTo"}:
            yield from _inside(kid, name)


def _is_unread(element: Element) -> bool:
    """Return whether a run is hidden, or a content control holds a prompt or generated lists."""
    if local(element) == "r":
        hidden = child(element, "rPr", "vanish")
        return hidden is not None and attribute(hidden, "val") not in _OFF
    if local(element) == "sdt":
        properties = child(element, "sdtPr")
        gallery = child(properties, "docPartObj", "docPartGallery")
        is_generated = gallery is not None and attribute(gallery, "val") in _GENERATED
        return is_generated or child(properties, "showingPlcHdr") is not None
    return False


def _chosen(alternatives: Element) -> Element:
    """Return the first of several forms of one thing: the others repeat its words."""
    return next(children(alternatives, "Choice", "Fallback"), alternatives)


def _runs_on(properties: Element | None) -> bool:
    """Return whether the next paragraph goes on in this one's line.

    Its end is tracked as deleted, or it is the large first letter of the next.
    """
    frame = child(properties, "framePr")
    is_initial = frame is not None and attribute(frame, "dropCap") in {"drop", "margin"}
    return is_initial or child(properties, "rPr", "del") is not None
