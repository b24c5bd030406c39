"""Copy families: what is kept to find copies by, and the families that follow from it.

Identical texts share one print. Prints that have bands in common are candidates; whoever made the
print looks at their texts and says how much they share. What is stored of two texts is a function
of these two alone, so it does not matter which of them came first, and when a document leaves, no
more has to be done than to take its own rows along.

A family is a tree: every document is the copy of at most one, that among the earlier ones which it
shares most with. So a digest of two stories does not make one of them, while copies of one story
that have nothing in common with each other are still of one family.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from groundwire.domain.families import Family
from groundwire.index import reading
from groundwire.index.scoping import conditions

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from groundwire.domain.documents import DocumentId
    from groundwire.domain.retrieval import Scope


class Print(Protocol):
    """What copies of a text are found by. Equal texts have equal prints."""

    @property
    def size(self) -> int:
        """How much there is to share; 0 for a text that only its like is a copy of."""

    @property
    def bands(self) -> NDArray[np.int64]:
        """Numbers, ascending, each once, some of which copies have in common."""

    def may_share(self, bands: int, size: int) -> bool:
        """Return whether a print of this size may be a copy's, with so many bands in common."""

    def shared_with(self, text: str) -> int:
        """Return how much the texts share if one is a copy of the other, else 0."""


class Member(NamedTuple):
    """A document of which there are copies.

    Attributes:
        number: Number of its print.
        size: How much there is to share.
        published: Day of publication in ISO form; later than any if unknown.
        path: Its path.
        root: Its root.
        id: Its id.
    """

    number: int
    size: int
    published: str
    path: str
    root: str
    id: DocumentId

    @property
    def age(self) -> tuple[str, int, str, str]:
        """What the earliest member has the least of: day, want of text, path, root."""
        return self.published, -self.size, self.path, self.root


_UNDATED = "~"
"""Sorts behind every day."""

_MEMBERS = f"""
SELECT prints.number, size, coalesce(published, '{_UNDATED}'), path, root, documents.id
FROM prints JOIN documents USING (text_hash)
WHERE prints.number IN (SELECT one FROM copies)
    OR text_hash IN (
        SELECT text_hash FROM documents WHERE text_hash IN (SELECT text_hash FROM prints)
        GROUP BY text_hash HAVING count(*) > 1
    )
"""  # noqa: S608  # a constant of this file


def insert_print(connection: sqlite3.Connection, text_hash: str, made: Print) -> None:
    """Store what copies of a text are found by, and which of the stored texts are copies.

    Called before the text's own document is stored.
    """
    if connection.execute("SELECT 1 FROM prints WHERE text_hash = ?", (text_hash,)).fetchone():
        return
    number = connection.execute(
        "INSERT INTO prints (text_hash, size, bands) VALUES (?, ?, ?)",
        (text_hash, made.size, made.bands.astype("<i8").tobytes()),
    ).lastrowid
    bands = made.bands.tolist()
    for other, text in _candidates(connection, bands, made):
        shared = made.shared_with(text)
        if shared:
            pairs = ((number, other, shared), (other, number, shared))
            connection.executemany("INSERT INTO copies VALUES (?, ?, ?)", pairs)
    connection.executemany("INSERT INTO bands VALUES (?, ?)", ((band, number) for band in bands))


def _candidates(
    connection: sqlite3.Connection, bands: Sequence[int], made: Print
) -> list[tuple[int, str]]:
    """Return the stored prints that may be those of copies, each with its text."""
    rows = connection.execute(
        "SELECT print, count(*), size FROM json_each(?) AS wanted"
        " JOIN bands ON bands.band = wanted.value"
        " JOIN prints ON prints.number = print GROUP BY print",
        (json.dumps(bands),),
    )
    numbers = [number for number, found, size in rows if made.may_share(found, size)]
    return connection.execute(
        "SELECT prints.number, (SELECT text FROM texts JOIN documents USING (number)"
        " WHERE documents.text_hash = prints.text_hash LIMIT 1)"
        " FROM prints WHERE prints.number IN (SELECT value FROM json_each(?))",
        (json.dumps(numbers),),
    ).fetchall()


def delete_print(connection: sqlite3.Connection, text_hash: str) -> None:
    """Take a text's print away if no document has the text any more."""
    row = connection.execute(
        "SELECT number, bands FROM prints WHERE text_hash = :text"
        " AND NOT EXISTS (SELECT 1 FROM documents WHERE text_hash = :text)",
        {"text": text_hash},
    ).fetchone()
    if row is None:
        return
    number, bands = row
    connection.execute(
        "DELETE FROM copies WHERE (one, other) IN (SELECT other, one FROM copies WHERE one = ?)",
        (number,),
    )
    connection.execute("DELETE FROM copies WHERE one = ?", (number,))
    connection.executemany(
        "DELETE FROM bands WHERE band = ? AND print = ?",
        ((band, number) for band in np.frombuffer(bands, "<i8").tolist()),
    )
    connection.execute("DELETE FROM prints WHERE number = ?", (number,))


def families(connection: sqlite3.Connection, scope: Scope) -> tuple[tuple[DocumentId, ...], ...]:
    """Return the copy families, as if there were no other documents than those in scope.

    Returns:
        Members by age, families by their first.
    """
    where, values = conditions(scope)
    rows = connection.execute(f"SELECT id FROM documents WHERE {where}", values)  # noqa: S608  # values are bound
    inside = None if scope.is_everything() else {row[0] for row in rows}
    everyone = [Member(*row) for row in connection.execute(_MEMBERS)]
    if inside is not None:
        everyone = [member for member in everyone if member.id in inside]
    shared: dict[int, dict[int, int]] = defaultdict(dict)
    for one, other, amount in connection.execute("SELECT one, other, shared FROM copies"):
        shared[one][other] = amount
    groups: dict[int, list[Member]] = defaultdict(list)
    tops = _tops(everyone, shared)
    for member in everyone:
        groups[tops[member.number]].append(member)
    found = [sorted(group, key=lambda member: member.age) for group in groups.values()]
    found = sorted((each for each in found if len(each) > 1), key=lambda each: each[0].age)
    return tuple(tuple(member.id for member in group) for group in found)


def in_scope(
    connection: sqlite3.Connection, families: Iterable[Sequence[DocumentId]], scope: Scope
) -> tuple[Family, ...]:
    """Return the families that have at least two members in scope, without the others."""
    families = list(families)
    everyone = [each for family in families for each in family]
    infos = {info.id: info for info in reading.documents(connection, scope, among=everyone)}
    here = ([infos[each] for each in family if each in infos] for family in families)
    return tuple(Family(family[0], tuple(family[1:])) for family in here if len(family) > 1)


def _tops(members: Iterable[Member], shared: Mapping[int, Mapping[int, int]]) -> dict[int, int]:
    """Return for each print that at the top of its tree.

    A print is as old as the first document that has it. Of several of one day, or without a day,
    the longest counts as the first: the others are cut from it.
    """
    first: dict[int, tuple[str, int, str, str]] = {}
    for member in members:
        order = (member.published, -member.size, member.path, member.root)
        first[member.number] = min(order, first.get(member.number, order))
    tops: dict[int, int] = {}
    for number in sorted(first, key=first.__getitem__):
        earlier = [other for other in shared.get(number, ()) if other in tops]
        if earlier:
            source = min(earlier, key=lambda other: (-shared[number][other], first[other]))
            tops[number] = tops[source]
        else:
            tops[number] = number
    return tops
