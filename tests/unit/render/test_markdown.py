"""Results as Markdown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from groundwire.domain.answers import Abstention, Answer, Provenance
from groundwire.domain.filters import InferredFilter, InferredFilters
from groundwire.domain.retrieval import Ranking, Scope
from groundwire.domain.spans import Span
from groundwire.ground.cite import number, quoted_claim, sources
from groundwire.interfaces.render.markdown import (
    answer_markdown,
    describe,
    excerpt,
    filter_line,
    ranking_markdown,
    scope_line,
)
from tests.fakes.passages import hit

HIT = hit("Xi arrived \x1b[31mon Thursday.")
CLAIMS = number([quoted_claim(HIT, Span(0, len(HIT.passage.text)))])
PROVENANCE = Provenance("extractive", "g", 1, "e")


def test_an_answer_with_and_without_sources() -> None:
    answer = Answer("Who?", "Who?", "answered", CLAIMS, sources(CLAIMS, [HIT]), Scope(), PROVENANCE)
    text = "Xi arrived \N{REPLACEMENT CHARACTER}[31mon Thursday. [1]"
    assert answer_markdown(answer, with_sources=False) == text
    listed = "Sources:\n[1] Title a · Harbour Wire · ¶ 1 · a.md"
    assert answer_markdown(answer, with_sources=True) == f"{text}\n\n{listed}"


def test_an_abstention_shows_what_is_nearest() -> None:
    declined = Abstention("The documents do not say.", (HIT,))
    answer = Answer("Who?", "Who?", "related", (), (), Scope(), PROVENANCE, declined)
    assert answer_markdown(answer, with_sources=True).startswith(
        "The documents do not say.\n\nClosest passages:\n- Title a · Harbour Wire · ¶ 1 · a.md\n"
    )


def test_a_ranking_gives_rank_place_score_and_text() -> None:
    text = ranking_markdown(Ranking("q", (HIT,)))
    assert text.startswith("1. Title a · Harbour Wire · ¶ 1 · a.md  (score 1.000; lexical)\n   Xi")


def test_a_passage_that_others_printed_says_who() -> None:
    copies = (hit("x", name="b").document, hit("x", name="c").document)
    unnamed = replace(copies[1], source="")
    listed = describe(replace(HIT, copies=(*copies, unnamed)))
    assert listed.endswith("a.md · also in Harbour Wire, c.md")


def test_a_scope_in_words() -> None:
    scope = Scope(("a*.md",), ("Harbour Wire",), date(2019, 6, 1), None, date(2019, 7, 1))
    expected = "Filters: documents a*.md; sources Harbour Wire; since 2019-06-01; as of 2019-07-01"
    assert scope_line(scope) == expected
    assert scope_line(Scope()) == ""


def test_filters_read_out_of_a_question_in_words() -> None:
    outlet = InferredFilter(
        "source", Span(0, 4), "Wire", "from Harbour\x1b Wire", sources=("Harbour\x1b Wire",)
    )
    lifted = InferredFilter("dates", Span(5, 9), "2019", "published in 2019", lifted=True)
    read = InferredFilters((outlet, outlet, lifted))
    scope = read.within(Scope(("a*.md",)))
    said = "from Harbour\N{REPLACEMENT CHARACTER} Wire (--no-filters to lift)"
    assert filter_line(read.within(Scope()), read) == f"Filters: {said}"
    assert filter_line(scope, read) == f"Filters: documents a*.md; {said}"
    assert filter_line(Scope(), InferredFilters()) == ""
    ranking = Ranking("q", (HIT,), scope, read)
    assert ranking_markdown(ranking).endswith(f"\n\nFilters: documents a*.md; {said}")
    assert ranking_markdown(Ranking("q", (), scope, read)) == ""


def test_an_excerpt_is_cut_at_a_word() -> None:
    assert excerpt("one two three", 9) == "one two …"
    assert excerpt("one two", 9) == "one two"
