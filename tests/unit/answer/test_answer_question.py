"""What a question asks for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

import pytest

from groundwire.answer.question import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.index.snapshot import Snapshot


class Counts:
    """An index of 100 passages that says how often each word stands in it."""

    def __init__(self, **frequencies: int) -> None:
        self._frequencies = frequencies

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        return {term: self._frequencies.get(term, 0) for term in terms}

    def count(self) -> int:
        return 100

    def sources(self) -> tuple[frozenset[str], None]:
        return frozenset({"Meridian Post"}), None

    def contains_phrase(self, phrase: str) -> bool:
        return all(word.casefold() in self._frequencies for word in phrase.split())


def snapshot(**frequencies: int) -> Snapshot:
    return cast("Snapshot", Counts(**frequencies))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("How many ships waited?", "number"),
        ("What share of trade goes through China?", "number"),
        ("When did the fire start?", "date"),
        ("What deadline did Kim set?", "date"),
        ("Who met Xi?", "person"),
        ("Where did they meet?", "place"),
        ("Why did the talks collapse?", "reason"),
        ("What did the letter say?", "other"),
        ("ship compensation amount", "other"),
    ],
)
def test_the_expected_kind(text: str, kind: str) -> None:
    assert read(text, snapshot()).kind == kind


def test_rare_terms_weigh_more_and_unknown_ones_most() -> None:
    question = read("Did the tram cost Zanzibar?", snapshot(tram=50, cost=1))
    assert question.weights["tram"] == pytest.approx(math.log(1 + 50.5 / 50.5))
    assert question.weights["tram"] < question.weights["cost"] < question.weights["zanzibar"]
    assert question.coverage(frozenset({"tram", "cost", "zanzibar"})) == pytest.approx(1)
    assert question.coverage(frozenset()) == 0


def test_names_and_figures_that_no_document_has_are_listed() -> None:
    found = read("Did Putin meet Xi in 2018?", snapshot(xi=3, meet=9))
    assert found.unmentioned == ("Putin", "2018")


def test_an_outlet_of_the_index_is_not_missed() -> None:
    assert read("What did Meridian Post say of Xi?", snapshot(xi=3, say=9)).unmentioned == ()


def test_the_day_of_a_date_is_not_missed_and_a_year_may_stand_in_a_date() -> None:
    known = {"2019": 9, "june": 4, "march": 2}
    for asked in ("Who marched on 16 June 2019?", "Who marched on June 16, 2019?"):
        assert read(asked, cast("Snapshot", Counts(**known))).unmentioned == ()
    assert read("Who paid £97?", cast("Snapshot", Counts(**known))).unmentioned == ("97",)


def test_a_question_of_stop_words_weighs_nothing() -> None:
    question = read("What is it?", snapshot())
    assert question.weights == {}
    assert question.coverage(frozenset({"what"})) == 0


def test_names_joined_by_a_hyphen_are_two() -> None:
    assert read("When was the Trump-Kim summit?", snapshot(trump=3, kim=3)).unmentioned == ()
    assert read("Who is Kim Jong-un?", snapshot(kim=3)).unmentioned == ("Kim Jong-un",)
    known = snapshot(lvmh=1, **{"notre-dame": 4})
    assert read("pledge of LVMH Notre-Dame", known).unmentioned == ()
    assert read("pledge of LVMH Louvre", known).unmentioned == ("LVMH Louvre",)


def test_the_day_of_a_date_is_no_number_that_a_passage_must_have() -> None:
    question = read("Who marched on 9 June 2019 with 40 others?", snapshot())
    assert question.numbers == {"2019", "40"}
    assert len(read("Did Kim Jong Un meet Xi?", snapshot()).named) == 2


def test_an_adjective_is_mentioned_where_its_place_is_and_no_place_by_its_adjective() -> None:
    known = snapshot(hawaii=2, name=4, indian=1)
    assert read("Who found the Hawaiian name?", known).unmentioned == ()
    assert read("Which name did India give?", known).unmentioned == ("India",)


def test_the_imperative_that_opens_a_question_weighs_nothing() -> None:
    question = read("compare the tram and the barrier", snapshot(tram=5, barrier=3))
    assert question.weights.keys() == {"tram", "barrier"}
    assert "compar" in read("How do they compare trams?", snapshot(tram=5)).weights
