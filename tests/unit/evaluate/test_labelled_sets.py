"""The labelled pairs and quotations of the sample corpus say what the documents say."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.loading import load_one

EVAL = Path(__file__).parents[3] / "eval"
SPLITS = {"dev", "test"}
PAIR_LABELS = {
    "conflict": 25,
    "update": 14,
    "scope": 18,
    "agreement": 16,
    "detail": 8,
    "unrelated": 9,
}
CONFLICT_KINDS = {"number": 12, "date": 3, "place": 2, "name": 3, "quote": 3}
QUOTE_LABELS = dict.fromkeys(("exact", "altered", "spliced", "misattributed", "absent"), 9)


def lines(name: str) -> list[dict[str, Any]]:
    text = (EVAL / "cases" / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


PAIRS = lines("pairs.jsonl")
QUOTES = lines("quotes.jsonl")


@cache
def text_of(path: str) -> str:
    file = EVAL / "corpus" / path
    return load_one(file.read_bytes(), file.name).text


def at_least(found: Counter[str], wanted: dict[str, int]) -> bool:
    return all(found[key] >= count for key, count in wanted.items())


@pytest.mark.parametrize(
    ("cases", "labels"), [(PAIRS, PAIR_LABELS), (QUOTES, QUOTE_LABELS)], ids=["pairs", "quotes"]
)
def test_every_label_has_its_cases_in_both_halves(
    cases: list[dict[str, Any]], labels: dict[str, int]
) -> None:
    assert len({case["id"] for case in cases}) == len(cases)
    assert at_least(Counter(case["label"] for case in cases), labels)
    halves = {(case["split"], case["label"]) for case in cases}
    assert halves == {(split, label) for split in SPLITS for label in labels}
    assert all(case["why"] for case in cases)


def test_conflicts_are_of_every_kind() -> None:
    kinds = Counter(case["kind"] for case in PAIRS if case["label"] == "conflict")
    assert at_least(kinds, CONFLICT_KINDS)
    assert {case["kind"] for case in PAIRS} == {*CONFLICT_KINDS, "none"}


@pytest.mark.parametrize("case", PAIRS, ids=lambda case: case["id"])
def test_a_pair_is_two_sentences_of_two_documents(case: dict[str, Any]) -> None:
    left, right = case["left"], case["right"]
    assert left["path"] != right["path"]
    for side, value in ((left, case["left_value"]), (right, case["right_value"])):
        assert text_of(side["path"]).count(side["quote"]) == 1
        assert value in side["quote"]
    if case["label"] == "conflict":
        assert case["left_value"]
        assert case["right_value"]


def test_a_pair_of_sentences_is_labelled_once() -> None:
    pairs = [frozenset(tuple(case[side].items()) for side in ("left", "right")) for case in PAIRS]
    assert len(set(pairs)) == len(pairs)


@pytest.mark.parametrize("case", QUOTES, ids=lambda case: case["id"])
def test_the_true_words_stand_where_the_case_says(case: dict[str, Any]) -> None:
    places = case["places"]
    assert bool(places) == (case["label"] != "absent")
    for place in places:
        assert text_of(place["path"]).count(place["quote"]) == 1
    paths = {place["path"] for place in places}
    if case["first"]:
        earliest = min(paths, key=lambda path: path.rsplit("/", 1)[1])
        assert case["first"] == earliest
    else:
        assert case["label"] == "absent" or (case["label"] == "spliced" and len(paths) > 1)


def test_no_story_is_in_both_halves_of_the_pairs() -> None:
    halves = {split: set[str]() for split in SPLITS}
    for case in PAIRS:
        halves[case["split"]] |= {case["left"]["path"], case["right"]["path"]}
    both = halves["dev"] & halves["test"]
    assert both == {"city-council/2023-06-14-tram-third-estimate.md"}, "tells of tram and library"
