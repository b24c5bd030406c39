"""Each figure of the public evaluation against a value worked out by hand."""

from __future__ import annotations

import math

import pytest

from eval.public import figures

PATHS = ("a", "a", "b", "c", "b", "d")
TEXTS = ("nothing here", "The first\nfact, spaced.", "both: fact two. The first fact, spaced.", "x")
FACTS = ("The first fact, spaced.", "fact two.", "never found")


def test_a_ranking_is_judged_by_articles_and_by_facts() -> None:
    found = figures.retrieval(PATHS, TEXTS, frozenset("ad"), FACTS)
    assert found.every_article == 1
    assert found.recall == 1
    # The second passage brings one new fact, the third another: (1/2 + 1/3) / 3 facts.
    assert found.map_10 == pytest.approx((1 / 2 + 1 / 3) / 3)
    assert found.mrr_10 == pytest.approx(1 / 2)
    assert found.hits_4 == 1
    assert found.hits_10 == 1


def test_a_fact_found_again_is_not_counted_again() -> None:
    found = figures.retrieval("aa", ("fact two.", "fact two."), frozenset("a"), ("fact two.",))
    assert found.map_10 == 1


def test_the_case_of_a_fact_matters() -> None:
    found = figures.retrieval("a", ("Fact Two.",), frozenset("a"), ("fact two.",))
    assert (found.map_10, found.mrr_10, found.hits_10) == (0, 0, 0)


def test_half_of_the_articles_is_half_the_recall() -> None:
    found = figures.retrieval(PATHS, (), frozenset("az"), FACTS)
    assert (found.every_article, found.recall) == (0, 0.5)


def test_only_ten_distinct_articles_of_sixty_passages_count() -> None:
    many = tuple(f"{number}" for number in range(12))
    assert figures.article_ranks(many, frozenset({"9", "10"})) == {"9": 10}
    deep = ("0",) * 60 + ("1",)
    assert figures.article_ranks(deep, frozenset("1")) == {}
    assert figures.article_ranks(("0",) * 59 + ("1",), frozenset("1")) == {"1": 2}


def test_a_fact_in_the_fifth_passage_is_no_hit_among_four() -> None:
    texts = ("",) * 4 + ("fact two.",)
    found = figures.retrieval("aaaaa", texts, frozenset("a"), ("fact two.",))
    assert (found.hits_4, found.hits_10, found.mrr_10) == (0, 1, 0.2)
    late = figures.retrieval("a" * 11, ("",) * 10 + ("fact two.",), frozenset("a"), ("fact two.",))
    assert late.hits_10 == 0


def test_names_are_found_in_any_case_and_in_any_text() -> None:
    assert figures.names("Mona Vale", ["none", "said mona vale’s mayor"])
    assert not figures.names("Mona Vale", ["Mona", "Vale"])
    assert not figures.names("Mona Vale", [])


def test_auroc_counts_pairs() -> None:
    # 3 beats 2, 1 and 0; 1 beats 0, ties with 1 and loses to 2: (3 + 1.5) of 6.
    assert figures.auroc([3, 1], [2, 1, 0]) == pytest.approx(4.5 / 6)
    assert figures.auroc([1], [1]) == 0.5
    assert figures.auroc([0.0], [-math.inf]) == 1


@pytest.mark.parametrize(("false", "expected"), [(0.0, 0.25), (0.25, 0.5), (0.5, 0.75)])
def test_coverage_at_a_share_of_false_answers(false: float, expected: float) -> None:
    positive, negative = [9, 7, 5, 1], [8, 6, 2, 0]
    assert figures.coverage_at(positive, negative, false) == expected


def test_coverage_lets_no_more_than_the_share_by_when_scores_tie() -> None:
    assert figures.coverage_at([1, 2], [1, 1, 1, 1], 0.5) == 0.5
