"""Sessions of the chat on real terminals: kept at once, gone on with, shared, survived."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from groundwire.records.database import open_database
from groundwire.records.sessions import Sessions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.terminal.driver import Terminal

QUESTION = "Who met Xi at the airport in Pyongyang?"
ANSWER = "21-gun salute"


def begun(chat: Terminal) -> Terminal:
    chat.wait_until(lambda: chat.cursor_row.startswith(">"), "prompt")
    return chat


def answered(chat: Terminal, question: str, words: str) -> None:
    """Ask, and wait until the answer is there and kept: the next prompt has come."""
    chat.type(f"{question}\r")
    chat.wait_for(words)
    chat.wait_line(">")


def questions(home: Path) -> dict[str, list[str]]:
    """Return what was asked in each session, by its title."""
    with open_database(home / ".local/share/groundwire/groundwire.sqlite3") as database:
        kept = Sessions(database)
        return {
            info.title: [each.question for each in kept.exchanges(info.id)]
            for info in kept.listing()
        }


def test_two_chats_at_once_share_the_records(
    groundwire: Callable[..., Terminal], home: Path
) -> None:
    one, other = begun(groundwire("chat")), begun(groundwire("chat"))
    answered(one, QUESTION, ANSWER)
    answered(other, "How many people marched in Hong Kong?", "million")
    answered(one, "When did he arrive?", "Asked as: When did Xi arrive?")
    answered(other, "/sessions", "2 sessions")
    assert questions(home) == {
        QUESTION: [QUESTION, "When did he arrive?"],
        "How many people marched in Hong Kong?": ["How many people marched in Hong Kong?"],
    }
    for chat in (one, other):
        chat.press("ctrl-d")
        assert chat.wait_end() == 0


def test_a_killed_chat_loses_nothing_that_was_answered(
    groundwire: Callable[..., Terminal], home: Path
) -> None:
    chat = begun(groundwire("chat"))
    answered(chat, QUESTION, ANSWER)
    chat.type("How many people marched?\r")
    chat.signal(signal.SIGKILL)
    assert chat.wait_end() == -signal.SIGKILL
    assert questions(home)[QUESTION][0] == QUESTION
    again = begun(groundwire("chat", "--last"))
    assert ANSWER in again.transcript
    answered(again, "When did he arrive?", "Asked as: When did Xi arrive?")
    assert questions(home)[QUESTION][-1] == "When did he arrive?"


def test_a_session_is_gone_on_with_by_id_and_inside_a_chat(
    groundwire: Callable[..., Terminal], home: Path
) -> None:
    chat = begun(groundwire("chat"))
    answered(chat, QUESTION, ANSWER)
    with open_database(home / ".local/share/groundwire/groundwire.sqlite3") as database:
        (info,) = Sessions(database).listing()
    again = begun(groundwire("chat", "--resume", info.id[:20], columns=120))
    assert f"“{info.title}”, 1 exchange" in again.transcript
    assert f"> {QUESTION}" in again.transcript
    assert ANSWER in again.transcript
    answered(again, "When did he arrive?", "Asked as: When did Xi arrive?")
    answered(chat, "/new", "A new session")
    answered(chat, f"/resume {info.id.lower()}", "2 exchanges")


def test_a_session_that_is_not_there_is_a_usage_error(groundwire: Callable[..., Terminal]) -> None:
    assert groundwire("chat", "--last").wait_end() == 2
    assert groundwire("chat", "--last", "--resume", "x").wait_end() == 2


def test_nothing_is_kept_if_so_wished(groundwire: Callable[..., Terminal], home: Path) -> None:
    chat = begun(groundwire("chat", "--no-save"))
    answered(chat, QUESTION, ANSWER)
    chat.press("ctrl-d")
    assert chat.wait_end() == 0
    assert not (home / ".local/share/groundwire/groundwire.sqlite3").exists()


def test_nothing_is_answered_that_cannot_be_kept(
    groundwire: Callable[..., Terminal], home: Path
) -> None:
    (home / "data").write_text("a file where the folder should be", encoding="utf-8")
    chat = begun(groundwire("chat", GROUNDWIRE_DATA_DIR=str(home / "data")))
    chat.type(f"{QUESTION}\r")
    chat.wait_for("nothing is said that cannot be kept")
    assert ANSWER not in chat.transcript
    unkept = begun(groundwire("chat", "--no-save", GROUNDWIRE_DATA_DIR=str(home / "data")))
    answered(unkept, QUESTION, ANSWER)
