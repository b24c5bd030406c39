"""What a reader should know of a checked quotation beside its label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.compare.quotes.edits import weighty
from groundwire.compare.quotes.same_speaker import outlet_is, same_speaker
from groundwire.compare.quotes.speakers import Speaker
from groundwire.compare.quotes.words import quote_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.domain.quotations import QuoteReport


def remarks(report: QuoteReport) -> tuple[str, ...]:
    """Return short sentences on what the label alone does not say; empty if there is nothing.

    They tell which changes decide the meaning, that words are left out or broken by an
    attribution, that words are not in quotation marks in the document, and what it says of the
    speaker where the label is silent about that.
    """
    return tuple(dict.fromkeys((*_on_words(report), *_on_speaker(report))))


def _on_words(report: QuoteReport) -> Iterator[str]:
    first = report.first
    if first is None:
        return
    kinds = dict.fromkeys(kind for edit in report.edits for kind in weighty(edit))
    if report.label in {"altered", "spliced"}:
        yield from (f"a {kind} differs" for kind in kinds)
        return
    if report.edits:
        yield "words are left out where the quotation marks it"
    elif len(quote_words(first.citation.quote)) > len(quote_words(report.quotation)):
        yield "an attribution stands between the words in the document"
    if not first.quoted:
        yield "the document does not put these words in quotation marks"


def _on_speaker(report: QuoteReport) -> Iterator[str]:
    first = report.first
    if first is None or not report.claimed or report.label == "misattributed":
        return
    if outlet_is(report.claimed, first.document.source):
        return
    if not first.speaker:
        yield "the document does not tell who says them"
        return
    named = Speaker(first.speaker, first.speaker)
    if report.label != "exact" and same_speaker(report.claimed, named, first.sentence) is False:
        yield f"the document lets {first.speaker} say them"
