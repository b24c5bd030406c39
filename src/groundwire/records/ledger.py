"""The answer ledger: every answer that was given, in a chain that shows tampering."""

from __future__ import annotations

import json
import secrets
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, cast

from groundwire.domain.errors import NotFoundError
from groundwire.domain.ledger import Anchor, hash_of
from groundwire.records.ids import Ids, normal
from groundwire.records.ledger_chain import GENESIS, SALT_BITS, commitment, link, pages, walk
from groundwire.records.ledger_content import (
    ERASURE,
    canonical,
    citation_rows,
    entry_of,
    fields_of,
    runs,
)
from groundwire.records.versions import drop_unused, keep

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from groundwire.domain.ledger import ChainReport, Issued, LedgerEntry
    from groundwire.records.database import Database
    from groundwire.records.ledger_chain import ChainRow

_SHOWN: Final = 5
_LISTED: Final = """
    SELECT seq, content FROM ledger_contents
    WHERE kind <> 'erasure' ORDER BY seq DESC LIMIT ?
"""
_OF_CONVERSATION: Final = """
    SELECT seq, content FROM ledger_contents
    WHERE kind <> 'erasure' AND conversation = ? ORDER BY seq DESC LIMIT ?
"""
_NAMED: Final = """
    SELECT seq, content FROM ledger_contents
    WHERE id >= ?1 AND id < ?1 || '~' AND kind <> 'erasure' ORDER BY seq LIMIT ?2
"""
_BY_ID: Final = """
    SELECT seq FROM ledger_contents
    WHERE kind <> 'erasure' AND id IN (SELECT value FROM json_each(?)) ORDER BY seq
"""
_BY_CONVERSATION: Final = """
    SELECT seq FROM ledger_contents
    WHERE kind <> 'erasure' AND conversation = ? AND conversation <> '' ORDER BY seq
"""
_BY_AGE: Final = """
    SELECT seq FROM ledger_contents WHERE kind <> 'erasure' AND said < ? ORDER BY seq
"""
_ERASE: Final = "DELETE FROM ledger_contents WHERE seq IN (SELECT value FROM json_each(?))"
_CITE: Final = """
    INSERT INTO ledger_citations
    (seq, place, index_key, document, version, start, end, quote,
     checked, standing, now_path, now_start, now_end, now_text)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?5, 'same', '', ?6, ?7, '')
"""


