"""What the day of a report does to the weight of its sentences."""

from __future__ import annotations

from datetime import date

import numpy as np

from groundwire.summarize.stories import worth_by_time
from tests.fakes.accounts import account

STORY = "The canal was shut by the container ship. The container ship shut the canal."
DAYS = date(2021, 3, 24), date(2021, 3, 28), date(2021, 7, 8)
TOLD = tuple(account(STORY, day, name=f"d{n}") for n, day in enumerate(DAYS))
OTHER = account("Nine telescopes photographed a distant galaxy.", date(2022, 5, 1), name="z")


def test_the_last_report_of_a_story_weighs_more_than_those_before_it() -> None:
    worth = worth_by_time(TOLD, np.arange(3), ["The canal was shut."] * 3)
    assert worth[0] == 0 < worth[1] < worth[2]


def test_how_things_stood_is_no_news_once_later_reports_were_printed() -> None:
    texts = ["The canal is still shut.", "The canal was shut on Tuesday."]
    first, last = (worth_by_time(TOLD, np.array([place, place]), texts) for place in (0, 2))
    assert first[0] < first[1]
    assert last[0] == last[1]


def test_other_stories_and_undated_documents_are_left_as_they_are() -> None:
    undated = account(STORY, name="u")
    texts = ["The canal is still shut."] * 2
    assert not worth_by_time((TOLD[0], OTHER), np.array([0, 1]), texts).any()
    assert not worth_by_time((TOLD[0], undated), np.array([0, 1]), texts).any()
