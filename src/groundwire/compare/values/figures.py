"""Figures of a sentence: what is counted or measured, and between which bounds it lies."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from groundwire.compare.values import shapes
from groundwire.compare.values.amounts import Figure
from groundwire.compare.values.measures import (
    BOUNDS,
    CURRENCIES,
    EASY,
    OPEN,
    PARTS,
    PERIODS,
    RANGES,
    SIGNS,
    UNITS,
)
from groundwire.domain.spans import Span
from groundwire.text.numerals import numbers

if TYPE_CHECKING:
    import re

    from groundwire.compare.values.measures import Bound

_ROUNDED = 0.025
_ABOUT = 0.1
_COUNTED_EXACTLY = 100
_VAGUE = 6
"""Most that "for weeks" is taken for."""
_ABOVE, _FAR_ABOVE, _BELOW, _JUST_BELOW = 1.5, 2.0, 0.5, 0.9


@lru_cache(maxsize=4096)
def figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a sentence in order, none overlapping another.

    Years and other dates are none, nor are figures inside a name or label ("G20", "Flight 370").

    Args:
        text: A sentence.
    """
    found: list[Figure] = []
    for match in shapes.TOKEN.finditer(text):
        if found and match.start() < found[-1].span.end:
            continue
        figure = _read(text, match)
        if figure is None:
            continue
        if found and _is_range(text, found[-1], figure):
            figure = _joined(text, found.pop(), figure)
        found.append(figure)
    return tuple(found)


def _read(text: str, match: re.Match[str]) -> Figure | None:
    """Return the figure that begins with a number word or figure."""
    if match["vague"] or match["none"] or match["many"]:
        return _vague(match)
    span = Span(*match.span())
    if match["bare"]:
        return _widened(text, span, "duration", (1.0, 1.0), UNITS[match["bare"].casefold()][1])
    if match["times"]:
        return _rate(text, span, match["times"], shapes.RATE)
    if match["top"] or match["half"] or match["halved"]:
        return _part(text, span, (1.0, 1.0), span.end if match["top"] else span.start)
    return _numbered(text, span, match)


def _vague(match: re.Match[str]) -> Figure:
    """Return the figure of "dozens", "nobody" or "for weeks"."""
    span, sort = Span(*match.span()), "count"
    if match["vague"]:
        low, high = RANGES[" ".join(match["vague"].casefold().split())]
    elif match["none"]:
        return Figure(span, sort, 0.0, 0.0, 0.0, 0.0, "exact")
    else:
        size = UNITS[match["many"].casefold()][1]
        span, sort = Span(*match.span("many")), "duration"
        low, high = 2 * size, _VAGUE * size
    return Figure(span, sort, low, low, high, 0.0, "between")


def _numbered(text: str, span: Span, match: re.Match[str]) -> Figure | None:
    phrase, end = match["number"], span.end
    before = text[max(0, span.start - shapes.REACH) : span.start]
    read = _number(("$" if match["sign"] else "") + phrase)
    if read is None:
        return None
    if match["sign"]:
        return _widened(text, span, f"money:{SIGNS[match['sign'].casefold()]}", read)
    for shape, made in _SUFFIXES:
        after = shape.match(text, end)
        if after is not None and (figure := made(text, Span(span.start, after.end()), read, after)):
            return figure
    if _is_label(text, span, phrase):
        return None
    beside = (
        shapes.BESIDE_BEFORE.search(before)
        and shapes.BESIDE_AFTER.match(text, end)
        and read[0] < _OLDEST
    )
    if shapes.AGED.search(before) or (beside and phrase.isdigit()):
        return _widened(text, span, "age", read)
    return _widened(text, span, "count", read)


def _is_label(text: str, span: Span, phrase: str) -> bool:
    """Return whether a figure belongs to a name, an ordinal or a year: "Flight 370", "3rd"."""
    end, before = span.end, text[max(0, span.start - shapes.REACH) : span.start]
    year = shapes.YEAR.fullmatch(phrase) and not shapes.PLURAL.match(text, end)
    if year or shapes.TH.match(text, end) or shapes.LABEL.search(before):
        return True
    named = shapes.NAME.search(text[: span.start])
    return bool(named and (shapes.ENDS.match(text, end) or phrase.isdigit()))


def _widened(
    text: str, span: Span, sort: str, read: tuple[float, float], size: float = 1.0
) -> Figure:
    """Return a figure in the base unit, with the bound before it taken in."""
    value, place = read[0] * size, read[1] * size
    bound = shapes.BOUND.search(text, max(0, span.start - shapes.REACH), span.start)
    word = " ".join(bound[1].casefold().split()) if bound else ""
    kind: Bound = BOUNDS.get(word, "exact")
    if bound:
        span = Span(bound.start(), span.end)
    if shapes.RELATIVE.match(text, span.end):
        sort = f"{sort}:more"
    exactly = sort in {"age", "rate"} or (sort == "count" and value < _COUNTED_EXACTLY)
    slack = 0.0 if exactly else min(place / 2, _ROUNDED * value)
    low, high = value - slack, value + slack
    if kind == "about":
        wide = max(min(place, _ABOUT * value), slack)
        low, high = value - wide, value + wide
    elif kind == "above":
        vague = word in OPEN or (sort == "duration" and read[0] == 1)
        low, high = value, value * (_FAR_ABOVE if vague else _ABOVE)
    elif kind == "below":
        low, high = value * (_JUST_BELOW if word in EASY else _BELOW), value
    return Figure(span, sort, value, low, high, slack, kind)


