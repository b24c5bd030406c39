"""Recalls: answers whose quotes do not stand in the documents any more, found and told once."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, cast

from groundwire.domain.recalls import BROKEN, Cause, Present, Recall, RecallCheck
from groundwire.domain.spans import Span
from groundwire.records.ledger_content import entry_of
from groundwire.records.standing import GONE, Reading, standing, unchanged
from groundwire.records.versions import Versions

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

    from groundwire.domain.documents import DocumentId
    from groundwire.domain.ledger import Door
    from groundwire.domain.recalls import CurrentText, Standing
    from groundwire.records.database import Database

_NOTHING: Final = ""
"""The version of a document that is gone."""

_DOCUMENTS: Final = "SELECT DISTINCT document FROM ledger_citations WHERE index_key = ?"
_CHECKED: Final = "SELECT DISTINCT document, checked FROM ledger_citations WHERE index_key = ?"
_QUOTES: Final = """
    SELECT DISTINCT version, start, end, quote FROM ledger_citations
    WHERE index_key = ? AND document = ? AND checked <> ?
"""
_STALE: Final = """
    SELECT seq, place, standing FROM ledger_citations
    WHERE index_key = ?1 AND document = ?2 AND version = ?3 AND start = ?4 AND end = ?5
    AND checked <> ?6
"""
_UPDATE: Final = """
    UPDATE ledger_citations
    SET checked = ?6, standing = ?7, now_path = ?8, now_start = ?9, now_end = ?10, now_text = ?11
    WHERE index_key = ?1 AND document = ?2 AND version = ?3 AND start = ?4 AND end = ?5
    AND checked <> ?6
"""
_HEAL: Final = """
    UPDATE recalls SET healed = ? WHERE healed IS NULL AND NOT EXISTS (
        SELECT 1 FROM recall_causes AS c JOIN ledger_citations AS l USING (seq, place)
        WHERE c.recall = recalls.id AND l.standing IN ('changed', 'removed')
    )
"""
_RECALLS: Final = """
    SELECT r.id, r.found, r.healed, c.seq, c.content, (
        SELECT group_concat(door) FROM recalls_told WHERE recall = r.id
    )
    FROM recalls AS r JOIN ledger_contents AS c USING (seq)
    WHERE (r.healed IS NULL OR ?1) AND (?2 IS NULL OR json_extract(c.content, '$.index') = ?2)
    ORDER BY r.id DESC
"""
_UNTOLD: Final = """
    SELECT r.id, r.found, r.healed, c.seq, c.content, (
        SELECT group_concat(door) FROM recalls_told WHERE recall = r.id
    )
    FROM recalls AS r JOIN ledger_contents AS c USING (seq)
    WHERE r.healed IS NULL
    AND NOT EXISTS (SELECT 1 FROM recalls_told WHERE recall = r.id AND door = ?1)
    AND (?2 IS NULL OR json_extract(c.content, '$.index') = ?2)
    AND (?3 IS NULL OR json_extract(c.content, '$.door') = ?3)
    ORDER BY r.id
"""
_CAUSES: Final = """
    SELECT l.place, l.standing, l.now_path, l.now_start, l.now_end, l.now_text
    FROM recall_causes AS c JOIN ledger_citations AS l USING (seq, place)
    WHERE c.recall = ? ORDER BY l.place
