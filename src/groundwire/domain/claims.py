"""Claims: one sentence each, with what it rests on and what a checker found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from groundwire.domain.documents import DocumentId, PassageId
    from groundwire.domain.spans import Span

VerdictLabel = Literal["quoted", "supported", "attribution_dropped", "unsupported", "contradicted"]

VERIFIED: frozenset[VerdictLabel] = frozenset({"quoted", "supported"})


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact characters that a claim rests on.

    Attributes:
        n: The number shown as ``[n]``: it counts passages in order of first citation, from 1.
        document_id: The cited document.
        passage_id: The passage that was found.
        path: The document's path, for people.
        span: Where the quote stands in the document's text.
        quote: Exactly ``document.text[span]``.
        locator: The place in words that people understand, such as ``¶ 4``.
    """

    n: int
    document_id: DocumentId
    passage_id: PassageId
    path: str
    span: Span
    quote: str
    locator: str

    def __post_init__(self) -> None:
        """Check that the quote can be the slice that the span names."""
        if len(self.quote) != len(self.span):
            message = f"the quote has {len(self.quote)} characters, its span {len(self.span)}"
            raise ValueError(message)
        if self.n < 1:
            message = f"citations are numbered from 1, not {self.n}"
            raise ValueError(message)

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of one citation."""
        return {
            "n": self.n,
            "doc_id": self.document_id,
            "path": self.path,
            "start": self.span.start,
            "end": self.span.end,
            "quote": self.quote,
            "locator": self.locator,
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a checker found when it held a sentence against its citation.

    Attributes:
        label: The finding; only ``quoted`` and ``supported`` count as verified.
        score: How sure the judge is, from 0 to 1; 1 for a verbatim quote.
        judge: Who judged, such as ``verbatim``.
        reasons: What spoke against the sentence, in words; empty if nothing did.
    """

    label: VerdictLabel
    score: float
    judge: str
    reasons: tuple[str, ...] = ()

    @property
    def verified(self) -> bool:
        """Whether a sentence with this verdict may be shown as an answer."""
        return self.label in VERIFIED


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer, what it rests on, and what was found of it.

    Attributes:
        text: The sentence without markers. For a ``quoted`` claim it is the quote itself.
        citations: What it rests on, best first.
        verdict: What the check found.
        gloss: A few words that resolve a reference, shown in brackets, not part of the quote.
        highlight: The part of ``text`` that answers most directly, when that is certain.
    """

    text: str
    citations: tuple[Citation, ...]
    verdict: Verdict
    gloss: str = ""
    highlight: Span | None = None

    def __post_init__(self) -> None:
        """Check that a verified claim is cited and that a quoted one is its quote."""
        if self.verdict.verified and not self.citations:
            message = "a verified claim needs a citation"
            raise ValueError(message)
        if self.verdict.label == "quoted" and self.text != self.citations[0].quote:
            message = "the text of a quoted claim is the quote itself"
            raise ValueError(message)

    def markers(self) -> str:
        """Return the claim's markers, such as ``[1][3]``."""
        return "".join(f"[{n}]" for n in dict.fromkeys(c.n for c in self.citations))

    def marked(self) -> str:
        """Return the sentence as Markdown text, with its gloss and markers."""
        gloss = f"[{self.gloss}]" if self.gloss else ""
        return " ".join(part for part in (self.text, gloss, self.markers()) if part)

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of one claim."""
        return {
            "text": self.text,
            "verdict": self.verdict.label,
            "score": round(self.verdict.score, 4),
            "reasons": list(self.verdict.reasons),
            "gloss": self.gloss or None,
            "highlight": [self.highlight.start, self.highlight.end] if self.highlight else None,
            "citations": [citation.to_dict() for citation in self.citations],
        }


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence that was written and not shown.

    Attributes:
        sentence: What would have been said.
        reason: Why it was not, in words.
    """

    sentence: str
    reason: str

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of one dropped sentence."""
        return {"sentence": self.sentence, "reason": self.reason}
