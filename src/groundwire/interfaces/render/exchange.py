"""One exchange of a session as blocks: laid out once, shown as Markdown, HTML and lines.

All text in a block is printable already. It is text: whoever shows it escapes it for its language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.interfaces.render.days import days
from groundwire.interfaces.render.escape import one_line, printable
from groundwire.interfaces.render.exchange_sources import entries, excerpts, named
from groundwire.interfaces.render.markdown import scope_line
from groundwire.interfaces.render.stored import Stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from groundwire.domain.conversations import ConversationInfo, Exchange
    from groundwire.interfaces.render.exchange_sources import Entry
    from groundwire.interfaces.render.stored import Covered, Differing, Sentence

_IN_WORDS = frozenset({"answer", "summary"})
_HEADS = {
    "conflict": "Candidate conflict",
    "update": "Candidate update",
    "detail": "Differing detail",
    "scope": "Different scope",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text.

    Attributes:
        text: Its characters.
        source: The label of the source that it points at; empty if it is no marker.
        faint: Whether it stands back.
    """

    text: str
    source: str = ""
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Pieces in one paragraph."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """Paragraphs as a list under a heading, which may be empty."""

    heading: str
    items: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Lines that keep their spaces."""

    text: str


Block = Paragraph | Listed | Verbatim


@dataclass(frozen=True, slots=True)
class Laid:
    """One exchange, ready to be shown.

    Attributes:
        number: Its place in the session.
        question: What was asked, in one line.
        blocks: What was said.
        entries: The sources it rests on.
    """

    number: int
    question: str
    blocks: tuple[Block, ...]
    entries: tuple[Entry, ...]


def laid_out(exchange: Exchange) -> Laid:
    """Return an exchange as blocks, with its numbered sources."""
    stored = Stored.read(exchange.result)
    blocks = [*_said(exchange, stored)]
    if exchange.kind in _IN_WORDS:
        blocks += [*_differences(stored.conflicts), *_notes(exchange, stored)]
    if exchange.stopped:
        blocks.append(_plain("(stopped)", faint=True))
    question = one_line(exchange.question) or "(no question)"
    return Laid(exchange.number, question, tuple(blocks), entries(stored))


def about(info: ConversationInfo) -> str:
    """Return when a session began, how long it is and its id, in one line."""
    plural = "s" * (info.exchanges != 1)
    when = f"{info.started:%Y-%m-%d %H:%M} UTC"
    return f"{when} · {info.exchanges} exchange{plural} · session {one_line(info.id)}"


def _said(exchange: Exchange, stored: Stored) -> Iterator[Block]:
    if stored.events:
        yield Listed("", tuple(_event_items(stored)))
    elif stored.style == "bullets" and stored.claims:
        yield Listed("", tuple(Paragraph(tuple(_sentence(claim))) for claim in stored.claims))
    elif stored.claims:
        yield Paragraph(tuple(_joined(stored.claims)))
    elif stored.abstention is not None:
        yield _plain(stored.abstention.reason)
        nearest = tuple(
            Paragraph((Piece(f"{named(found)}: "), Piece(text, faint=True)))
            for found, text in excerpts(stored.abstention)
        )
        yield from [Listed("Closest passages:", nearest)] if nearest else []
    elif exchange.text.strip() and exchange.kind in _IN_WORDS:
        yield from map(_plain, filter(str.strip, exchange.text.split("\n\n")))
    elif exchange.text.strip():
        yield Verbatim(printable(exchange.text).strip("\n"))


def _event_items(stored: Stored) -> Iterator[Paragraph]:
    for event in stored.events:
        when = days(event.when.first, event.when.last) + " (planned)" * event.planned
        yield Paragraph((Piece(f"{when}: ", faint=True), *_sentence(event.claim)))


def _joined(claims: Iterable[Sentence]) -> Iterator[Piece]:
    for number, claim in enumerate(claims):
        yield from [Piece(" ")] if number else []
        yield from _sentence(claim)


def _sentence(claim: Sentence) -> Iterator[Piece]:
    yield Piece(one_line(claim.text))
    if claim.gloss:
        yield Piece(f" [{one_line(claim.gloss)}]", faint=True)
    yield Piece(" ")
    yield from (_marker(n) for n in dict.fromkeys(cited.n for cited in claim.citations))


def _marker(n: int) -> Piece:
    return Piece(f"[{n}]", source=str(n))


def _differences(differences: Iterable[Differing]) -> Iterator[Block]:
    for difference in differences:
        head = _HEADS.get(difference.label, difference.label)
        about = f"{head} ({difference.kind}): {difference.about}"
        yield Listed(one_line(about), tuple(_sides(difference)))


def _sides(difference: Differing) -> Iterator[Paragraph]:
    for side in difference.statements:
        speaker = f"said by {side.speaker}" if side.speaker else ""
        outlet = (side.source or side.path, side.published or "", side.locator, speaker)
        printed = " · ".join(one_line(part) for part in outlet if part)
        yield Paragraph(
            (
                Piece(f"{one_line(side.value)} — " if side.value else ""),
                Piece(f"{printed}: ", faint=True),
                Piece(f"“{one_line(side.quote)}” "),
                *([_marker(side.n)] if side.n else []),
            )
        )


def _notes(exchange: Exchange, stored: Stored) -> Iterator[Block]:
    """Yield what a reader needs to judge a result by."""
    notes = [*_coverage(stored.coverage)] if stored.coverage else []
    if stored.corroboration and stored.coverage is None:
        notes.append(f"Stands on {stored.corroboration}.")
    if stored.standalone and stored.standalone != exchange.question:
        notes.append(f"Asked as: {stored.standalone}")
    notes.append(scope_line(stored.scope))
    yield from (_plain(note, faint=True) for note in notes if note)


def _coverage(covered: Covered) -> Iterator[str]:
    yield (
        f"Stands on {covered.paragraphs} of {covered.paragraphs_total} paragraphs"
        f" from {covered.documents} of {covered.documents_total} documents."
    )
    if covered.missing:
        yield f"Not represented: {'; '.join(theme.label for theme in covered.missing)}."


def _plain(text: str, *, faint: bool = False) -> Paragraph:
    return Paragraph((Piece(one_line(text), faint=faint),))
