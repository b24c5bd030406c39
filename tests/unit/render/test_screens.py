"""Six results at three widths, plain and in colour; and that no word is lost at any width."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import Color, ColorType

from groundwire.interfaces.render.comparisons import comparison_lines
from groundwire.interfaces.render.lines import as_text
from groundwire.interfaces.render.links import NO_LINKS
from groundwire.interfaces.render.markdown import answer_markdown
from groundwire.interfaces.render.quotes import quote_lines
from groundwire.interfaces.render.summaries import summary_lines
from groundwire.interfaces.render.terminal import STYLES, print_answer, print_rest, show_lines
from tests.fakes.passages import hit
from tests.unit.render.screens import (
    OPENS,
    TODAY,
    abstaining,
    answer_of,
    cited,
    comparison,
    conflicting,
    console,
    quotation,
    quoting,
    summary,
    without_codes,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from syrupy.assertion import SnapshotAssertion

    from groundwire.domain.answers import Answer
    from groundwire.interfaces.render.lines import Line

ANSWERS = {"cited": cited, "conflict": conflicting, "abstention": abstaining}
LAID_OUT = {
    "summary": lambda: summary_lines(summary(), with_sources=True),
    "comparison": lambda: comparison_lines(comparison()),
    "quote": lambda: quote_lines(quotation()),
}
NAMES = [*ANSWERS, *LAID_OUT]
WIDTHS = [40, 80, 200]
HOSTILE = (
    "A \x1b[2Jtram\u202e \x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\ [red]x[/red] "
    "[/etc/passwd] \x9b31m *b* `c` \u2066done\x07."
)


def print_on(on: Console, name: str) -> None:
    if name in ANSWERS:
        print_answer(on, ANSWERS[name](), with_sources=True, today=TODAY)
    else:
        show_lines(on, LAID_OUT[name]())


def plain(name: str) -> str:
    if name in ANSWERS:
        return answer_markdown(ANSWERS[name](), with_sources=True, today=TODAY)
    lines: Iterator[Line] = LAID_OUT[name]()
    return as_text(lines)


def in_colour(name: str, width: int, *, no_color: bool = False) -> str:
    on = console(width, no_color=no_color)
    print_on(on, name)
    return written(on)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_result_in_colour(name: str, width: int, snapshot: SnapshotAssertion) -> None:
    assert in_colour(name, width).replace("\x1b", "␛") == snapshot


@pytest.mark.parametrize("name", NAMES)
def test_a_result_plain(name: str, snapshot: SnapshotAssertion) -> None:
    assert plain(name) == snapshot


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_rows_fit_and_without_colour_bold_stays(name: str, width: int) -> None:
    without = in_colour(name, width, no_color=True)
    coloured = in_colour(name, width)
    assert without_codes(without) == without_codes(coloured)
    assert max(map(len, without_codes(without).splitlines())) <= width
    assert not any(row.endswith(" ") for row in without_codes(without).splitlines())
    assert "\x1b[1m" in without
    assert not any(f"{code}m" in without for code in (";31", ";35", "[31", "[35"))


@pytest.mark.parametrize("name", NAMES)
@given(width=st.integers(40, 200))
@settings(max_examples=15)
def test_every_word_that_a_pipe_gets_is_on_the_terminal_too(name: str, width: int) -> None:
    shown = "".join(without_codes(in_colour(name, width)).split())
    claims = [] if name not in ANSWERS else ANSWERS[name]().claims
    for claim in claims:
        assert "".join(claim.marked().split()) in shown
    text = plain(name)
    if name in LAID_OUT:
        assert "".join(text.split()) == shown
    else:
        for block in text.split("\n"):
            if not block.startswith(("Sources:", "- ", "  …", "  The ")):
                assert "".join(block.split()) in shown


def test_colours_read_on_light_and_dark() -> None:
    for style in STYLES.values():
        words = style.split()
        assert "on" not in words
        for word in set(words) - {"bold", "dim"}:
            assert word in {"magenta", "red"}
            assert Color.parse(word).type is ColorType.STANDARD


def test_what_comes_under_streamed_sentences_is_what_comes_under_finished_ones() -> None:
    streamed, finished = console(80), console(80)
    answer = conflicting()
    print_rest(streamed, answer, with_sources=True, today=TODAY, links=NO_LINKS)
    print_answer(finished, answer, with_sources=True, today=TODAY)
    assert written(finished).endswith(written(streamed))


def test_the_excerpt_of_a_source_shows_the_cited_words_and_not_its_beginning() -> None:
    shown = without_codes(in_colour("cited", 80))
    assert "… a figure since the spring" not in shown
    assert "The harbour authority had promised" not in shown
    assert "    … " in shown


@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_text_is_inert(width: int) -> None:
    found = hit(HOSTILE)
    found = replace(found, document=replace(found.document, title=HOSTILE, source=HOSTILE))
    answer: Answer = answer_of(HOSTILE, [quoting(found, HOSTILE)], [found, OPENS])
    answer = replace(answer, standalone=f"x {HOSTILE}")
    on = console(width)
    print_answer(on, answer, with_sources=True, today=TODAY)
    shown = without_codes(written(on))
    assert not {"\x1b", "\x9b", "\x07", "\u202e", "\u2066"} & set(shown)
    assert "evil.example" in shown
    assert "\x1b]8" not in written(on)
    assert "[red]x[/red]" in "".join(shown.split())
