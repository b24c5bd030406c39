"""Ctrl-C at every moment of a chat, on a real terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from groundwire.records.database import open_database
from groundwire.records.ledger import Ledger
from groundwire.records.sessions import Sessions
from tests.fakes.llm_server import LlmServer, hangs, says
from tests.terminal.conftest import CORPUS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from groundwire.domain.conversations import Exchange
    from groundwire.domain.ledger import LedgerEntry
    from tests.fakes.llm_server import Reply
    from tests.terminal.driver import Terminal

QUESTION = "Who met Xi at the airport in Pyongyang?"
TRUE = (
    "Xi was met at the airport by North Korean leader Kim Jong Un and his wife, Ri Sol Ju, and was "
    "given a 21-gun salute, Chinese state media reported."
)


@pytest.fixture
def scripted(groundwire: Callable[..., Terminal]) -> Callable[..., Terminal]:
    """Return a function that starts a chat with a model that plays a script."""

    def start(server: LlmServer) -> Terminal:
        opened = groundwire(
            "chat",
            GROUNDWIRE_LLM="openai:scripted",
            GROUNDWIRE_MODEL__BASE_URL=server.openai_url,
            GROUNDWIRE_MODEL__API_KEY="sk-scripted",
        )
        return at_the_prompt(opened)

    return start


def at_the_prompt(opened: Terminal) -> Terminal:
    opened.wait_until(lambda: opened.cursor_row.startswith(">"), "prompt")
    return opened


def kept(home: Path) -> list[Exchange]:
    """Return every exchange that was saved."""
    with open_database(home / ".local/share/groundwire/groundwire.sqlite3") as database:
        sessions = Sessions(database)
        return [each for info in sessions.listing() for each in sessions.exchanges(info.id)]


def entered(home: Path) -> tuple[LedgerEntry, ...]:
    """Return what is in the ledger."""
    with open_database(home / ".local/share/groundwire/groundwire.sqlite3") as database:
        return Ledger(database).listing()


def still_works(chat: Terminal, document: str = "panmunjom-meeting") -> None:
    """Check that the chat answers a command, and can be left."""
    at_the_prompt(chat)
    chat.type(f"/docs {document}\r")
    chat.wait_for("1 document\n")
    at_the_prompt(chat)
    chat.press("ctrl-d")
    assert chat.wait_end() == 0


def test_at_the_prompt_it_clears_the_line(groundwire: Callable[..., Terminal]) -> None:
    chat = at_the_prompt(groundwire("chat"))
    chat.type("half a ques")
    chat.wait_line("> half a ques")
    chat.press("ctrl-c")
    chat.wait_for("(Ctrl-D or /quit to leave)")
    chat.wait_line(">")
    chat.press("ctrl-c")
    chat.wait_until(lambda: chat.text.count("(Ctrl-D or /quit") == 2, "the hint again")
    still_works(chat)


def test_before_the_first_word(scripted: Callable[..., Terminal], home: Path) -> None:
    with LlmServer(hangs()) as server:
        chat = scripted(server)
        chat.type(f"{QUESTION}\r")
        chat.wait_for("asking openai:scripted")
        chat.wait_until(lambda: len(server.requests) == 1, "a request")
        chat.press("ctrl-c")
        chat.wait_for("(stopped)")
        still_works(chat)
        assert server.hung_up.wait(10)
    assert not kept(home)
    assert not entered(home)


def test_in_the_middle_of_an_answer(scripted: Callable[..., Terminal], home: Path) -> None:
    with LlmServer(hangs(f"{TRUE} [1]\n", "Xi ")) as server:
        chat = scripted(server)
        chat.type(f"{QUESTION}\r")
        chat.wait_for("21-gun salute")
        chat.press("ctrl-c")
        chat.wait_for("(stopped)")
        at_the_prompt(chat)
        chat.type("/sources\r")
        chat.wait_for("[1] ")
        still_works(chat)
        assert server.hung_up.wait(10)
    assert chat.transcript.count("media reported. [1]") == 1
    (saved,) = kept(home)
    assert saved.stopped
    assert saved.text == f"{TRUE} [1]"
    assert saved.result["sources"]
    (entry,) = entered(home)
    assert (entry.issued.outcome, entry.issued.engine) == ("stopped", "llm")
    assert [said.text for said in entry.issued.sentences] == [TRUE]


def test_twice_leaves(scripted: Callable[..., Terminal]) -> None:
    with LlmServer(hangs()) as server:
        chat = scripted(server)
        chat.type(f"{QUESTION}\r")
        chat.wait_for("asking openai:scripted")
        chat.press("ctrl-c")
        chat.wait_for("(stopped)")
        chat.press("ctrl-c")
        assert chat.wait_end() == 130


@pytest.mark.parametrize("script", [(says("1. Xi arrived. [1]"), hangs()), (hangs(),)])
def test_in_a_summary(scripted: Callable[..., Terminal], script: tuple[Reply, ...]) -> None:
    with LlmServer(*script) as server:
        chat = scripted(server)
        chat.type("/summarize all\r")
        chat.wait_until(lambda: len(server.requests) == len(script), "requests")
        chat.press("ctrl-c")
        chat.wait_for("stopping with what was read")
        chat.wait_for("(stopped)")
        still_works(chat)


def test_while_indexing_what_was_committed_stays(
    groundwire: Callable[..., Terminal], home: Path
) -> None:
    before, many = home / "before", home / "many"
    before.mkdir()
    (before / "first.md").write_text("Lee met Park in Busan.\n", encoding="utf-8")
    many.mkdir()
    for number, path in enumerate(sorted(CORPUS.rglob("*.md")) * 3):
        text = path.read_text(encoding="utf-8")
        (many / f"{number:03}.md").write_text(f"{text}\n\nCopy {number}.\n", encoding="utf-8")
    chat = at_the_prompt(groundwire("--index-dir", str(home / "index"), "chat", columns=160))
    chat.wait_for("no index yet (/reindex FOLDER)")
    chat.type(f"/reindex {before}\r")
    chat.wait_for("1 added, ")
    chat.wait_line(">")
    chat.type(f"/reindex {many}\r")
    chat.wait_until(lambda: bool(re.search(r"\d/\d\d", chat.text)), "progress")
    chat.press("ctrl-c")
    chat.wait_for("stopped; ")
    still_works(chat, "first.md")
