"""Where a quotation may stand: parts of documents around the passages that share words with it."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from groundwire.compare.quotes.parts import as_typed
from groundwire.compare.quotes.speeches import Page
from groundwire.compare.quotes.words import quote_words
from groundwire.domain.spans import Span
from groundwire.text.lexicon import STOPWORDS
from groundwire.text.tokens import words as plain_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from groundwire.compare.quotes.parts import Asked, Reading
    from groundwire.compare.quotes.words import Word
    from groundwire.domain.documents import (
        Document,
        DocumentId,
        DocumentInfo,
        Passage,
        PassageId,
    )
    from groundwire.domain.retrieval import Scope

MOST_PASSAGES = 600
"""Passages that one phrase is looked up in at most, those published first."""
_SAMPLED = 20
"""Passages that are read for words like the quotation's."""
_SAMPLED_OF_A_PIECE = 6
_PIECE = 8
_STEP = 6
_PIECES = 10
_RAREST = 8
"""Words that are searched for at most."""
_COMMON = 0.1
"""Words in a larger share of the passages are not, where others are rarer."""
_BODY_ALONE = (0.0, 0.0, 0.0, 1.0)
_SHORT = 5
_ANCHOR = 8
_REACH = 160
_LEFT_OUT = 3_000
"""Characters that a marked omission may stand for beside as many as the quotation has."""
_CONTEXT = 800
"""Characters around a place that are read for who speaks."""
_FEW = 3


class QuoteSource(Protocol):
    """What an index, or anything like it, tells about its documents."""

    def phrase(self, words: str, *, top_k: int, scope: Scope) -> tuple[PassageId, ...]:
        """Return the passages that hold words next to one another, published first foremost."""

    def lexical(  # noqa: PLR0913 -- as the index has it
        self,
        terms: Sequence[str],
        *,
        top_k: int,
        scope: Scope,
        weights: tuple[float, float, float, float],
        rarest: int,
        common: float,
    ) -> tuple[tuple[PassageId, float], ...]:
        """Return the best passages for any of the terms."""

    def passages(self, ids: Sequence[PassageId]) -> tuple[tuple[Passage, DocumentInfo], ...]:
        """Return passages with their documents' entries, in the order asked."""

    def passages_of(self, document_id: DocumentId) -> tuple[Passage, ...]:
        """Return a document's passages."""

    def document(self, document_id: DocumentId) -> Document:
        """Return a document with its text."""

    def origins(self, ids: Sequence[DocumentId]) -> Mapping[DocumentId, DocumentId]:
        """Return for documents that have copies which of them was printed first."""


