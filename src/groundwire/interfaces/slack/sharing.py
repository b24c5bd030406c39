"""Sharing as the ledger has it: a channel sees what until then one person saw."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from groundwire.domain.errors import StoreError
from groundwire.records.versions import Versions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.domain.ledger import Cited
    from groundwire.interfaces.slack.occasions import Whereabouts
    from groundwire.interfaces.slack.ports import DocumentDesk
    from groundwire.records.ledger import Ledger


def enter_shared(desk: DocumentDesk, name: str, where: Whereabouts) -> str:
    """Enter an answer once more, where a channel is about to see it: there it will be recalled.

    Args:
        desk: Whose ledger it is in.
        name: Its id in the ledger.
        where: Where it will stand.

    Returns:
        The id of the new entry; empty where the answer does not stand any more.

    Raises:
        NotFoundError: It was erased.
        StoreError: The ledger cannot be read or written.
    """
    ledger = desk.ledger
    entry = ledger.find(name)
    if any(recall.entry.id == entry.id for recall in desk.recalls()):
        return ""
    issued = replace(entry.issued, place=where.model_dump())
    return ledger.append(issued, _texts(ledger, issued.citations)).id


def _texts(ledger: Ledger, citations: tuple[Cited, ...]) -> Iterator[str]:
    """Yield the kept texts that citations stand on, each once."""
    versions = Versions(ledger.database)
    for version in sorted({cited.text_hash for cited in citations}):
        text = versions.text(version)
        if text is None:
            raise StoreError("a text that an answer stands on is not kept any more")
        yield text
