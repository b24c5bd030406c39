"""What the numbers of a result stand for: documents, and the characters in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.domain.answers import Answer
from groundwire.domain.checks import CheckReport
from groundwire.domain.comparisons import Comparison
from groundwire.domain.quotations import QuoteReport
from groundwire.domain.summaries import Summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from groundwire.domain.answers import Source
    from groundwire.domain.claims import Citation
    from groundwire.domain.comparisons import Difference, Statement
    from groundwire.domain.spans import Span
    from groundwire.interfaces.repl.state import Result


@dataclass(frozen=True, slots=True)
class Cited:
    """Where a number of a result leads.

    Attributes:
        document: The id of the document.
        spans: The cited characters, in the order of the text.
    """

    document: str
    spans: tuple[Span, ...]


def cited(result: Result) -> dict[int, Cited]:
    """Return where each number of a result leads.

    The two documents of a comparison are 1 and 2; the closest passages of an abstention are
    counted from 1, as they are listed.
    """
    if isinstance(result, Comparison):
        sides = enumerate((result.left, result.right), start=1)
        statements = tuple(_statements(result))
        return {n: Cited(info.id, _of(info.id, statements)) for n, info in sides}
    found = {
        n: Cited(document, tuple(sorted(spans)))
        for n, (document, spans) in _gathered(_citations(result)).items()
    }
    for source in _sources(result):
        hit = source.hit
        found.setdefault(source.n, Cited(hit.document.id, (hit.passage.span,)))
    return found


def _gathered(citations: Iterable[Citation]) -> dict[int, tuple[str, set[Span]]]:
    found: dict[int, tuple[str, set[Span]]] = {}
    for citation in citations:
        found.setdefault(citation.n, (citation.document_id, set()))[1].add(citation.span)
    return found


def _citations(result: Answer | Summary | QuoteReport | CheckReport) -> Iterator[Citation]:
    if isinstance(result, (Answer, Summary)):
        for claim in result.claims:
            yield from claim.citations
        yield from (each.citation for one in result.conflicts for each in one.statements)
    elif isinstance(result, CheckReport):
        yield from result.evidence
    else:
        yield from (place.citation for place in result.places or result.nearest)


def _sources(result: Answer | Summary | QuoteReport | CheckReport) -> tuple[Source, ...]:
    if isinstance(result, Answer) and result.abstention is not None:
        from groundwire.domain.answers import Source

        nearest = result.abstention.nearest
        return tuple(Source(n, hit, cited=False) for n, hit in enumerate(nearest, start=1))
    return () if isinstance(result, QuoteReport) else result.sources


def _statements(comparison: Comparison) -> Iterator[Statement]:
    for agreement in comparison.agreements:
        yield from (agreement.left, agreement.right)
    differences: tuple[Difference, ...] = (
        *comparison.conflicts,
        *comparison.updates,
        *comparison.details,
    )
    yield from (each for one in differences for each in one.statements)
    for change in comparison.changes:
        yield from (each for each in (change.left, change.right) if each is not None)


def _of(document: str, statements: Iterable[Statement]) -> tuple[Span, ...]:
    spans = {each.citation.span for each in statements if each.citation.document_id == document}
    return tuple(sorted(spans))
