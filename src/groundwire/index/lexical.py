"""Lexical search: words to FTS5 queries, and what is known about words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from groundwire.domain.documents import PassageId
from groundwire.index import reading
from groundwire.index.scoping import conditions, passages_in

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from groundwire.domain.retrieval import Scope
    from groundwire.index.facts import Counted
    from groundwire.index.stemming import Term

RAREST = 24
"""How many terms of a query are searched for at most."""
POSTINGS = 5_000
"""How many occurrences, over all terms of a query, are looked at at most."""
ALWAYS = 3
"""How many of the rarest terms are kept, however common they are."""
MOST = 30_000
"""How many occurrences beside those of the rarest term are looked at whatever is kept: 40 ms."""
LISTED = 50_000
"""Up to how many passages in scope are listed; of more, those that are found are looked up."""
_TIES = 50


def search(  # a query has this many sides; they are keywords at the only caller
    connection: sqlite3.Connection,
    terms: Sequence[Term],
    *,
    top_k: int,
    scope: Scope,
    weights: tuple[float, float, float, float],
) -> tuple[tuple[PassageId, float], ...]:
    """Return the best passages by bm25 for any of the terms, larger scores first.

    Equal scores are in the order of the ids, so that the result does not depend on the order of
    writing.
    """
    if not terms or top_k < 1:
        return ()
    query = " OR ".join(term.quoted() for term in terms)
    inside, values = _inside(connection, scope)
    rows = connection.execute(
        "SELECT id, score FROM (SELECT rowid AS number, bm25(passages_fts, ?, ?, ?, ?) AS score"  # noqa: S608  # values are bound
        f" FROM passages_fts WHERE passages_fts MATCH ? {inside} ORDER BY score LIMIT ?)"
        " JOIN passages ON passages.rowid = number ORDER BY score, id LIMIT ?",
        (*weights, query, *values, top_k + _TIES, top_k),
    )
    return tuple((PassageId(passage_id), -score) for passage_id, score in rows)


def worth_searching(counted: Iterable[Counted], rarest: int, most: float) -> list[Term]:
    """Return the terms to search for, each stem once, the rarest first.

    Very common terms are left out, for they cost most and say least.

    Args:
        counted: The terms of a query.
        rarest: How many to return at most.
        most: In how many passages a term may be, but for the rarest three.
    """
    distinct = {each.term.tokens: each for each in counted if each.passages}
    ranked = sorted(distinct.values(), key=lambda each: (each.passages, each.term.tokens))
    chosen: list[Term] = []
    looked_at = 0
    for each in ranked[:rarest]:
        looked_at += each.passages
        limit, keep = (POSTINGS, ALWAYS) if len(chosen) >= ALWAYS else (MOST, 1)
        if len(chosen) >= keep and (looked_at > limit or (keep == ALWAYS and each.passages > most)):
            break
        chosen.append(each.term)
    return chosen


def frequencies(connection: sqlite3.Connection, tokens: Sequence[str]) -> dict[str, int]:
    """Return how many passages contain each stem."""
    rows = connection.execute(
        "SELECT term, doc FROM passages_vocab WHERE term IN (SELECT value FROM json_each(?))",
        (json.dumps(list(tokens)),),
    )
    return dict.fromkeys(tokens, 0) | dict(rows.fetchall())


def phrase_frequency(connection: sqlite3.Connection, phrase: Term, scope: Scope) -> int:
    """Return how many passages in scope hold the words of a phrase next to each other."""
    inside, values = _inside(connection, scope)
    sql = f"SELECT count(*) FROM passages_fts WHERE passages_fts MATCH ? {inside}"  # noqa: S608  # values are bound
    return int(connection.execute(sql, (phrase.quoted(), *values)).fetchone()[0])


def _inside(connection: sqlite3.Connection, scope: Scope) -> tuple[str, tuple[str, ...]]:
    """Return a further condition on rows of the full-text table, and its parameters."""
    if scope.is_everything():
        return "", ()
    if reading.count_passages(connection, scope) > LISTED:
        where, values = conditions(scope)
        looked_up = f"passages.rowid = passages_fts.rowid AND {where}"
        joined = "SELECT 1 FROM passages JOIN documents ON number = document"
        return f"AND EXISTS ({joined} WHERE {looked_up})", values  # values are bound
    in_scope, values = passages_in(scope)
    # The plus keeps SQLite from running the whole query once for every row in scope.
    return f"AND +passages_fts.rowid IN ({in_scope})", values


def phrase_scores(
    connection: sqlite3.Connection, phrase: Term, rows: Sequence[int]
) -> dict[int, float]:
    """Return the bm25 for a phrase of those of the given rows that hold it."""
    found = connection.execute(
        "SELECT rowid, -bm25(passages_fts) FROM passages_fts WHERE passages_fts MATCH ?"
        " AND +rowid IN (SELECT value FROM json_each(?))",
        (phrase.quoted(), json.dumps(list(rows))),
    )
    return dict(found.fetchall())


def contains_phrase(connection: sqlite3.Connection, phrase: Term, scope: Scope) -> bool:
    """Return whether a title or a body in scope holds the words of a phrase beside each other."""
    if not phrase.tokens:
        return False
    inside, values = _inside(connection, scope)
    sql = f"SELECT 1 FROM passages_fts WHERE passages_fts MATCH ? {inside} LIMIT 1"  # noqa: S608  # values are bound
    query = f"{{title body}} : {phrase.quoted()}"
    return connection.execute(sql, (query, *values)).fetchone() is not None
