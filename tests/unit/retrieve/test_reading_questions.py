"""What a question names: outlets, days, clauses."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundwire.domain.spans import Span
from groundwire.retrieve.clauses import clauses
from groundwire.retrieve.dates import named_days
from groundwire.retrieve.outlets import Outlets
from groundwire.retrieve.query import read_query

OUTLETS = Outlets(["Harbour Wire", "The Meridian Post", "Kestrel.com | Business", "Time", ""])


def found(question: str) -> list[tuple[str, set[str]]]:
    return [(o.span.of(question), set(o.sources)) for o in OUTLETS.find(question)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What did Harbour Wire say?", [("Harbour Wire", {"Harbour Wire"})]),
        ("according to Kestrel, it fell", [("Kestrel", {"Kestrel.com | Business"})]),
        ("Kestrel.com's figures", [("Kestrel.com", {"Kestrel.com | Business"})]),
        ("as TIME reported", [("TIME", {"Time"})]),
        ("the harbour wire fence, in time", []),
        ("The Meridian Posting", []),
        ("going by the Meridian Post", [("Meridian Post", {"The Meridian Post"})]),
        ("", []),
    ],
)
def test_outlets_are_found_by_the_names_people_use(
    question: str, expected: list[tuple[str, set[str]]]
) -> None:
    assert found(question) == expected


def test_an_index_without_outlets_names_none() -> None:
    assert Outlets([]).find("Harbour Wire") == ()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who met Xi at the airport?", ["Who met Xi at the airport?"]),
        (
            (
                "Did Harbour Wire report the new tram cost estimate, while the Post praised the "
                "old flood barrier plan?"
            ),
            [
                "Did Harbour Wire report the new tram cost estimate",
                "the Post praised the old flood barrier plan?",
            ],
        ),
        ("What happened on October 6, 2023?", ["What happened on October 6, 2023?"]),
        ("Xi, Kim, Trump?", ["Xi, Kim, Trump?"]),
    ],
)
def test_clauses_are_cut_where_a_new_thing_is_asked(question: str, expected: list[str]) -> None:
    assert [span.of(question) for span in clauses(question)] == expected


@given(text=st.text(alphabet="ab ,;:?andwhile", max_size=80))
def test_clauses_are_ordered_and_apart(text: str) -> None:
    spans = clauses(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert not spans or spans[-1].end <= len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on October 6, 2023", [date(2023, 10, 6)]),
        ("on 6 October 2023 and June 1st", [date(2019, 6, 1), date(2023, 10, 6)]),
        ("since 2021-03-29", [date(2021, 3, 29)]),
        ("on February 31, 2020", []),
        ("in 2020", []),
    ],
)
def test_days_are_read_in_the_forms_people_write(text: str, expected: list[date]) -> None:
    assert sorted(named_days(text, 2019)) == sorted(expected)


def test_outlet_names_leave_the_words_that_are_searched_for() -> None:
    asked = (
        "Did Harbour Wire report the new tram cost estimate, while Time praised the old flood "
        "barrier plan on 3 June 2021?"
    )
    query = read_query(asked, OUTLETS, 2019)
    assert query.whole.span == Span(0, len(asked))
    assert query.whole.sources == {"Harbour Wire", "Time"}
    assert not {"harbour", "wire", "time"} & set(query.whole.terms)
    first, second = query.clauses
    assert first.sources == {"Harbour Wire"}
    assert second.sources == {"Time"}
    assert (first.days, second.days) == ((), (date(2021, 6, 3),))


def test_a_clause_that_names_no_outlet_has_those_of_the_question() -> None:
    asked = "As Harbour Wire said the new tram cost rose, while the old flood barrier plan fell?"
    parts = read_query(asked, OUTLETS, 2019).clauses
    assert [part.sources for part in parts] == [{"Harbour Wire"}] * 2
