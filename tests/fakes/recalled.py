"""A recall of a made-up answer, and what a check of it finds."""

from __future__ import annotations

from datetime import UTC, datetime

from groundwire.domain.documents import DocumentId
from groundwire.domain.ledger import Anchor, ChainReport, Cited, Issued, LedgerEntry, SaidSentence
from groundwire.domain.recalls import Cause, Present, Recall, Verification
from groundwire.domain.spans import Span

THEN = "The ferry carried 2,400 people in May."
NOW = "The ferry carried 2,100 people in May."
SAID = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def entry(name: str, question: str = "How many?", quote: str = THEN, seq: int = 1) -> LedgerEntry:
    """Return an answer that stands on one quote."""
    cited = Cited(
        document_id=DocumentId("d-ferry"),
        root="/desk",
        path="ferry.md",
        title="Ferry",
        span=Span(0, len(quote)),
        quote=quote,
        text_hash="a" * 64,
    )
    issued = Issued(
        kind="answer",
        door="chat",
        index="/desk/index",
        question=question,
        engine="extractive",
        outcome="answered",
        sentences=(SaidSentence(quote, (cited,)),),
        conversation="01M81TEBZ7SN8KYYJ0FBZ9SWP5",
    )
    return LedgerEntry(seq, name, SAID, issued)


def recall(number: int, of: LedgerEntry, now: Present | None = None) -> Recall:
    """Return a recall for one quote that reads otherwise now."""
    found = now or Present("changed", "ferry.md", Span(0, len(NOW)), NOW)
    return Recall(number, of, SAID, (Cause(of.issued.citations[0], found),))


def verification(of: Recall) -> Verification:
    """Return what a check of a recalled answer finds."""
    chain = ChainReport(Anchor(1, "0" * 64), 0, ())
    present = tuple(cause.now for cause in of.causes)
    return Verification(of.entry, chain, (True,), present, "The answer does not stand.")
