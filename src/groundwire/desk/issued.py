"""Results as the ledger keeps them: what was said, and the characters that it stood on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.domain.answers import Answer
from groundwire.domain.ledger import Cited, Issued, SaidSentence, hash_of
from groundwire.domain.summaries import Summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from groundwire.domain.claims import Citation, Claim
    from groundwire.domain.comparisons import Comparison, Statement
    from groundwire.domain.documents import Document, DocumentId
    from groundwire.domain.ledger import EntryKind, Occasion

    Result = Answer | Summary | Comparison
    Documents = Mapping[DocumentId, Document]

_Said = tuple[str, tuple["Citation", ...]]

STOPPED = "stopped"


def issued(result: Result, occasion: Occasion, index: str, documents: Documents) -> Issued:
    """Return a result as the ledger keeps it.

    An abstention is its reason, and a summary without a sentence its warnings: both stand on
    nothing. A comparison is the statements that it shows, each once.

    Args:
        result: What is about to be said.
        occasion: Where, and as part of what.
        index: What names the index that it was read from; empty for a text outside of it.
        documents: Every cited document, as it was read.

    Raises:
        ValueError: A document does not hold a quote, or is not there.
    """
    said = sentences(_said(result), documents)
    if isinstance(result, (Answer, Summary)):
        made = result.provenance
        kind: EntryKind = "answer" if isinstance(result, Answer) else "summary"
        question = result.question if isinstance(result, Answer) else result.target
        engine, model = made.engine, made.model
    else:
        kind, engine, model = "comparison", "extractive", None
        question = f"{result.left.path} and {result.right.path}"
    return Issued(
        kind=kind,
        door=occasion.door,
        index=index,
        question=question,
        engine=engine,
        outcome=_outcome(result),
        sentences=said,
        model=model,
        conversation=occasion.conversation,
        place=occasion.place,
    )


def issued_so_far(  # noqa: PLR0913, PLR0917 -- what is known of a result that never became one
    kind: EntryKind,
    question: str,
    occasion: Occasion,
    model: str,
    index: str,
    claims: Sequence[Claim],
    documents: Documents,
) -> Issued:
    """Return what a model had said when it was stopped, as the ledger keeps it.

    Raises:
        ValueError: A document does not hold a quote, or is not there.
    """
    return Issued(
        kind=kind,
        door=occasion.door,
        index=index,
        question=question,
        engine="llm",
        outcome=STOPPED,
        sentences=sentences(map(_claim, claims), documents),
        model=model,
        conversation=occasion.conversation,
        place=occasion.place,
    )


def cited_in(result: Result) -> tuple[DocumentId, ...]:
    """Return the documents that a result cites, each once."""
    ids = (citation.document_id for _, citations in _said(result) for citation in citations)
    return tuple(dict.fromkeys(ids))


def sentences(said: Iterable[_Said], documents: Documents) -> tuple[SaidSentence, ...]:
    """Return sentences with their citations as the ledger keeps them.

    Raises:
        ValueError: A document does not hold a quote, or is not there.
    """
    hashes: dict[DocumentId, str] = {}

    def cited(citation: Citation) -> Cited:
        document = documents.get(citation.document_id)
        if document is None or citation.span.of(document.text) != citation.quote:
            raise ValueError(f"{citation.path} does not hold the quote")
        if document.id not in hashes:
            hashes[document.id] = hash_of(document.text)
        return Cited(
            document_id=document.id,
            root=document.root,
            path=document.path,
            title=document.title,
            span=citation.span,
            quote=citation.quote,
            text_hash=hashes[document.id],
        )

    return tuple(SaidSentence(text, tuple(map(cited, citations))) for text, citations in said)


def _said(result: Result) -> Iterator[_Said]:
    if isinstance(result, (Answer, Summary)):
        yield from map(_claim, result.claims)
        if isinstance(result, Answer) and result.abstention is not None:
            yield result.abstention.reason, ()
        elif isinstance(result, Summary) and not result.claims:
            yield from ((warning, ()) for warning in result.warnings)
    else:
        shown = {(s.citation.document_id, s.citation.span): s.citation for s in _shown(result)}
        yield from ((citation.quote, (citation,)) for citation in shown.values())


def _claim(claim: Claim) -> _Said:
    return f"{claim.text} [{claim.gloss}]" if claim.gloss else claim.text, claim.citations


def _outcome(result: Result) -> str:
    if isinstance(result, Answer):
        return result.outcome
    if isinstance(result, Summary):
        return STOPPED if result.partial else "answered" if result.claims else "nothing"
    return result.label


def _shown(comparison: Comparison) -> Iterator[Statement]:
    """Yield the statements that a comparison shows, in its order."""
    for change in comparison.changes:
        yield from (each for each in (change.left, change.right) if each is not None)
    for difference in (*comparison.conflicts, *comparison.updates, *comparison.details):
        yield from difference.statements
    for agreement in comparison.agreements:
        yield from (agreement.left, agreement.right)
    yield from (*comparison.only_left, *comparison.only_right)
