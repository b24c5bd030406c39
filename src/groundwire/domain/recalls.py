"""Recalls: how the quotes of old answers stand in the documents of today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from groundwire.domain.ledger import hash_of

if TYPE_CHECKING:
    from datetime import datetime

    from groundwire.domain.ledger import ChainReport, Cited, Door, LedgerEntry
    from groundwire.domain.spans import Span

Standing = Literal["same", "moved", "changed", "removed"]
"""What became of a quote: where it was, elsewhere in the text, not as it was, document gone."""

BROKEN: frozenset[Standing] = frozenset({"changed", "removed"})
"""The standings for which an answer is recalled."""


@dataclass(frozen=True, slots=True)
class CurrentText:
    """A document's text as it stands in the index now.

    Attributes:
        path: Its path now.
        text: Its text.
        text_hash: The version: ``hash_of`` the text.
    """

    path: str
    text: str
    text_hash: str

    @classmethod
    def of(cls, path: str, text: str) -> CurrentText:
        """Return a text with its hash."""
        return cls(path, text, hash_of(text))


@dataclass(frozen=True, slots=True)
class Present:
    """What stands now in the place of a quote.

    Attributes:
        standing: What became of it.
        path: The document's path now; empty if it is gone.
        span: Where ``text`` stands now; None where nothing comes near.
        text: The quote itself if it stands, else the sentence that comes nearest, or nothing.
    """

    standing: Standing
    path: str = ""
    span: Span | None = None
    text: str = ""

    @property
    def broken(self) -> bool:
        """Whether what was said does not stand on this quote any more."""
        return self.standing in BROKEN

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of what stands there."""
        return {
            "standing": self.standing,
            "path": self.path or None,
            "start": self.span.start if self.span else None,
            "end": self.span.end if self.span else None,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Cause:
    """A citation that made a recall, and how it stands by the last check.

    Attributes:
        cited: What the answer stood on.
        now: What stands there.
    """

    cited: Cited
    now: Present

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of a cause."""
        return {"cited": self.cited.to_dict(), "now": self.now.to_dict()}


@dataclass(frozen=True, slots=True)
class Recall:
    """An answer that does not stand any more as it was given.

    Attributes:
        id: Its number.
        entry: The answer.
        found: When it was found, in UTC.
        causes: The citations that were found broken then.
        healed: When all of them stood again; None while one does not.
        told: The doors that have told people of it, sorted.
    """

    id: int
    entry: LedgerEntry
    found: datetime
    causes: tuple[Cause, ...]
    healed: datetime | None = None
    told: tuple[Door, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of a recall."""
        return {
            "recall": self.id,
            "entry": self.entry.to_dict(),
            "found": self.found.isoformat(),
            "causes": [cause.to_dict() for cause in self.causes],
            "healed": self.healed.isoformat() if self.healed else None,
            "told": list(self.told),
        }


@dataclass(frozen=True, slots=True)
class RecallCheck:
    """What a check of the ledger against the index found.

    Attributes:
        documents: Cited documents whose version is another than at the last check.
        citations: Citations that were looked at.
        moved: How many of them stand elsewhere in the text.
        recalled: Recalls that were made.
        healed: Recalls that stand no more: their quotes are back.
    """

    documents: int
    citations: int
    moved: int
    recalled: int
    healed: int


@dataclass(frozen=True, slots=True)
class Verification:
    """An old answer, checked today.

    Attributes:
        entry: The answer.
        chain: What a walk along the ledger found.
        kept: For each citation, whether the kept version is exact and holds the quote.
        present: For each citation, how it stands now.
        verdict: The finding in words.
    """

    entry: LedgerEntry
    chain: ChainReport
    kept: tuple[bool, ...]
    present: tuple[Present, ...]
    verdict: str

    def __post_init__(self) -> None:
        """Check that every citation was looked at."""
        if not len(self.kept) == len(self.present) == len(self.entry.issued.citations):
            raise ValueError("a verification looks at every citation")

    @property
    def stands(self) -> bool:
        """Whether the record is sound and every quote still stands in the documents."""
        return self.chain.sound and all(self.kept) and not any(now.broken for now in self.present)

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object (schema 1) that ``verify --json`` prints."""
        pairs = zip(self.entry.issued.citations, self.kept, self.present, strict=True)
        return {
            "schema": 1,
            "stands": self.stands,
            "verdict": self.verdict,
            "entry": self.entry.to_dict(),
            "chain": self.chain.to_dict(),
            "citations": [
                {"cited": cited.to_dict(), "kept": kept, "now": now.to_dict()}
                for cited, kept, now in pairs
            ],
        }
