"""What one answer is worth: pure functions of the answer, the gold evidence and the documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.evaluate.evidence import says, says_anywhere
from groundwire.evaluate.intervals import NOTHING, Share

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from groundwire.domain.claims import Claim
    from groundwire.domain.documents import DocumentId
    from groundwire.evaluate.gold import Gold

_SHOWN = frozenset({"quoted", "supported"})


def is_grounded(claim: Claim, text_of: Callable[[DocumentId], str | None]) -> bool:
    """Return whether a sentence rests on characters that are really there.

    It does if it has a citation, if the quote of every citation is exactly the slice of the
    stored text that its span names, if its verdict is one that may be shown, and, where it says
    that it is a quote, if it is the quote.

    Args:
        claim: A sentence of an answer.
        text_of: Returns the stored text of a document, or None if there is no such document.
    """
    if not claim.citations or claim.verdict.label not in _SHOWN:
        return False
    for citation in claim.citations:
        text = text_of(citation.document_id)
        if text is None or text[citation.span.start : citation.span.end] != citation.quote:
            return False
    return claim.verdict.label != "quoted" or claim.text == claim.citations[0].quote


def groundedness(claims: Sequence[Claim], text_of: Callable[[DocumentId], str | None]) -> Share:
    """Return the share of sentences that are grounded; it must be all of them.

    Source: citation recall of T. Gao et al., Enabling large language models to generate text
    with citations (ALCE, 2023), with equality of characters as the judge.
    """
    return Share(sum(is_grounded(claim, text_of) for claim in claims), len(claims))


def evidence_hit(claims: Sequence[Claim], gold: Gold) -> Share:
    """Return whether any citation of any sentence shares characters with any gold evidence.

    Source: the sentence-level evidence match of J. Thorne et al., FEVER (2018), loosened from
    whole sentences to overlapping characters because a citation may cover half of one.
    """
    hit = any(
        gold.is_touched(citation.document_id, citation.span)
        for claim in claims
        for citation in claim.citations
    )
    return Share(hit, 1)


def all_evidence(claims: Sequence[Claim], gold: Gold) -> Share:
    """Return whether the citations together touch every part of the gold evidence.

    Source: complete evidence of J. Thorne et al., FEVER (2018).
    """
    touched = frozenset[int]().union(
        *(
            gold.parts_touched(citation.document_id, citation.span)
            for claim in claims
            for citation in claim.citations
        )
    )
    return Share(len(touched) == len(gold.parts), 1)


def missing_facts(text: str, required: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the required facts that a text says in none of their accepted wordings.

    Source: nugget recall of E. Voorhees, Overview of the TREC 2003 question answering track.
    """
    return tuple(
        "|".join(wordings)
        for wordings in required
        if not any(says(text, wording) for wording in wordings)
    )


def required_facts(text: str, required: Sequence[tuple[str, ...]]) -> Share:
    """Return the share of the required facts that a text says, as one case; none: no share."""
    if not required:
        return NOTHING
    return Share(1 - len(missing_facts(text, required)) / len(required), 1)


def forbidden_said(text: str, forbidden: Sequence[str]) -> tuple[str, ...]:
    """Return the forbidden words that a text says, wherever they stand in it."""
    return tuple(words for words in forbidden if says_anywhere(text, words))


def abstention_precision(*, declined: bool, answerable: bool) -> Share:
    """Return whether declining was right, of the cases that were declined.

    Declining is the positive decision and an unanswerable case the positive truth. Source of
    the measure: C. J. van Rijsbergen, Information Retrieval (1979), chapter 7.
    """
    return Share(not answerable, 1) if declined else NOTHING


def abstention_recall(*, declined: bool, answerable: bool) -> Share:
    """Return whether a case was declined, of the cases that cannot be answered."""
    return NOTHING if answerable else Share(declined, 1)


def abstention_f1(*, declined: bool, answerable: bool) -> Share:
    """Return what a case adds to F1: 2 TP of 2 TP + FP + FN."""
    right = 2 * (declined and not answerable)
    return Share(right, right + (declined == answerable))
