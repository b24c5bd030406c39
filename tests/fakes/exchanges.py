"""Exchanges of a session, made from the scripted desk's answers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from groundwire.domain.checks import CheckReport
from groundwire.domain.claims import Citation, Claim, Verdict
from groundwire.domain.comparisons import Comparison, Difference, Statement
from groundwire.domain.conversations import ConversationInfo, Exchange
from groundwire.domain.documents import DocumentId
from groundwire.domain.families import Corroboration
from groundwire.domain.quotations import QuotePlace, QuoteReport
from groundwire.domain.retrieval import Scope
from groundwire.domain.spans import Span
from groundwire.domain.summaries import Coverage, Summary, Theme, TimelineEvent, When
from tests.fakes.desk import LETTER_STORY, PROVENANCE, QUOTED, TRADE_STORY, answered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from groundwire.domain.answers import Answer
    from groundwire.domain.conversations import ExchangeKind

SAID = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
INFO = ConversationInfo("01ARYZ6S410000000000000000", "Who is Lee?", SAID, SAID, 1)


def exchange(
    question: str,
    result: Mapping[str, object],
    *,
    kind: ExchangeKind = "answer",
    text: str = "",
    stopped: bool = False,
) -> Exchange:
    """Return the first exchange of a session."""
    return Exchange(1, question, kind, text, result, SAID, stopped)


def of_answer(answer: Answer) -> Exchange:
    """Return an exchange that an answer came back in."""
    return exchange(answer.question, answer.to_dict(), text=answer.text)


def difference() -> Difference:
    """Return two documents that give different values."""
    sides = []
    for n, story in enumerate((TRADE_STORY, LETTER_STORY), start=1):
        hit, end = story.hit(), len(story.text)
        quote = Citation(
            n, hit.document.id, hit.passage.id, hit.document.path, Span(0, end), story.text, "¶ 4"
        )
        speaker = "Mr Trump" if n == 2 else ""
        sides.append(Statement(quote, story.source, story.published, Span(0, 5), speaker))
    return Difference("conflict", "number", "trade", tuple(sides))


def timeline() -> Summary:
    """Return a timeline of two days, the second one ahead, that leaves a theme out."""
    answer = answered("q", TRADE_STORY, LETTER_STORY)
    events = tuple(
        TimelineEvent(
            When(date(2019, 6, 20 + n), date(2019, 6, 20 + n)),
            claim,
            None,
            Corroboration(1, 1),
            planned=bool(n),
        )
        for n, claim in enumerate(answer.claims)
    )
    coverage = Coverage(2, 3, 2, 9, missing=(Theme("Hong Kong protests", ()),))
    return Summary(
        "everything", answer.claims, answer.sources, coverage, PROVENANCE, "timeline", events
    )


def bullets() -> Summary:
    """Return a summary whose first sentence has a gloss."""
    answer = answered("q", TRADE_STORY, LETTER_STORY)
    first = answer.claims[0]
    claims = (Claim(first.text, first.citations, QUOTED, "Mr Lee"), *answer.claims[1:])
    coverage = Coverage(2, 2, 2, 2)
    return Summary("everything", claims, answer.sources, coverage, PROVENANCE, "bullets")


def quoted() -> QuoteReport:
    """Return a quotation that stands in one document, in the middle of a sentence."""
    hit = LETTER_STORY.hit()
    start = LETTER_STORY.text.index("called")
    span = Span(start, start + len("called the letter"))
    place = Citation(
        1, hit.document.id, hit.passage.id, "letter.md", span, span.of(LETTER_STORY.text), "¶ 4"
    )
    where = QuotePlace(place, hit.document, "Mr Trump", sentence=LETTER_STORY.text)
    return QuoteReport("“called the letter”", "called the letter", "exact", places=(where,))


def checked() -> CheckReport:
    """Return a claim that a document says word for word."""
    answer = answered("q", TRADE_STORY)
    evidence = answer.claims[0].citations
    verdict = Verdict("quoted", 1.0, "verbatim")
    return CheckReport(TRADE_STORY.text, verdict, 1.0, evidence, (), answer.sources, Scope())


def compared() -> Comparison:
    """Return two reports that are in conflict."""
    left, right = TRADE_STORY.hit().document, LETTER_STORY.hit().document
    assert left.id == DocumentId(f"d-{TRADE_STORY.title}")
    return Comparison(left, right, "reports", conflicts=(difference(),))
