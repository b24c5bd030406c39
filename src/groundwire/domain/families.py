"""Copy families: documents that carry one text, and how many independent reports there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groundwire.domain.documents import DocumentInfo


@dataclass(frozen=True, slots=True)
class Family:
    """A report and its copies, nearly word for word or cut from it.

    Attributes:
        origin: The member that was published first; of several on one day the longest, for the
            others are cut from it, and then the first by path. Undated members come last.
        copies: The others, in the same order; at least one.
    """

    origin: DocumentInfo
    copies: tuple[DocumentInfo, ...]

    def __post_init__(self) -> None:
        """Check that a family has more than one member, nobody twice."""
        ids = [member.id for member in self.members]
        if not self.copies or len(set(ids)) != len(ids):
            message = "a family has an origin and copies of it, each once"
            raise ValueError(message)

    @property
    def members(self) -> tuple[DocumentInfo, ...]:
        """The origin and its copies."""
        return (self.origin, *self.copies)

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form that ``docs --families --json`` prints."""
        return {
            "origin": self.origin.to_dict(),
            "copies": [copy.to_dict() for copy in self.copies],
        }


@dataclass(frozen=True, slots=True)
class Corroboration:
    """On how many documents something stands, and how many of them report for themselves.

    Attributes:
        documents: Documents that say it, copies among them.
        independent: Families among these: a report and its copies count once.
    """

    documents: int
    independent: int

    def __post_init__(self) -> None:
        """Check that there are no more reports than documents."""
        if not 0 <= self.independent <= self.documents or (self.documents and not self.independent):
            message = f"{self.independent} independent reports in {self.documents} documents"
            raise ValueError(message)

    @property
    def words(self) -> str:
        """The counts in words, such as ``5 documents, 2 independent reports``."""
        documents = f"{self.documents} document{'s' * (self.documents != 1)}"
        reports = f"{self.independent} independent report{'s' * (self.independent != 1)}"
        return f"{documents}, {reports}"

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form that answers and summaries print as ``families``."""
        return {"documents": self.documents, "independent": self.independent}


NO_CORROBORATION = Corroboration(0, 0)
