"""Comparisons of two documents, as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.interfaces.render.conflicts import card
from groundwire.interfaces.render.days import day
from groundwire.interfaces.render.escape import one_line
from groundwire.interfaces.render.lines import EMPTY, Line, faint, plain, strong

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from groundwire.domain.comparisons import (
        Agreement,
        Change,
        ChangeKind,
        Comparison,
        ComparisonLabel,
        Difference,
        Statement,
    )
    from groundwire.domain.documents import DocumentInfo

_INDENT = 2
_RELATIONS: dict[ComparisonLabel, str] = {
    "same": "The two texts are the same.",
    "versions": "Two versions of one story.",
    "copies": "One report and a copy of it: they do not confirm each other.",
    "reports": "Two independent reports.",
    "unrelated": "The two documents have nothing in common.",
}
_CHANGES: dict[ChangeKind, str] = {
    "number": "number",
    "date": "date",
    "name": "name",
    "quote": "quotation",
    "attribution_softened": "attribution softened",
    "attribution_hardened": "attribution hardened",
    "reworded": "reworded",
    "added": "added",
    "removed": "removed",
}


def comparison_lines(comparison: Comparison) -> Iterator[Line]:
    """Yield what two documents are to each other, and where they agree and differ."""
    yield _named("A", comparison.left)
    yield _named("B", comparison.right)
    yield plain(_RELATIONS[comparison.label])
    yield from _changes(comparison.changes)
    yield from _cards("Conflicts", comparison.conflicts)
    yield from _cards("Updates", comparison.updates)
    yield from _cards("Differing details", comparison.details)
    yield from _agreements(comparison.agreements)
    yield from _only("Only in A", comparison.only_left)
    yield from _only("Only in B", comparison.only_right)


def _named(letter: str, info: DocumentInfo) -> Line:
    published = day(info.published) if info.published else ""
    parts = (info.title, info.source, published, info.path)
    named = " · ".join(one_line(part) for part in parts if part)
    return Line(((f"{letter}  ", "marker"), (named, "strong")))


def _heading(words: str, entries: Sequence[object]) -> Iterator[Line]:
    yield EMPTY
    yield strong(f"{words} ({len(entries)})")


def _cards(words: str, differences: Sequence[Difference]) -> Iterator[Line]:
    if differences:
        yield from _heading(words, differences)
    for difference in differences:
        yield from _moved(card(difference))


def _moved(lines: Iterable[Line]) -> Iterator[Line]:
    yield from (Line(line.parts, line.indent + _INDENT) for line in lines)


def _agreements(agreements: Sequence[Agreement]) -> Iterator[Line]:
    if agreements:
        yield from _heading("Both say", agreements)
    for agreement in agreements:
        shared = f"  ({one_line(', '.join(agreement.shared))})" if agreement.shared else ""
        yield _statement("A", agreement.left)
        yield _statement("B", agreement.right, shared)


def _only(words: str, statements: Sequence[Statement]) -> Iterator[Line]:
    if statements:
        yield from _heading(words, statements)
    for statement in statements:
        yield _part(statement)


def _part(statement: Statement) -> Line:
    """Return what only one document says, marked where it is a part of a sentence."""
    whole = statement.value is None or statement.value == statement.citation.span
    shown = one_line(statement.value_text)
    place = f"  {one_line(statement.citation.locator)}"
    return Line(
        (("–  ", "marker"), (shown if whole else f"… {shown} …", "plain"), (place, "faint")),
        _INDENT,
    )


def _statement(sign: str, statement: Statement, after: str = "") -> Line:
    citation = statement.citation
    return Line(
        (
            (f"{sign}  ", "marker"),
            (one_line(citation.quote), "plain"),
            (f"  {one_line(citation.locator)}{after}", "faint"),
        ),
        _INDENT,
    )


def _changes(changes: Sequence[Change]) -> Iterator[Line]:
    if changes:
        yield from _heading("Changes from A to B", changes)
    for change in changes:
        yield Line(((_CHANGES[change.kind], "bad"), (_change_words(change), "strong")), _INDENT)
        for sign, statement in (("-", change.left), ("+", change.right)):
            if statement is not None:
                place = f"  {one_line(statement.citation.locator)}"
                yield faint(f"{sign} {one_line(statement.citation.quote)}{place}", 2 * _INDENT)


def _change_words(change: Change) -> str:
    before, after = one_line(change.before), one_line(change.after)
    if before and after:
        return f": “{before}” → “{after}”"
    if before or after:
        return f": “{before or after}” {'is gone' if before else 'is new'}"
    return ""
