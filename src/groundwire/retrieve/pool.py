"""The candidates for a question: what each search brings for it and for each of its clauses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groundwire.domain.documents import PassageId
    from groundwire.domain.retrieval import Scope
    from groundwire.index.snapshot import Snapshot
    from groundwire.retrieve.asked import Asked
    from groundwire.retrieve.query import Part

CLAUSE_CANDIDATES = 40
"""Passages that each search brings for a clause."""

RAREST = 12
"""Words of a question or clause that the lexical search looks for at most, the rarest."""

COMMON = 0.12
"""Beside the three rarest words, none is looked for that a larger share of passages has."""


@dataclass(frozen=True, slots=True)
class Pool:
    """The candidates, in the order of their ids, and which searches brought them."""

    ids: tuple[PassageId, ...]
    dense: frozenset[PassageId]
    lexical: frozenset[PassageId]

    def retrievers(self, passage_id: PassageId) -> tuple[str, ...]:
        """Return which searches brought a candidate."""
        by = (("dense", self.dense), ("lexical", self.lexical))
        return tuple(name for name, found in by if passage_id in found)


def gather_pool(snapshot: Snapshot, asked: Asked, *, brought: int, scope: Scope) -> Pool:
    """Return what the searches bring.

    A clause is searched for by itself, in the outlets that it names, where there are several
    clauses or an outlet is named.

    Args:
        snapshot: One revision of the index.
        asked: The question.
        brought: Passages that each search brings for the whole question.
        scope: Which documents may be used.
    """
    query = asked.query
    parts: tuple[Part, ...] = (query.whole,)
    if len(query.clauses) > 1 or query.whole.sources:
        parts = query.parts
    limits = [brought, *[CLAUSE_CANDIDATES] * len(query.clauses)][: len(parts)]
    near = snapshot.nearest(asked.vectors[: len(parts)], top_k=limits, scope=scope)
    lexical: set[PassageId] = set()
    for part, limit in zip(parts, limits, strict=True):
        inside = scope if part is query.whole else _narrowed(scope, part)
        found = snapshot.lexical(
            part.terms, top_k=limit, scope=inside, rarest=RAREST, common=COMMON
        )
        lexical.update(passage_id for passage_id, _ in found)
    dense = frozenset(passage_id for found in near for passage_id, _ in found)
    return Pool(tuple(sorted(dense | lexical)), dense, frozenset(lexical))


def _narrowed(scope: Scope, part: Part) -> Scope:
    """Return the scope with the outlets that a clause names, unless outlets are chosen already."""
    if scope.sources or not part.sources:
        return scope
    return replace(scope, sources=tuple(sorted(part.sources)))
