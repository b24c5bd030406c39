"""Cut a document into passages, the slices of text that are searched and cited."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import groupby, islice, takewhile
from typing import TYPE_CHECKING

from groundwire.domain.documents import Passage, PassageId
from groundwire.domain.spans import Span
from groundwire.text.paragraphs import paragraphs
from groundwire.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from groundwire.domain.documents import Document, DocumentId, Locator

_ENOUGH = 600
_LONGEST = 1000

SEGMENTATION = f"paragraphs.v2/{_ENOUGH}-{_LONGEST}"
"""Names how files become passages. Part of the index identity: change it with the rules."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of the text that is not a heading: a paragraph, or some sentences of a long one.

    Attributes:
        span: Where it stands.
        section: Number of the headings above it.
        paragraph: Number of the paragraph it begins in, headings not counted.
    """

    span: Span
    section: int
    paragraph: int


def segment(document: Document) -> tuple[Passage, ...]:
    """Cut a document into passages, in order.

    A passage is a paragraph; or neighbouring paragraphs under one heading, joined while they have
    fewer than 600 characters together; or whole sentences of a paragraph with more than 1,000.
    None exceeds 1,000 characters but a single longer sentence, which is never longer than 1,200.

    Returns:
        Passages that do not overlap and hold every character that is neither white space nor part
        of a heading. A document of headings alone is cut as if they were paragraphs.
    """
    pieces = list(_pieces(document.text, document.headings))
    headings = document.headings if pieces else ()
    if not pieces:
        pieces = list(_pieces(document.text, ()))
    passages: list[Passage] = []
    located = _Located(document)
    for section, members in groupby(pieces, key=lambda piece: piece.section):
        heading = " ".join(headings[section - 1].of(document.text).split()) if section else ""
        passages.extend(
            _passage(document, piece, heading, located.within(piece.span))
            for piece in _joined(members)
        )
    return tuple(passages)


def passage_id(document_id: DocumentId, span: Span, text: str) -> PassageId:
    """Return the id of a passage: a hash of its document, span and text."""
    key = f"{document_id}\0{span.start}\0{span.end}\0{text}"
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return PassageId(digest[:32])


def _passage(
    document: Document, piece: _Piece, heading: str, locators: tuple[Locator, ...]
) -> Passage:
    text = piece.span.of(document.text)
    return Passage(
        id=passage_id(document.id, piece.span, text),
        document_id=document.id,
        span=piece.span,
        text=text,
        heading=heading,
        paragraph=piece.paragraph,
        locators=locators,
    )


class _Located:
    """The named places of a document, found by where they stand."""

    def __init__(self, document: Document) -> None:
        self._locators = document.locators
        self._ends = [each.span.end for each in document.locators]

    def within(self, span: Span) -> tuple[Locator, ...]:
        """Return the places that a span overlaps."""
        first = bisect_right(self._ends, span.start)
        following = islice(self._locators, first, None)
        return tuple(takewhile(lambda each: each.span.start < span.end, following))


def _pieces(text: str, headings: tuple[Span, ...]) -> Iterator[_Piece]:
    """Yield the text between the headings, none longer than a passage may be."""
    number = section = 0
    for paragraph in paragraphs(text):
        start, counted = paragraph.start, False
        while start < paragraph.end:
            if section < len(headings) and headings[section].start <= start:
                section += 1
            elif section and start < headings[section - 1].end:
                start = headings[section - 1].end
            else:
                stop = headings[section].start if section < len(headings) else paragraph.end
                end = min(paragraph.end, stop)
                if span := _trim(text, start, end):
                    number += not counted
                    counted = True
                    yield from (_Piece(part, section, number) for part in _parts(text, span))
                start = end


def _parts(text: str, paragraph: Span) -> Iterator[Span]:
    """Yield a paragraph whole, or in parts of whole sentences and about equal length."""
    if len(paragraph) <= _LONGEST:
        yield paragraph
        return
    goal = len(paragraph) / -(-len(paragraph) // _LONGEST)
    part: Span | None = None
    for sentence in sentences(text, paragraph):
        if part is None:
            part = sentence
        elif sentence.end - part.start > _LONGEST or len(part) >= goal:
            yield part
            part = sentence
        else:
            part = Span(part.start, sentence.end)
    if part is not None:
        yield part


def _joined(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """Yield the pieces of one section, short neighbours joined."""
    run: _Piece | None = None
    held: _Piece | None = None
    for piece in pieces:
        if run is None:
            run = piece
        elif len(run.span) < _ENOUGH and piece.span.end - run.span.start <= _LONGEST:
            run = replace(run, span=Span(run.span.start, piece.span.end))
        else:
            if held is not None:
                yield held
            held, run = run, piece
    if held and run and len(run.span) < _ENOUGH and run.span.end - held.span.start <= _LONGEST:
        held, run = replace(held, span=Span(held.span.start, run.span.end)), None
    yield from filter(None, (held, run))


def _trim(text: str, start: int, end: int) -> Span | None:
    """Return a range without its outer white space, or None if nothing else is in it."""
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    right = len(part.rstrip())
    return Span(start + left, start + right) if left < right else None
