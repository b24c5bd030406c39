"""Documents held side by side: statements, how they differ, and whole comparisons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from groundwire.domain.claims import Citation
    from groundwire.domain.documents import DocumentInfo
    from groundwire.domain.spans import Span

DifferenceLabel = Literal["conflict", "update", "detail", "scope"]
ValueKind = Literal["number", "date", "place", "name", "quote"]
ChangeKind = Literal[
    "number",
    "date",
    "name",
    "quote",
    "attribution_softened",
    "attribution_hardened",
    "reworded",
    "added",
    "removed",
]
ComparisonLabel = Literal["same", "versions", "copies", "reports", "unrelated"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of one document, and the value in it that is looked at.

    Attributes:
        citation: The sentence, exactly as it stands.
        source: The outlet; empty if unknown.
        published: The document's day of publication, or None.
        value: Where the value stands in the document's text; None where it is the whole sentence.
        speaker: Whom the sentence names as saying it; empty if it says it itself.
    """

    citation: Citation
    source: str
    published: date | None
    value: Span | None = None
    speaker: str = ""

    def __post_init__(self) -> None:
        """Check that the value stands in the sentence."""
        if self.value is not None and not self.citation.span.contains(self.value):
            message = "the value of a statement stands in its sentence"
            raise ValueError(message)

    @property
    def value_text(self) -> str:
        """The characters of the value; those of the sentence where there is none."""
        if self.value is None:
            return self.citation.quote
        return self.value.shift(-self.citation.span.start).of(self.citation.quote)

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of a statement."""
        return {
            **self.citation.to_dict(),
            "source": self.source,
            "published": self.published.isoformat() if self.published else None,
            "value": self.value_text if self.value else None,
            "value_start": self.value.start if self.value else None,
            "value_end": self.value.end if self.value else None,
            "speaker": self.speaker,
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """What two or more statements give different values for.

    It is a candidate: found by rule, never resolved, for people to judge.

    Attributes:
        label: ``conflict``: independent reports, incompatible values of the same thing;
            ``update``: a later value of the same thing; ``detail``: one value said more exactly;
            ``scope``: values of different things.
        kind: What sort of value.
        about: What the values are of, in a few words of the documents.
        statements: The statements, by day of publication; at least two, of two documents.
    """

    label: DifferenceLabel
    kind: ValueKind
    about: str
    statements: tuple[Statement, ...]

    def __post_init__(self) -> None:
        """Check that two documents are held side by side."""
        if len({each.citation.document_id for each in self.statements}) < 2:  # noqa: PLR2004 -- two sides
            message = "a difference is between statements of two documents"
            raise ValueError(message)

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form that answers print in ``conflicts``."""
        return {
            "label": self.label,
            "candidate": True,
            "kind": self.kind,
            "about": self.about,
            "statements": [each.to_dict() for each in self.statements],
        }


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two statements, one of each document, that say the same.

    Attributes:
        left: The statement of the left document.
        right: The statement of the right document.
        similarity: Cosine of the sentences' vectors, from -1 to 1.
        shared: The values that both give, as written on the left.
    """

    left: Statement
    right: Statement
    similarity: float
    shared: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of an agreement."""
        return {
            "left": self.left.to_dict(),
            "right": self.right.to_dict(),
            "similarity": round(self.similarity, 4),
            "shared": list(self.shared),
        }


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a sentence between two versions of one story.

    Attributes:
        kind: What sort of change.
        left: The older statement; None if it was added.
        right: The newer statement; None if it was removed.
        before: The words that went; empty if none did.
        after: The words that came; empty if none did.
    """

    kind: ChangeKind
    left: Statement | None
    right: Statement | None
    before: str = ""
    after: str = ""

    def __post_init__(self) -> None:
        """Check that a change has the sides that its kind says."""
        if (self.left is None, self.right is None) != (
            self.kind == "added",
            self.kind == "removed",
        ):
            message = f"{self.kind}: left and right do not fit"
            raise ValueError(message)

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of a change."""
        return {
            "kind": self.kind,
            "left": self.left.to_dict() if self.left else None,
            "right": self.right.to_dict() if self.right else None,
            "before": self.before,
            "after": self.after,
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two documents held side by side.

    Attributes:
        left: The left document; of two versions the older one is not assumed to be it.
        right: The right document.
        label: ``same`` text, ``versions`` of one story, ``copies`` of one report, independent
            ``reports`` on one event, or ``unrelated``.
        agreements: What both say, in the order of the left document.
        conflicts: Values that do not go together.
        updates: Later values of the same thing.
        details: Values that go together, one more exact than the other.
        only_left: What only the left document says, in order.
        only_right: What only the right document says, in order.
        changes: For versions and copies, what changed from left to right, in order.
    """

    left: DocumentInfo
    right: DocumentInfo
    label: ComparisonLabel
    agreements: tuple[Agreement, ...] = ()
    conflicts: tuple[Difference, ...] = ()
    updates: tuple[Difference, ...] = ()
    details: tuple[Difference, ...] = ()
    only_left: tuple[Statement, ...] = ()
    only_right: tuple[Statement, ...] = ()
    changes: tuple[Change, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object (schema 1) that ``compare --json`` prints."""
        return {
            "schema": 1,
            "left": self.left.to_dict(),
            "right": self.right.to_dict(),
            "relation": self.label,
            "agreements": [each.to_dict() for each in self.agreements],
            "conflicts": [each.to_dict() for each in self.conflicts],
            "updates": [each.to_dict() for each in self.updates],
            "details": [each.to_dict() for each in self.details],
            "only_left": [each.to_dict() for each in self.only_left],
            "only_right": [each.to_dict() for each in self.only_right],
            "changes": [each.to_dict() for each in self.changes],
        }
