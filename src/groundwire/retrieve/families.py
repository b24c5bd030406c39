"""Copy families behind an answer: which documents carry it, and how many report for themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.domain.families import Corroboration
from groundwire.retrieve.copies import holds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from groundwire.domain.claims import Citation
    from groundwire.domain.documents import DocumentId
    from groundwire.domain.retrieval import Hit, Scope
    from groundwire.index.snapshot import Snapshot


def corroborate(
    document_ids: Iterable[DocumentId], origins: Mapping[DocumentId, DocumentId]
) -> Corroboration:
    """Return how many documents these are, and how many independent reports.

    Args:
        document_ids: Documents that say the same; any order, doublets count once.
        origins: For those that have a copy family, its first printed member.
    """
    documents = set(document_ids)
    return Corroboration(len(documents), len({origins.get(each, each) for each in documents}))


def corroboration_of(
    snapshot: Snapshot, citations: Sequence[Citation], hits: Sequence[Hit], scope: Scope
) -> Corroboration:
    """Return on how many documents in scope what was cited stands.

    These are the cited ones, and those that hold a cited sentence of the documents that print the
    same passage or are of the same copy family.

    Args:
        snapshot: The index; documents that are not in it any more count for themselves.
        citations: What was cited.
        hits: The passages that it was cited from.
        scope: Which documents count.
    """
    quotes: dict[DocumentId, set[str]] = {}
    for citation in citations:
        quotes.setdefault(citation.document_id, set()).add(citation.quote)
    cited = set(quotes)
    passages = {citation.passage_id for citation in citations}
    groups = [
        {hit.document.id, *(copy.id for copy in hit.copies)}
        for hit in hits
        if hit.passage.id in passages
    ]
    families = snapshot.families(scope, of=cited)
    groups += [{member.id for member in family.members} for family in families]
    carriers = set(cited)
    for group in groups:
        said = set[str]().union(*(quotes[each] for each in group & cited))
        carriers |= {each for each in group - carriers if _carries(snapshot, each, said)}
    return corroborate(carriers, snapshot.origins(carriers))


def _carries(snapshot: Snapshot, document: DocumentId, quotes: Iterable[str]) -> bool:
    texts = [passage.text for passage in snapshot.passages_of(document)]
    return any(holds(text, quote) for quote in quotes for text in texts)
