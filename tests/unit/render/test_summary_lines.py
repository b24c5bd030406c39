"""Summaries in each style, laid out in lines."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

from rich.console import Console

from groundwire.domain.answers import Provenance
from groundwire.domain.families import Corroboration
from groundwire.domain.spans import Span
from groundwire.domain.summaries import Coverage, Place, Summary, Theme, TimelineEvent, When
from groundwire.ground.cite import number, quoted_claim, sources
from groundwire.interfaces.render.lines import as_text
from groundwire.interfaces.render.summaries import summary_lines
from groundwire.interfaces.render.terminal import show_lines
from tests.fakes.passages import hit
from tests.fakes.statements import conflict

HITS = hit("The canal reopened."), hit("The queue grew.", name="b", rank=2)
CLAIMS = number([quoted_claim(each, Span(0, len(each.passage.text))) for each in HITS])
PLACE = Place(HITS[0].document.id, HITS[0].passage.id, "a.md", Span(0, 4), "¶ 1")
COVERAGE = Coverage(2, 3, 4, 9, (PLACE,), (Theme("harbour dues", (PLACE, PLACE)),))
SUMMARY = Summary(
    "everything",
    CLAIMS,
    sources(CLAIMS, HITS),
    COVERAGE,
    Provenance("extractive", "g", 1, "e"),
    corroboration=Corroboration(3, 2),
)


def test_a_brief_is_one_paragraph_with_what_it_stands_on_and_leaves_out() -> None:
    assert as_text(summary_lines(SUMMARY, with_sources=True)).splitlines() == [
        "The canal reopened. [1] The queue grew. [2]",
        "",
        "Stands on 4 of 9 paragraphs from 2 of 3 documents (2 independent reports).",
        "Not represented: harbour dues (2 paragraphs).",
        "",
        "Sources:",
        "[1] Title a · Harbour Wire · ¶ 1 · a.md",
        "[2] Title b · Harbour Wire · ¶ 1 · b.md",
    ]


def test_bullets_are_a_line_each() -> None:
    lines = as_text(summary_lines(replace(SUMMARY, style="bullets"), with_sources=False))
    assert lines.splitlines()[:2] == ["- The canal reopened. [1]", "- The queue grew. [2]"]
    assert "Sources:" not in lines


def test_a_timeline_keeps_the_day_of_the_event_and_of_the_report_apart() -> None:
    exact = When(date(2021, 3, 29), date(2021, 3, 29), "on Monday", Span(4, 13))
    month = When(date(2021, 4, 1), date(2021, 4, 30))
    events = (
        TimelineEvent(exact, CLAIMS[0], date(2021, 3, 30), Corroboration(2, 1), (conflict(),)),
        TimelineEvent(month, CLAIMS[1], None, Corroboration(1, 1), planned=True),
    )
    summary = replace(SUMMARY, style="timeline", events=events)
    assert as_text(summary_lines(summary, with_sources=False)).splitlines()[:5] == [
        "29 March 2021  The canal reopened. [1]",
        "  published 30 March 2021 · “on Monday” · 2 documents, 1 independent report",
        "  candidate conflict: 1.03 million / 240,000",
        "April 2021 (planned)  The queue grew. [2]",
        "  undated",
    ]


def test_a_terminal_shows_the_same_words_wrapped() -> None:
    console = Console(file=io.StringIO(), width=40, force_terminal=False)
    show_lines(console, summary_lines(SUMMARY, with_sources=True))
    assert isinstance(console.file, io.StringIO)
    shown = console.file.getvalue()
    assert max(map(len, shown.splitlines())) <= 40
    assert shown.split() == as_text(summary_lines(SUMMARY, with_sources=True)).split()


def test_a_summary_that_says_nothing_still_says_what_there_was() -> None:
    nothing = Summary(
        "a table", (), (), Coverage(0, 1, 0, 3), SUMMARY.provenance, warnings=("no sentence",)
    )
    shown = as_text(summary_lines(nothing, with_sources=True)).strip()
    assert shown == "Stands on 0 of 3 paragraphs from 0 of 1 document."
