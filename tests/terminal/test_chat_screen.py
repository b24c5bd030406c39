"""What a chat looks like on terminals of several kinds."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.terminal.driver import Terminal

QUESTION = "Who met Xi at the airport in Pyongyang?"
ANSWER = "21-gun salute"
COLOUR = re.compile(rb"\x1b\[[0-9;]*(?:3[0-7]|9[0-7])(?:;|m)")


def begun(chat: Terminal) -> Terminal:
    chat.wait_until(lambda: chat.cursor_row.startswith(">"), "prompt")
    return chat


def test_two_lines_and_a_prompt(groundwire: Callable[..., Terminal]) -> None:
    chat = begun(groundwire("chat"))
    chat.wait_for("documents · everything · extractive engine")
    first, second, third, *_ = chat.rows
    assert re.fullmatch(r"groundwire \S+ — \d+ documents — extractive engine", first)
    assert second == "/help, Ctrl-D to leave"
    assert third == ">"


def test_without_a_command_a_terminal_gets_a_chat(groundwire: Callable[..., Terminal]) -> None:
    chat = begun(groundwire())
    chat.type("quit\r")
    assert chat.wait_end() == 0


@pytest.mark.parametrize("columns", [40, 200])
def test_narrow_and_wide(groundwire: Callable[..., Terminal], columns: int) -> None:
    chat = begun(groundwire("chat", columns=columns, rows=40))
    chat.type(f"{QUESTION}\r")
    chat.wait_for("salute")
    chat.wait_line(">")
    assert all(len(row) <= columns for row in chat.scrollback)


def test_the_article_is_shown_in_the_pager(groundwire: Callable[..., Terminal]) -> None:
    chat = begun(groundwire("chat", PAGER="cat"))
    chat.type(f"{QUESTION}\r")
    chat.wait_for(ANSWER)
    chat.wait_line(">")
    chat.type("/open 1\r")
    chat.wait_until(lambda: "Cited: ¶ 2" in chat.transcript, "the article")
    chat.wait_line(">")


@pytest.mark.parametrize("tmux", ["", "/nowhere/default,1,0"])
def test_copying_asks_the_terminal(groundwire: Callable[..., Terminal], tmux: str) -> None:
    chat = begun(groundwire("chat", **({"TMUX": tmux} if tmux else {})))
    chat.type(f"{QUESTION}\r")
    chat.wait_for(ANSWER)
    chat.wait_line(">")
    chat.type("/copy\r")
    chat.wait_for("Copied")
    found = re.search(rb"(\x1bPtmux;\x1b)?\x1b\]52;c;([^\x07]+)\x07", chat.raw)
    assert found is not None
    assert bool(found[1]) == bool(tmux)
    assert ANSWER in base64.b64decode(found[2]).decode()


def test_no_colour_where_none_is_wanted(groundwire: Callable[..., Terminal]) -> None:
    chat = begun(groundwire("chat", NO_COLOR="1"))
    chat.type(f"{QUESTION}\r")
    chat.wait_for("Stands on")
    chat.wait_line(">")
    assert not COLOUR.search(chat.raw)


@pytest.mark.parametrize(
    ("options", "environment"),
    [((), {"TERM": "dumb"}), (("--plain",), {}), (("--plain",), {"LC_ALL": "C"})],
    ids=["dumb", "plain", "ascii"],
)
def test_plain_terminals_get_no_control_codes(
    groundwire: Callable[..., Terminal], options: tuple[str, ...], environment: dict[str, str]
) -> None:
    chat = begun(groundwire("chat", *options, **environment))
    chat.type(f"{QUESTION}\r")
    chat.wait_for("Sources:")
    begun(chat)
    chat.type("/open 1\r")
    chat.wait_for("[[Xi was met")
    begun(chat)
    chat.press("ctrl-d")
    assert chat.wait_end() == 0
    assert b"\x1b" not in chat.raw


def test_a_failure_is_one_line_and_the_chat_goes_on(groundwire: Callable[..., Terminal]) -> None:
    chat = begun(groundwire("chat"))
    for typed, told in (
        ("/sumarise x", "did you mean /summarize?"),
        ("/since yesterday", "is not a date such as"),
        ("/open 1", "There is no answer yet."),
        ("/set top_k many", "groundwire: "),
    ):
        chat.type(f"{typed}\r")
        chat.wait_for(told)
        chat.wait_line(">")
    assert "Traceback" not in chat.transcript
