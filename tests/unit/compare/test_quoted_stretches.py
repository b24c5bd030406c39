"""What stands between quotation marks, and what one person says in one go."""

from __future__ import annotations

import pytest

from groundwire.compare.quotes.marks import quoted_stretches
from groundwire.compare.quotes.speeches import Page
from groundwire.compare.quotes.words import quote_words

MARKED: tuple[tuple[str, list[str]], ...] = (
    ('"We walked," she said, "far."', ["We walked,", "far."]),
    ("“We walked,” she said.", ["We walked,"]),
    ("„Wir“ sagte er, »Ihr« und «Nous».", ["Wir", "Ihr", "Nous"]),
    ("「島の人は」と「海」", ["島の人は", "海"]),
    ("'We won't go,' said Kim.", ["We won't go,"]),
    ("The workers' rights are the workers' own.", []),
    ("\"Xi says, 'If you accept'\" on paper", ["Xi says, 'If you accept'"]),
    ('He said "no "way" out" to me', ['no "way" out']),
    ('We will not," she said.', ["We will not,"]),
    ('"It goes on in the next paragraph', ["It goes on in the next paragraph"]),
    ('A 5" pipe and a 6" pipe', []),
    ('"A."—"B."', ["A.", "B."]),
    ('""', []),
)


@pytest.mark.parametrize(("text", "expected"), MARKED)
def test_stretches_are_the_outermost_ones(text: str, expected: list[str]) -> None:
    found = quoted_stretches(text)
    assert [each.span.of(text) for each in found] == expected
    assert all(each.outer.contains(each.span) for each in found)


def test_only_the_last_stretch_may_be_open() -> None:
    found = quoted_stretches('"One," he said. "Two')
    assert [each.closed for each in found] == [True, False]


SPOKEN = (
    ('"One," said Ann Berg. "Two. Three."', [["One,", "Two. Three."]]),
    ('"One," said Ann Berg, who farms here. "Two."', [["One,", "Two."]]),
    ('"One," said Ann Berg. The crowd booed her. "Two."', [["One,"], ["Two."]]),
    ('She thanked him for "three years" and the town for "peace".', [["three years"], ["peace"]]),
    ('"One goes on.\n\n"Two," said Ann Berg.', [["One goes on.", "Two,"]]),
    ('"One."\n\n"Two," said Ann Berg.', [["One."], ["Two,"]]),
)


@pytest.mark.parametrize(("text", "expected"), SPOKEN)
def test_a_speech_goes_on_across_nothing_but_an_attribution(
    text: str, expected: list[list[str]]
) -> None:
    found = Page(text).speeches
    assert [[span.of(text) for span in each.stretches] for each in found] == expected


def test_sentences_are_told_with_their_quotations_taken_out() -> None:
    text = 'It rained. "One. Two," said Ann Berg. Nobody left.'
    page = Page(text, 100)
    told = page.told
    assert [each.text for each in told] == [
        "It rained.",
        '"zq0qz," said Ann Berg.',
        "Nobody left.",
    ]
    assert [each.quotations for each in told] == [(), (0,), ()]
    assert [each.span.shift(-100).of(text) for each in told] == [
        "It rained.",
        '"One. Two," said Ann Berg.',
        "Nobody left.",
    ]


KEYS: tuple[tuple[str, list[str]], ...] = (
    ("The U.S. can’t pay $1,400.50", ["the", "us", "can't", "pay", "$", "1400.50"]),
    ("six-nation talks — now", ["six", "nation", "talks", "now"]),
    ("90% of ﬁne \uff34ea", ["90", "%", "of", "fine", "tea"]),
    ("Édouard’s naïve plan", ["édouard's", "naïve", "plan"]),
    ("「島」。2024年", ["島", "2024", "年"]),
    ("3.5 and 2,5", ["3.5", "and", "2", "5"]),
    ("tr\u200dam", ["tram"]),
    ("… — ?!", []),
)


@pytest.mark.parametrize(("text", "expected"), KEYS)
def test_letters_and_figures_count_and_their_print_does_not(text: str, expected: list[str]) -> None:
    assert [word.key for word in quote_words(text)] == expected
