"""What a sentence rests on: the exact passage, highlighted in its surroundings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from groundwire.interfaces.render.lines import EMPTY, Line, faint, strong
from groundwire.interfaces.render.passages import opened
from groundwire.interfaces.slack.escaping import shortened
from groundwire.interfaces.slack.modals import Choice
from groundwire.interfaces.slack.rich import rich_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.domain.documents import Document
    from groundwire.interfaces.slack.stored import Cited, Kept

    Json = dict[str, Any]

AROUND = 1
"""Paragraphs that are shown before and after a cited one."""

BESIDE_CHARACTERS = 900
"""Characters of a paragraph that are shown on either side of cited words."""

NEIGHBOUR_CHARACTERS = 700
"""Characters of a paragraph that is shown only because it stands beside a cited one."""

_CHANGED = "The document has changed since. At the time it said:"


def choices_of(kept: Kept) -> tuple[Choice, ...]:
    """Return the citations of an answer in order, as a menu shows them."""
    return tuple(
        Choice(f"[{cited.n}] {cited.locator}: {_spaced(cited.quote)}", f"{number}.{place}")
        for number, claim in enumerate(kept.claims)
        for place, cited in enumerate(claim.citations)
    )


def citation_of(kept: Kept, value: str) -> tuple[str, Cited] | None:
    """Return the sentence and the citation that a choice stands for; None if there is none."""
    number, _, place = value.partition(".")
    if not (number.isdecimal() and place.isdecimal()):
        return None
    if int(number) >= len(kept.claims):
        return None
    claim = kept.claims[int(number)]
    if int(place) >= len(claim.citations):
        return None
    return claim.text, claim.citations[int(place)]


def evidence_blocks(document: Document, sentence: str, cited: Cited) -> list[Json]:
    """Return the blocks that show one citation.

    Args:
        document: The cited document, as it is now.
        sentence: The sentence of the answer.
        cited: What it rests on.
    """
    blocks = []
    if _spaced(sentence) != _spaced(cited.quote):
        blocks.append(rich_lines([strong("The answer says:"), Line(((sentence, "plain"),), 4)]))
    if document.text[cited.start : cited.end] != cited.quote:
        lines = [strong(f"{document.title} · {cited.locator}"), faint(_CHANGED)]
        return [*blocks, rich_lines([*lines, Line(((cited.quote, "marker"),), 4)])]
    return [*blocks, *map(rich_lines, _paragraphs(document, cited))]


def _paragraphs(document: Document, cited: Cited) -> Iterator[list[Line]]:
    """Yield the title block and each paragraph that is shown, cut to what fits."""
    group: list[Line] = []
    for line in opened(document, [cited.span], around=AROUND):
        if line != EMPTY:
            group.append(_cut(line))
        elif group:
            yield group
            group = []
    if group:
        yield group


def _cut(line: Line) -> Line:
    """Return a line with what stands far from its cited words left out.

    The first part is the label; the cited words are those with the role of a marker.
    """
    label, *words = line.parts
    cited = [number for number, (_, role) in enumerate(words) if role == "marker"]
    if not cited:
        return Line((label, *((shortened(t, NEIGHBOUR_CHARACTERS), role) for t, role in words)))
    parts = []
    for number, (text, role) in enumerate(words):
        if number < cited[0] and len(text) > BESIDE_CHARACTERS:
            parts.append(("…" + text[-BESIDE_CHARACTERS:], role))
        elif number > cited[-1]:
            parts.append((shortened(text, BESIDE_CHARACTERS), role))
        else:
            parts.append((text, role))
    return Line((label, *parts))


def _spaced(text: str) -> str:
    return " ".join(text.split())
