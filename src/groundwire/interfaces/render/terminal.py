"""Results on a terminal: the same words as in a pipe, with colour, wrapped to the width.

Nothing from a document or a model is ever read as markup: it goes in as ``Text``. Colours are
those of the terminal's own palette that read on a light background as on a dark one, and none
says anything that the words do not say too.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from rich.text import Text

from groundwire.interfaces.render.conflicts import difference_cards
from groundwire.interfaces.render.escape import one_line, printable
from groundwire.interfaces.render.freshness import freshness
from groundwire.interfaces.render.lines import EMPTY, Line, faint, strong
from groundwire.interfaces.render.links import NO_LINKS, linked_marker
from groundwire.interfaces.render.markdown import (
    BY_OPTION,
    citations,
    corroboration_line,
    describe,
    described_sources,
    filter_line,
    quoted_excerpt,
    standalone_line,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from rich.console import Console

    from groundwire.domain.answers import Abstention, Answer
    from groundwire.domain.claims import Claim
    from groundwire.domain.retrieval import Hit
    from groundwire.domain.spans import Span
    from groundwire.interfaces.render.lines import Role

STYLES: Mapping[Role, str] = {
    "plain": "",
    "strong": "bold",
    "faint": "dim",
    "marker": "bold magenta",
    "good": "bold",
    "bad": "bold red",
}
_INDENT = 4
_EXCERPT_ROWS = 2
_SLACK = 6
_NARROWEST = 10
_SPACE = re.compile(r"\s+")
_MARKER = re.compile(r"(\[(\d{1,9})\])")


def print_answer(  # noqa: PLR0913 -- what is printed, and each way in which it may differ
    console: Console,
    answer: Answer,
    *,
    with_sources: bool,
    today: date | None = None,
    links: Mapping[int, str] = NO_LINKS,
    lift: str = BY_OPTION,
) -> None:
    """Print what a follow-up asks and any filters; then an answer, or why there is none.

    Args:
        console: The terminal.
        answer: The answer.
        with_sources: Whether to list the passages that its sentences rest on.
        today: The day that the age of its newest source is counted to; None: it is not said.
        links: Addresses by the number of the source.
        lift: How filters that were read out of the question are lifted, in words.
    """
    above = list(above_lines(answer, lift))
    show_lines(console, [*above, EMPTY] if above else [])
    if answer.abstention is None:
        show_lines(console, [paragraph(answer.claims)], links)
    print_rest(console, answer, with_sources=with_sources, today=today, links=links)


def print_rest(
    console: Console,
    answer: Answer,
    *,
    with_sources: bool,
    today: date | None = None,
    links: Mapping[int, str] = NO_LINKS,
) -> None:
    """Print what comes under the sentences of an answer, or the whole of an abstention.

    The arguments are those of ``print_answer``, which has said already what is in force.
    """
    if answer.abstention is not None:
        show_lines(console, abstention_lines(answer.abstention, columns(console)))
        return
    show_lines(console, difference_cards(answer.conflicts), links)
    show_lines(console, note_lines(answer, today))
    if with_sources:
        show_lines(console, source_lines(answer, columns(console)), links)


def above_lines(answer: Answer, lift: str = BY_OPTION) -> Iterator[Line]:
    """Yield what a follow-up was understood to ask, and the filters in force."""
    filters = filter_line(answer.filters, answer.provenance.inferred, lift)
    yield from (faint(line) for line in (standalone_line(answer), filters) if line)


def note_lines(answer: Answer, today: date | None) -> Iterator[Line]:
    """Yield on how many reports an answer stands, and the age of the newest if it matters."""
    age = freshness(answer, today) if today else ""
    notes = [faint(line) for line in (corroboration_line(answer), age) if line]
    yield from [EMPTY, *notes] if notes else []


def abstention_lines(abstention: Abstention, width: int) -> Iterator[Line]:
    """Yield why nothing is answered, and the closest passages around their closest sentences."""
    yield strong(one_line(abstention.reason))
    closest = abstention.closest or (None,) * len(abstention.nearest)
    for number, (hit, span) in enumerate(zip(abstention.nearest, closest, strict=True)):
        yield EMPTY
        if number == 0:
            yield faint("Closest passages:")
        yield Line(tuple(_described(describe(hit), hit)), _INDENT)
        yield _excerpt(hit, [span] if span else [], width)


def source_lines(answer: Answer, width: int) -> Iterator[Line]:
    """Yield the numbered passages that an answer cites, each around its cited words."""
    cited = tuple(citations(answer.claims, answer.conflicts))
    for n, description, hit in described_sources(answer.sources, answer.claims, answer.conflicts):
        yield EMPTY
        yield Line(((f"[{n}] ", "marker"), *_described(description, hit)))
        yield _excerpt(hit, [citation.span for citation in cited if citation.n == n], width)


def _described(description: str, hit: Hit) -> Iterator[tuple[str, Role]]:
    title = one_line(hit.document.title)
    yield title, "strong"
    yield description.removeprefix(title), "faint"


def _excerpt(hit: Hit, spans: Sequence[Span], width: int) -> Line:
    """Return so much of a passage as two rows hold, allowing for rows that end early."""
    row = width - _INDENT
    return Line(tuple(quoted_excerpt(hit, spans, _EXCERPT_ROWS * row - row // _SLACK)), _INDENT)


def paragraph(claims: Iterable[Claim]) -> Line:
    """Return sentences as one paragraph."""
    parts: list[tuple[str, Role]] = []
    for claim in claims:
        parts.extend([(" ", "plain")] if parts else [])
        parts.extend(claim_parts(claim))
    return Line(tuple(parts))


def claim_parts(claim: Claim) -> Iterator[tuple[str, Role]]:
    """Yield one sentence, its short answer emphasised, with its gloss and its markers."""
    span = claim.highlight
    if span is None:
        yield _folded(claim.text), "plain"
    else:
        yield _folded(claim.text[: span.start]), "plain"
        yield _folded(span.of(claim.text)), "strong"
        yield _folded(claim.text[span.end :]), "plain"
    if claim.gloss:
        yield f" [{one_line(claim.gloss)}]", "faint"
    yield f" {claim.markers()}", "marker"


def show_lines(
    console: Console, lines: Iterable[Line], links: Mapping[int, str] = NO_LINKS
) -> None:
    """Print lines in colour, wrapped to the terminal's width behind their indent."""
    for line in lines:
        for row in rows(console, line, links):
            console.print(row, soft_wrap=True)