class Ledger:
    """What was said; safe to use from several threads, and beside other processes."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], float] = time.time,
        random: Callable[[int], int] = secrets.randbits,
    ) -> None:
        """Keep the ledger in ``database``.

        Args:
            database: The open records.
            clock: Gives the time in seconds since 1970.
            random: Gives a number of as many random bits as it is asked for.
        """
        self._database = database
        self._clock = clock
        self._random = random
        self._ids = Ids(clock, random)

    @property
    def database(self) -> Database:
        """The records that the ledger is kept in."""
        return self._database

    def append(self, issued: Issued, texts: Iterable[str]) -> LedgerEntry:
        """Enter a result, whole or not at all. It belongs before the result is shown.

        The entry is on the disk when this returns, because the records are written with
        ``synchronous = FULL``: without it a kill would lose nothing, but a power cut would lose
        the last entries, and a ledger that forgets what was shown is none.

        Half surrogate pairs are kept as ``�``: they cannot be written.

        Args:
            issued: What is about to be said.
            texts: The texts of the cited documents, as they were read, in any order.

        Returns:
            The entry as it is kept.

        Raises:
            ValueError: A cited version is not among the texts, or does not hold the quote.
            StoreError: The records cannot be written.
        """
        versions = {hash_of(text): text for text in texts}
        for cited in issued.citations:
            if cited.span.of(versions.get(cited.text_hash, "")) != cited.quote:
                raise ValueError(f"the text of {cited.path} does not hold the quote")
        wanted = {cited.text_hash for cited in issued.citations}
        with self._database.transaction() as connection:
            for version in sorted(wanted):
                keep(connection, version, versions[version])
            seq, content = self._add(connection, issued.to_dict())
        return entry_of(seq, content)

    def find(self, name: str) -> LedgerEntry:
        """Return the entry with this id, or the beginning of one in either case.

        Raises:
            NotFoundError: There is none, or several.
            StoreError: The records cannot be read.
        """
        digits = normal(name)
        found = _entries(self._database.rows(_NAMED, digits, _SHOWN + 1)) if digits else ()
        if not found:
            raise NotFoundError(
                f"no answer {name!r} in the ledger", hint="it was never given, or was erased"
            )
        if len(found) > 1:
            first = ", ".join(entry.id for entry in found[:_SHOWN])
            more = ", …" * (len(found) > _SHOWN)
            raise NotFoundError(f"several answers are {name!r}", hint=f"one of {first}{more}")
        return found[0]

    def listing(
        self, limit: int | None = None, conversation: str | None = None
    ) -> tuple[LedgerEntry, ...]:
        """Return what was said, the latest first, without what was erased.

        Args:
            limit: At most so many; None for all.
            conversation: Only what belongs to the conversation with this key.

        Raises:
            StoreError: The records cannot be read.
        """
        count = -1 if limit is None else limit
        if conversation is None:
            return _entries(self._database.rows(_LISTED, count))
        return _entries(self._database.rows(_OF_CONVERSATION, conversation, count))

    def export(self) -> Iterator[str]:
        r"""Yield the whole ledger as JSON lines, in order, each with its ``\n``.

        An entry has ``content``, ``salt``, ``commitment`` and ``link``, bytes as hexadecimal
        digits: whoever has the lines can check the chain without this program. ``content`` is the
        canonical text itself, so that it hashes to the same. Of an erased entry the first two
        are null.

        Raises:
            StoreError: The records cannot be read.
        """
        for page in pages(self._database):
            yield from map(_line, page)

    def anchor(self) -> Anchor:
        """Return the newest link: kept elsewhere, it shows later whether the tail was cut.

        Raises:
            StoreError: The records cannot be read.
        """
        rows = self._database.rows("SELECT seq, link FROM ledger ORDER BY seq DESC LIMIT 1")
        for seq, newest in rows:
            return Anchor(cast("int", seq), cast("bytes", newest).hex())
        return Anchor(0, GENESIS.hex())

    def verify_chain(self, anchor: Anchor | None = None) -> ChainReport:
        """Walk along the whole ledger and say at which entries it is not as it was written.

        Args:
            anchor: A link that was exported earlier: the ledger has to pass through it.

        Raises:
            StoreError: The records cannot be read.
        """
        return walk(self._database, anchor)

    def erase(self, *entries: str) -> int:
        """Erase the words of entries, and of versions that nothing else stands on.

        Number, commitment and link stay, and one more entry says which numbers were erased.

        Args:
            entries: Whole ids.

        Returns:
            How many were erased.

        Raises:
            NotFoundError: One of them is not there; none is erased then.
            StoreError: The records cannot be written.
        """
        wanted = sorted(set(entries))
        return self._erase(_BY_ID, json.dumps(wanted), at_least=len(wanted))

    def erase_conversation(self, key: str) -> int:
        """Erase what belongs to a conversation, as ``erase`` does, and return how many.

        The empty key, which is that of no conversation, erases nothing.
        """
        return self._erase(_BY_CONVERSATION, key)

    def erase_before(self, moment: datetime) -> int:
        """Erase what was said before a moment, as ``erase`` does, and return how many."""
        return self._erase(_BY_AGE, _written(moment))

    def _erase(self, query: str, value: str, *, at_least: int = 0) -> int:
        with self._database.transaction() as connection:
            found = [int(seq) for (seq,) in connection.execute(query, (value,))]
            if len(found) < at_least:
                raise NotFoundError("no such answer in the ledger")
            if not found:
                return 0
            self._add(connection, {"kind": ERASURE, "erased": runs(found)})
            connection.execute(_ERASE, (json.dumps(found),))
            drop_unused(connection)
        self._database.fold()
        return len(found)

    def _add(self, connection: sqlite3.Connection, fields: Mapping[str, object]) -> tuple[int, str]:
        """Add a link to the chain within a transaction; return its number and its content."""
        said = _written(datetime.fromtimestamp(self._clock(), UTC))
        content = canonical({**fields, "schema": 1, "id": self._ids.make(), "said": said})
        salt = self._random(SALT_BITS).to_bytes(SALT_BITS // 8, "big")
        committed = commitment(salt, content)
        newest = connection.execute("SELECT seq, link FROM ledger ORDER BY seq DESC LIMIT 1")
        last, before = newest.fetchone() or (0, GENESIS)
        seq = int(last) + 1
        connection.execute(
            "INSERT INTO ledger (seq, commitment, link) VALUES (?, ?, ?)",
            (seq, committed, link(before, committed)),
        )
        connection.execute(
            "INSERT INTO ledger_contents (seq, salt, content) VALUES (?, ?, ?)",
            (seq, salt, content),
        )
        rows = citation_rows(fields_of(content))
        connection.executemany(_CITE, [(seq, *row) for row in rows])
        return seq, content


def _written(moment: datetime) -> str:
    """Return a moment in the one form that sorts as the moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _entries(rows: Iterable[tuple[object, ...]]) -> tuple[LedgerEntry, ...]:
    return tuple(entry_of(cast("int", seq), str(content)) for seq, content in rows)


def _line(row: ChainRow) -> str:
    line = {
        "seq": row.seq,
        "content": row.content,
        "salt": row.salt.hex() if row.salt is not None else None,
        "commitment": row.commitment.hex(),
        "link": row.link.hex(),
    }
    return json.dumps(line, ensure_ascii=False) + "\n"
