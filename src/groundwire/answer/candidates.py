"""The sentences that an extractive answer may be made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from groundwire.answer.tokens import tokenize
from groundwire.text.instructions import instruction_spans
from groundwire.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from groundwire.answer.tokens import Token
    from groundwire.domain.documents import DocumentId, DocumentInfo, PassageId
    from groundwire.domain.retrieval import Hit
    from groundwire.domain.spans import Span
    from groundwire.index.snapshot import Snapshot

MIN_CHARACTERS = 20

BEFORE = 6_000
"""Characters before a passage that are kept: who "he" is, and full names, stand there."""


@dataclass(frozen=True)
class Sentence:
    """One sentence of a retrieved passage.

    Attributes:
        span: Its place in the document's text.
        text: Its characters.
        tokens: Its tokens.
        vector: Its unit vector, made with the passage in view.
    """

    span: Span
    text: str
    tokens: tuple[Token, ...]
    vector: NDArray[np.float32]

    @cached_property
    def stems(self) -> frozenset[str]:
        """Its stems."""
        return frozenset(token.stem for token in self.tokens)

    @cached_property
    def content(self) -> frozenset[str]:
        """Stems of its content words."""
        return frozenset(token.stem for token in self.tokens if token.content)


@dataclass(frozen=True)
class Reading:
    """A retrieved passage, read sentence by sentence.

    Attributes:
        hit: The passage.
        sentences: Its sentences, in order.
        usable: For each of them whether it may be said: no question, no fragment, no paragraph
            that addresses a chatbot, and not said word for word by an earlier passage.
        about: Stems of the document's title, outlet and date: what a passage need not repeat.
        before: The document's text before the passage, or the last part of it.
    """

    hit: Hit
    sentences: tuple[Sentence, ...]
    usable: tuple[bool, ...]
    about: frozenset[str]
    before: str = ""

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of all its sentences."""
        return frozenset[str]().union(*(sentence.stems for sentence in self.sentences))


def read_passages(
    hits: Sequence[Hit],
    vectors: Mapping[PassageId, NDArray[np.float32]],
    before: Mapping[PassageId, str] | None = None,
) -> tuple[Reading, ...]:
    """Return the passages read sentence by sentence, in order of rank.

    Args:
        hits: The passages.
        vectors: For each of them the vectors of its sentences.
        before: For each of them the document's text before it, if that is known.
    """
    seen: set[str] = set()
    known = before or {}
    return tuple(
        _read(hit, vectors[hit.passage.id], seen, known.get(hit.passage.id, "")) for hit in hits
    )


def texts_before(hits: Sequence[Hit], snapshot: Snapshot) -> dict[PassageId, str]:
    """Return for each passage the text that stands before it in its document."""
    texts: dict[DocumentId, str] = {}
    found: dict[PassageId, str] = {}
    for hit in hits:
        passage = hit.passage
        if passage.document_id not in texts:
            texts[passage.document_id] = snapshot.document(passage.document_id).text
        start = passage.span.start
        found[passage.id] = texts[passage.document_id][max(0, start - BEFORE) : start]
    return found


def _read(hit: Hit, vectors: NDArray[np.float32], seen: set[str], before: str) -> Reading:
    passage = hit.passage
    orders = instruction_spans(passage.text)
    found: list[Sentence] = []
    usable: list[bool] = []
    for local, vector in zip(sentences(passage.text), vectors, strict=True):
        text = local.of(passage.text)
        key = " ".join(text.split()).casefold()
        usable.append(
            len(text) >= MIN_CHARACTERS
            and not text.endswith("?")
            and key not in seen
            and not any(order.contains(local) for order in orders)
        )
        seen.add(key)
        found.append(Sentence(local.shift(passage.span.start), text, tokenize(text), vector))
    return Reading(hit, tuple(found), tuple(usable), _about(hit.document), before)


def _about(document: DocumentInfo) -> frozenset[str]:
    day = document.published
    date = f"{day.day} {day:%B} {day.year}" if day else ""
    text = f"{document.title} {document.source} {date}"
    return frozenset(token.stem for token in tokenize(text) if token.content)
