"""Results on a terminal: the same words as in a pipe, with colour, wrapped to the width.

Nothing from a document or a model is ever read as markup: it goes in as ``Text``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from groundwire.interfaces.render.conflicts import difference_cards
from groundwire.interfaces.render.escape import printable
from groundwire.interfaces.render.lines import print_lines
from groundwire.interfaces.render.markdown import (
    corroboration_line,
    describe,
    described_sources,
    excerpt,
    filter_line,
    standalone_line,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from groundwire.domain.answers import Abstention, Answer, Source
    from groundwire.domain.claims import Claim

_MARKER = "bold cyan"
_FAINT = "dim"
_INDENT = 4
_SPACE = re.compile(r"\s+")


def print_answer(console: Console, answer: Answer, *, with_sources: bool) -> None:
    """Print what a follow-up asks and any filters; then an answer, or why there is none."""
    filters = filter_line(answer.filters, answer.provenance.inferred)
    above = "\n".join(line for line in (standalone_line(answer), filters) if line)
    if above:
        console.print(Text(f"{above}\n", style=_FAINT))
    if answer.abstention is not None:
        _print_abstention(console, answer.abstention)
    else:
        print_claims(console, answer.claims)
        print_lines(console, difference_cards(answer.conflicts))
        if corroboration_line(answer):
            console.print(Text(f"\n{corroboration_line(answer)}", style=_FAINT))
        if with_sources:
            print_sources(console, answer.sources, answer.claims)


def _print_abstention(console: Console, abstention: Abstention) -> None:
    console.print(Text(printable(abstention.reason), style="yellow"))
    found = zip(abstention.nearest, abstention.excerpts(), strict=True)
    for number, (hit, text) in enumerate(found):
        console.print(Text("\nClosest passages:" if number == 0 else "", style=_FAINT))
        console.print(Padding(Text(describe(hit), style="bold"), (0, 0, 0, _INDENT)))
        console.print(Padding(Text(excerpt(text), style=_FAINT), (0, 0, 0, _INDENT)))


def print_claims(console: Console, claims: Iterable[Claim]) -> None:
    """Print sentences as one paragraph, their markers in colour."""
    text = Text()
    for claim in claims:
        text.append_text(claim_text(claim)).append(" ")
    text.rstrip()
    console.print(text)


def claim_text(claim: Claim) -> Text:
    """Return one sentence with its markers."""
    span = claim.highlight
    parts = (
        ((claim.text, ""),)
        if span is None
        else (
            (claim.text[: span.start], ""),
            (span.of(claim.text), "bold"),
            (claim.text[span.end :], ""),
        )
    )
    text = Text.assemble(*((_SPACE.sub(" ", printable(part)), style) for part, style in parts))
    if claim.gloss:
        text.append(f" [{printable(claim.gloss)}]", style=_FAINT)
    return text.append(f" {claim.markers()}", style=_MARKER)


def print_sources(console: Console, sources: Iterable[Source], claims: Sequence[Claim]) -> None:
    """Print the numbered passages that the sentences rest on, each with its first words."""
    for n, description, hit in described_sources(sources, claims):
        console.print()
        console.print(Text.assemble((f"[{n}] ", _MARKER), (description, "bold")))
        beginning = Text(excerpt(hit.passage.text, 160), style=_FAINT)
        console.print(Padding(beginning, (0, 0, 0, _INDENT)))
