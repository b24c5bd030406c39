"""The chain of the ledger: each entry commits to its content and to all entries before it.

The commitment of an entry is SHA-256 of a random salt and its canonical JSON; its link is SHA-256
of the link before and the commitment. Erasing takes content and salt away and leaves both hashes:
the chain can still be walked, and without the salt nobody can find out the words by trial. An
erasure is an entry too, so content that is gone and was not erased shows.

A chain shows what was altered by somebody who does not write it anew from there on. Against the
others stands an anchor: the newest link, kept where they cannot write.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from groundwire.domain.ledger import Anchor, ChainBreak, ChainReport
from groundwire.records.ledger_content import ERASURE, citation_rows, fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.domain.ledger import ChainFault
    from groundwire.records.database import Database

GENESIS: Final = bytes(32)
"""What stands in the place of the link before the first entry."""

SALT_BITS: Final = 256

_PAGE: Final = 500
_ENTRIES: Final = """
    SELECT l.seq, l.commitment, l.link, c.salt, c.content
    FROM ledger AS l LEFT JOIN ledger_contents AS c USING (seq)
    WHERE l.seq > ? ORDER BY l.seq LIMIT ?
"""
_CITATIONS: Final = """
    SELECT seq, place, index_key, document, version, start, end, quote FROM ledger_citations
    WHERE seq BETWEEN ? AND ? ORDER BY seq, place
"""
_STRAY: Final = """
    SELECT seq FROM ledger_contents WHERE seq > ? AND seq NOT IN (SELECT seq FROM ledger)
"""
_LINKS: Final = "SELECT seq, link FROM ledger ORDER BY seq"


_Cited = dict[int, list[tuple[object, ...]]]


@dataclass(frozen=True, slots=True)
class ChainRow:
    """An entry as the chain sees it.

    Attributes:
        seq: Its number.
        commitment: Hash of salt and content.
        link: Hash of the link before and the commitment.
        salt: The salt; None where the entry was erased.
        content: Its canonical JSON; None where the entry was erased.
    """

    seq: int
    commitment: bytes
    link: bytes
    salt: bytes | None
    content: str | None


def commitment(salt: bytes, content: str) -> bytes:
    """Return the hash that binds an entry to its content."""
    return hashlib.sha256(salt + content.encode()).digest()


def link(previous: bytes, committed: bytes) -> bytes:
    """Return the hash that binds an entry to all before it."""
    return hashlib.sha256(previous + committed).digest()


def pages(database: Database) -> Iterator[tuple[ChainRow, ...]]:
    """Yield the entries in order, some hundreds at a time, the erased ones too."""
    last = 0
    while page := _rows(database, last):
        last = page[-1].seq
        yield page


def _page(database: Database, last: int) -> tuple[tuple[ChainRow, ...], _Cited] | None:
    """Return the next entries and their citations, of one moment: others may be erasing."""
    with database.transaction():
        rows = _rows(database, last)
        if not rows:
            return None
        cited: _Cited = {}
        for seq, *rest in database.rows(_CITATIONS, rows[0].seq, rows[-1].seq):
            cited.setdefault(cast("int", seq), []).append(tuple(rest))
        return rows, cited


def _rows(database: Database, last: int) -> tuple[ChainRow, ...]:
    rows = database.rows(_ENTRIES, last, _PAGE)
    return tuple(ChainRow(*cast("tuple[int, bytes, bytes, bytes, str]", row)) for row in rows)


def walk(database: Database, anchor: Anchor | None = None) -> ChainReport:
    """Check the whole chain, every content, and the table that finds citations.

    Args:
        database: The records.
        anchor: A link that was exported earlier: the ledger has to pass through it.

    Raises:
        StoreError: The records cannot be read.
    """
    found = _Walk(database)
    anchored = anchor is None or anchor == Anchor(0, GENESIS.hex())
    while page := _page(database, found.seq):
        found.take(*page)
        anchored = anchored or any((row.seq, row.link.hex()) == _pair(anchor) for row in page[0])
    found.finish()
    if anchor is not None and not anchored:
        there = f"has no entry {anchor.seq}" if anchor.seq > found.seq else "was written anew"
        found.note(anchor.seq, "cut", f"the ledger {there}: it does not pass through the anchor")
    newest = Anchor(found.seq, found.link.hex())
    erased = len(found.bare & found.erased)
    return ChainReport(newest, erased, tuple(sorted(found.breaks, key=_by_number)))


@dataclass(slots=True)
class _Walk:
    """How far the walk has come, and what it met."""

    database: Database
    seq: int = 0
    link: bytes = GENESIS
    bare: set[int] = field(default_factory=set)
    erased: set[int] = field(default_factory=set)
    breaks: list[ChainBreak] = field(default_factory=list)
    _sought: bool = False

    def note(self, seq: int, fault: ChainFault, message: str) -> None:
        """Note a break."""
        self.breaks.append(ChainBreak(seq, fault, message))

    def take(self, page: tuple[ChainRow, ...], cited: _Cited) -> None:
        """Check some entries, in order."""
        for row in page:
            if row.seq != self.seq + 1:
                missing = f"entries {self.seq + 1} to {row.seq - 1} are"
                if row.seq == self.seq + 2:
                    missing = f"entry {row.seq - 1} is"
                self.note(self.seq + 1, "removed", f"{missing} missing")
            elif link(self.link, row.commitment) != row.link:
                self._unlinked(row)
            self._content(row, cited.get(row.seq, []))
            self.seq, self.link = row.seq, row.link

    def finish(self) -> None:
        """Look for contents that are gone without an erasure, or that no entry stands for."""
        for seq in self.bare - self.erased:
            self.note(seq, "removed", f"the content of entry {seq} is gone and was not erased")
        for (stray,) in self.database.rows(_STRAY, self.seq):
            self.note(cast("int", stray), "removed", f"entry {stray} is missing")

    def _content(self, row: ChainRow, cited: list[tuple[object, ...]]) -> None:
        if row.content is None or row.salt is None:
            self.bare.add(row.seq)
            return
        if commitment(row.salt, row.content) != row.commitment:
            self.note(row.seq, "altered", f"the content of entry {row.seq} was altered")
            return
        try:
            self._meaning(row.seq, row.content, cited)
        except (KeyError, TypeError, ValueError):
            self.note(row.seq, "altered", f"the content of entry {row.seq} is none of this program")

    def _meaning(self, seq: int, content: str, cited: list[tuple[object, ...]]) -> None:
        fields = fields_of(content)
        if fields["kind"] == ERASURE:
            for first, last in fields["erased"]:
                self.erased.update(range(max(first, 1), min(last + 1, seq)))
        if citation_rows(fields) != cited:
            message = f"the table of citations does not say what entry {seq} says"
            self.note(seq, "citations", message)

    def _unlinked(self, row: ChainRow) -> None:
        """Note a wrong link; for the first one, look whether it follows from another entry."""
        if not self._sought:
            self._sought = True
            for seq, before in self.database.rows(_LINKS):
                if link(cast("bytes", before), row.commitment) == row.link:
                    message = f"entry {row.seq} was written after the one that is now entry {seq}"
                    self.note(row.seq, "order", message)
                    return
        message = f"entry {row.seq} does not follow from the one before it"
        self.note(row.seq, "link", message)


def _pair(anchor: Anchor | None) -> tuple[int, str] | None:
    return (anchor.seq, anchor.link) if anchor else None


def _by_number(found: ChainBreak) -> int:
    return found.seq
