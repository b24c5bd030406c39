"""The judge on sentences made of parts, true and with one part exchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from groundwire.evaluate.judge.judging import Cited, judge
from groundwire.evaluate.judge.reading import comparable, readable
from groundwire.evaluate.judge.support import objections

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES = st.sampled_from(["Holloway", "Pennick", "Rabie", "Macron", "Rao", "Astley", "Tressel"])
PLACES = st.sampled_from(["Sallow", "Brack", "Paris", "Bonn", "Suez", "Osaka"])
VERBS = st.sampled_from(["visited", "funded", "closed", "praised", "left"])
NUMBERS = st.integers(2, 10_000)
UNITS = st.sampled_from(["tonnes", "miles", "hours", "litres"])
TEXT = st.text(max_size=200)


def sentence(parts: Sequence[object]) -> str:
    name, verb, place, number, unit = parts
    return f"{name} {verb} the works at {place} after {number} {unit} were counted."


Parts = tuple[str, str, str, int, str]
PARTS = st.tuples(NAMES, VERBS, PLACES, NUMBERS, UNITS)


@given(PARTS, PARTS, st.integers(0, 4))
@settings(max_examples=150)
def test_a_changed_part_is_refused(true: Parts, other: Parts, at: int) -> None:
    source, pairs = sentence(true), tuple(zip(true, other, strict=True))
    assert objections(source, [source]) == ()
    changed = sentence([pair[n == at] for n, pair in enumerate(pairs)])
    assert bool(objections(changed, [source])) == (true[at] != other[at])


@given(PARTS, PARTS)
@settings(max_examples=60)
def test_parts_of_two_sentences_are_not_blended(left: Parts, right: Parts) -> None:
    """Each number stays with its own name and place."""
    if {left[0], left[2]} & {right[0], right[2]} or left[3:] == right[3:] or left[1] == right[1]:
        return
    blended = sentence([*left[:3], *right[3:]])
    assert objections(blended, [sentence(left), sentence(right)])


@given(TEXT, st.integers(-3, 203), st.integers(-3, 203), TEXT)
@settings(max_examples=150)
def test_any_text_is_judged_without_an_error(stored: str, start: int, end: int, quote: str) -> None:
    found = judge(quote, [Cited(quote, start, end, stored, comparable(stored))])
    assert found.exact == (0 <= start < end <= len(stored) and stored[start:end] == quote)
    assert found.grounded <= found.exact
    assert found.grounded == (not found.reasons)


@given(TEXT)
@settings(max_examples=150)
def test_reading_twice_changes_nothing(text: str) -> None:
    assert readable(readable(text)) == readable(text)


@given(PARTS)
@settings(max_examples=40)
def test_negation_is_never_lost_or_added(parts: Parts) -> None:
    said = sentence(parts)
    denied = said.replace(" were counted", " were not counted")
    assert objections(said, [denied])
    assert objections(denied, [said])
