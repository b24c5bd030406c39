"""Quotations that somebody wants to print, and what the documents have of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from groundwire.domain.claims import Citation
    from groundwire.domain.documents import DocumentInfo

QuoteLabel = Literal["exact", "altered", "spliced", "misattributed", "absent"]


@dataclass(frozen=True, slots=True)
class QuotePlace:
    """Where a document has the words, or those that come closest.

    Attributes:
        citation: The words as they stand in the document.
        document: The document's entry.
        speaker: Who says them there, as written; empty if nobody is named.
        quoted: Whether they stand between quotation marks there: somebody's words, not the
            document's own.
        sentence: The sentence, or the sentences, around them, for people.
    """

    citation: Citation
    document: DocumentInfo
    speaker: str = ""
    quoted: bool = False
    sentence: str = ""

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of a place."""
        published = self.document.published
        return {
            **self.citation.to_dict(),
            "title": self.document.title,
            "source": self.document.source,
            "published": published.isoformat() if published else None,
            "speaker": self.speaker,
            "quoted": self.quoted,
            "sentence": self.sentence,
        }


@dataclass(frozen=True, slots=True)
class QuoteEdit:
    """One run of words in which the quotation and the document differ.

    Attributes:
        given: The words of the quotation; empty if it lacks some.
        printed: The words of the document; empty if the quotation adds some.
    """

    given: str
    printed: str

    def __post_init__(self) -> None:
        """Check that there is a difference."""
        if self.given == self.printed:
            message = "an edit changes something"
            raise ValueError(message)

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of an edit."""
        return {"given": self.given, "printed": self.printed}


@dataclass(frozen=True, slots=True)
class QuoteReport:
    """What the documents have of a quotation.

    Attributes:
        text: What was asked about, as given.
        quotation: The words that were looked for, without speaker and outer quotation marks.
        label: ``exact``: word for word; ``altered``: with other words; ``spliced``: put together
            from several places; ``misattributed``: said, but by somebody else; ``absent``.
        claimed: The speaker that was given along; empty if none was.
        places: Where the words stand, the document that was published first foremost; for
            ``spliced`` one place a piece, in the order of the quotation; empty if ``absent``.
        edits: For ``altered`` and ``spliced``: how the first place, or the pieces, differ.
        similarity: Share of the quotation's words that stand in the place, from 0 to 1.
        nearest: For ``absent``: the passages that come closest in meaning, if any do.
    """

    text: str
    quotation: str
    label: QuoteLabel
    claimed: str = ""
    places: tuple[QuotePlace, ...] = ()
    edits: tuple[QuoteEdit, ...] = ()
    similarity: float = 0.0
    nearest: tuple[QuotePlace, ...] = ()

    def __post_init__(self) -> None:
        """Check that places are given if there are any, and only then."""
        if (self.label == "absent") != (not self.places):
            message = f"{self.label} with {len(self.places)} places"
            raise ValueError(message)

    @property
    def first(self) -> QuotePlace | None:
        """Who printed it first, as far as is known; None if nobody did."""
        return self.places[0] if self.places else None

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object (schema 1) that ``quote --json`` prints."""
        return {
            "schema": 1,
            "text": self.text,
            "quotation": self.quotation,
            "verdict": self.label,
            "claimed_speaker": self.claimed,
            "places": [place.to_dict() for place in self.places],
            "first": self.first.to_dict() if self.first else None,
            "edits": [edit.to_dict() for edit in self.edits],
            "similarity": round(self.similarity, 4),
            "nearest": [place.to_dict() for place in self.nearest],
        }
