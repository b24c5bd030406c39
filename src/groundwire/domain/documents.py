"""Documents and passages: what is stored, before anything is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from datetime import date

    from groundwire.domain.spans import Span

DocumentId = NewType("DocumentId", str)
"""Hash of a document's root and relative path: stable while the file stays where it is."""

PassageId = NewType("PassageId", str)
"""Hash of a passage's document, span and text: stable while its words stay."""


@dataclass(frozen=True, slots=True)
class Locator:
    """A stretch of a document's text that people know by a name of its own.

    Attributes:
        span: Where it stands in the text.
        label: What people call it, such as ``p. 3``, ``row 12`` or ``sheet Costs``.
    """

    span: Span
    label: str

    def __post_init__(self) -> None:
        """Refuse a place that nobody could name."""
        if not self.label.strip():
            raise ValueError("a locator needs a label")


@dataclass(frozen=True, slots=True)
class Document:
    """One file as it was read, with its text normalised once.

    Attributes:
        id: Hash of ``root`` and ``path``.
        root: The folder or file that was given to ``sync``, absolute.
        path: Path relative to ``root``, with forward slashes; unique within a root.
        title: Headline, or the file's name where it has none.
        source: Outlet or publisher; empty if unknown.
        author: By-line; empty if unknown.
        published: Publication date, or None if unknown.
        language: Language code such as ``en``; empty if unknown.
        text: The normalised text of record. Every offset in the project indexes it.
        content_hash: What ``sync`` compares: SHA-256 of the file's bytes or, for one of many
            documents of a file, of all that was read of it.
        headings: Spans of ``text`` that are headings, in order.
        locators: The named places of ``text``, such as pages, in order and apart.
        file: Path of the file that it is a part of, relative to ``root``; empty where the file is
            this document and nothing else.
    """

    id: DocumentId
    root: str
    path: str
    title: str
    source: str
    author: str
    published: date | None
    language: str
    text: str
    content_hash: str
    headings: tuple[Span, ...] = ()
    locators: tuple[Locator, ...] = ()
    file: str = ""

    def __post_init__(self) -> None:
        """Refuse a document that nothing could be cited from."""
        if not self.text.strip():
            message = f"{self.path}: a document needs text"
            raise ValueError(message)
        if self.headings and self.headings[-1].end > len(self.text):
            message = f"{self.path}: a heading lies outside the text"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Passage:
    """The retrieval unit: a slice of one document's text.

    Attributes:
        id: Content hash, so writing a passage twice is harmless.
        document_id: The document it is a slice of.
        span: Where it stands in the document's text.
        text: Exactly ``document.text[span]``.
        heading: The nearest heading above it; empty if there is none.
        paragraph: Number, from 1, of the paragraph that its first character stands in.
        locators: Those of the document's locators that it overlaps.
    """

    id: PassageId
    document_id: DocumentId
    span: Span
    text: str
    heading: str
    paragraph: int
    locators: tuple[Locator, ...] = ()

    def __post_init__(self) -> None:
        """Check that the text can be the slice that the span names."""
        if len(self.text) != len(self.span):
            message = f"passage text has {len(self.text)} characters, its span {len(self.span)}"
            raise ValueError(message)
        if self.paragraph < 1:
            message = f"paragraphs are numbered from 1, not {self.paragraph}"
            raise ValueError(message)

    def place(self, start: int | None = None) -> str:
        """Return the place of a character in words: ``¶ 4``, ``p. 3, ¶ 41`` or ``row 12``.

        A named place that is a single line, such as a row, says more than the paragraph's number.

        Args:
            start: Offset in the document's text; the passage's first character if None.
        """
        start = self.span.start if start is None else start
        before = self.text[: start - self.span.start]
        breaks = sum(1 for line in before.split("\n")[:-1] if line.strip())
        paragraph = f"¶ {self.paragraph + breaks}"
        named = next(
            (each for each in self.locators if each.span.start <= start < each.span.end),
            None,
        )
        if named is None:
            return paragraph
        inside = self.span.contains(named.span)
        is_line = inside and "\n" not in named.span.shift(-self.span.start).of(self.text)
        return named.label if is_line else f"{named.label}, {paragraph}"


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document's entry in a listing: everything but its text.

    Attributes:
        id: The document's id.
        path: Path relative to its root.
        title: Headline.
        source: Outlet; empty if unknown.
        author: By-line; empty if unknown.
        published: Publication date, or None.
        language: Language code; empty if unknown.
        characters: Length of the text of record, in code points.
        passages: Number of passages that it was cut into.
    """

    id: DocumentId
    path: str
    title: str
    source: str
    author: str
    published: date | None
    language: str
    characters: int
    passages: int

    @classmethod
    def of(cls, document: Document, passages: int) -> DocumentInfo:
        """Return the entry of a document that was cut into so many passages."""
        return cls(
            id=document.id,
            path=document.path,
            title=document.title,
            source=document.source,
            author=document.author,
            published=document.published,
            language=document.language,
            characters=len(document.text),
            passages=passages,
        )

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form that ``docs --json`` prints."""
        return {
            "doc_id": self.id,
            "path": self.path,
            "title": self.title,
            "source": self.source,
            "author": self.author,
            "published": self.published.isoformat() if self.published else None,
            "language": self.language,
            "characters": self.characters,
            "passages": self.passages,
        }
