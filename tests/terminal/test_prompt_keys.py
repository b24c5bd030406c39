"""Each key of the prompt, in a real terminal."""

from __future__ import annotations

import json
import re
import shlex
import sys
from typing import TYPE_CHECKING

import pytest

from tests.terminal.conftest import PROGRAM

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.terminal.driver import Terminal

    Start = Callable[..., Terminal]

BLOCK, BEAM = b"\x1b[2 q", b"\x1b[6 q"


def was_read(terminal: Terminal, text: str) -> None:
    """Wait until the program has printed that it read exactly this, and prompts again."""
    printed = f"read {json.dumps(text)}"
    terminal.wait_until(
        lambda: printed in terminal.transcript and terminal.cursor_row == ">", printed
    )


def ask(terminal: Terminal, text: str) -> None:
    terminal.type(text)
    terminal.press("enter")
    was_read(terminal, text)


def to_normal_mode(terminal: Terminal) -> None:
    terminal.press("escape")
    terminal.wait_until(
        lambda: terminal.raw.rfind(BLOCK) > terminal.raw.rfind(BEAM), "the block of normal mode"
    )


def test_enter_sends(prompt: Start) -> None:
    terminal = prompt()
    ask(terminal, "Who is Lee?")
    ask(terminal, "Wer ist Kœnig 金?")


def test_enter_accepts_the_entry_of_the_menu_and_then_sends(prompt: Start) -> None:
    terminal = prompt()
    terminal.type("/he")
    terminal.wait_for("what there is")
    terminal.press("tab")
    terminal.wait_line("> /help")
    terminal.press("enter")
    terminal.wait_for("/docs")  # the command takes an argument: its menu opens
    assert "read" not in terminal.text
    terminal.type("zzz")
    terminal.press("enter")
    was_read(terminal, "/help zzz")


def test_enter_sends_when_no_entry_of_the_menu_was_chosen(prompt: Start) -> None:
    terminal = prompt()
    terminal.type("/su")
    terminal.wait_for("a short text on a document")
    terminal.press("enter")
    was_read(terminal, "/su")


def test_alt_enter_begins_a_line(prompt: Start) -> None:
    terminal = prompt()
    terminal.type("one")
    terminal.press("alt-enter")
    terminal.type("two")
    terminal.wait_line("  two")
    terminal.press("enter")
    was_read(terminal, "one\ntwo")


def test_pasted_lines_stay_one_question(prompt: Start) -> None:
    terminal = prompt()
    terminal.paste("Is this true?\r\n“Lee left.”\r\n/quit\r\n")
    terminal.wait_for("/quit")
    assert "read" not in terminal.text
    terminal.press("enter")
    was_read(terminal, "Is this true?\n“Lee left.”\n/quit\n")


def test_tab_and_shift_tab_go_through_the_menu(prompt: Start) -> None:
    terminal = prompt()
    terminal.type("/")
    terminal.wait_for("go on with a session")
    terminal.press("tab")
    terminal.wait_line("> /help")
    terminal.press("tab")
    terminal.wait_line("> /docs")
    terminal.press("shift-tab")
    terminal.wait_line("> /help")
    terminal.press("shift-tab", "shift-tab")
    terminal.wait_line("> /set")


@pytest.mark.parametrize("key", ["right", "end"])
def test_a_key_takes_the_suggestion(prompt: Start, key: str) -> None:
    terminal = prompt()
    ask(terminal, "Who met Xi at the airport?")
    terminal.type("Who")
    terminal.wait_line("> Who met Xi at the airport?")  # the grey rest
    terminal.press(key)
    terminal.wait_until(lambda: terminal.cursor[1] == len("> Who met Xi at the airport?"), "end")
    terminal.press("enter")
    was_read(terminal, "Who met Xi at the airport?")


def test_up_and_down_go_through_the_history_of_other_chats_too(prompt: Start, home: Path) -> None:
    file = home / "state" / "history"
    first = prompt("--history", str(file))
    ask(first, "asked before")
    first.press("ctrl-d")
    assert first.wait_end() == 0
    second = prompt("--history", str(file))
    ask(second, "asked now")
    second.press("up")
    second.wait_line("> asked now")
    second.press("up")
    second.wait_line("> asked before")
    second.press("down", "down")
    second.wait_line(">")


def test_ctrl_r_searches_the_history_without_case(prompt: Start) -> None:
    terminal = prompt()
    ask(terminal, "Where is Pyongyang?")
    ask(terminal, "Who is Lee?")
    terminal.press("ctrl-r")
    terminal.wait_for("I-search backward")
    terminal.type("pyong")
    terminal.wait_for("I-search backward: pyong")
    terminal.press("enter")
    terminal.wait_gone("I-search")
    terminal.wait_line("> Where is Pyongyang?")
    terminal.press("enter")
    terminal.wait_until(lambda: terminal.text.count('read "Where is') == 2, "a second answer")


