"""Results as plain Markdown: what goes into a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.interfaces.render.conflicts import difference_cards
from groundwire.interfaces.render.escape import one_line, printable
from groundwire.interfaces.render.lines import as_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from groundwire.domain.answers import Abstention, Answer, Source
    from groundwire.domain.claims import Claim
    from groundwire.domain.documents import DocumentInfo
    from groundwire.domain.filters import InferredFilters
    from groundwire.domain.retrieval import Hit, Ranking, Scope

_EXCERPT = 200


def answer_markdown(answer: Answer, *, with_sources: bool) -> str:
    """Return an answer with its markers, then its sources or the nearest passages."""
    parts = [printable(answer.text)]
    if answer.abstention is not None:
        parts.extend(_nearest(answer.abstention))
    else:
        parts.append(as_text(difference_cards(answer.conflicts)).strip("\n"))
        parts.append(corroboration_line(answer))
    if answer.answered and with_sources:
        parts.append(source_list(answer.sources, answer.claims))
    parts.append(standalone_line(answer))
    parts.append(filter_line(answer.filters, answer.provenance.inferred))
    return "\n\n".join(part for part in parts if part)


def ranking_markdown(ranking: Ranking) -> str:
    """Return the passages of a ranking, best first, and any filters; empty if there are none."""
    if not ranking.hits:
        return ""
    blocks = [
        f"{hit.rank}. {describe(hit)}  (score {hit.score:.3f}; {', '.join(hit.retrievers)})\n"
        f"{_indented(hit.passage.text)}"
        for hit in ranking.hits
    ]
    blocks.append(filter_line(ranking.filters, ranking.inferred))
    return "\n\n".join(block for block in blocks if block)


def listing(documents: Sequence[DocumentInfo]) -> str:
    """Return one line a document."""
    return "\n".join(
        "  ".join(
            (
                document.published.isoformat() if document.published else "undated   ",
                document.id,
                one_line(document.path),
                f"“{one_line(document.title)}”",
                one_line(document.source),
            )
        ).rstrip()
        for document in documents
    )


def source_list(numbered: Iterable[Source], claims: Sequence[Claim]) -> str:
    """Return the ``Sources:`` list under an answer: the passages that its sentences rest on."""
    lines = [f"[{n}] {line}" for n, line, _ in described_sources(numbered, claims)]
    return "\n".join(["Sources:", *lines]) if lines else ""


def described_sources(
    numbered: Iterable[Source], claims: Sequence[Claim]
) -> Iterator[tuple[int, str, Hit]]:
    """Yield number, description and passage of each source that a sentence rests on."""
    for source in numbered:
        places = dict.fromkeys(
            citation.locator
            for claim in claims
            for citation in claim.citations
            if citation.n == source.n
        )
        if places:
            yield source.n, describe(source.hit, ", ".join(places)), source.hit


def describe(hit: Hit, place: str = "") -> str:
    """Return title, outlet, date, place, path and copies in one line.

    Args:
        hit: A passage.
        place: Which place to name; by default the passage's own.
    """
    document = hit.document
    published = document.published.isoformat() if document.published else ""
    place = place or f"¶ {hit.passage.paragraph}"
    copies = dict.fromkeys(copy.source or copy.path for copy in hit.copies)
    also = f"also in {', '.join(copies)}" if copies else ""
    parts = (document.title, document.source, published, place, document.path, also)
    return " · ".join(one_line(part) for part in parts if part)


def scope_line(scope: Scope) -> str:
    """Return the filters in force, in words; empty when there are none."""
    parts = (
        scope.documents and f"documents {', '.join(scope.documents)}",
        scope.sources and f"sources {', '.join(scope.sources)}",
        scope.since and f"since {scope.since}",
        scope.until and f"until {scope.until}",
        scope.as_of and f"as of {scope.as_of}",
    )
    said = one_line("; ".join(part for part in parts if part))
    return f"Filters: {said}" if said else ""


def corroboration_line(answer: Answer) -> str:
    """Return on how many documents and independent reports an answer stands, if several."""
    counted = answer.corroboration
    return f"Stands on {counted.words}." if counted.documents > 1 else ""


def standalone_line(answer: Answer) -> str:
    """Return what a follow-up was understood to ask; empty for a question that stands alone."""
    return f"Asked as: {one_line(answer.standalone)}" if answer.condensed else ""


def filter_line(scope: Scope, inferred: InferredFilters) -> str:
    """Return what was asked for and what was read out of the question; empty if neither."""
    asked = scope_line(inferred.explicit(scope))
    if not inferred.said:
        return asked
    read = f"{one_line(' · '.join(inferred.said))} (--no-filters to lift)"
    return f"{asked}; {read}" if asked else f"Filters: {read}"


def excerpt(text: str, length: int = _EXCERPT) -> str:
    """Return the beginning of a text in one line, cut at a word."""
    line = one_line(text)
    if len(line) <= length:
        return line
    return line[:length].rsplit(" ", 1)[0] + " …"


def _nearest(abstention: Abstention) -> list[str]:
    if not abstention.nearest:
        return []
    entries = (
        f"- {describe(hit)}\n  {excerpt(text)}"
        for hit, text in zip(abstention.nearest, abstention.excerpts(), strict=True)
    )
    return ["Closest passages:\n" + "\n".join(entries)]


def _indented(text: str) -> str:
    return "\n".join(f"   {line}" for line in printable(text).splitlines() if line.strip())
