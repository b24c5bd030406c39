from __future__ import annotations

import pytest

from groundwire.domain.spans import Span
from groundwire.evaluate.evidence import fold, locate, says, says_anywhere


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Some 24 jobs.", "24"),
        ("It was in 24.", "24"),
        ("24, they said", "24"),
        ("It cost £84m then", "£84m"),
        ("about $9.6bn a day", "$9.6bn"),
        ("The North’s “new”  line", 'North\'s "new" line'),
        ("EIGHT votes to seven", "eight votes to seven"),
        ("a 6–3 vote", "6-3"),
        ("fell by 3%", "3%"),
    ],
)
def test_says_finds_whole_facts(text: str, fact: str) -> None:
    assert says(text, fact)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("240 people", "24"),
        ("124 people", "24"),
        ("24.5 per cent", "24"),
        ("24,000 people", "24"),
        ("1.24 metres", "24"),
        ("fiver", "five"),
        ("", "five"),
    ],
)
def test_says_does_not_find_parts_of_words_and_numbers(text: str, fact: str) -> None:
    assert not says(text, fact)


def test_forbidden_words_are_found_even_inside_longer_ones() -> None:
    assert says_anywhere("We are the SAFEST contractors", "safest contractor")
    assert not says_anywhere("We are contractors", "safest contractor")


def test_fold_makes_quotes_dashes_case_and_space_plain() -> None:
    assert (
        fold(" The North\u2019s\n \u201cNo\u201d \u2014 so\u00adon ") == 'the north\'s "no" - soon'
    )


def test_locate_matches_any_white_space_and_every_place() -> None:
    assert locate("a b", "a\nb, a  b and ab") == (Span(0, 3), Span(5, 9))


def test_locate_wants_the_same_characters() -> None:
    assert locate("the North's", "the North’s") == ()
    assert locate("  ", "a b") == ()


def test_locate_reads_the_quote_as_words_and_not_as_a_pattern() -> None:
    assert locate("(.*)", "what? (.*) yes") == (Span(6, 10),)
