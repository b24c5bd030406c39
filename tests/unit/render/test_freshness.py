"""When an answer says how old its newest source is, and in which words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.retrieval import Scope
from groundwire.interfaces.render.freshness import freshness, in_present_tense
from tests.unit.render.screens import (
    OPENS,
    TODAY,
    TRAM,
    abstaining,
    answer_of,
    cited,
    conflicting,
    published,
    quoting,
)

if TYPE_CHECKING:
    from groundwire.domain.answers import Answer

OLD = "Newest source: 14 June 2023, 3 years old."


def asking(question: str, day: date | None = date(2023, 6, 14)) -> Answer:
    found = published(TRAM, day)
    return answer_of(question, [quoting(found, found.passage.text)], [found])


def test_a_question_for_the_latest_is_told_the_age() -> None:
    assert freshness(cited(), TODAY) == OLD


@pytest.mark.parametrize(
    "question",
    [
        "Who is the mayor now?",
        "What did the tram cost so far?",
        "Is the bridge still closed?",
        "What does the tram cost?",
        "When will the tram open?",
        "Who's the mayor?",
        "Who leads the council?",
        "How many people has the strike affected?",
    ],
)
def test_the_present_moves_on(question: str) -> None:
    assert freshness(asking(question), TODAY) == OLD


@pytest.mark.parametrize(
    "question",
    [
        "Who met Xi at the airport?",
        "Who met Xi’s wife at the airport?",
        "What did the tram cost?",
        "When was the bridge closed?",
        "Who is said to have paid in 2019?",
        "What does Lind say about the tram?",
        "Why had the talks ended?",
        "tram cost",
    ],
)
def test_the_past_does_not(question: str) -> None:
    assert freshness(asking(question), TODAY) == ""


def test_a_fresh_source_of_a_question_in_the_present_needs_no_word_unless_it_is_asked_for() -> None:
    recent = TODAY - timedelta(days=30)
    assert freshness(asking("What does the tram cost?", recent), TODAY) == ""
    assert freshness(asking("What does the tram cost now?", recent), TODAY).endswith("30 days old.")


def test_a_value_that_the_documents_update_moves() -> None:
    whole = conflicting()
    moved = replace(whole, conflicts=tuple(replace(d, label="update") for d in whole.conflicts))
    assert freshness(whole, TODAY) == ""
    assert freshness(moved, TODAY) == "Newest source: 10 June 2019, 7 years old."


def test_where_no_source_is_dated_that_is_said() -> None:
    assert freshness(asking("Who is it now?", None), TODAY) == "No source of this carries a date."


def test_a_difference_shown_beside_the_answer_counts_as_a_source() -> None:
    shown = replace(cited(), conflicts=conflicting().conflicts)
    newer = replace(shown.conflicts[0].statements[1], published=date(2025, 1, 1))
    sides = (shown.conflicts[0].statements[0], newer)
    shown = replace(shown, conflicts=(replace(shown.conflicts[0], statements=sides),))
    assert freshness(shown, TODAY).startswith("Newest source: 1 January 2025")


def test_the_newest_of_the_cited_sources_counts() -> None:
    newer = published(OPENS, date(2026, 1, 1))
    claims = [quoting(TRAM, TRAM.passage.text)]
    only = answer_of("What is it now?", claims, [TRAM, newer])
    both = answer_of(
        "What is it now?", [*claims, quoting(newer, newer.passage.text)], [TRAM, newer]
    )
    assert freshness(only, TODAY) == OLD
    assert "1 January 2026" in freshness(both, TODAY)


def test_what_is_read_as_of_a_day_is_as_old_as_it_was_then() -> None:
    answer = replace(asking("What is it now?"), filters=Scope(as_of=date(2023, 6, 20)))
    assert freshness(answer, TODAY) == "Newest source: 14 June 2023, 6 days old."
    closed = replace(asking("What is the cost?"), filters=Scope(until=date(2023, 7, 1)))
    assert freshness(closed, TODAY) == ""


def test_an_abstention_has_no_age() -> None:
    assert freshness(abstaining(), TODAY) == ""


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, ", today."),
        (1, ", 1 day old."),
        (59, ", 59 days old."),
        (61, ", 2 months old."),
        (700, ", 22 months old."),
        (740, ", 2 years old."),
        (-3, "2026."),
    ],
)
def test_ages_in_words(days: int, said: str) -> None:
    answer = asking("What is it now?", TODAY - timedelta(days=days))
    assert freshness(answer, TODAY).endswith(said)


def test_the_first_auxiliary_tells_the_tense() -> None:
    assert in_present_tense("In the end, who owns the harbour?")
    assert not in_present_tense("What was the reason that is given?")
