"""What the documents have of a quotation, as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.compare.quotes.remarks import remarks
from groundwire.interfaces.render.days import day
from groundwire.interfaces.render.escape import one_line
from groundwire.interfaces.render.lines import EMPTY, Line, faint, plain, strong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.domain.quotations import QuoteLabel, QuotePlace, QuoteReport

_INDENT = 2
_HEADS: dict[QuoteLabel, str] = {
    "exact": "Exact: these are the words.",
    "altered": "Altered: the words are not quite these.",
    "spliced": "Spliced: put together from several places.",
    "misattributed": "Misattributed: the words are right, the speaker is not.",
    "absent": "Absent: no document has these words.",
}


def quote_lines(report: QuoteReport) -> Iterator[Line]:
    """Yield the verdict, how the words differ, where they stand and who printed them first."""
    yield Line(((_HEADS[report.label], "good" if report.label == "exact" else "bad"),))
    for edit in report.edits:
        given, printed = one_line(edit.given), one_line(edit.printed)
        yield plain(f"given “{given}”, printed “{printed}”", _INDENT)
    yield from (plain(one_line(remark), _INDENT) for remark in remarks(report))
    if report.label == "misattributed" and report.first is not None:
        said = one_line(report.first.speaker) or "nobody: they are the document's own words"
        yield plain(f"given to {one_line(report.claimed)}, said by {said}", _INDENT)
    for number, place in enumerate(report.places):
        first = number == 0 and len(report.places) > 1 and report.label != "spliced"
        yield EMPTY
        yield from _place(place, "printed first" if first else "")
    if report.nearest:
        yield EMPTY
        yield strong("Closest passages:")
    for place in report.nearest:
        yield from _place(place, "", found=False)


def _place(place: QuotePlace, note: str, *, found: bool = True) -> Iterator[Line]:
    document, citation = place.document, place.citation
    published = day(document.published) if document.published else ""
    offsets = f"characters {citation.span.start} to {citation.span.end}"
    where = (document.title, document.source, published, citation.locator, citation.path)
    named = " · ".join(one_line(part) for part in where if part)
    yield Line(((named, "strong"), (f"  ({note})" if note else "", "good")))
    yield plain(f"“{one_line(citation.quote)}”", _INDENT)
    said = f"said by {one_line(place.speaker)}" if place.speaker else "no speaker is named"
    how = "in quotation marks" if place.quoted else "in the document's own words"
    about = (said, how, offsets) if found else (offsets,)
    yield faint(" · ".join(about), _INDENT)
    if place.sentence and place.sentence != citation.quote:
        yield faint(one_line(place.sentence), _INDENT)
