"""Results as Markdown."""

from __future__ import annotations

from datetime import date

from groundwire.domain.answers import Abstention, Answer, Provenance
from groundwire.domain.retrieval import Ranking, Scope
from groundwire.domain.spans import Span
from groundwire.ground.cite import number, quoted_claim, sources
from groundwire.interfaces.render.markdown import (
    answer_markdown,
    excerpt,
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


def test_a_scope_in_words() -> None:
    scope = Scope(("a*.md",), ("Harbour Wire",), date(2019, 6, 1), None, date(2019, 7, 1))
    expected = "Filters: documents a*.md; sources Harbour Wire; since 2019-06-01; as of 2019-07-01"
    assert scope_line(scope) == expected
    assert scope_line(Scope()) == ""


def test_an_excerpt_is_cut_at_a_word() -> None:
    assert excerpt("one two three", 9) == "one two …"
    assert excerpt("one two", 9) == "one two"
