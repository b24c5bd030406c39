from __future__ import annotations

import pytest

from groundwire.text.paragraphs import paragraphs

WRAPPED = """\
The committee met on Monday to discuss the budget, which has grown by
a third since the previous vote and now includes a fund for repairs to
the harbour wall that the storm of last winter had damaged badly."""

CASES = [
    pytest.param("One.\n\nTwo.", ["One.", "Two."], id="empty line"),
    pytest.param(
        "A first paragraph.\nA second one.",
        ["A first paragraph.", "A second one."],
        id="one paragraph a line",
    ),
    pytest.param(WRAPPED, [WRAPPED], id="hard-wrapped"),
    pytest.param(
        WRAPPED + "\n\nShort end.", [WRAPPED, "Short end."], id="hard-wrapped, then another"
    ),
    pytest.param(
        WRAPPED + "\n" + WRAPPED, [WRAPPED, WRAPPED], id="hard-wrapped without empty lines"
    ),
    pytest.param(
        WRAPPED + "\n\nThe mayor, who had voted against the plan on two occasions, was\nabsent.",
        [WRAPPED, "The mayor, who had voted against the plan on two occasions, was\nabsent."],
        id="two lines judged by the width of others",
    ),
    pytest.param(
        "The mayor, who had voted against it twice before, was\nabsent that day.",
        ["The mayor, who had voted against it twice before, was\nabsent that day."],
        id="two lines, the second in lower case",
    ),
    pytest.param(
        "Harbour wall to be repaired after all, council decides\nThe committee met on Monday.",
        ["Harbour wall to be repaired after all, council decides", "The committee met on Monday."],
        id="headline and text",
    ),
    pytest.param(
        "Points:\n- one thing\n- another thing\n* third\n\u2022 fourth\n1. fifth\n2) sixth",
        [
            "Points:",
            "- one thing",
            "- another thing",
            "* third",
            "\u2022 fourth",
            "1. fifth",
            "2) sixth",
        ],
        id="list",
    ),
    pytest.param(
        WRAPPED + "\n- a list item that is long enough to look like one more line\n- another",
        [WRAPPED, "- a list item that is long enough to look like one more line", "- another"],
        id="list inside a wrapped block",
    ),
    pytest.param(
        "# Heading\nText under it.", ["# Heading", "Text under it."], id="Markdown heading"
    ),
    pytest.param("  indented\t", ["indented"], id="trimmed"),
    pytest.param("", [], id="empty"),
    pytest.param("\n \n", [], id="white space"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in paragraphs(text)] == expected


def test_lines_longer_than_a_page_is_wide_are_paragraphs() -> None:
    line = "word " * 30 + "end"
    text = "\n".join([line] * 4)
    assert [span.of(text) for span in paragraphs(text)] == [line] * 4


def test_lines_that_each_end_a_sentence_are_paragraphs() -> None:
    lines = [f"The council took the decision number {number} on that day." for number in range(5)]
    assert [span.of("\n".join(lines)) for span in paragraphs("\n".join(lines))] == lines
