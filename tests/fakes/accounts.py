"""Accounts of made-up documents, without an index: vectors are of hashed words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.domain.documents import Document, DocumentId, DocumentInfo
from groundwire.ingest.passages import segment
from groundwire.retrieve.accounts import Account, account_of
from groundwire.text.normalize import normalize
from tests.fakes.encoders import HashingEncoder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from groundwire.domain.spans import Span


def account(  # noqa: PLR0913 -- each is an attribute of the document
    text: str,
    published: date | None = None,
    *,
    name: str = "a",
    source: str = "Gazette",
    title: str = "",
    origin: str = "",
) -> Account:
    """Return the account of a text, as if it had been read from a file.

    Args:
        text: The text.
        published: Day of publication.
        name: The document's id, and its path without the suffix.
        source: Outlet.
        title: Headline; by default ``Title`` with the name.
        origin: Id of the first report of its copy family; its own by default.
    """
    document = Document(
        id=DocumentId(name),
        root="/r",
        path=f"{name}.md",
        title=title or f"Title {name}",
        source=source,
        author="",
        published=published,
        language="en",
        text=normalize(text),
        content_hash="h",
    )
    passages = segment(document)
    info = DocumentInfo(
        id=document.id,
        path=document.path,
        title=document.title,
        source=source,
        author="",
        published=published,
        language="en",
        characters=len(document.text),
        passages=len(passages),
    )
    made = account_of(document, info, passages, _encode)
    if not origin:
        return made
    return Account(document, info, made.sentences, made.vectors, DocumentId(origin))


def _encode(texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> list[NDArray[np.float32]]:
    return [encoding.parts for encoding in HashingEncoder().encode_parts(texts, parts)]
