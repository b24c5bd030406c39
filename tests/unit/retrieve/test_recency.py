"""Newer documents first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from groundwire.domain.retrieval import Ranking
from groundwire.retrieve.recency import newest_first
from tests.fakes.passages import hit

if TYPE_CHECKING:
    from groundwire.domain.retrieval import Hit


def scored(name: str, rank: int, score: float, published: date | None) -> Hit:
    found = hit("Words.", name=name, rank=rank)
    return replace(found, score=score, document=replace(found.document, published=published))


RANKING = Ranking(
    "q",
    (
        scored("old", 1, 4.0, date(2019, 1, 1)),
        scored("undated", 2, 3.9, None),
        scored("far newest", 3, 2.0, date(2024, 1, 1)),
        scored("new", 4, 3.5, date(2020, 1, 1)),
    ),
)


def test_hits_about_as_good_as_the_best_change_places_and_no_hit_is_lost() -> None:
    hits = newest_first(RANKING).hits
    assert [each.document.id for each in hits] == ["new", "old", "far newest", "undated"]
    assert [each.score for each in hits] == [4.0, 3.9, 2.0, 3.5]
    assert [each.rank for each in hits] == [1, 2, 3, 4]


def test_of_one_day_the_better_hit_stays_first() -> None:
    one_day = tuple(
        replace(each, document=replace(each.document, published=date(2019, 1, 1)))
        for each in RANKING.hits
    )
    hits = newest_first(Ranking("q", one_day)).hits
    assert [each.document.id for each in hits] == [each.document.id for each in one_day]


def test_an_empty_ranking_stays_empty() -> None:
    assert newest_first(Ranking("q", ())).hits == ()
