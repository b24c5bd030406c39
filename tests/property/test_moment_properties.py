"""Whatever a text says, its expressions stand in it, with days in order, and that is stable."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from groundwire.text.moments import moments
from groundwire.text.timexes import timexes

_WORDS = re.findall(
    r"\S+",
    """
    on in by since until before after between from and to the of early late mid last next this
    Monday Tuesday Sunday January May June December spring winter week month year weekend 3 14 31
    2019 2023 9999 1500 yesterday today tomorrow two days later ago earlier that evening night will
    would said which who if could due council voted opened , . - " \u201c \u201d quarter first
    Christmas Day 29 February following morning twelve 365 years
    """,
)
_SENTENCES = st.lists(st.sampled_from(_WORDS), max_size=14).map(" ".join) | st.text(max_size=60)
_DAYS = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31))


@settings(max_examples=150, deadline=None)
@given(_SENTENCES, _DAYS, _DAYS)
def test_expressions_stand_in_the_text_in_order_and_apart(
    text: str, published: date | None, spoken: date | None
) -> None:
    found = timexes(text, published, spoken)
    assert found == timexes(text, published, spoken)
    assert all(timex.span.end <= len(text) for timex in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    for timex in found:
        for days in (timex.back, timex.ahead):
            assert days is None or days.first <= days.last


@settings(max_examples=100, deadline=None)
@given(st.lists(_SENTENCES, max_size=4), _DAYS)
def test_moments_are_one_a_sentence_and_never_after_what_is_over(
    sentences: list[str], published: date | None
) -> None:
    found = moments(sentences, published)
    assert len(found) == len(sentences)
    for sentence, one in zip(sentences, found, strict=True):
        if one is None:
            continue
        assert one.span.of(sentence)
        assert one.days.first <= one.days.last
        if published and not one.planned:
            assert one.days.first <= published
        if published and one.planned:
            assert one.days.last >= published