def _is_range(text: str, first: Figure, second: Figure) -> bool:
    """Return whether two figures are the ends of a range: "300 to 500", "$3m-$5m"."""
    gap = text[first.span.end : second.span.start]
    if not shapes.LINK.fullmatch(gap) or first.sort not in {second.sort, "count"}:
        return False
    before = text[: first.span.start]
    if shapes.FROM.search(before) or (gap == " and " and not shapes.BETWEEN.search(before)):
        return False
    return "between" not in (first.bound, second.bound)


def _joined(text: str, first: Figure, second: Figure) -> Figure:
    """Return a range; its lower end has the scale and unit of the upper one."""
    low = first.written
    if first.sort != second.sort or low * _COUNTED_EXACTLY < second.written:
        read = _number(second.span.of(text).split()[0].strip("$€£"))
        low *= second.written / read[0] if read and read[0] else 1.0
    between = shapes.BETWEEN.search(text, max(0, first.span.start - shapes.REACH), first.span.start)
    start = between.start() if between else first.span.start
    if low >= second.written:
        return second
    span = Span(start, second.span.end)
    return replace(second, span=span, written=low, low=low, high=second.written, bound="between")


def _number(phrase: str) -> tuple[float, float] | None:
    """Return a number, and what one in its last written place is worth."""
    folded = phrase.casefold().strip()
    if folded in {"one", "once"}:
        return 1.0, 1.0
    if folded == "twice":
        return 2.0, 1.0
    found = numbers(phrase)
    if len(found) != 1:
        return None
    whole, _, decimals = found[0].partition(".")
    zeros = len(whole) - len(whole.rstrip("0"))
    return float(found[0]), 10.0 ** -len(decimals) if decimals else 10.0**zeros


def _rate(text: str, span: Span, phrase: str, shape: re.Pattern[str]) -> Figure | None:
    after, read = shape.match(text, span.end), _number(phrase)
    if after is None or read is None:
        return None
    whole = Span(span.start, after.end())
    return _widened(text, whole, "rate", read, PERIODS[after["period"].casefold()])


def _times(text: str, span: Span, read: tuple[float, float], after: re.Match[str]) -> Figure:
    return _widened(text, span, "rate", read, PERIODS[after["period"].casefold()])


def _clock(text: str, span: Span, read: tuple[float, float], after: re.Match[str]) -> Figure | None:
    del read
    hour, _, decimals = text[span.start : after.start()].partition(".")
    if not hour.isdigit() or int(hour) >= _HOURS:
        return None
    minute = int(decimals or after["minute"] or after["plain"] or 0)
    time = 60.0 * int(hour) + minute
    if after["half"]:
        time = time % (60 * 12) + 60 * 12 * (after["half"] in "pP")
    bound = shapes.BOUND.search(text, max(0, span.start - shapes.REACH), span.start)
    kind: Bound = "about" if bound or not minute else "exact"
    early = shapes.EARLY.search(text, max(0, span.start - shapes.REACH), span.start)
    wide = shapes.MINUTES if bound or early else 5.0 if not minute else 0.0
    return Figure(span, "clock", time, time - wide, time + wide, 0.0, kind)


def _votes(text: str, span: Span, read: tuple[float, float], after: re.Match[str]) -> Figure | None:
    noes = _number(after["noes"])
    dashed = after.re is shapes.DASHED and not shapes.GAME.search(text, 0, span.start)
    if noes is None or dashed:
        return None
    return Figure(span, "score", read[0], read[0], read[0], 0.0, "exact", noes[0])


def _age(text: str, span: Span, read: tuple[float, float], after: re.Match[str]) -> Figure:
    del after
    return _widened(text, span, "age", read)


def _share(text: str, span: Span, read: tuple[float, float], after: re.Match[str]) -> Figure:
    del after
    return _widened(text, span, "share", read, 0.01)


def _part_of(text: str, span: Span, read: tuple[float, float], after: re.Match[str]) -> Figure:
    return _fraction(text, span, read[0], float(PARTS[after["part"].casefold()]))


def _part(text: str, span: Span, read: tuple[float, float], at: int) -> Figure | None:
    after = shapes.PART.match(text, at)
    return _part_of(text, Span(span.start, after.end()), read, after) if after else None


def _out_of(
    text: str, span: Span, read: tuple[float, float], after: re.Match[str]
) -> Figure | None:
    whole = _number(after["of"])
    if whole is None or whole[0] <= read[0]:
        return None
    return _fraction(text, span, read[0], whole[0])


def _fraction(text: str, span: Span, top: float, bottom: float) -> Figure:
    return _widened(text, span, "share", (top / bottom, 1 / bottom))


def _money(text: str, span: Span, read: tuple[float, float], after: re.Match[str]) -> Figure:
    return _widened(text, span, f"money:{CURRENCIES[after['currency'].casefold()]}", read)


def _measure(text: str, span: Span, read: tuple[float, float], after: re.Match[str]) -> Figure:
    sort, size = UNITS["-".join(after["unit"].casefold().split())]
    cube = (after["cube"] or "").casefold().strip()
    if after["hour"]:
        sort, size = "speed", size / 1e3
    elif cube == "nautical":
        size *= 1.15078
    elif cube == "cubic":
        sort, size = "volume", 1e3 * size**3
    elif cube:
        sort, size = "area", size**2
    return _widened(text, span, sort, read, size)


_HOURS = 24
_OLDEST = 100
_SUFFIXES = (
    (shapes.CLOCK, _clock),
    (shapes.VOTES, _votes),
    (shapes.DASHED, _votes),
    (shapes.TIMES, _times),
    (shapes.OLD, _age),
    (shapes.PERCENT, _share),
    (shapes.PART, _part_of),
    (shapes.OUT_OF, _out_of),
    (shapes.CURRENCY, _money),
    (shapes.MEASURE, _measure),
)
"""What may follow a number, and the figure it makes; the first that fits counts."""
