"""Conflict cards, comparisons and quotations, laid out in lines."""

from __future__ import annotations

from datetime import date

import pytest

from groundwire.domain.comparisons import Agreement, Change, Comparison
from groundwire.domain.quotations import QuoteEdit, QuoteReport
from groundwire.interfaces.render.comparisons import comparison_lines
from groundwire.interfaces.render.conflicts import card, difference_cards, differing
from groundwire.interfaces.render.days import days
from groundwire.interfaces.render.lines import as_text
from groundwire.interfaces.render.quotes import quote_lines
from tests.fakes.passages import hit
from tests.fakes.statements import conflict, place, statement


def test_a_card_shows_both_values_who_printed_and_who_said_them_and_both_sentences() -> None:
    assert as_text(card(conflict())).splitlines() == [
        "Candidate conflict (number): marchers",
        "  1.03 million — Harbour Wire · 10 June 2019 · ¶ 1",
        "    “More than 1.03 million marched, organisers said.” [1]",
        "  240,000 — Northgate Times · 10 June 2019 · ¶ 1 · said by Police",
        "    “Police counted 240,000.” [1]",
    ]


def test_cards_are_set_apart_and_a_short_form_names_the_values() -> None:
    assert as_text(difference_cards([conflict(), conflict()])).count("\n\n") == 1
    assert as_text(differing([conflict()])) == "candidate conflict: 1.03 million / 240,000"


def test_a_comparison_has_a_section_for_everything_that_was_found() -> None:
    left, right = statement("The tram is red."), statement("The tram is scarlet.", name="b")
    found = Comparison(
        hit("x").document,
        hit("y", name="b").document,
        "reports",
        agreements=(Agreement(left, right, 0.9, ("red",)),),
        conflicts=(conflict(),),
        only_left=(left,),
        only_right=(right,),
        changes=(
            Change("number", left, right, "84", "97"),
            Change("added", None, right),
            Change("attribution_softened", left, right, "", "reportedly"),
        ),
    )
    text = as_text(comparison_lines(found))
    for part in (
        "A  Title a · Harbour Wire · a.md",
        "Two independent reports.",
        "Both say (1)",
        "Conflicts (1)",
        "Only in A (1)",
        "Only in B (1)",
        "number: “84” → “97”",
        "added\n    + The tram is scarlet.",
        "attribution softened: “reportedly” is new",
        "(red)",
    ):
        assert part in text
    assert "Updates" not in text


def test_an_altered_quotation_is_shown_with_its_difference_and_who_printed_it_first() -> None:
    first = place("“We will build it,” said Lind.", "We will build it")
    second = place("“We will build it,” she said.", "We will build it", name="b", speaker="")
    edit = QuoteEdit("might", "will")
    report = QuoteReport("x", "We might build it", "altered", "Lind", (first, second), (edit,))
    text = as_text(quote_lines(report))
    assert text.startswith("Altered: ")
    assert "given “might”, printed “will”" in text
    assert text.count("(printed first)") == 1
    assert "said by Mara Lind · in quotation marks · characters 1 to 17" in text
    assert "no speaker is named" in text


def test_words_given_to_somebody_else_name_both() -> None:
    found = place("“We will build it,” said Lind.", "We will build it")
    text = as_text(quote_lines(QuoteReport("x", "y", "misattributed", "Ito", (found,))))
    assert "given to Ito, said by Mara Lind" in text


def test_absent_words_are_shown_with_what_comes_close() -> None:
    near = place("“We shall build it,” said Lind.", "We shall build it")
    text = as_text(quote_lines(QuoteReport("x", "y", "absent", nearest=(near,))))
    assert text.startswith("Absent: ")
    assert "Closest passages:" in text
    assert "We shall build it" in text


def test_nothing_of_a_document_reaches_the_screen_as_a_control_character() -> None:
    hostile = statement("Red \x1b[31m tram\u202e.", name="b")
    found = Comparison(hit("x").document, hit("y", name="b").document, "reports", (), (), (), ())
    shown = as_text(comparison_lines(found)) + as_text(
        comparison_lines(
            Comparison(found.left, found.right, "reports", only_right=(hostile,)),
        )
    )
    assert "\x1b" not in shown
    assert "\u202e" not in shown


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ((2021, 3, 23), (2021, 3, 23), "23 March 2021"),
        ((2021, 3, 1), (2021, 3, 31), "March 2021"),
        ((2021, 3, 1), (2021, 4, 30), "March 2021 to April 2021"),
        ((2021, 1, 1), (2021, 12, 31), "2021"),
        ((2016, 1, 1), (2017, 12, 31), "2016 to 2017"),
        ((2021, 3, 3), (2021, 3, 9), "3 to 9 March 2021"),
        ((2021, 3, 30), (2021, 4, 2), "30 March 2021 to 2 April 2021"),
        ((2024, 2, 1), (2024, 2, 29), "February 2024"),
    ],
)
def test_days_are_said_as_exactly_as_they_are_known(
    first: tuple[int, int, int], last: tuple[int, int, int], said: str
) -> None:
    assert days(date(*first), date(*last)) == said
