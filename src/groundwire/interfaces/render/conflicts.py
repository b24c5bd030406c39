"""Cards for what the documents give different values for: shown side by side, never resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.interfaces.render.days import day
from groundwire.interfaces.render.escape import one_line
from groundwire.interfaces.render.lines import EMPTY, Line, faint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from groundwire.domain.comparisons import Difference, DifferenceLabel, Statement

_HEADS: dict[DifferenceLabel, str] = {
    "conflict": "Candidate conflict",
    "update": "Candidate update",
    "detail": "Differing detail",
    "scope": "Different scope",
}
_INDENT = 2


def difference_cards(differences: Iterable[Difference]) -> Iterator[Line]:
    """Yield a card for each difference, with an empty line before it."""
    for difference in differences:
        yield EMPTY
        yield from card(difference)


def card(difference: Difference) -> Iterator[Line]:
    """Yield what differs, and each side: its value, its outlet and day, its sentence."""
    head = f"{_HEADS[difference.label]} ({difference.kind})"
    about = f": {one_line(difference.about)}" if difference.about else ""
    yield Line(((head, "bad"), (about, "strong")))
    for statement in difference.statements:
        yield from side(statement)


def side(statement: Statement) -> Iterator[Line]:
    """Yield one side: its value with who printed and who said it, then the sentence."""
    value = one_line(statement.value_text) if statement.value else ""
    yield Line(
        (
            (f"{value} — " if value else "", "strong"),
            (printed_by(statement), "faint"),
        ),
        _INDENT,
    )
    yield Line(
        (
            (f"“{one_line(statement.citation.quote)}” ", "plain"),
            (f"[{statement.citation.n}]" if statement.citation.n else "", "marker"),
        ),
        2 * _INDENT,
    )


def printed_by(statement: Statement) -> str:
    """Return outlet, day, place and speaker of a statement, in one line."""
    published = day(statement.published) if statement.published else ""
    speaker = f"said by {statement.speaker}" if statement.speaker else ""
    outlet = statement.source or statement.citation.path
    parts = (outlet, published, statement.citation.locator, speaker)
    return " · ".join(one_line(part) for part in parts if part)


def differing(differences: Iterable[Difference]) -> Iterator[Line]:
    """Yield one faint line for each difference: for places where a card is too much."""
    for difference in differences:
        values = (one_line(each.value_text) for each in difference.statements)
        sides = " / ".join(dict.fromkeys(values))
        yield faint(f"{_HEADS[difference.label].lower()}: {sides}")
