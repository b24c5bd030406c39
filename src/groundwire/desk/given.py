"""A text that somebody gives along, as if it had been found."""

from __future__ import annotations

import hashlib

from groundwire.domain.documents import Document, DocumentId, DocumentInfo
from groundwire.domain.errors import UsageError
from groundwire.domain.retrieval import Hit
from groundwire.ingest.passages import segment
from groundwire.text.normalize import normalize

NAME = "given text"


def document_of(text: str) -> Document:
    """Return a text as a document whose offsets count in its normalised form.

    Raises:
        UsageError: Nothing in it can be seen.
    """
    plain = normalize(text)
    if not plain:
        raise UsageError("the given text is empty")
    digest = hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()
    return Document(
        id=DocumentId(digest[:16]),
        root="",
        path=NAME,
        title=NAME,
        source="",
        author="",
        published=None,
        language="",
        content_hash=digest,
        headings=(),
        text=plain,
    )


def hits_of(text: str) -> tuple[Hit, ...]:
    """Return the passages of a text in its order; offsets count in its normalised form."""
    document = document_of(text)
    passages = segment(document)
    info = DocumentInfo.of(document, len(passages))
    return tuple(
        Hit(passage, info, 0.0, rank, ("given",), 0.0) for rank, passage in enumerate(passages, 1)
    )