def rows(console: Console, line: Line, links: Mapping[int, str] = NO_LINKS) -> list[Text]:
    """Return a line as the rows that it takes on a terminal."""
    room = max(columns(console) - line.indent, _NARROWEST)
    return [
        Text(" " * line.indent).append_text(row) if row else row
        for row in wrapped(console, rich_text(line, links), room)
    ]


def wrapped(console: Console, text: Text, width: int) -> list[Text]:
    """Return text cut into rows at spaces, words wider than a row anywhere; one row at least.

    What is cut from the last row on, with more words after it, is cut in the same places: so
    text may be wrapped as it comes.
    """
    found = []
    for number, row in enumerate(text.wrap(console, width, overflow="fold")):
        kept = row[len(row.plain) - len(row.plain.lstrip(" ")) :] if number else row
        kept.rstrip()
        if kept.plain or not number:
            found.append(kept)
    return found


def rich_text(line: Line, links: Mapping[int, str] = NO_LINKS) -> Text:
    """Return a line's parts in their styles, its markers linked; the indent is left out."""
    text = Text(overflow="fold")
    for part, role in line.parts:
        if role != "marker" or not links:
            text.append(part, STYLES[role])
            continue
        position = 0
        for match in _MARKER.finditer(part):
            text.append(part[position : match.start()], STYLES[role])
            text.append_text(linked_marker(int(match[2]), match[1], STYLES[role], links))
            position = match.end()
        text.append(part[position:], STYLES[role])
    return text


def columns(console: Console) -> int:
    """Return how many columns there are now: a window that became narrower counts at once."""
    try:
        now = os.get_terminal_size(console.file.fileno()).columns if console.is_terminal else 0
    except (OSError, ValueError):
        now = 0
    return max(_NARROWEST, min(console.width, now) if now else console.width)


def _folded(text: str) -> str:
    return _SPACE.sub(" ", printable(text))
