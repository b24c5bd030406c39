"""Six results made of fixed objects, and ways to show them without a terminal."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from rich.console import Console

from groundwire.domain.answers import Abstention, Answer, Provenance
from groundwire.domain.claims import Dropped, Verdict
from groundwire.domain.comparisons import Agreement, Change, Comparison, Difference
from groundwire.domain.families import Corroboration
from groundwire.domain.filters import InferredFilter, InferredFilters
from groundwire.domain.quotations import QuoteEdit, QuoteReport
from groundwire.domain.retrieval import Scope
from groundwire.domain.spans import Span
from groundwire.domain.summaries import Coverage, Place, Summary, Theme
from groundwire.ground.cite import number, quoted_claim, sources
from tests.fakes.passages import hit
from tests.fakes.statements import place, statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.domain.claims import Claim
    from groundwire.domain.retrieval import Hit

TODAY = date(2026, 11, 22)
LEAD = "The harbour authority had promised a figure since the spring, and gave none until now. "
COST = "The Quay Line will cost £112m, according to a report by the council's external auditors."
REST = " The first estimate, four years ago, had been £84m, and the second £97.5m."
PROVENANCE = Provenance(
    "llm",
    "g-20261122",
    7,
    "package:minilm",
    model="ollama:small",
    prompt="answer.v1",
    prompt_hash="0123456789abcdef" * 4,
    timing_ms={"retrieve": 12, "total": 20},
    scores={"best": 4.0, "sufficiency": 1.25, "threshold": -0.9},
)


def published(found: Hit, day: date | None, title: str = "") -> Hit:
    """Return a hit whose document came out on a day."""
    named = title or found.document.title
    return replace(found, document=replace(found.document, published=day, title=named))


def quoting(found: Hit, words: str) -> Claim:
    """Return a claim that quotes some words of a passage."""
    start = found.passage.span.start + found.passage.text.index(words)
    return quoted_claim(found, Span(start, start + len(words)))


def answer_of(
    question: str, claims: Sequence[Claim], hits: Sequence[Hit], **fields: object
) -> Answer:
    """Return an answer that rests on hits."""
    numbered = number(list(claims))
    whole = Answer(
        question, question, "answered", numbered, sources(numbered, hits), Scope(), PROVENANCE
    )
    return replace(whole, **fields)  # type: ignore[arg-type]  # fields by name


TRAM = published(hit(LEAD + COST + REST), date(2023, 6, 14), "Auditors put Aldermoor tram at £112m")
OPENS = published(
    hit("It will not carry passengers before the summer of 2027.", name="b", rank=2),
    date(2022, 11, 28),
)
SPARE = published(hit("The depot stands at the old gasworks.", name="c", rank=3), None)
LATEST = InferredFilters(
    (
        InferredFilter("latest", Span(8, 14), "latest", "newest first"),
        InferredFilter("dates", Span(0, 4), "2019", "published in 2019", lifted=True),
    )
)


def cited() -> Answer:
    """Return an answer on a moving matter, with a follow-up completed and filters read."""
    start = COST.index("£112m")
    claim = replace(quoting(TRAM, COST), highlight=Span(start, start + 5), gloss="tram")
    return answer_of(
        "And the latest?",
        [claim, quoting(OPENS, OPENS.passage.text)],
        [TRAM, OPENS, SPARE],
        standalone="What is the latest estimate of the tram's cost?",
        provenance=replace(PROVENANCE, inferred=LATEST),
        corroboration=Corroboration(3, 2),
        dropped=(Dropped("It will open in May.", "no passage says this"),),
        warnings=("the model was slow",),
    )


def conflicting() -> Answer:
    """Return an answer whose sources give two counts."""
    million = hit("More than 1.03 million marched, organisers said.")
    police = hit("Police counted 240,000.", name="b", rank=2)
    sides = (
        replace(statement(million.passage.text, "1.03 million"), speaker="organisers"),
        replace(
            statement(police.passage.text, "240,000", name="b", speaker="Police"),
            source="Northgate Times",
        ),
    )
    sides = (sides[0], replace(sides[1], citation=replace(sides[1].citation, n=2)))
    return answer_of(
        "How many marched?",
        [quoting(each, each.passage.text) for each in (million, police)],
        [million, police],
        conflicts=(Difference("conflict", "number", "marchers", sides),),
        corroboration=Corroboration(2, 2),
    )


def abstaining() -> Answer:
    """Return an abstention with the closest sentence of each passage."""
    start = TRAM.passage.text.index(COST)
    closest = (Span(start, start + len(COST)), SPARE.passage.span)
    reason = "The documents do not say. No document mentions “Putin”."
    declined = Abstention(reason, (TRAM, SPARE), ("Putin",), closest)
    return Answer(
        "What did Putin say?",
        "What did Putin say?",
        "nothing",
        (),
        (),
        Scope(sources=("Harbour Wire",)),
        PROVENANCE,
        declined,
    )


def summary() -> Summary:
    """Return a brief with what it stands on and leaves out."""
    claims = number([quoting(TRAM, COST), quoting(OPENS, OPENS.passage.text)])
    spot = Place(TRAM.document.id, TRAM.passage.id, "a.md", Span(0, 4), "¶ 1")
    coverage = Coverage(2, 3, 4, 9, (spot,), (Theme("harbour dues", (spot, spot)),))
    return Summary(
        "everything",
        claims,
        sources(claims, [TRAM, OPENS]),
        coverage,
        PROVENANCE,
        corroboration=Corroboration(3, 2),
    )


def comparison() -> Comparison:
    """Return two reports that agree and differ."""
    left, right = statement("The tram is red."), statement("The tram is scarlet.", name="b")
    return Comparison(
        hit("x").document,
        hit("y", name="b").document,
        "reports",
        agreements=(Agreement(left, right, 0.9, ("tram",)),),
        conflicts=conflicting().conflicts,
        only_left=(left,),
        only_right=(right,),
        changes=(Change("number", left, right, "84", "97"),),
    )


def quotation() -> QuoteReport:
    """Return an altered quotation."""
    first = place("“We will build it,” said Lind.", "We will build it")
    second = place("“We will build it,” she said.", "We will build it", name="b", speaker="")
    edit = QuoteEdit("might", "will")
    return QuoteReport("x", "We might build it", "altered", "Lind", (first, second), (edit,))


def supported(claim: Claim, *reasons: str) -> Claim:
    """Return a claim that a judge found supported."""
    return replace(claim, verdict=Verdict("supported", 0.91, "overlap", reasons))


class Screen(io.StringIO):
    """What a console writes; a terminal, as far as anybody can tell."""

    def isatty(self) -> bool:
        """Say that it is one."""
        return True


def console(width: int, *, no_color: bool = False) -> Console:
    """Return a terminal of some width whose output is kept."""
    return Console(
        file=Screen(),
        width=width,
        force_terminal=True,
        color_system="standard",
        no_color=no_color,
        highlight=False,
        legacy_windows=False,
        _environ={"TERM": "xterm-256color"},
    )


def written(on: Console) -> str:
    """Return everything that a console wrote."""
    assert isinstance(on.file, io.StringIO)
    return on.file.getvalue()


_CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\]8;[^;]*;[^\x1b]*\x1b\\\\?")


def without_codes(text: str) -> str:
    """Return text without colours and links."""
    return _CODES.sub("", text)
