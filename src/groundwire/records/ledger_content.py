"""An entry of the ledger in its stored form: canonical JSON, and the citations in it as rows."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from groundwire.domain.errors import StoreError
from groundwire.domain.ledger import Cited, Issued, LedgerEntry, SaidSentence
from groundwire.domain.spans import Span
from groundwire.records.storable import storable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ERASURE = "erasure"
"""The kind of an entry that says which entries were erased; it is no answer."""


def canonical(fields: Mapping[str, object]) -> str:
    """Return the one JSON text of these fields: sorted keys, no spaces, any letter as it is."""
    dumped = json.dumps(
        fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return storable(dumped)


def fields_of(content: str) -> dict[str, Any]:
    """Return the fields of a stored text."""
    return cast("dict[str, Any]", json.loads(content))


def entry_of(seq: int, content: str) -> LedgerEntry:
    """Return the entry that a stored text holds.

    Raises:
        StoreError: It holds none: somebody else wrote it.
    """
    try:
        fields = fields_of(content)
        said = datetime.fromisoformat(fields["said"])
        return LedgerEntry(seq, fields["id"], said, _issued(fields))
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError(
            f"entry {seq} of the ledger is damaged", hint="restore the records from a backup"
        ) from error


def citation_rows(fields: Mapping[str, Any]) -> list[tuple[object, ...]]:
    """Return what finds the citations of an entry.

    Returns:
        For each citation, sentence by sentence: its place counted from 0, index, document, version,
        start, end and quote; nothing for an erasure.
    """
    cited = [each for said in fields.get("sentences", ()) for each in said["citations"]]
    return [
        (
            place,
            fields["index"],
            *(each[name] for name in ("doc_id", "text_hash", "start", "end", "quote")),
        )
        for place, each in enumerate(cited)
    ]


def runs(numbers: Iterable[int]) -> list[list[int]]:
    """Return rising numbers as runs, each by its first and its last number."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return found


def _issued(fields: Mapping[str, Any]) -> Issued:
    return Issued(
        kind=fields["kind"],
        door=fields["door"],
        index=fields["index"],
        question=fields["question"],
        engine=fields["engine"],
        outcome=fields["outcome"],
        sentences=tuple(
            SaidSentence(each["text"], tuple(map(_cited, each["citations"])))
            for each in fields["sentences"]
        ),
        model=fields["model"],
        conversation=fields["conversation"],
        place=fields["place"],
    )


def _cited(stored: Mapping[str, Any]) -> Cited:
    return Cited(
        document_id=stored["doc_id"],
        root=stored["root"],
        path=stored["path"],
        title=stored["title"],
        span=Span(stored["start"], stored["end"]),
        quote=stored["quote"],
        text_hash=stored["text_hash"],
    )
