"""Whether a quotation is right: exact, altered, spliced, misattributed or absent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.compare.quotes.alignment import Wanted
from groundwire.compare.quotes.matching import exact_matches
from groundwire.compare.quotes.near import nearly
from groundwire.compare.quotes.parts import read_quotation
from groundwire.compare.quotes.places import in_order, numbered, placed
from groundwire.compare.quotes.regions import holding, resembling
from groundwire.compare.quotes.same_speaker import outlet_is, same_speaker
from groundwire.domain.quotations import QuoteReport
from groundwire.domain.retrieval import Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.compare.quotes.near import Near
    from groundwire.compare.quotes.parts import Reading
    from groundwire.compare.quotes.places import Placed
    from groundwire.compare.quotes.regions import QuoteSource, Region
    from groundwire.domain.quotations import QuoteEdit, QuoteLabel, QuotePlace

EVERYTHING = Scope()
_SURELY = 0.8
"""A place that holds so many of the words, as a share, is the one that is meant."""
_RANKS: tuple[QuoteLabel, ...] = ("exact", "misattributed", "spliced", "altered", "absent")


@dataclass(frozen=True, slots=True)
class _Finding:
    """What was found under one reading of what was typed."""

    reading: Reading
    label: QuoteLabel
    places: tuple[QuotePlace, ...] = ()
    edits: tuple[QuoteEdit, ...] = ()
    similarity: float = 0.0


def check_quote(text: str, source: QuoteSource, scope: Scope = EVERYTHING) -> QuoteReport:
    """Return what the documents have of a quotation.

    A quotation is *exact* if its letters, figures and words stand in a document in their order:
    capitals, kinds of quotation marks and dashes, punctuation and spaces do not count, an
    attribution may break it up, and words may be left out inside one speech where the quotation
    marks it. It is *misattributed* if it is exact and the document lets somebody else say it.

    Args:
        text: What was typed: the quotation, with or without marks, with or without a speaker.
        source: The documents.
        scope: Which of them may be used.

    Raises:
        UsageError: There is no word in the text, or there are too many.
    """
    best: _Finding | None = None
    for reading in read_quotation(text):
        found = _look(reading, source, scope)
        if best is None or _RANKS.index(found.label) < _RANKS.index(best.label):
            best = found
    assert best is not None  # noqa: S101 -- a text with words has a reading
    return QuoteReport(
        text=text,
        quotation=best.reading.quotation,
        label=best.label,
        claimed=best.reading.claimed,
        places=best.places,
        edits=best.edits,
        similarity=best.similarity,
    )


def _look(reading: Reading, source: QuoteSource, scope: Scope) -> _Finding:
    found = _exact(reading, source, holding(source, reading, scope))
    if found is not None:
        return found
    # An index parts some words otherwise ("U.S.", "1,400"): its phrases do not find all.
    regions = resembling(source, reading, scope, piecewise=False)
    found = _exact(reading, source, regions) or _near(reading, source, regions)
    if found.label == "altered" and found.similarity < _SURELY:
        found = None
    if found is not None and found.label not in {"absent", "spliced"}:
        return found
    regions = resembling(source, reading, scope, piecewise=True)
    return _exact(reading, source, regions) or _near(reading, source, regions)


def _exact(reading: Reading, source: QuoteSource, regions: Sequence[Region]) -> _Finding | None:
    """Return what was found if the words stand somewhere as they are."""
    matches = [match for region in regions for match in exact_matches(region, reading)]
    if not matches:
        return None
    whole = [match for match in matches if match.is_whole]
    chosen = whole or matches
    edits = {id(match.region): match.edits for match in chosen}
    places = in_order(source, [placed(source, match.region, match.runs) for match in chosen])
    label: QuoteLabel = "exact" if whole else "altered"
    if whole and _is_somebody_elses(places, reading.claimed):
        label = "misattributed"
    return _Finding(
        reading,
        label,
        tuple(each.place for each in places),
        edits[id(places[0].region)],
        1.0,
    )


def _is_somebody_elses(places: Sequence[Placed], claimed: str) -> bool:
    """Return whether no document lets the claimed speaker say the words, and one tells who does."""
    if not claimed:
        return False
    judged = [_is_claimed(each, claimed) for each in places]
    return True not in judged and False in judged


def _is_claimed(each: Placed, claimed: str) -> bool | None:
    """Return whether a document lets the claimed speaker say words; None if it does not tell."""
    if outlet_is(claimed, each.region.info.source):
        return True
    if each.speaker is None:
        return None if each.place.quoted else False
    return same_speaker(claimed, each.speaker, each.around)


def _near(reading: Reading, source: QuoteSource, regions: Sequence[Region]) -> _Finding:
    """Return what comes closest to words that stand nowhere as they are."""
    found: Near | None = nearly(Wanted.of(reading.words), regions)
    if found is None:
        return _Finding(reading, "absent")
    places = [placed(source, region, runs) for region, runs in found.places]
    ordered = numbered(places) if found.label == "spliced" else in_order(source, places)
    first = ordered[0]
    if not found.is_sure and not (reading.claimed and _is_claimed(first, reading.claimed)):
        return _Finding(reading, "absent")
    edits = next(
        edits
        for (region, _), edits in zip(found.places, found.edits, strict=True)
        if region is first.region or found.label == "spliced"
    )
    return _Finding(
        reading, found.label, tuple(each.place for each in ordered), edits, found.similarity
    )
