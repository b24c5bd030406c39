"""What became of a quote: where it was, elsewhere, not as it was."""

from __future__ import annotations

import pytest

from groundwire.domain.spans import Span
from groundwire.records.standing import Reading, standing

THEN = (
    "Quell met the crew on Friday. The toll rose to 12. Kim resigned. Nobody saw it.\n\n"
    "The harbour board will vote on the new pier in June. No."
)


def became(quote: str, now: str, then: str = THEN) -> tuple[str, str]:
    start = then.index(quote)
    span = Span(start, start + len(quote))
    found = standing(quote, span, Reading(then), Reading(now), "a.md")
    assert (found.span is None) == (not found.text)
    assert found.span is None or found.span.of(now) == found.text
    assert found.path == "a.md"
    return found.standing, found.text


@pytest.mark.parametrize("quote", ["Kim resigned.", "The toll rose to 12.", "toll rose", THEN])
def test_a_quote_stands_where_it_stood(quote: str) -> None:
    assert became(quote, THEN + "\n\nMore was said later.") == ("same", quote)


@pytest.mark.parametrize("quote", ["Kim resigned.", "rose to 12. Kim resigned."])
def test_a_quote_that_stands_elsewhere_has_moved(quote: str) -> None:
    assert became(quote, "A new first line.\n\n" + THEN) == ("moved", quote)


def test_of_several_places_the_nearest_counts() -> None:
    then = "One. Kim resigned. Two more came. Three left."
    now = "Kim resigned. Nothing more is known of it. Kim resigned. Two came. Kim resigned."
    found = standing("Kim resigned.", Span(5, 18), Reading(then), Reading(now), "a.md")
    assert (found.standing, found.span) == ("moved", Span(0, 13))
    late = Span(60, 73)
    found = standing("Kim resigned.", late, Reading("x" * 58 + ". Kim resigned."), Reading(now), "")
    assert found.span == Span(67, 80)


@pytest.mark.parametrize(
    ("quote", "now"),
    [
        ("Kim resigned.", "It is not true that Kim resigned."),
        ("Kim resigned.", "Quell says that Kim resigned. Nobody else does."),
        ("The toll rose to 12.", "The toll rose to 12.5 million, the board said."),
        ("toll rose", "Officials denied that the toll rose at all."),
    ],
)
def test_the_same_words_in_another_sentence_are_a_change(quote: str, now: str) -> None:
    found, text = became(quote, now)
    assert found == "changed"
    assert quote.rstrip(".") in text


def test_an_altered_sentence_is_told_as_it_stands_now() -> None:
    now = THEN.replace("vote on the new pier in June", "vote on the new pier in July")
    assert became("The harbour board will vote on the new pier in June.", now) == (
        "changed",
        "The harbour board will vote on the new pier in July.",
    )


@pytest.mark.parametrize("now", ["Quite another matter is told here.", "?!"])
def test_nothing_is_told_where_nothing_comes_near(now: str) -> None:
    assert became("The harbour board will vote on the new pier in June.", now) == ("changed", "")


def test_a_quote_without_words_comes_near_to_nothing() -> None:
    assert became("***", "Words. +++", "Words. ***") == ("changed", "")


def test_without_the_kept_version_the_quote_itself_has_to_be_whole_sentences() -> None:
    now = Reading("One. Kim resigned. Two.")
    whole = standing("Kim resigned.", Span(0, 13), None, now, "a.md")
    part = standing("Kim", Span(0, 3), None, now, "a.md")
    assert (whole.standing, whole.span) == ("moved", Span(5, 18))
    assert (part.standing, part.text) == ("changed", "Kim resigned.")


def test_scripts_without_spaces_are_compared_by_character() -> None:
    found, text = became(
        "港の新しい桟橋は六月に決まる。",
        "港の新しい桟橋は七月に決まる。",
        "港の新しい桟橋は六月に決まる。",
    )
    assert (found, text) == ("changed", "港の新しい桟橋は七月に決まる。")
