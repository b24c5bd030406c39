"""Lexical search: words to FTS5 queries, and what is known about words."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from groundwire.domain.documents import PassageId
from groundwire.index.catalog import TOKENIZE
from groundwire.index.scoping import passages_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from groundwire.domain.retrieval import Scope

RAREST = 24
"""How many terms of a query are searched for at most."""
POSTINGS = 20_000
"""How many occurrences, over all terms of a query, are looked at at most."""
ALWAYS = 3
"""How many of the rarest terms are kept, however common they are."""
_TIES = 50


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase to look for.

    Attributes:
        text: As it was given, fit for SQLite. Queries carry this form, for stemming a stem
            again gives another word.
        tokens: Its stems, in order; none if it has no letter or digit.
    """

    text: str
    tokens: tuple[str, ...]

    def quoted(self) -> str:
        """Return the FTS5 query for these words next to each other; no operator gets through."""
        return '"' + self.text.replace('"', '""') + '"'


class Stemmer:
    """Cuts and stems words as the lexical index does, by asking FTS5 itself. Thread-safe."""

    def __init__(self) -> None:
        """Prepare; the table is made when first needed."""
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._cached = lru_cache(maxsize=20_000)(self._ask)

    def term(self, text: str) -> Term:
        """Return a text as a term."""
        clean = text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
        return Term(clean, self._cached(clean))

    def close(self) -> None:
        """Let go of the table."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def _ask(self, text: str) -> tuple[str, ...]:
        with self._lock:
            connection = self._connection = self._connection or _stemming_table()
            connection.execute("INSERT INTO words (rowid, word) VALUES (1, ?)", (text,))
            rows = connection.execute('SELECT term FROM seen ORDER BY "offset"').fetchall()
            connection.execute("DELETE FROM words")
        return tuple(row[0] for row in rows)


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
    writing. Very common terms are left out, for they cost most and say least.
    """
    chosen = _worth_searching(connection, terms)
    if not chosen or top_k < 1:
        return ()
    query = " OR ".join(term.quoted() for term in chosen)
    inside, values = "", tuple[str, ...]()
    if not scope.is_everything():
        in_scope, values = passages_in(scope)
        # The plus keeps SQLite from running the whole query once for every row in scope.
        inside = f"AND +passages_fts.rowid IN ({in_scope})"
    rows = connection.execute(
        "SELECT id, score FROM (SELECT rowid AS number, bm25(passages_fts, ?, ?, ?, ?) AS score"  # noqa: S608  # values are bound
        f" FROM passages_fts WHERE passages_fts MATCH ? {inside} ORDER BY score LIMIT ?)"
        " JOIN passages ON passages.rowid = number ORDER BY score, id LIMIT ?",
        (*weights, query, *values, top_k + _TIES, top_k),
    )
    return tuple((PassageId(passage_id), -score) for passage_id, score in rows)


def frequency(connection: sqlite3.Connection, term: Term) -> int:
    """Return how many passages contain a term, which may be a word or its stem."""
    if not term.tokens:
        return 0
    if len(term.tokens) == 1:
        # Some callers have stems at hand; a stem is looked up as it is, for it may have another.
        sql = "SELECT max(doc) FROM passages_vocab WHERE term IN (?, ?)"
        row = connection.execute(sql, (*term.tokens, term.text.lower())).fetchone()
    else:
        sql = "SELECT count(*) FROM passages_fts WHERE passages_fts MATCH ?"
        row = connection.execute(sql, (term.quoted(),)).fetchone()
    return int(row[0] or 0)


def contains_phrase(connection: sqlite3.Connection, phrase: Term) -> bool:
    """Return whether a title or a body holds the words of a phrase next to each other."""
    if not phrase.tokens:
        return False
    sql = "SELECT 1 FROM passages_fts WHERE passages_fts MATCH ? LIMIT 1"
    query = f"{{title body}} : {phrase.quoted()}"
    return connection.execute(sql, (query,)).fetchone() is not None


def _worth_searching(connection: sqlite3.Connection, terms: Iterable[Term]) -> list[Term]:
    distinct = {term.tokens: term for term in terms}
    counted = ((frequency(connection, term), tokens) for tokens, term in distinct.items())
    ranked = sorted((count, tokens) for count, tokens in counted if count)[:RAREST]
    chosen: list[Term] = []
    looked_at = 0
    for count, tokens in ranked:
        looked_at += count
        if len(chosen) >= ALWAYS and looked_at > POSTINGS:
            break
        chosen.append(distinct[tokens])
    return chosen


def _stemming_table() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.execute(f"CREATE VIRTUAL TABLE words USING fts5 (word, tokenize = '{TOKENIZE}')")
    connection.execute("CREATE VIRTUAL TABLE seen USING fts5vocab (words, instance)")
    return connection