@dataclass(frozen=True)
class Region:
    """Whole paragraphs of a document in which words of the quotation stand.

    Attributes:
        document: The document.
        info: Its entry.
        span: The paragraphs, in the document's text.
        passages: Those passages of the document that were found.
    """

    document: Document
    info: DocumentInfo
    span: Span
    passages: tuple[Passage, ...]

    @cached_property
    def page(self) -> Page:
        """The paragraphs, to be read for who says what."""
        return Page(self.span.of(self.document.text), self.span.start)

    def with_context(self) -> Region:
        """Return the same place with more around it."""
        span = _widened(self.document.text, [self.span], _CONTEXT)[0]
        return Region(self.document, self.info, span, self.passages)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Their words."""
        return quote_words(self.page.text, self.span.start)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """What the words are compared by."""
        return tuple(word.key for word in self.words)

    @cached_property
    def known(self) -> frozenset[str]:
        """The different words."""
        return frozenset(self.keys)

    @cached_property
    def spoken(self) -> tuple[tuple[Word, ...], ...]:
        """The words of each speech that is broken by an attribution, in one run."""
        return tuple(
            tuple(
                word
                for word in self.words
                if any(each.start <= word.start < each.end for each in speech.stretches)
            )
            for speech in self.page.speeches
            if len(speech.stretches) > 1
        )


def holding(source: QuoteSource, reading: Reading, scope: Scope) -> tuple[Region, ...]:
    """Return the regions that hold phrases of a quotation: all in which it may stand exactly."""
    found: dict[PassageId, None] = {}
    for words in _anchors(reading):
        found |= dict.fromkeys(source.phrase(words, top_k=MOST_PASSAGES, scope=scope))
    return _regions(source, tuple(found), _reach(reading))


def resembling(
    source: QuoteSource, reading: Reading, scope: Scope, *, piecewise: bool
) -> tuple[Region, ...]:
    """Return the regions that share the rarest words with a quotation.

    Args:
        source: The documents.
        reading: The quotation.
        scope: Which documents may be used.
        piecewise: Whether its pieces are searched for too, each by itself.
    """
    found: dict[PassageId, None] = {}
    for terms, most in _searches(reading, piecewise=piecewise):
        hits = source.lexical(
            terms,
            top_k=most,
            scope=scope,
            weights=_BODY_ALONE,
            rarest=_RAREST,
            common=_COMMON,
        )
        found |= dict.fromkeys(passage_id for passage_id, _ in hits)
    return _regions(source, tuple(found), _reach(reading))


def _anchors(reading: Reading) -> Iterator[str]:
    """Yield phrases of which a place that holds the quotation holds at least one."""
    for part in sorted(reading.parts, key=len, reverse=True)[:_FEW]:
        if len(part) <= _SHORT:
            yield as_typed(part)
            if len(part) > _FEW:
                yield as_typed(part[:_FEW])
                yield as_typed(part[-_FEW:])
            continue
        size = max(_FEW, min(_ANCHOR, len(part) // _FEW))
        middle = (len(part) - size) // 2
        for start in (0, middle, len(part) - size):
            yield as_typed(part[start : start + size])


def _searches(reading: Reading, *, piecewise: bool) -> Iterator[tuple[list[str], int]]:
    """Yield words to search for, and how many passages to take: for all and for each piece."""
    shown = [word for word in reading.words if not word.inserted]
    who = list(plain_words(reading.claimed))
    yield _terms(shown) + who, _SAMPLED
    if len(shown) <= _PIECE or not piecewise:
        return
    step = max(_STEP, len(shown) // _PIECES)
    for start in range(0, len(shown) - _FEW, step):
        yield _terms(shown[start : start + max(_PIECE, step)]), _SAMPLED_OF_A_PIECE


def _terms(asked: Sequence[Asked]) -> list[str]:
    """Return what to search for: words with a topic, and pairs of words where these are few."""
    content = [word.shown for word in asked if word.key not in STOPWORDS]
    if len(content) > _FEW:
        return content
    pairs = itertools.pairwise(asked)
    return content + [as_typed(pair) for pair in pairs]


def _reach(reading: Reading) -> int:
    left_out = _LEFT_OUT if len(reading.parts) > 1 else 0
    return max(_REACH, len(reading.quotation)) + left_out


def _regions(source: QuoteSource, ids: Sequence[PassageId], reach: int) -> tuple[Region, ...]:
    """Return the paragraphs around passages, each once, in the order of the passages found."""
    found: dict[DocumentId, list[tuple[Passage, DocumentInfo]]] = defaultdict(list)
    for passage, info in source.passages(ids):
        found[passage.document_id].append((passage, info))
    regions: list[Region] = []
    for document_id, hits in found.items():
        document = source.document(document_id)
        info = hits[0][1]
        passages = sorted((passage for passage, _ in hits), key=lambda passage: passage.span)
        for span in _widened(document.text, [passage.span for passage in passages], reach):
            inside = tuple(passage for passage in passages if passage.span.overlaps(span))
            regions.append(Region(document, info, span, inside))
    return tuple(regions)


def _widened(text: str, spans: Sequence[Span], reach: int) -> list[Span]:
    """Return spans widened to the ends of paragraphs; those that touch are made one."""
    brk = "\n\n" if "\n\n" in text else "\n"
    merged: list[Span] = []
    for span in spans:
        start = text.rfind(brk, 0, max(span.start - reach, 0)) + 1
        end = text.find(brk, span.end + reach)
        wide = Span(start, end if end > 0 else len(text))
        if merged and merged[-1].end >= wide.start:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, wide.end))
        else:
            merged.append(wide)
    return merged
