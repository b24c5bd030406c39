"""What the prompt shows: menus of hostile names, the toolbar, and terminals that can do little."""

from __future__ import annotations

import json
import re
import shlex
import sys
from typing import TYPE_CHECKING

import pytest

from tests.terminal.conftest import PROGRAM
from tests.terminal.prompt_program import DOCUMENTS, HOSTILE, SESSIONS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.terminal.driver import Terminal

    Start = Callable[..., Terminal]

COLOUR = re.compile(rb"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9\d|10\d)(?:;\d+)*m")
BELL = DOCUMENTS[-1]


def was_read(terminal: Terminal, text: str) -> None:
    """Wait until the program has printed that it read exactly this, and prompts again."""
    printed = f"read {json.dumps(text)}"
    unwrapped = re.sub(r"\s", "", printed)
    terminal.wait_until(
        lambda: (
            unwrapped in re.sub(r"\s", "", terminal.transcript)
            and terminal.cursor_row.endswith(">")
        ),
        printed,
    )


@pytest.mark.parametrize(
    ("typed", "entry", "inserted"),
    [
        ("What of @two", "Two words", 'What of @"two words.md"'),
        ('(@"two w', "Two words", '(@"two words.md"'),
        ("See @kim", "A letter from Kim", "See @pyongyang/letter.md"),
        ("/summarize markup", "[bold]Markup[/bold]", f'/summarize "{HOSTILE}"'),
        ("/summarize a letter fr", "A letter from Kim", "/summarize pyongyang/letter.md"),
        ("/su he sa", "He said no", '/su "he said \\"no\\".md"'),
        ("@bell", "Bell\N{REPLACEMENT CHARACTER} and", f"@{BELL.id}"),
        ("/resume lee", "Who is Lee?", f"/resume {SESSIONS[0].id}"),
        ("/set top", "retrieval.top_k", "/set retrieval.top_k"),
        ("/help doc", "/docs", "/help /docs"),
    ],
)
def test_the_menu_inserts_what_is_understood(
    prompt: Start, typed: str, entry: str, inserted: str
) -> None:
    terminal = prompt(columns=100)
    terminal.type(typed)
    terminal.wait_until(
        lambda: (
            terminal.cursor_row == f"> {typed}" and any(entry in row for row in terminal.rows[1:-1])
        ),
        f"{entry} in the menu",
    )
    terminal.press("tab")
    terminal.wait_line(f"> {inserted}")
    terminal.press("enter", "enter")
    was_read(terminal, inserted)
    assert b"\x07" not in terminal.raw


@pytest.mark.parametrize(
    "typed", ["//he", "mail lee@two", "one @gone_x", "/docs he", "/nothing he"]
)
def test_there_is_no_menu_where_nothing_is_meant(prompt: Start, typed: str) -> None:
    terminal = prompt()
    terminal.type(typed)
    terminal.press("tab", "enter")
    was_read(terminal, typed)


def test_typing_does_not_wait_for_a_lookup_that_hangs(prompt: Start) -> None:
    terminal = prompt("--never")
    terminal.type("what of @two words")
    terminal.wait_line("> what of @two words")
    terminal.press("enter")
    was_read(terminal, "what of @two words")
    terminal.press("ctrl-d")
    assert terminal.wait_end() == 0


@pytest.mark.parametrize(
    ("columns", "bar"),
    [
        (200, "5 documents · Harbour Wire since March · extractive · Who is Lee? · 0.4 s"),
        (80, "5 documents · Harbour Wire since March · extractive · Who is Lee? · 0.4 s"),
        (60, "5 docs · Harbour Wire since March · extractive · 0.4 s"),
        (40, "5 docs · Harbour Wire since Mar… · 0.4 s"),
    ],
)
def test_the_toolbar_fits_the_screen(prompt: Start, columns: int, bar: str) -> None:
    terminal = prompt(rows=12, columns=columns)
    terminal.wait_until(lambda: terminal.rows[-1].strip() == bar, bar)


def test_the_toolbar_follows_the_size_of_the_screen(prompt: Start) -> None:
    terminal = prompt()
    terminal.wait_for("5 documents")
    terminal.resize(24, 40)
    terminal.wait_for("5 docs")
    terminal.type("x")
    terminal.wait_line("> x")


def test_colour_is_for_those_who_want_it(prompt: Start) -> None:
    def shown(*options: str, **env: str) -> bytes:
        terminal = prompt(*options, **env)
        terminal.type("/he")
        terminal.wait_for("what there is")
        terminal.press("tab", "ctrl-c")
        terminal.wait_for("(Ctrl-D or /quit to leave)")
        return terminal.raw

    assert COLOUR.search(shown())
    assert not COLOUR.search(shown(NO_COLOR="1"))
    assert not COLOUR.search(shown("--color", "never"))
    assert COLOUR.search(shown("--color", "always", NO_COLOR="1"))


@pytest.mark.parametrize(
    ("options", "env"), [((), {"TERM": "dumb"}), (("--plain",), {}), ((), {"TERM": ""})]
)
def test_a_plain_prompt_has_no_control_codes(
    prompt: Start, options: tuple[str, ...], env: dict[str, str]
) -> None:
    terminal = prompt(*options, **env)
    terminal.type("Who is Kœnig?\r")
    was_read(terminal, "Who is Kœnig?")
    terminal.type("half")
    terminal.wait_line("> half")
    terminal.press("ctrl-c")
    terminal.wait_for("(Ctrl-D or /quit to leave)")
    terminal.wait_line(">")
    terminal.press("ctrl-d")
    assert terminal.wait_end() == 0
    assert b"\x1b" not in terminal.raw
    assert BELL.title not in terminal.text


def test_the_plain_prompt_offers_the_text_to_begin_with(prompt: Start) -> None:
    terminal = prompt("--plain", "--default", "before")
    terminal.wait_for("[before] >")
    terminal.press("enter")
    was_read(terminal, "before")


def test_a_locale_without_letters_loses_none(prompt: Start) -> None:
    terminal = prompt(LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0", columns=40)
    terminal.wait_for("5 docs | Harbour Wire since Mar~ | 0.4 s")
    terminal.type("Kœnig")
    terminal.press("enter")
    was_read(terminal, "Kœnig")


def test_the_prompt_is_no_result(terminal: Start, tmp_path: Path) -> None:
    results = tmp_path / "results.txt"
    command = f"{shlex.join([sys.executable, str(PROGRAM)])} > {shlex.quote(str(results))}"
    opened = terminal(["/bin/sh", "-c", command])
    opened.wait_line(">")
    opened.type("Who is Lee?\r")
    opened.wait_until(lambda: opened.text.count(">") == 2, "the second prompt")
    opened.wait_line(">")
    opened.press("ctrl-d")
    assert opened.wait_end() == 0
    assert results.read_text(encoding="utf-8") == 'read "Who is Lee?"\nleft\n'
