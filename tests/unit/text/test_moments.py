"""The days of what a sentence tells: a table of cases, half of them held out while it was built."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from groundwire.text.moments import REACH, moment, moments

CASES: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "moments.jsonl").read_text().splitlines()
]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_days_of_the_event(case: dict[str, Any]) -> None:
    sentences = [case["before"], case["text"]] if case["before"] else [case["text"]]
    found = moments(sentences, _day(case["published"]))[-1]
    if case["first"] is None:
        assert found is None
        return
    assert found is not None
    assert found.days == (_day(case["first"]), _day(case["last"]))
    assert found.planned is case["planned"]
    assert found.exact is (case["first"] == case["last"])


def test_the_table_is_large_enough_and_half_of_it_was_held_out() -> None:
    held = [case for case in CASES if case["split"] == "test"]
    assert len(CASES) >= 80
    assert 2 * len(held) == len(CASES)


def test_a_day_is_counted_from_the_one_last_spoken_of() -> None:
    told = ["The ferry sank on 3 June.", "Divers came.", "Two days later they found the hull."]
    found = moments(told, date(2023, 6, 14))
    assert found[2] is not None
    assert found[2].days.first == date(2023, 6, 5)


def test_a_day_spoken_of_long_ago_is_not_what_that_evening_means() -> None:
    told = ["The ferry sank on 3 June.", *["Divers came."] * REACH, "That evening it rained."]
    assert moments(told, date(2023, 6, 14))[-1] is None


def test_what_is_counted_from_a_day_is_no_plan() -> None:
    told = ["The college was opened today.", "Four years later, a student wrote letters."]
    assert moments(told, date(2023, 6, 14))[-1] is None


def test_the_words_of_the_day_are_in_the_sentence() -> None:
    sentence = "In a televised address on Tuesday, he promised to rebuild."
    found = moment(sentence, date(2019, 4, 17))
    assert found is not None
    assert found.span.of(sentence) == "Tuesday"


@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        ("The plant has been shut, the company said on Monday.", date(2023, 6, 12)),
        ("The barrier was finished, the company said on Monday.", None),
        ("The mayor, who resigned on Monday, has left the town.", date(2023, 6, 12)),
        ("The mayor, who was elected in 2019, has left the town.", None),
        ("The squad was announced on Thursday, June 8.", date(2023, 6, 8)),
        ("He scored in the second quarter.", None),
        ("It was broadcast on Saturday Night Live.", None),
        ("The letter told Entertainment Tonight nothing.", None),
        ("Today, the town is full of visitors from the coast.", None),
        ('"It should stop the kind we had in 2020.', None),
        ('But nobody had asked them until today," she said.', None),
        ("“I saw him on Saturday,” said his sister.", None),
        ("Neither side will be shut out of that meeting on Saturday.", date(2023, 6, 17)),
        ("Richard Vale will lead the bank, it said on Tuesday.", date(2023, 6, 13)),
        ("More than 300 ships were waiting on Sunday.", date(2023, 6, 11)),
        ("Alder Town take on the Rovers at home on June 20.", None),
        ("The shop will match all prices of its rivals from June 5.", None),
        ("A student became famous overnight.", None),
        ("A first Mass since the fire was held on Sunday.", date(2023, 6, 11)),
    ],
)
def test_what_news_writes(sentence: str, first: date | None) -> None:
    found = moment(sentence, date(2023, 6, 14))
    assert (found.days.first if found else None) == first
