"""Accounts: what whole documents say, sentence by sentence, with the stored vectors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from groundwire.domain.retrieval import Hit
from groundwire.text.instructions import instruction_spans
from groundwire.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from groundwire.domain.documents import (
        Document,
        DocumentId,
        DocumentInfo,
        Passage,
        PassageId,
    )
    from groundwire.domain.spans import Span
    from groundwire.index.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an account.

    Attributes:
        hit: The passage that it stands in.
        span: Its place in the document's text.
        text: Exactly ``document.text[span]``.
        order: Whether it belongs to a paragraph that addresses a chatbot: such text is read, and
            never said.
    """

    hit: Hit
    span: Span
    text: str
    order: bool


@dataclass(frozen=True, slots=True)
class Account:
    """One document's account of things.

    Attributes:
        document: The document with its text of record.
        info: Its entry in the listing.
        sentences: Its sentences, in order.
        vectors: Their unit vectors, of shape (sentences, dimension), float32.
        origin: The first printed member of its copy family; its own id where it has none. Two
            accounts are independent if their origins differ.
    """

    document: Document
    info: DocumentInfo
    sentences: tuple[Sentence, ...]
    vectors: NDArray[np.float32]
    origin: DocumentId

    @property
    def published(self) -> date | None:
        """The day of publication, from which relative dates are counted."""
        return self.document.published

    def independent_of(self, other: Account) -> bool:
        """Return whether neither of two accounts is a copy of the other's report."""
        return self.origin != other.origin


def read_accounts(
    snapshot: Snapshot,
    infos: Sequence[DocumentInfo],
    dimension: int,
    origins: Mapping[DocumentId, DocumentId],
) -> Iterator[Account]:
    """Yield the accounts of documents of the index, in the order given; nothing is encoded.

    Args:
        snapshot: The index.
        infos: The documents.
        dimension: Length of a vector.
        origins: For the documents that have a copy family, its origin.
    """
    for info in infos:
        passages = snapshot.passages_of(info.id)
        vectors = snapshot.sentence_vectors([passage.id for passage in passages], dimension)
        yield _account(
            snapshot.document(info.id), info, passages, vectors, origins.get(info.id, info.id)
        )


def account_of(
    document: Document,
    info: DocumentInfo,
    passages: Sequence[Passage],
    encode: Callable[[Sequence[str], Sequence[Sequence[Span]]], Sequence[NDArray[np.float32]]],
) -> Account:
    """Return the account of a document that is not in the index.

    Args:
        document: The document.
        info: Its entry.
        passages: Its passages, in order.
        encode: Returns for passages' texts and their sentences the sentences' unit vectors.
    """
    parts = [sentences(passage.text) for passage in passages]
    found = encode([passage.text for passage in passages], parts)
    vectors = {passage.id: each for passage, each in zip(passages, found, strict=True)}
    return _account(document, info, passages, vectors, info.id)


def _account(
    document: Document,
    info: DocumentInfo,
    passages: Sequence[Passage],
    vectors: Mapping[PassageId, NDArray[np.float32]],
    origin: DocumentId,
) -> Account:
    said: list[Sentence] = []
    rows: list[NDArray[np.float32]] = []
    for rank, passage in enumerate(passages, 1):
        hit = Hit(passage, info, 1.0, rank, ("document",), 1.0)
        orders = instruction_spans(passage.text)
        for local, vector in zip(sentences(passage.text), vectors[passage.id], strict=True):
            ordered = any(order.contains(local) for order in orders)
            span = local.shift(passage.span.start)
            said.append(Sentence(hit, span, local.of(passage.text), ordered))
            rows.append(vector / max(float(np.linalg.norm(vector)), 1e-9))
    return Account(document, info, tuple(said), np.stack(rows).astype(np.float32), origin)
