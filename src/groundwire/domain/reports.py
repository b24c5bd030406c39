"""Reports: what a sync did and what the doctor found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class SyncFailure:
    """One file that could not be indexed: a line in the report, never an exception.

    Attributes:
        path: The file, as people would name it.
        reason: Why, in one line.
    """

    path: str
    reason: str

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of one failure."""
        return {"path": self.path, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Moved:
    """A document that was found again at another path, with the same content.

    Attributes:
        before: Its path as it was indexed.
        path: Its path now.
    """

    before: str
    path: str

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of one move."""
        return {"before": self.before, "path": self.path}


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync or a forget did, as paths.

    Attributes:
        added: Documents that were new.
        changed: Documents whose text or metadata changed.
        moved: Documents whose file was moved or renamed.
        removed: Documents that are gone from their root, or whose root was forgotten.
        unchanged: Documents that were left as they were.
        failures: Files that could not be indexed.
        encoded: Number of passages that went through the encoder.
        cancelled: Whether the work was stopped early; what was done is kept.
        recalled: How many earlier answers do not stand any more for what was changed or removed.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    moved: tuple[Moved, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failures: tuple[SyncFailure, ...] = ()
    encoded: int = 0
    cancelled: bool = False
    recalled: int = 0

    @property
    def documents(self) -> int:
        """How many documents of the synced roots are in the index now."""
        return sum(map(len, (self.added, self.changed, self.moved, self.unchanged)))

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object (schema 1) that ``index --json`` prints."""
        return {
            "schema": 1,
            "added": list(self.added),
            "changed": list(self.changed),
            "moved": [moved.to_dict() for moved in self.moved],
            "removed": list(self.removed),
            "unchanged": list(self.unchanged),
            "failures": [failure.to_dict() for failure in self.failures],
            "encoded": self.encoded,
            "cancelled": self.cancelled,
            "recalled": self.recalled,
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the doctor looked at.

    Attributes:
        check: What was looked at, in a word or two.
        status: ``ok``, ``warning`` or ``problem``.
        message: What was found, in one line.
        fix: The command or setting that mends it; empty if nothing has to be.
    """

    check: str
    status: Literal["ok", "warning", "problem"]
    message: str
    fix: str = ""

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of one finding."""
        return {
            "check": self.check,
            "status": self.status,
            "message": self.message,
            "fix": self.fix or None,
        }
