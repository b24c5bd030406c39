"""A claim that somebody made, held against a given text or against the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.desk.given import hits_of
from groundwire.desk.naming import at_least_one
from groundwire.domain.errors import UsageError
from groundwire.domain.retrieval import Scope
from groundwire.ground.checking import check_claim

if TYPE_CHECKING:
    from groundwire.desk.build import Parts
    from groundwire.domain.checks import CheckReport


LONGEST_CLAIM = 4_000
"""Characters of a claim: its dates, names and figures are each held against each other."""


def check(parts: Parts, claim: str, evidence: str | None, scope: Scope) -> CheckReport:
    """Return what the documents of a scope, or a given text, say of a claim.

    Raises:
        UsageError: The given text is blank, or the claim is longer than ``LONGEST_CLAIM``.
        NoDocumentsError: The index or the scope holds no document.
    """
    if len(claim) > LONGEST_CLAIM:
        raise UsageError(
            f"a claim has at most {LONGEST_CLAIM:,} characters, not {len(claim):,}",
            hint="check one sentence at a time",
        )
    if evidence is not None:
        return check_claim(claim, hits_of(evidence), Scope())
    retriever, top_k = parts.retriever(), parts.settings.retrieval.top_k
    with parts.store.snapshot(scope) as snapshot:
        ranking = retriever.search(snapshot, claim, top_k=top_k, scope=scope)
        if not ranking.hits:
            at_least_one(snapshot.documents(scope))
    return check_claim(claim, ranking.hits, scope)
