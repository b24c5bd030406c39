"""Articles as accounts, with vectors that count words: like sentences are alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.domain.documents import Document, DocumentId, DocumentInfo
from groundwire.ingest.passages import segment
from groundwire.retrieve.accounts import account_of
from tests.fakes.encoders import HashingEncoder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from groundwire.domain.spans import Span
    from groundwire.retrieve.accounts import Account

_ENCODER = HashingEncoder(512)


def article(
    text: str, published: date | None = None, *, name: str = "a", source: str = "Gazette"
) -> Account:
    """Return the account of an article, cut into passages as an indexed one is."""
    document = Document(
        DocumentId(name), "/news", f"{name}.md", "", source, "", published, "en", text, name
    )
    passages = segment(document)
    info = DocumentInfo(
        document.id, document.path, "", source, "", published, "en", len(text), len(passages)
    )
    return account_of(document, info, passages, _encode)


def _encode(texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> list[NDArray[np.float32]]:
    return [each.parts for each in _ENCODER.encode_parts(texts, parts)]
