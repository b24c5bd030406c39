"""Places of quotations, as they are reported: the words, who says them, who printed them first."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from groundwire.compare.quotes.speakers import speaker_of_speech, speaker_of_words
from groundwire.compare.quotes.speeches import Page
from groundwire.domain.claims import Citation
from groundwire.domain.quotations import QuotePlace
from groundwire.domain.spans import Span
from groundwire.ground.cite import cite, locator
from groundwire.text.instructions import instruction_spans
from groundwire.text.quotes import best_alignment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundwire.compare.quotes.regions import QuoteSource, Region
    from groundwire.compare.quotes.speakers import Speaker
    from groundwire.domain.documents import DocumentId, Passage
    from groundwire.domain.retrieval import Hit


class Placed(NamedTuple):
    """A place, and what is needed to judge a claimed speaker.

    Attributes:
        place: The place.
        speaker: Who says the words there; None if the document names nobody.
        region: Where it is.
        around: The text around it.
    """

    place: QuotePlace
    speaker: Speaker | None
    region: Region
    around: str


def placed(source: QuoteSource, region: Region, runs: Sequence[Span]) -> Placed:
    """Return runs of words of a region as one place."""
    wide = region.with_context()
    page = wide.page
    span = Span(runs[0].start, runs[-1].end)
    speech = page.speech_of(runs[0])
    quoted = speech is not None and all(speech.holds(run) for run in runs)
    if quoted and speech is not None:
        speaker = speaker_of_speech(page, speech)
    else:
        speaker = speaker_of_words(page, span)
    place = QuotePlace(
        _citation(_passage(source, region, span), region, span),
        region.info,
        speaker.name if speaker else "",
        quoted,
        _sentence(wide, span),
    )
    return Placed(place, speaker, region, page.text)


def in_order(source: QuoteSource, places: Sequence[Placed]) -> tuple[Placed, ...]:
    """Return places by day of publication, copies of a report right after it, numbered."""
    ids = list(dict.fromkeys(each.region.document.id for each in places))
    origins = source.origins(ids)
    groups: dict[DocumentId, list[Placed]] = {}
    for each in sorted(places, key=_key):
        groups.setdefault(origins.get(each.region.document.id, each.region.document.id), []).append(
            each
        )
    return numbered([each for group in groups.values() for each in group])


def numbered(places: Sequence[Placed]) -> tuple[Placed, ...]:
    """Return places with their citations numbered by passage, in the order given."""
    numbers: dict[str, int] = {}
    return tuple(
        each._replace(
            place=replace(
                each.place,
                citation=replace(
                    each.place.citation,
                    n=numbers.setdefault(each.place.citation.passage_id, len(numbers) + 1),
                ),
            )
        )
        for each in places
    )


def nearest_places(quotation: str, hits: Sequence[Hit]) -> tuple[QuotePlace, ...]:
    """Return of each passage the sentence that shares most with a quotation nobody printed.

    Args:
        quotation: The words that were looked for.
        hits: Passages near to them in meaning, best first.
    """
    places = []
    for hit in hits:
        text, start = hit.passage.text, hit.passage.span.start
        page = Page(text, start)
        orders = [order.shift(start) for order in instruction_spans(text)]
        said = [t.span for t in page.told if not any(o.overlaps(t.span) for o in orders)]
        best, _ = best_alignment(quotation, [each.shift(-start).of(text) for each in said])
        if best >= 0:
            speaker = _speaker_near(page, said[best])
            citation = cite(hit, said[best])
            places.append(QuotePlace(citation, hit.document, speaker, sentence=citation.quote))
    return tuple(
        replace(place, citation=replace(place.citation, n=number))
        for number, place in enumerate(places, 1)
    )


def _speaker_near(page: Page, span: Span) -> str:
    """Return who is quoted in a sentence, or whom it lets say what it tells."""
    spoken = (s for s in page.speeches if any(each.overlaps(span) for each in s.stretches))
    speech = next(spoken, None)
    told = next((each.span for each in page.told if each.span.overlaps(span)), span)
    end = Span(told.end - 1, told.end)
    speaker = speaker_of_speech(page, speech) if speech else speaker_of_words(page, end)
    return speaker.name if speaker else ""


def is_order(region: Region, span: Span) -> bool:
    """Return whether words stand in a paragraph that addresses a chatbot: such are never said."""
    return any(
        each.shift(region.span.start).overlaps(span) for each in instruction_spans(region.page.text)
    )


def _key(each: Placed) -> tuple[bool, str, str, int]:
    published = each.region.info.published
    return (
        published is None,
        published.isoformat() if published else "",
        each.region.info.path,
        each.place.citation.span.start,
    )


def _passage(source: QuoteSource, region: Region, span: Span) -> Passage:
    """Return the passage in which words begin."""
    # Most often the words begin in the passage that was found.
    for passage in chain(region.passages, _all_passages(source, region)):
        if passage.span.start <= span.start < passage.span.end:
            return passage
    message = f"{region.info.path}: no passage holds {span}"
    raise ValueError(message)


def _all_passages(source: QuoteSource, region: Region) -> Iterator[Passage]:
    """Yield the passages of a region's document; they are read only if they are needed."""
    yield from source.passages_of(region.document.id)


def _citation(passage: Passage, region: Region, span: Span) -> Citation:
    """Return a citation of words that may go on in the next passage."""
    return Citation(
        n=1,
        document_id=region.document.id,
        passage_id=passage.id,
        path=region.info.path,
        span=span,
        quote=span.of(region.document.text),
        locator=locator(passage, span),
    )


def _sentence(region: Region, span: Span) -> str:
    """Return the sentences around words; nothing more than the words of an order to a chatbot."""
    if is_order(region, span):
        return span.of(region.document.text)
    around = [told.span for told in region.page.told if told.span.overlaps(span)]
    start = min((each.start for each in around), default=span.start)
    end = max((each.end for each in around), default=span.end)
    return region.document.text[min(start, span.start) : max(end, span.end)]
