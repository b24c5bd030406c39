"""Making citations: the only place where a quote is cut from a document."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from groundwire.domain.answers import Source
from groundwire.domain.claims import Citation, Claim, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.domain.documents import Passage
    from groundwire.domain.retrieval import Hit
    from groundwire.domain.spans import Span

VERBATIM = "verbatim"


def quoted_claim(hit: Hit, span: Span, reasons: tuple[str, ...] = ()) -> Claim:
    """Return the claim that says exactly the characters of ``span``.

    Its citation carries the number 1 until :func:`number` has seen the whole answer.

    Args:
        hit: The passage that the span lies in.
        span: Offsets in the document's text.
        reasons: Why these words stand for others, if they do.
    """
    citation = cite(hit, span)
    return Claim(citation.quote, (citation,), Verdict("quoted", 1.0, VERBATIM, reasons))


def cite(hit: Hit, span: Span) -> Citation:
    """Return the citation, numbered 1, of a span of the document that lies in the passage."""
    passage = hit.passage
    return Citation(
        n=1,
        document_id=passage.document_id,
        passage_id=passage.id,
        path=hit.document.path,
        span=span,
        quote=span.shift(-passage.span.start).of(passage.text),
        locator=locator(passage, span),
    )


def locator(passage: Passage, span: Span) -> str:
    """Return the place of a span in words: its heading, if any, its page or row, its paragraph."""
    place = passage.place(span.start)
    return f"{passage.heading}, {place}" if passage.heading else place


def number(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims with citations numbered by passage, in order of first citation."""
    numbers: dict[str, int] = {}
    return tuple(renumber(claim, numbers) for claim in claims)


def renumber(claim: Claim, numbers: dict[str, int]) -> Claim:
    """Return one claim with its citations numbered; new passages are added to ``numbers``."""
    citations = tuple(
        replace(citation, n=numbers.setdefault(citation.passage_id, len(numbers) + 1))
        for citation in claim.citations
    )
    return replace(claim, citations=citations)


def sources(claims: Sequence[Claim], hits: Sequence[Hit]) -> tuple[Source, ...]:
    """Return the numbered passages of an answer: the cited ones, then the others by rank."""
    cited = {c.passage_id: c.n for claim in claims for c in claim.citations}
    others = (hit.passage.id for hit in hits if hit.passage.id not in cited)
    numbers = cited | {passage_id: n for n, passage_id in enumerate(others, len(cited) + 1)}
    listed = (Source(numbers[h.passage.id], h, h.passage.id in cited) for h in hits)
    return tuple(sorted(listed, key=lambda source: source.n))
