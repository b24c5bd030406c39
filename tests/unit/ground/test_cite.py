"""Citations: exact, numbered by passage in order of first citation."""

from __future__ import annotations

from groundwire.domain.spans import Span
from groundwire.ground.cite import locator, number, quoted_claim, sources
from tests.fakes.passages import hit

FIRST = hit("Xi arrived on Thursday. Kim met him.", start=100)
SECOND = hit("The visit lasts two days.", name="b", rank=2)


def test_a_quoted_claim_is_exactly_its_span() -> None:
    claim = quoted_claim(FIRST, Span(124, 136))
    assert claim.text == "Kim met him."
    assert claim.citations[0].quote == "Kim met him."
    assert claim.citations[0].span == Span(124, 136)
    assert claim.verdict.label == "quoted"


def test_numbers_follow_the_order_of_first_citation_and_count_passages() -> None:
    claims = number(
        [
            quoted_claim(SECOND, Span(0, 25)),
            quoted_claim(FIRST, Span(100, 123)),
            quoted_claim(FIRST, Span(124, 136)),
        ]
    )
    assert [claim.citations[0].n for claim in claims] == [1, 2, 2]
    listed = sources(claims, [FIRST, SECOND, hit("Uncited.", name="c", rank=3)])
    assert [(s.n, s.hit.passage.document_id, s.cited) for s in listed] == [
        (1, "b", True),
        (2, "a", True),
        (3, "c", False),
    ]


def test_a_locator_counts_paragraphs_inside_the_passage() -> None:
    passage = hit("One here.\n\nTwo here.\nThree here.", start=10, paragraph=4).passage
    assert locator(passage, Span(10, 19)) == "¶ 4"
    assert locator(passage, Span(21, 30)) == "¶ 5"
    assert locator(passage, Span(31, 42)) == "¶ 6"
