"""Results as plain Markdown: what goes into a pipe."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.domain.spans import Span
from groundwire.interfaces.render.conflicts import difference_cards
from groundwire.interfaces.render.escape import one_line, printable
from groundwire.interfaces.render.freshness import freshness
from groundwire.interfaces.render.lines import as_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from groundwire.domain.answers import Abstention, Answer, Source
    from groundwire.domain.claims import Citation, Claim
    from groundwire.domain.comparisons import Difference
    from groundwire.domain.documents import DocumentInfo
    from groundwire.domain.filters import InferredFilters
    from groundwire.domain.retrieval import Hit, Ranking, Scope
    from groundwire.interfaces.render.lines import Role

_EXCERPT = 200
_BEFORE = 4  # of the room beside cited words, a quarter is for what comes before them
_SPACE = re.compile(r"\s+")

BY_OPTION = "--no-filters to lift"
"""How filters that were read out of a question are lifted on the command line."""


def answer_markdown(
    answer: Answer, *, with_sources: bool, today: date | None = None, lift: str = BY_OPTION
) -> str:
    """Return an answer with its markers, then its sources or the nearest passages.

    Args:
        answer: The answer.
        with_sources: Whether to list the passages that its sentences rest on.
        today: The day that the age of its newest source is counted to; None: it is not said.
        lift: How filters that were read out of the question are lifted, in words.
    """
    parts = [printable(answer.text)]
    if answer.abstention is not None:
        parts.extend(_nearest(answer.abstention))
    else:
        parts.append(as_text(difference_cards(answer.conflicts)).strip("\n"))
        age = freshness(answer, today) if today else ""
        parts.append("\n".join(line for line in (corroboration_line(answer), age) if line))
    if answer.answered and with_sources:
        parts.append(source_list(answer.sources, answer.claims, answer.conflicts))
    parts.append(standalone_line(answer))
    parts.append(filter_line(answer.filters, answer.provenance.inferred, lift))
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


def source_list(
    numbered: Iterable[Source], claims: Sequence[Claim], differences: Sequence[Difference] = ()
) -> str:
    """Return the ``Sources:`` list under an answer: the passages that its sentences rest on."""
    described = described_sources(numbered, claims, differences)
    lines = [f"[{n}] {line}" for n, line, _ in described]
    return "\n".join(["Sources:", *lines]) if lines else ""


def described_sources(
    numbered: Iterable[Source], claims: Sequence[Claim], differences: Sequence[Difference] = ()
) -> Iterator[tuple[int, str, Hit]]:
    """Yield number, description and passage of each source that is cited.

    Args:
        numbered: The numbered passages.
        claims: The sentences that cite them.
        differences: What is shown beside the sentences, and cites them too.
    """
    cited = tuple(citations(claims, differences))
    for source in numbered:
        places = dict.fromkeys(citation.locator for citation in cited if citation.n == source.n)
        if places:
            yield source.n, describe(source.hit, ", ".join(places)), source.hit


def citations(claims: Iterable[Claim], differences: Iterable[Difference]) -> Iterator[Citation]:
    """Yield every citation of some sentences, and of the differences shown beside them."""
    for claim in claims:
        yield from claim.citations
    for difference in differences:
        yield from (statement.citation for statement in difference.statements)


def describe(hit: Hit, place: str = "") -> str:
    """Return title, outlet, date, place, path and copies in one line.

    Args:
        hit: A passage.
        place: Which place to name; by default the passage's own.
    """
    document = hit.document
    published = document.published.isoformat() if document.published else ""
    place = place or hit.passage.place()
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


def filter_line(scope: Scope, inferred: InferredFilters, lift: str = BY_OPTION) -> str:
    """Return what was asked for and what was read out of the question; empty if neither.

    Args:
        scope: The filters in force.
        inferred: Those that were read out of the question.
        lift: How these are lifted, in words.
    """
    asked = scope_line(inferred.explicit(scope))
    if not inferred.said:
        return asked
    read = f"{one_line(' · '.join(inferred.said))} ({lift})"
    return f"{asked}; {read}" if asked else f"Filters: {read}"


def excerpt(text: str, length: int = _EXCERPT) -> str:
    """Return the beginning of a text in one line, cut at a word."""
    line = one_line(text)
    if len(line) <= length:
        return line
    return line[:length].rsplit(" ", 1)[0] + " …"


def quoted_excerpt(
    hit: Hit, spans: Iterable[Span], length: int = _EXCERPT
) -> Iterator[tuple[str, Role]]:
    """Yield so much of a passage as fits around its first cited words, those told apart.

    Args:
        hit: The passage.
        spans: The cited characters, as offsets of the document; those outside are passed over.
        length: How many characters there is room for, at least those of one cited word.

    Yields:
        Printable pieces in order: cited words plain, what surrounds them faint. Cut ends show
        ``…``; where nothing is cited it is the passage's beginning.
    """
    start = hit.passage.span.start
    cited = sorted(span.shift(-start) for span in spans if hit.passage.span.contains(span))
    text = hit.passage.text
    first = cited[0] if cited else None
    window = _window(text, first, length)
    inside = window.of(text)
    yield ("… " if text[: window.start].strip() else ""), "faint"
    position = window.start
    for span in cited:
        begin, end = max(span.start, position), min(span.end, window.end)
        if begin < end:
            yield _spaced(text[position:begin]), "faint"
            yield _spaced(text[begin:end]), "plain"
            position = end
    yield _spaced(text[position : window.start + len(inside.rstrip())]), "faint"
    yield (" …" if text[window.end :].strip() else ""), "faint"


def _window(text: str, cited: Span | None, length: int) -> Span:
    """Return the part of a text to show: the cited words, some before them, the rest after."""
    if len(text) <= length:
        return Span(0, len(text))
    room = length - 2 * len(" …")
    start = 0
    if cited is not None:
        spare = max(room - len(cited), 0)
        start = max(cited.start - max(spare // _BEFORE, spare - (len(text) - cited.end)), 0)
        if 0 < start < cited.start and not text[start - 1].isspace():
            start += len(text[start : cited.start].partition(" ")[0]) + 1
            start = min(start, cited.start)
    end = min(start + room, len(text))
    if end < len(text) and not text[end].isspace():
        words = text[start:end].rsplit(None, 1)[0]
        end = start + len(words) if words.strip() else end
    return Span(start, max(end, start + 1))


def _spaced(text: str) -> str:
    return _SPACE.sub(" ", printable(text))


def _nearest(abstention: Abstention) -> list[str]:
    if not abstention.nearest:
        return []
    closest = abstention.closest or (None,) * len(abstention.nearest)
    entries = (
        f"- {describe(hit)}\n  {_quoted_text(hit, span)}"
        for hit, span in zip(abstention.nearest, closest, strict=True)
    )
    return ["Closest passages:\n" + "\n".join(entries)]


def _quoted_text(hit: Hit, span: Span | None) -> str:
    return "".join(part for part, _ in quoted_excerpt(hit, [span] if span else []))


def _indented(text: str) -> str:
    return "\n".join(f"   {line}" for line in printable(text).splitlines() if line.strip())
