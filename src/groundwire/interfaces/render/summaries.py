"""Summaries in each style, with what they stand on and what they leave out, as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.interfaces.render.conflicts import difference_cards, differing
from groundwire.interfaces.render.days import day, days
from groundwire.interfaces.render.escape import one_line
from groundwire.interfaces.render.lines import EMPTY, Line, faint, plain
from groundwire.interfaces.render.markdown import described_sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from groundwire.domain.claims import Claim
    from groundwire.domain.summaries import Coverage, Summary, TimelineEvent
    from groundwire.interfaces.render.lines import Role

_INDENT = 2


def summary_lines(summary: Summary, *, with_sources: bool) -> Iterator[Line]:
    """Yield a summary in its style, its coverage, conflicts, and its sources."""
    if summary.style == "timeline":
        for event in summary.events:
            yield from _event(event)
    elif summary.style == "bullets":
        yield from (Line((("- ", "plain"), *_claim(claim))) for claim in summary.claims)
    elif summary.claims:
        yield Line(tuple(_joined(summary.claims)))
    yield from difference_cards(summary.conflicts)
    yield EMPTY
    yield from (faint(line) for line in coverage_lines(summary))
    if with_sources and summary.claims:
        yield EMPTY
        yield plain("Sources:")
        for n, description, _ in described_sources(summary.sources, summary.claims):
            yield Line(((f"[{n}] ", "marker"), (description, "faint")))


def coverage_lines(summary: Summary) -> Iterator[str]:
    """Yield what a summary stands on, and what it does not represent."""
    covered = summary.coverage
    independent = summary.corroboration.independent
    several = covered.documents_total > 1 and independent
    reports = f" ({_count(independent, 'independent report')})" if several else ""
    yield (
        f"Stands on {covered.paragraphs} of {_count(covered.paragraphs_total, 'paragraph')} "
        f"from {covered.documents} of {_count(covered.documents_total, 'document')}{reports}."
    )
    missing = _missing(covered)
    if missing:
        yield f"Not represented: {missing}."


def _missing(coverage: Coverage) -> str:
    return "; ".join(
        f"{one_line(theme.label)} ({_count(len(theme.places), 'paragraph')})"
        for theme in coverage.missing
    )


def _event(event: TimelineEvent) -> Iterator[Line]:
    when = days(event.when.first, event.when.last)
    planned = " (planned)" if event.planned else ""
    yield Line(((f"{when}{planned}  ", "strong"), *_claim(event.claim)))
    published = f"published {day(event.published)}" if event.published else "undated"
    words = f"“{one_line(event.when.words)}”" if event.when.words else ""
    told = event.corroboration.words if event.corroboration.documents > 1 else ""
    yield faint(" · ".join(part for part in (published, words, told) if part), _INDENT)
    yield from (Line(line.parts, _INDENT) for line in differing(event.conflicts))


def _joined(claims: Iterable[Claim]) -> Iterator[tuple[str, Role]]:
    for number, claim in enumerate(claims):
        if number:
            yield " ", "plain"
        yield from _claim(claim)


def _claim(claim: Claim) -> Iterator[tuple[str, Role]]:
    yield one_line(claim.text), "plain"
    if claim.gloss:
        yield f" [{one_line(claim.gloss)}]", "faint"
    yield f" {claim.markers()}", "marker"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"
