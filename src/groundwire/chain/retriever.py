"""The hybrid retriever as LangChain knows retrievers. Imports LangChain: import it on demand."""

from __future__ import annotations

from collections.abc import Callable  # noqa: TC003 -- pydantic reads the field's type
from typing import TYPE_CHECKING

from langchain_core.documents import Document  # noqa: TID253 -- this module is imported on demand
from langchain_core.retrievers import BaseRetriever  # noqa: TID253 -- the same

from groundwire.domain.retrieval import Ranking  # noqa: TC001 -- pydantic reads the field's type

if TYPE_CHECKING:
    from langchain_core.callbacks import CallbackManagerForRetrieverRun

    from groundwire.domain.retrieval import Hit


class HybridRetriever(BaseRetriever):
    """Gives the passages of a ranking as LangChain documents, best first.

    Attributes:
        search: Finds passages for a question.
    """

    search: Callable[[str], Ranking]

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        """Search, and turn each hit into a document."""
        del run_manager  # nothing here has sub-runs
        return [_document(hit) for hit in self.search(query).hits]


def _document(hit: Hit) -> Document:
    """Return a hit as a LangChain document: the passage, and where it stands."""
    passage, document = hit.passage, hit.document
    return Document(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "doc_id": document.id,
            "passage_id": passage.id,
            "start": passage.span.start,
            "end": passage.span.end,
            "title": document.title,
            "source": document.source,
            "published": document.published.isoformat() if document.published else None,
            "path": document.path,
            "score": hit.score,
        },
    )