"""

_Judged = tuple[tuple[object, ...], Present]


class Recalls:
    """The recalls; safe to use from several threads, and beside other processes."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        """Keep the recalls in ``database``.

        Args:
            database: The open records.
            clock: Gives the time in seconds since 1970.
        """
        self._database = database
        self._clock = clock
        self._versions = Versions(database)

    def checked(self, index: str) -> dict[DocumentId, frozenset[str]]:
        """Return which versions of cited documents their quotes were last held against.

        Args:
            index: What names the index: only answers from it are looked at.

        Returns:
            By document the versions, mostly one; the empty one where it was gone.

        Raises:
            StoreError: The records cannot be read.
        """
        found: dict[DocumentId, set[str]] = {}
        for document, version in self._database.rows(_CHECKED, index):
            found.setdefault(cast("DocumentId", document), set()).add(str(version))
        return {document: frozenset(versions) for document, versions in found.items()}

    def check_against(
        self,
        current: Callable[[DocumentId], CurrentText | None],
        index: str,
        documents: Iterable[DocumentId] | None = None,
    ) -> RecallCheck:
        """Hold the quotes of old answers against the documents of today, and keep what is found.

        Looked at are the citations whose document has another version than at their last check. A
        citation that breaks makes a recall of its answer, one for all that break at once; a
        recall whose quotes all stand again is healed. Doing it twice changes nothing.

        Args:
            current: Gives a document as it stands in the index; None if it is gone.
            index: What names the index: only answers from it are looked at.
            documents: Only what cites these, such as those that a sync changed or removed; None
                for every cited document.

        Raises:
            StoreError: The records cannot be read or written.
        """
        if documents is None:
            rows = self._database.rows(_DOCUMENTS, index)
            documents = [cast("DocumentId", row[0]) for row in rows]
        judged: list[_Judged] = []
        looked = 0
        for document in dict.fromkeys(documents):
            found = self._judged(index, document, current)
            looked += bool(found)
            judged += found
        return self._kept(judged, looked)

    def listing(self, index: str | None = None, *, healed: bool = False) -> tuple[Recall, ...]:
        """Return the recalls, the latest first.

        Args:
            index: Only of answers from this index; None for every index.
            healed: Those that were healed, too.
        """
        rows = self._database.rows(_RECALLS, healed, index)
        return tuple(self._recall(row) for row in rows)

    def untold(
        self, door: Door, index: str | None = None, *, given: Door | None = None
    ) -> tuple[Recall, ...]:
        """Return the open recalls that a door has not told anybody of, the oldest first.

        Args:
            door: The door that would tell of them.
            index: Only of answers from this index; None for every index.
            given: Only of answers that were given at this door; None for every door.
        """
        rows = self._database.rows(_UNTOLD, door, index, given)
        return tuple(self._recall(row) for row in rows)

    def told(self, recall: int, door: Door) -> bool:
        """Note that a door tells people of a recall.

        Returns:
            False if it was told there before, or is gone: then it is not to be told again.
        """
        with self._database.transaction() as connection:
            noted = connection.execute(
                "INSERT INTO recalls_told (recall, door, told) SELECT id, ?, ? FROM recalls"
                " WHERE id = ? ON CONFLICT DO NOTHING",
                (door, self._clock(), recall),
            )
            return noted.rowcount > 0

    def _judged(
        self,
        index: str,
        document: DocumentId,
        current: Callable[[DocumentId], CurrentText | None],
    ) -> list[_Judged]:
        """Return how each quote of a document stands that was not held against this version."""
        text = current(document)
        version = text.text_hash if text else _NOTHING
        rows = self._database.rows(_QUOTES, index, document, version)
        now = Reading(text.text) if text else None
        readings: dict[str, Reading | None] = {}
        judged: list[_Judged] = []
        for kept, start, end, quote in cast("list[tuple[str, int, int, str]]", rows):
            span = Span(start, end)
            if text is None or now is None:
                present = GONE
            elif kept == version:
                present = unchanged(quote, span, text)
            else:
                if kept not in readings:
                    then = self._versions.text(kept)
                    readings[kept] = Reading(then) if then is not None else None
                present = standing(quote, span, readings[kept], now, text.path)
            judged.append(((index, document, kept, start, end, version), present))
        return judged

    def _kept(self, judged: list[_Judged], looked: int) -> RecallCheck:
        """Write down what was found, in one transaction, and make and heal recalls."""
        if not judged:
            return RecallCheck(0, 0, 0, 0, 0)
        counts: dict[Standing, int] = dict.fromkeys(("same", "moved", "changed", "removed"), 0)
        broken: dict[int, list[int]] = {}
        with self._database.transaction() as connection:
            for key, present in judged:
                rows = connection.execute(_STALE, key).fetchall()
                connection.execute(_UPDATE, (*key, *_columns(present)))
                counts[present.standing] += len(rows)
                for seq, place, before in rows:
                    if present.broken and before not in BROKEN:
                        broken.setdefault(int(seq), []).append(int(place))
            now = self._clock()
            _recalled(connection, broken, now)
            healed = connection.execute(_HEAL, (now,)).rowcount
        return RecallCheck(looked, sum(counts.values()), counts["moved"], len(broken), healed)

    def _recall(self, row: tuple[object, ...]) -> Recall:
        number, found, healed, seq, content, told = cast(
            "tuple[int, float, float | None, int, str, str | None]", row
        )
        entry = entry_of(seq, content)
        cited = entry.issued.citations
        return Recall(
            id=number,
            entry=entry,
            found=datetime.fromtimestamp(found, UTC),
            causes=tuple(
                Cause(cited[cast("int", place)], _present(now))
                for place, *now in self._database.rows(_CAUSES, number)
            ),
            healed=datetime.fromtimestamp(healed, UTC) if healed is not None else None,
            told=cast("tuple[Door, ...]", tuple(sorted(told.split(",")))) if told else (),
        )


def _recalled(connection: sqlite3.Connection, broken: dict[int, list[int]], now: float) -> None:
    """Make a recall for each entry, with the citations that broke."""
    for seq in sorted(broken):
        made = connection.execute("INSERT INTO recalls (seq, found) VALUES (?, ?)", (seq, now))
        connection.executemany(
            "INSERT INTO recall_causes (recall, seq, place) VALUES (?, ?, ?)",
            [(made.lastrowid, seq, place) for place in sorted(broken[seq])],
        )


def _columns(present: Present) -> tuple[object, ...]:
    """Return what is kept of a standing."""
    start, end = (present.span.start, present.span.end) if present.span else (None, None)
    return present.standing, present.path, start, end, present.text


def _present(columns: list[object]) -> Present:
    stands, path, start, end, text = cast("tuple[Standing, str, int | None, int, str]", columns)
    return Present(stands, path, Span(start, end) if start is not None else None, text)