def test_ctrl_c_clears_the_line_and_says_how_to_leave(prompt: Start) -> None:
    terminal = prompt()
    terminal.type("half a questi")
    terminal.wait_line("> half a questi")
    terminal.press("ctrl-c")
    terminal.wait_for("(Ctrl-D or /quit to leave)")
    terminal.wait_line(">")
    ask(terminal, "another")
    assert "half" not in terminal.text.partition("read")[2]


def test_ctrl_d_leaves_only_from_an_empty_line(prompt: Start) -> None:
    terminal = prompt()
    terminal.type("ab")
    terminal.wait_line("> ab")
    terminal.press("home", "ctrl-d")
    terminal.wait_line("> b")
    terminal.press("ctrl-d")
    terminal.wait_line(">")
    terminal.press("ctrl-d")
    assert terminal.wait_end() == 0
    assert "left" in terminal.text


def script(folder: Path, lines: str) -> str:
    path = folder / "an editor.sh"
    path.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    path.chmod(0o700)
    return shlex.quote(str(path))


@pytest.mark.parametrize("mode", ["emacs", "vi"])
def test_the_editor_edits_and_sends(prompt: Start, tmp_path: Path, mode: str) -> None:
    editor = script(tmp_path, 'ls -l "$1" >&2; printf "and more\\n" >> "$1"')
    terminal = prompt(*(["--vi"] if mode == "vi" else []), VISUAL=editor, EDITOR="false")
    terminal.type("some ")
    terminal.wait_line("> some")
    if mode == "vi":
        to_normal_mode(terminal)
        terminal.type("v")
    else:
        terminal.press("ctrl-x", "ctrl-e")
    was_read(terminal, "some and more")
    assert "-rw-------" in terminal.text


@pytest.mark.parametrize(
    ("editor", "told"),
    [
        ("sh -c 'echo tried; exit 1'", "tried"),
        ("'unpaired", "no editor could be started (set $VISUAL or $EDITOR)"),
    ],
)
def test_an_editor_that_fails_changes_nothing(
    prompt: Start, tmp_path: Path, editor: str, told: str
) -> None:
    terminal = prompt(VISUAL=editor, PATH="/bin" if told == "tried" else str(tmp_path))
    terminal.type("kept")
    terminal.press("ctrl-x", "ctrl-e")
    terminal.wait_for(told)
    terminal.wait_line("> kept")
    terminal.type("!")
    terminal.press("enter")
    was_read(terminal, "kept!")


def test_ctrl_z_suspends_and_the_line_is_there_again(terminal: Start) -> None:
    shell = terminal(["/bin/bash", "--norc", "--noprofile", "-i"], PS1="shell$ ", HISTFILE="")
    shell.wait_line("shell$")
    command = shlex.join([sys.executable, str(PROGRAM)])
    shell.type(f"clear; {command}\r")
    shell.wait_line(">")
    shell.type("half")
    shell.wait_line("> half")
    shell.press("ctrl-z")
    shell.wait_for("Stopped")
    shell.wait_line("shell$")
    shell.type("fg\r")
    shell.wait_line("> half")
    shell.type(" and half\r")
    was_read(shell, "half and half")


def test_vi_mode_has_its_keys_and_shows_its_mode_by_the_cursor(prompt: Start) -> None:
    terminal = prompt("--vi")
    terminal.wait_until(lambda: terminal.raw.rfind(BEAM) > terminal.raw.rfind(BLOCK), "the beam")
    terminal.type("who is lee")
    terminal.wait_line("> who is lee")
    to_normal_mode(terminal)
    terminal.type("0ceWho")
    terminal.wait_line("> Who is lee")
    terminal.press("alt-enter")
    terminal.type("now")
    terminal.wait_line("  now is lee")
    to_normal_mode(terminal)
    terminal.type("A?")
    terminal.press("enter")
    was_read(terminal, "Who\nnow is lee?")


def test_emacs_mode_leaves_the_cursor_as_it_is(prompt: Start) -> None:
    terminal = prompt()
    ask(terminal, "x")
    assert not re.search(rb"\x1b\[[1-6] q", terminal.raw)


def test_ctrl_l_clears_the_screen(prompt: Start) -> None:
    terminal = prompt()
    ask(terminal, "one")
    terminal.type("two")
    terminal.press("ctrl-l")
    terminal.wait_gone("read")
    terminal.wait_until(lambda: terminal.cursor == (0, len("> two")), "the line at the top")


def test_a_text_to_begin_with_is_edited(prompt: Start) -> None:
    terminal = prompt("--default", "asked before")
    terminal.wait_line("> asked before")
    terminal.type("?")
    terminal.press("enter")
    terminal.wait_for('read "asked before?"')
