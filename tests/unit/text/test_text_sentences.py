from __future__ import annotations

import pytest

from groundwire.domain.spans import Span
from groundwire.text.paragraphs import paragraphs
from groundwire.text.sentences import sentences

# A bar marks every sentence boundary inside the text; white space around it belongs to the text.
CASES = [
    "It rained.| The match was off.",
    "Why?| Nobody knows!| It is odd.",
    "Why?!| Nobody knows.",
    "Mr. Smith met Mrs. Jones and Dr. Lee.| They spoke.",
    "Sen. Ann Roe and Gov. John Doe spoke to Gen. Poe.| Rep. Moe left.",
    "U.S. President Roe spoke.| He left.",
    "He lives in the U.S.| He said so.",
    "It happened in the U.K.| The minister resigned.",
    "U.N. Security Council members met in Washington, D.C.| They agreed.",
    "George H. W. Bush and J.K. Rowling met.| John F. Kennedy did not.",
    "It opens at 9 a.m. Monday.| It closes at 5 p.m.| Tickets are cheap.",
    "It starts at 8 p.m. ET on Friday.",
    "On Jan. 5 and Sept. 13 it snowed.| It was May.",
    "It began in Dec.| The snow came later.",
    "Acme Inc. and Apex Corp. merged.| Acme Inc. Chairman Roe resigned.",
    "He works for Acme Inc.| The firm is old.",
    "Martin Luther King Jr. spoke.| The crowd listened.",
    "He lives on Main St.| It is quiet there.",
    "St. Louis is big.| No. 5 is alive.| No.| He refused.",
    "Roe vs. Wade and Epic v. Apple were cases.",
    "The rate rose 3.5 percent to 1.25.| It fell later.",
    "See www.example.com or https://a.example/b.Html?c=d.| It is free.",
    "Example.com grew.| Amazon.com did not.",
    "Well... maybe.| He paused ... and left.| It ended...| Nobody cried.",
    "\u201cIt is over.\u201d| He left.",
    '"It is over."| He left.',
    "(It was over.)| He left.",
    '"Go!" he said.| They went.',
    '"Are you ready?" Roe asked.| They were.',
    '"Are you ready?"| He was not.',
    "He said \u201cwe will win.\u201d| The crowd cheered.",
    "He said: \u201cWe will win.| We must.\u201d",
    "It was done by Mr. Trump.|Chinese officials agreed.",
    '"They came with him."|He left early.',
    'He said: "It is over.| They came with him."|He left early.',
    'She was tired.|"We go home," she said.',
    "The Yahoo! Finance site was down.",
    "World War I.| The war was long.",
    "1. A first item.",
    "It has sources.[1]| It is known.[12]",
    "Items, e.g. Apples, were sold, i.e. Given away.",
    "Smith et al. (2020) showed it.| It holds.",
    "He left.| $5 was on the table.| 15 people saw it.",
    "Loading . . . please wait.",
    "The iPhone is new.| iPhone sales rose.",
    # other languages
    "M. Macron est parti.| Il reviendra.| \u00ab Oui. \u00bb| Elle a dit non.",
    "Am 3. Oktober war ein Feiertag.| Es regnete, z.B. Hagel.| Dr. M\u00fcller kam.",
    "\u00bfQui\u00e9n es?| El Sr. Garc\u00eda.| \u00a1Vamos!",
    "\u4eca\u5929\u4e0b\u96e8\u3002|\u660e\u5929\u6674\u3002",
    "\u300c\u884c\u3053\u3046\u3002\u300d\u3068\u8a00\u3063\u305f\u3002|\u7d42\u308f\u308a\u3002",
    # nothing to split
    "No terminator at all",
    "...",
]


@pytest.mark.parametrize("marked", CASES)
def test_boundaries(marked: str) -> None:
    text = marked.replace("|", "")
    expected = [part.strip() for part in marked.split("|")]
    assert [span.of(text) for span in sentences(text)] == expected


def test_a_paragraph_break_ends_a_sentence() -> None:
    text = "A headline without a stop\n\nThe text of it.\nAnother one"
    assert [span.of(text) for span in sentences(text)] == [
        "A headline without a stop",
        "The text of it.",
        "Another one",
    ]


def test_a_wrapped_line_does_not_end_a_sentence() -> None:
    text = (
        "The committee met on Monday to discuss the budget, which has grown by\n"
        "a third since the vote. It now includes a fund for the repairs to all\n"
        "of the harbour wall."
    )
    assert len(paragraphs(text)) == 1
    first, second = (span.of(text).replace("\n", " ") for span in sentences(text))
    assert first.startswith("The committee")
    assert first.endswith("by a third since the vote.")
    assert second == "It now includes a fund for the repairs to all of the harbour wall."


def test_a_part_of_the_text_is_split_in_offsets_of_the_whole() -> None:
    text = "One is here. Two is there.\n\nThree is away. Four is back."
    part = Span(text.index("Two"), text.index("Four"))
    assert [span.of(text) for span in sentences(text, part)] == ["Two is there.", "Three is away."]


def test_a_part_between_paragraphs_has_no_sentences() -> None:
    text = "One.\n\nTwo."
    assert sentences(text, Span(4, 6)) == ()


@pytest.mark.parametrize(
    ("separator", "ending"),
    [("; ", ";"), (", ", ","), (" ", "a")],
    ids=["semicolon", "comma", "space"],
)
def test_an_overlong_run_is_cut_at_the_best_place(separator: str, ending: str) -> None:
    clause = ("a" * 40 + separator) * 10 + "a" * 40
    text = " ".join([clause] * 8)
    found = sentences(text)
    assert len(found) > 1
    assert all(len(span) <= 1200 for span in found)
    assert all(span.of(text).endswith(ending) for span in found[:-1])


def test_an_overlong_word_is_cut_hard() -> None:
    text = "x" * 3000
    assert [len(span) for span in sentences(text)] == [1200, 1200, 600]


def test_empty_text_has_no_sentences() -> None:
    assert sentences("") == ()
