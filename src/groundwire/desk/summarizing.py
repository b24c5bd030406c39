"""A summary of one document, from the index to the summarizer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.domain.errors import NotFoundError

if TYPE_CHECKING:
    from groundwire.desk.build import Parts
    from groundwire.domain.documents import Document
    from groundwire.domain.retrieval import Scope
    from groundwire.domain.summaries import Summary


def summarize_one(parts: Parts, document: Document, sentences: int, scope: Scope) -> Summary:
    """Return the summary of a document that is in the index.

    Raises:
        NotFoundError: The document is outside the scope.
    """
    with parts.store.snapshot() as snapshot:
        passages = snapshot.passages_of(document.id)
        infos = {info.id: info for info in snapshot.documents(scope)}
        found = snapshot.generation, snapshot.revision
    if document.id not in infos:
        raise NotFoundError(f"{document.path} is outside the scope")
    summarizer = parts.summarizer()
    return summarizer.summarize(document, infos[document.id], passages, sentences, found)
