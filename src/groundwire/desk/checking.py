"""A claim that somebody made, held against a given text or against the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.desk.given import hits_of
from groundwire.desk.naming import at_least_one
from groundwire.domain.retrieval import Scope
from groundwire.ground.checking import check_claim

if TYPE_CHECKING:
    from groundwire.desk.build import Parts
    from groundwire.domain.checks import CheckReport


def check(parts: Parts, claim: str, evidence: str | None, scope: Scope) -> CheckReport:
    """Return what the documents of a scope, or a given text, say of a claim.

    Raises:
        UsageError: The given text is blank.
        NoDocumentsError: The index or the scope holds no document.
    """
    if evidence is not None:
        return check_claim(claim, hits_of(evidence), Scope())
    retriever, top_k = parts.retriever(), parts.settings.retrieval.top_k
    with parts.store.snapshot(scope) as snapshot:
        ranking = retriever.search(snapshot, claim, top_k=top_k, scope=scope)
        if not ranking.hits:
            at_least_one(snapshot.documents(scope))
    return check_claim(claim, ranking.hits, scope)
