"""Where a quotation stands word for word."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.compare.quotes.cut_short import cut_short
from groundwire.domain.quotations import QuoteEdit
from groundwire.domain.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundwire.compare.quotes.parts import Reading
    from groundwire.compare.quotes.regions import Region
    from groundwire.compare.quotes.words import Word

_MARKED = "…"
_INSERTED_FOR = 8
"""Words of a document that words in square brackets stand for at most."""


@dataclass(frozen=True, slots=True)
class Match:
    """A place where the words stand.

    Attributes:
        region: Where.
        span: From the first word to the last one, in the document's text.
        runs: The words themselves: more than one where something stands between.
        edits: For words left out where the quotation marks it, what was left out; for a quotation
            cut short so that it says something else, what was cut.
        is_whole: Whether nothing was cut off that changes the meaning.
    """

    region: Region
    span: Span
    runs: tuple[Span, ...]
    edits: tuple[QuoteEdit, ...] = ()
    is_whole: bool = True


def exact_matches(region: Region, reading: Reading) -> tuple[Match, ...]:
    """Return every place of a region where a quotation stands word for word.

    The words follow one another in the document, or in what one person says there; or else words
    are left out between them where the quotation marks it, within one speech or, in the document's
    own words, within one paragraph.
    """
    flat = [word.key for word in reading.words]
    if any(word.key not in region.known and not word.inserted for word in reading.words):
        return ()
    found = [
        _match(region, [run])
        for run in _runs(region.words, flat)
        if not _joins_speeches(region, run)
    ]
    if not found:
        found = [_match(region, [run]) for each in region.spoken for run in _runs(each, flat)]
    if not found and (len(reading.parts) > 1 or any(word.inserted for word in reading.words)):
        found = list(_with_omissions(region, reading))
    return tuple(_judged(match, reading) for match in found)


def _judged(match: Match, reading: Reading) -> Match:
    """Return a match with what was cut off at its ends, where that changes the meaning."""
    cut = cut_short(match.region.page, match.span, [word.key for word in reading.words])
    if not cut:
        return match
    return Match(match.region, match.span, match.runs, (*match.edits, *cut), is_whole=False)


def _runs(words: Sequence[Word], keys: Sequence[str]) -> Iterator[tuple[Word, ...]]:
    """Yield every stretch of words with the given keys."""
    first, count = keys[0], len(keys)
    wanted = list(keys)
    have = [word.key for word in words]
    start = 0
    while True:
        try:
            start = have.index(first, start)
        except ValueError:
            return
        if have[start : start + count] == wanted:
            yield tuple(words[start : start + count])
        start += 1


def _with_omissions(region: Region, reading: Reading) -> Iterator[Match]:
    """Yield the places where the parts stand in order, with words left out between them."""
    bracketed = any(word.inserted for word in reading.words)
    parts = [[word.key for word in part] for part in reading.parts]
    speeches = [
        tuple(w for w in region.words if any(s.start <= w.start < s.end for s in each.stretches))
        for each in region.page.speeches
    ]
    spoken = [stretch for each in region.page.speeches for stretch in each.stretches]
    own = [
        tuple(
            w
            for w in region.words
            if told.span.start <= w.start < told.span.end
            and not any(s.start <= w.start < s.end for s in spoken)
        )
        for told in region.page.told
    ]
    for unit in (*speeches, *own):
        at = 0
        while True:
            runs = _in_order(unit[at:], parts, bracketed=bracketed)
            if not runs:
                break
            yield _match(region, runs)
            at = unit.index(runs[0][0]) + 1


def _in_order(
    words: Sequence[Word], parts: Sequence[Sequence[str]], *, bracketed: bool
) -> list[tuple[Word, ...]]:
    """Return the first place of each part after the one before; nothing if one is lacking."""
    found: list[tuple[Word, ...]] = []
    at = 0
    for part in parts:
        run = next(_runs(words[at:], part), None)
        if run is None:
            return []
        start = words.index(run[0], at)
        if bracketed and found and start - at > _INSERTED_FOR:
            return []
        found.append(run)
        at = start + len(run)
    return found


def _match(region: Region, runs: Sequence[Sequence[Word]]) -> Match:
    """Return runs of words as a match; what stands between two runs was left out."""
    text = region.document.text
    edits = []
    for left, right in itertools.pairwise(runs):
        between = Span(left[-1].end, max(right[0].start, left[-1].end + 1)).of(text)
        if re.search(r"\w", between):
            edits.append(QuoteEdit(_MARKED, between.strip(' .,;:"“”\n')))
    spans = tuple(span for run in runs for span in _stretches(region, run))
    return Match(region, Span(spans[0].start, spans[-1].end), spans, tuple(edits))


def _stretches(region: Region, run: Sequence[Word]) -> Iterator[Span]:
    """Yield a run cut where its speech is broken."""
    start = run[0]
    for left, right in itertools.pairwise(run):
        inside = next((s for s in region.page.speeches if s.holds(left.span)), None)
        if inside and not inside.holds(Span(left.start, right.end)):
            yield Span(start.start, left.end)
            start = right
    yield Span(start.start, run[-1].end)


def _around(run: Sequence[Word]) -> Span:
    return Span(run[0].start, run[-1].end)


def _joins_speeches(region: Region, run: Sequence[Word]) -> bool:
    """Return whether words that follow one another are of two people and nothing else."""
    span = _around(run)
    touched = [
        each for each in region.page.speeches if any(s.overlaps(span) for s in each.stretches)
    ]
    if len(touched) < 2:  # noqa: PLR2004 -- two speeches
        return False
    return all(any(each.holds(word.span) for each in touched) for word in run)
