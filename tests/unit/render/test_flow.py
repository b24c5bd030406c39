"""Sentences as they come: printed once, in order, in the words and rows of the whole."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING
from unicodedata import normalize

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundwire.domain.spans import Span
from groundwire.ground.cite import number, quoted_claim
from groundwire.interfaces.render.flow import Flow
from groundwire.interfaces.render.lines import Line
from groundwire.interfaces.render.terminal import claim_parts, paragraph, show_lines
from tests.fakes.passages import hit
from tests.unit.render.screens import console, without_codes, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.domain.claims import Claim

WIDE = "\u5317\u4eac\u7684\u56fe\u4e66\u9986"
COMBINING = "Zu\u0308rich cafe\u0301 re\u0301sume\u0301"
LONG = "https://archive.example/" + "a" * 150
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


def claims_of(texts: Sequence[str]) -> tuple[Claim, ...]:
    hits = [hit(text, name=f"d{n}") for n, text in enumerate(texts)]
    return number([quoted_claim(each, Span(0, len(each.passage.text))) for each in hits])


def flowed(claims: Sequence[Claim], width: int, *, bullets: bool = False) -> str:
    on = console(width)
    flow = Flow(on, bullets=bullets)
    for claim in claims:
        flow.add(claim)
    flow.close()
    flow.close()
    return written(on)


def seen(output: str, width: int, height: int = 10) -> list[str]:
    """Return every row of a terminal and its scrollback."""
    screen = pyte.HistoryScreen(width, height, history=5000, ratio=0.5)
    pyte.Stream(screen).feed(output.replace("\n", "\r\n"))
    above = ["".join(row[x].data for x in range(width)) for row in screen.history.top]
    return [row.rstrip() for row in [*above, *screen.display]]


def whole(claims: Sequence[Claim], width: int, *, bullets: bool = False) -> list[str]:
    on = console(width)
    if bullets:
        show_lines(on, [Line((("- ", "plain"), *claim_parts(claim))) for claim in claims])
    else:
        show_lines(on, [paragraph(claims)])
    return without_codes(written(on)).splitlines()


@pytest.mark.parametrize("bullets", [False, True])
def test_two_hundred_sentences_stand_once_and_in_order_in_ten_rows(bullets: bool) -> None:  # noqa: FBT001 -- a parameter
    claims = claims_of([f"Sentence number {n} says a little more of it." for n in range(200)])
    rows = seen(flowed(claims, 60, bullets=bullets), 60)
    text = " ".join(" ".join(rows).split())
    places = [text.find(f"Sentence number {n} says") for n in range(200)]
    assert -1 not in places
    assert places == sorted(places)
    assert text.count("Sentence number") == 200
    assert [row for row in rows if row] == whole(claims, 60, bullets=bullets)


@pytest.mark.parametrize("width", [40, 41, 80, 200])
def test_wide_combining_and_long_words_wrap_as_in_the_whole(width: int) -> None:
    texts = [f"{WIDE} {COMBINING}.", LONG, f"{WIDE * 20} end.", "Short.", f"{LONG} {WIDE}"]
    claims = claims_of(texts)
    rows = [row for row in seen(flowed(claims, width), width) if row]
    expected = whole(claims, width)
    assert len(rows) == len(expected)
    joined = "".join("".join(rows).split())
    assert normalize("NFC", COMBINING.replace(" ", "")) in normalize("NFC", joined)
    assert joined.count("archive.example") == 2


@given(
    texts=st.lists(
        st.text(alphabet=st.sampled_from(f"ab. \u5317e\u0301{FAMILY}-"), min_size=1, max_size=90)
        .map(str.strip)
        .filter(bool),
        min_size=1,
        max_size=8,
    ),
    width=st.integers(40, 200),
)
@settings(max_examples=60)
def test_streamed_rows_are_those_of_the_finished_paragraph(texts: list[str], width: int) -> None:
    claims = claims_of(texts)
    final = without_codes(flowed(claims, width))
    rows = [row.rpartition("\r")[2] for row in final.split("\n")][:-1]
    assert rows == whole(claims, width)


def test_a_row_is_never_printed_twice_and_only_the_preview_is_cleared() -> None:
    claims = claims_of([f"Sentence {n} is here." for n in range(9)])
    output = flowed(claims, 60)
    assert "\x1b[A" not in output
    assert "\x1b[J" not in output
    assert output.count("\x1b[2K") == len(claims)
    assert output.endswith("\n")


@pytest.mark.parametrize(("before", "after"), [(80, 40), (40, 80)])
def test_a_width_that_changes_loses_and_repeats_nothing(before: int, after: int) -> None:
    claims = claims_of([f"Sentence number {n} says a little." for n in range(12)])
    on = console(before)
    flow = Flow(on)
    for claim in claims[:7]:
        flow.add(claim)
    on.width = after
    for claim in claims[7:]:
        flow.add(claim)
    flow.close()
    kept = "\n".join(row.rpartition("\r")[2] for row in without_codes(written(on)).split("\n"))
    assert kept.split() == " ".join(claim.marked() for claim in claims).split()


def test_a_width_that_changes_before_the_end_leaves_the_preview_as_it_stands() -> None:
    on = console(80)
    flow = Flow(on)
    flow.add(claims_of(["One sentence."])[0])
    on.width = 40
    flow.close()
    assert without_codes(written(on)) == "One sentence. [1]\n"


def test_an_interrupted_paragraph_keeps_what_was_shown() -> None:
    claims = claims_of(["One sentence.", "Another one."])
    assert without_codes(flowed(claims[:1], 40)).endswith("\rOne sentence. [1]\n")
    assert flowed([], 40) == ""


def test_what_writes_over_the_preview_does_not_take_it_away() -> None:
    on = console(40)
    flow = Flow(on)
    one, two = claims_of(["One sentence.", "Another one."])
    flow.add(one)
    on.file.write("\r\x1b[2Kreading …")
    flow.add(two)
    flow.close()
    assert [row for row in seen(written(on), 40) if row] == ["One sentence. [1] Another one. [2]"]


def test_a_row_whose_width_terminals_disagree_on_is_not_previewed() -> None:
    (claim,) = claims_of([f"{FAMILY} came."])
    on = console(40)
    flow = Flow(on)
    flow.add(claim)
    assert written(on) == ""
    flow.close()
    assert f"{FAMILY} came. [1]" in without_codes(written(on))


def test_a_pipe_gets_each_sentence_at_once_in_the_characters_of_the_answer() -> None:
    claims = claims_of(["One\nsentence \x1b[31mhere.", "Another one."])
    claims = (replace(claims[0], gloss="it"), claims[1])
    pipe = io.StringIO()
    flow = Flow(stream=pipe)
    flow.add(claims[0])
    assert pipe.getvalue() == "One\nsentence \N{REPLACEMENT CHARACTER}[31mhere. [it] [1]"
    flow.add(claims[1])
    flow.close()
    flow.close()
    assert pipe.getvalue().endswith("[1] Another one. [2]\n")


def test_a_list_in_a_pipe_is_an_item_a_line() -> None:
    pipe = io.StringIO()
    flow = Flow(stream=pipe, bullets=True)
    for claim in claims_of(["One.", "Two."]):
        flow.add(claim)
    flow.close()
    assert pipe.getvalue() == "- One. [1]\n- Two. [2]\n"
