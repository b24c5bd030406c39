"""Invented pairs of sentences, of the sorts that a news desk meets, and how they stand."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from groundwire.compare.relations import Said, relate
from groundwire.domain.spans import Span
from tests.fakes.accounts import account

PAIRS: list[dict[str, Any]] = [
    json.loads(line)
    for line in Path(__file__).with_name("pairs.jsonl").read_text(encoding="utf-8").splitlines()
]
KINDS = {
    "number": {"number"},
    "date": {"date"},
    "place": {"place", "name"},
    "name": {"place", "name"},
    "quote": {"quote"},
    "none": {"quote"},
}
FIRST = date(2024, 5, 1)
TOLD = {
    "next day": ("Post", date(2024, 5, 2)),
    "same outlet": ("Wire", date(2024, 5, 2)),
    "months later": ("Post", date(2024, 7, 1)),
}


def sides(pair: dict[str, Any]) -> tuple[Said, Said]:
    title = f"News of {'Altmark' if pair['label'] != 'unrelated' else 'the day'}"
    source, day = TOLD[pair["told"]]
    left = account(pair["left"], FIRST, name="left", source="Wire", title=title)
    right = account(pair["right"], day, name="right", source=source, title=title)
    return Said(left, 0), Said(right, 0)


def is_at(found: Span | None, value: str, text: str) -> bool:
    """Return whether a value that was found shares characters with the labelled one."""
    if not value:
        return True
    start = text.index(value)
    return found is not None and found.overlaps(Span(start, start + len(value)))


def test_the_table_has_every_sort_of_pair() -> None:
    counts = Counter(pair["label"] for pair in PAIRS)
    assert len(PAIRS) >= 60
    assert set(counts) == {"conflict", "update", "scope", "agreement", "detail", "unrelated"}
    assert {pair["kind"] for pair in PAIRS} >= {"number", "date", "place", "name", "quote"}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['label']}: {pair['left'][:40]}")
def test_a_pair_is_told_as_a_reader_would(pair: dict[str, Any]) -> None:
    left, right = sides(pair)
    found = relate(left, right, pair["cosine"])
    if pair["label"] in {"scope", "unrelated"}:
        assert {each.label for each in found} <= {"scope"}
        return
    kinds = KINDS[pair["kind"]]
    assert any(
        each.label == pair["label"]
        and each.kind in kinds
        and is_at(each.left, pair["left_value"], pair["left"])
        and is_at(each.right, pair["right_value"], pair["right"])
        for each in found
    ), found


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['label']}: {pair['left'][:40]}")
def test_the_other_way_round_it_is_the_same(pair: dict[str, Any]) -> None:
    left, right = sides(pair)
    there = relate(left, right, pair["cosine"])
    back = relate(right, left, pair["cosine"])
    assert {(each.label, each.kind, each.left, each.right) for each in there} == {
        (each.label, each.kind, each.right, each.left) for each in back
    }
