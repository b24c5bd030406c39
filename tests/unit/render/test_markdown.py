"""Results as Markdown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from groundwire.domain.answers import Abstention, Answer, Provenance, Source
from groundwire.domain.filters import InferredFilter, InferredFilters
from groundwire.domain.retrieval import Ranking, Scope
from groundwire.domain.spans import Span
from groundwire.ground.cite import number, quoted_claim, sources
from groundwire.interfaces.render.markdown import (
    answer_markdown,
    describe,
    excerpt,
    filter_line,
    quoted_excerpt,
    ranking_markdown,
    scope_line,
)
from tests.fakes.passages import hit
from tests.fakes.statements import conflict

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


def pieces(text: str, words: str, length: int) -> tuple[str, str]:
    """Return an excerpt whole, and what of it is told apart as cited."""
    found = hit(text, start=100)
    start = 100 + text.index(words)
    parts = list(quoted_excerpt(found, [Span(start, start + len(words))], length))
    shown = "".join(part for part, role in parts if role == "plain")
    return "".join(part for part, _ in parts), shown


LONG = "First " + "filler word " * 40 + "the cited words stand here. " + "More follows " * 40


def test_an_excerpt_is_taken_around_the_cited_words() -> None:
    whole, cited = pieces(LONG, "the cited words stand here.", 120)
    assert cited == "the cited words stand here."
    assert whole.startswith("… ")
    assert whole.endswith(" …")
    assert len(whole) <= 120
    assert whole.strip("… ") in LONG


def test_a_passage_that_fits_is_shown_whole() -> None:
    assert pieces("One. Two.\nThree.", "Two.", 120) == ("One. Two. Three.", "Two.")


def test_cited_words_at_the_end_have_more_before_them() -> None:
    text = "filler word " * 40 + "The end."
    whole, cited = pieces(text, "The end.", 100)
    assert cited == "The end."
    assert whole.endswith("The end.")
    assert 80 <= len(whole) <= 100


def test_cited_words_that_are_too_long_begin_the_excerpt() -> None:
    whole, cited = pieces("Before. " + "cited words " * 40, "cited words " * 40, 100)
    assert whole == f"… {cited.rstrip()} …"
    assert whole.startswith("… cited words cited")
    assert len(whole) <= 100


def test_citations_outside_the_passage_leave_its_beginning() -> None:
    parts = list(quoted_excerpt(hit(LONG), [Span(9000, 9010)], 60))
    assert "".join(part for part, _ in parts).startswith("First filler word")
    assert {role for part, role in parts if part} == {"faint"}


def test_the_age_of_the_newest_source_ends_an_answer_on_a_moving_matter() -> None:
    found = replace(HIT, document=replace(HIT.document, published=date(2019, 6, 20)))
    answer = Answer(
        "Who is it now?",
        "Who is it now?",
        "answered",
        CLAIMS,
        sources(CLAIMS, [found]),
        Scope(),
        PROVENANCE,
    )
    shown = answer_markdown(answer, with_sources=False, today=date(2026, 11, 22))
    assert shown.endswith("\n\nNewest source: 20 June 2019, 7 years old.")
    assert "Newest" not in answer_markdown(answer, with_sources=False)


def test_a_source_that_only_a_difference_cites_is_listed_too() -> None:
    other = hit("Police counted 240,000.", name="b", rank=2)
    numbered = (*sources(CLAIMS, [HIT]), Source(7, other, cited=False))
    two = conflict()
    late = replace(two.statements[1], citation=replace(two.statements[1].citation, n=7))
    answer = Answer("Who?", "Who?", "answered", CLAIMS, numbered, Scope(), PROVENANCE)
    answer = replace(answer, conflicts=(replace(two, statements=(two.statements[0], late)),))
    assert "\n[7] Title b · Harbour Wire · ¶ 1 · b.md" in answer_markdown(answer, with_sources=True)
