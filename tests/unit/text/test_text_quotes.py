from __future__ import annotations

import pytest

from groundwire.domain.spans import Span
from groundwire.text.quotes import best_alignment, find_quote

TEXT = (
    "He said \u201cit\u2019s  a deal\u201d \u2014 or not \u2014 and left\u2026 "
    "Twenty-one, 1,000 and 3.5 percent.\n"
    "She was unable to attend; she can\u2019t go. \u201cThe rest is 90%,\u201d he wrote"
)

FOUND = [
    ("a deal", "a deal"),
    ("it's a deal", "it\u2019s  a deal"),
    ('"it\'s a deal"', "\u201cit\u2019s  a deal\u201d"),
    ("it\u2019s\na\tdeal", "it\u2019s  a deal"),
    ("deal\u00a0", "deal"),
    ("or not - and", "or not \u2014 and"),
    ("or not -- and", "or not \u2014 and"),
    ("and left...", "and left\u2026"),
    ("and left", "and left"),
    ("Twenty\u2011one", "Twenty-one"),
    ("percent. She was", "percent.\nShe was"),
    ("\u201cpercent. She was.\u201d", "percent.\nShe was"),
    ("[unable to attend]", "unable to attend"),
    ("1,000", "1,000"),
    ("90%", "90%"),
    ("he wro\u00adte", "he wrote"),
    ("he wrote.", "he wrote"),
]

NOT_FOUND = [
    pytest.param("It's a deal", id="another case"),
    pytest.param("able to attend", id="inside a word"),
    pytest.param("she can", id="a cut negation"),
    pytest.param("000", id="inside a number"),
    pytest.param("1", id="start of a number"),
    pytest.param("5 percent", id="decimals of a number"),
    pytest.param("is adeal", id="white space left out"),
    pytest.param("she can t go", id="apostrophe left out"),
    pytest.param("", id="empty"),
    pytest.param("\u201c\u2026\u201d", id="marks alone"),
    pytest.param(" \n", id="white space alone"),
]


@pytest.mark.parametrize(("quote", "expected"), FOUND)
def test_found(quote: str, expected: str) -> None:
    span = find_quote(quote, TEXT)
    assert span is not None
    assert span.of(TEXT) == expected


@pytest.mark.parametrize("quote", NOT_FOUND)
def test_not_found(quote: str) -> None:
    assert find_quote(quote, TEXT) is None


def test_outer_punctuation_is_kept_where_the_text_has_it() -> None:
    text = "I won today and I won."
    assert find_quote("I won.", text) == Span(16, 22)
    assert find_quote("I won!", text) == Span(0, 5)


def test_a_later_place_counts_when_the_first_cuts_a_word() -> None:
    assert find_quote("act", "A fact is an act.") == Span(13, 16)


def test_overlapping_places_are_tried() -> None:
    assert find_quote("a a", "xa a a") == Span(3, 6)


def test_only_the_given_part_is_searched() -> None:
    text = "yes and yes"
    assert find_quote("yes", text, Span(4, len(text))) == Span(8, 11)
    assert find_quote("yes", text, Span(3, 8)) is None


def test_the_surroundings_of_the_part_still_count() -> None:
    text = "unable"
    assert find_quote("able", text, Span(2, 6)) is None


def test_scripts_without_spaces_have_no_word_ends() -> None:
    text = "\u4eca\u5929\u4e0b\u96e8"
    assert find_quote("\u5929\u4e0b", text) == Span(1, 3)


def test_an_accent_is_not_cut_off() -> None:
    text = "x\u0302 is"
    assert find_quote("x", text) is None


def test_an_empty_text_holds_nothing() -> None:
    assert find_quote("a", "") is None


CANDIDATES = (
    "Kim has since given Trump a deadline.",
    "More than 90% of trade goes through China.",
    "The weather was fine.",
)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Over 90% of the trade goes through China", 1),
        ("Trump was given a deadline by Kim", 0),
        ("fine weather", 2),
    ],
)
def test_the_best_candidate_wins(sentence: str, expected: int) -> None:
    index, score = best_alignment(sentence, CANDIDATES)
    assert index == expected
    assert 0.5 < score <= 1


def test_equal_sentences_score_one() -> None:
    assert best_alignment(CANDIDATES[1], CANDIDATES) == (1, 1.0)


def test_unlike_sentences_score_nothing() -> None:
    assert best_alignment("Apples ripen", ["Boats sail", "Cars stop"]) == (0, 0.0)


def test_the_score_is_the_documented_one() -> None:
    # {word kim, word left, name kim} and {word kim, word stai, name kim}: 2 * 1.5 / (2.5 + 2.5)
    _, score = best_alignment("Then Kim left", ["But Kim stayed"])
    assert score == pytest.approx(0.6)


def test_the_first_of_equals_is_taken() -> None:
    assert best_alignment("A boat", ["The boat", "One boat"]) == (0, 1.0)


def test_no_candidates_give_no_index() -> None:
    assert best_alignment("A boat", []) == (-1, 0.0)


def test_a_sentence_without_content_matches_nothing() -> None:
    assert best_alignment("It is so.", ["It is so."]) == (0, 0.0)
