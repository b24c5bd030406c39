"""An old answer, checked today: its record, the versions it stood on, the documents of now."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from groundwire.domain.recalls import Verification
from groundwire.records.standing import GONE, Reading, standing, unchanged
from groundwire.records.versions import Versions

if TYPE_CHECKING:
    from collections.abc import Callable

    from groundwire.domain.documents import DocumentId
    from groundwire.domain.ledger import Anchor, ChainReport, Cited
    from groundwire.domain.recalls import CurrentText, Present
    from groundwire.records.ledger import Ledger


def verify(
    ledger: Ledger,
    name: str,
    current: Callable[[DocumentId], CurrentText | None],
    anchor: Anchor | None = None,
) -> Verification:
    """Check an old answer: the chain, the kept versions, and every quote in the documents of now.

    Args:
        ledger: The ledger.
        name: The entry's id, or the beginning of one.
        current: Gives a document as it stands in the index that was asked; None if it is gone.
        anchor: A link that was exported earlier: the ledger has to pass through it.

    Raises:
        NotFoundError: There is no such entry, or several.
        StoreError: The records cannot be read.
    """
    entry = ledger.find(name)
    chain = ledger.verify_chain(anchor)
    versions = Versions(ledger.database)
    texts = [versions.text(cited.text_hash) for cited in entry.issued.citations]
    pairs = list(zip(entry.issued.citations, texts, strict=True))
    kept = tuple(text is not None and cited.span.of(text) == cited.quote for cited, text in pairs)
    present = tuple(_present(cited, text, current(cited.document_id)) for cited, text in pairs)
    return Verification(entry, chain, kept, present, _verdict(chain, kept, present))


def _present(cited: Cited, text: str | None, current: CurrentText | None) -> Present:
    if current is None:
        return GONE
    if current.text_hash == cited.text_hash:
        return unchanged(cited.quote, cited.span, current)
    then = Reading(text) if text is not None else None
    return standing(cited.quote, cited.span, then, Reading(current.text), current.path)


def _verdict(chain: ChainReport, kept: tuple[bool, ...], present: tuple[Present, ...]) -> str:
    """Return the finding in words: first whether the record can be trusted, then what it says."""
    said = []
    if not chain.sound:
        said.append(f"The ledger was tampered with: {chain.breaks[0].message}.")
    if not all(kept):
        lost = kept.count(False)
        said.append(f"Of {len(kept)} quotes, {lost} cannot be held against the kept version.")
    return " ".join((*said, _standing(present)))


def _standing(present: tuple[Present, ...]) -> str:
    if not present:
        return "The answer cites nothing."
    stand, broken = Counter(now.standing for now in present), []
    if stand["changed"]:
        broken.append(f"{stand['changed']} changed")
    if stand["removed"]:
        broken.append(f"{stand['removed']} lost the document")
    if broken:
        found = " and ".join(broken)
        return f"The answer does not stand as it was given: of {len(present)} quotes, {found}."
    if stand["moved"]:
        return f"The answer stands: of {len(present)} quotes, {stand['moved']} moved."
    return "The answer stands: every quote is where it was."
