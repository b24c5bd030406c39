"""Gold evidence: the quotes of a case, as spans of the stored documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.domain.errors import NotFoundError
from groundwire.evaluate.cases import Problem
from groundwire.evaluate.evidence import locate, says

if TYPE_CHECKING:
    from collections.abc import Callable

    from groundwire.domain.documents import Document, DocumentId
    from groundwire.domain.spans import Span
    from groundwire.evaluate.cases import Case, GoldQuote


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """One piece of gold evidence, found in the store."""

    document_id: DocumentId
    span: Span

    def touches(self, document_id: str, span: Span) -> bool:
        """Return whether a citation or passage shares at least one character with it."""
        return self.document_id == document_id and self.span.overlaps(span)


@dataclass(frozen=True, slots=True)
class Gold:
    """Where the answer to one case stands.

    Attributes:
        spans: Every piece of evidence, copies included.
        parts: What a complete answer has to cover: for each required fact, the pieces that
            state it, any of which will do. Without required facts, each piece is a part.
    """

    spans: tuple[GoldSpan, ...]
    parts: tuple[tuple[GoldSpan, ...], ...]

    def is_touched(self, document_id: str, span: Span) -> bool:
        """Return whether any piece of evidence is touched."""
        return any(piece.touches(document_id, span) for piece in self.spans)

    def parts_touched(self, document_id: str, span: Span) -> frozenset[int]:
        """Return the numbers, from 0, of the parts that are touched."""
        return frozenset(
            number
            for number, part in enumerate(self.parts)
            if any(piece.touches(document_id, span) for piece in part)
        )


def resolve(case: Case, show: Callable[[str], Document]) -> Gold | Problem:
    """Return where a case's quotes stand, or why one of them cannot be placed.

    Args:
        case: The case.
        show: Returns the stored document of a path, as ``Desk.show`` does.
    """
    pieces: list[GoldSpan] = []
    for number, gold in enumerate(case.evidence):
        piece = _place(gold, show)
        if isinstance(piece, str):
            field = "document" if piece.startswith("no ") else "quote"
            at = f"evidence.{number}.{field}"
            return Problem(case.line, at, f"{case.id}: {piece}", case.file)
        pieces.append(piece)
    stated = (
        tuple(
            piece
            for piece, gold in zip(pieces, case.evidence, strict=True)
            if any(says(gold.quote, wording) for wording in fact)
        )
        for fact in case.required
    )
    parts = tuple(part for part in stated if part)
    return Gold(tuple(pieces), parts or tuple((piece,) for piece in pieces))


def _place(gold: GoldQuote, show: Callable[[str], Document]) -> GoldSpan | str:
    try:
        document = show(gold.document)
    except NotFoundError as error:
        return f"no single document {gold.document} in the index ({error})"
    places = locate(gold.quote, document.text)
    if len(places) != 1:
        return f"expected words that stand once in {gold.document}; found {len(places)} times"
    return GoldSpan(document.id, places[0])
