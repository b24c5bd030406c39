"""What a chat enters in the ledger, and what it tells of old answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.domain.errors import StoreError
from groundwire.domain.reports import SyncReport
from groundwire.interfaces.repl.repl import Repl
from groundwire.interfaces.repl.starting import RECORDS, greet
from groundwire.interfaces.repl.state import State
from groundwire.records.database import open_database
from groundwire.records.ledger import Ledger
from groundwire.records.recalls import Recalls
from groundwire.records.sessions import Sessions
from tests.fakes.chat import ENTRY, Typed, chat
from tests.fakes.recalled import entry, recall
from tests.unit.records.ledger_samples import CARRIED, FERRY, LAMPS, PIER, cite, folder, issued

if TYPE_CHECKING:
    import pytest

    from tests.fakes.chat import Around


def test_nothing_is_answered_that_cannot_be_kept(around: Around) -> None:
    around.records.mkdir()
    chat(around, "Who?", "/compare a.md b.md", "/summarize all")
    told = [text for text in around.out.messages if "nothing is said that cannot be kept" in text]
    assert len(told) == 3
    assert around.out.printed == ""
    assert around.desk.asked == []


def test_an_exchange_that_cannot_be_saved_is_one_warning(
    around: Around, monkeypatch: pytest.MonkeyPatch
) -> None:
    def save(*_: object, **__: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(Sessions, "save", save)
    chat(around, "Who?", "And?")
    warned = [text for text in around.out.messages if "not saved" in text]
    assert warned == ["this chat is not saved: the disk is full"]
    assert around.out.printed.count("China accounts") == 2
    assert all(around.desk.occasions)


def test_results_are_entered_under_the_session_that_they_are_kept_in(around: Around) -> None:
    repl = chat(around, "Who?", "/compare a.md b.md", "/summarize all", "/new", "And?")
    first, *more, last = around.desk.occasions
    assert first is not None
    assert last is not None
    assert more == [first, first]
    assert first.door == "chat"
    assert [first.conversation, last.conversation] == [
        info.id for info in sorted(around.kept.listing(), key=lambda info: info.started)
    ]
    kept = around.kept.exchanges(first.conversation)
    assert [each.result["entry"] for each in kept] == [ENTRY] * 3
    assert repl.state.last is not None
    assert repl.state.last.entry == ENTRY


def test_why_names_the_entry_and_verify_checks_it(around: Around) -> None:
    around.desk.recalled = (recall(7, entry(ENTRY)),)
    chat(around, "/verify", "Who?", "/why", "/verify", "/verify 01m8", "/quote “x”", "/verify")
    assert f"{ENTRY}  later: groundwire verify {ENTRY}" in around.out.printed
    asked = [call for call in around.desk.calls if call[0] == "verify"]
    assert asked == [("verify", ENTRY), ("verify", "01m8")]
    assert around.out.messages.count("groundwire: say which answer") == 2
    assert "The answer does not stand." in around.out.printed


def test_recalls_are_listed_and_told_then(around: Around) -> None:
    around.desk.recalled = (recall(7, entry(ENTRY, "What of [red]ferries[/red]?\x1b[2J")),)
    repl = chat(around, "/recalls")
    assert "> What of [red]ferries[/red]?�[2J" in around.out.printed
    assert "then “The ferry carried 2,400 people in May.”" in around.out.printed
    assert "now “The ferry carried 2,100 people in May.”" in around.out.printed
    assert ("told", (7,), "chat") in around.desk.calls
    assert around.out.messages[-1] == "1 answer stood on what has changed since"
    assert repl.state.recalled == 0


def test_recalls_that_were_found_meanwhile_are_told_of_once(around: Around) -> None:
    Repl(around, Typed("Who?", "And?"), State(recalled=2), interactive=True).loop()
    told = [text for text in around.out.messages if "/recalls" in text]
    assert told == ["(2 earlier answers stood on what has changed since: /recalls)"]


def test_a_reindex_that_recalls_answers_says_so(
    around: Around, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sync(*_: object, **__: object) -> SyncReport:
        return SyncReport(changed=("a.md",), recalled=1)

    monkeypatch.setattr(around.desk, "sync", sync)
    chat(around, "/reindex", "")
    told = [text for text in around.out.messages if "/recalls" in text]
    assert told == ["1 earlier answer stood on what has changed since: /recalls"]


def test_the_chat_begins_with_what_does_not_stand_any_more(around: Around) -> None:
    repl = chat(around)
    settings = around.loaded.settings
    index = str(settings.index_folder().resolve())
    with open_database(settings.data_folder() / RECORDS) as database:
        ledger, recalls = Ledger(database), Recalls(database)
        ledger.append(issued(cite("ferry.md", CARRIED), index=index), [FERRY])
        ledger.append(issued(cite("pier.md", LAMPS), index="another"), [PIER])
        greet(repl)
        assert not [text for text in around.out.messages if "/recalls" in text]
        for key in (index, "another"):
            recalls.check_against(folder({}), key)
        greet(repl)
        told = "1 earlier answer stood on what has changed since: /recalls"
        assert around.out.messages[-1] == told
        repl.turn("")
        assert around.out.messages[-1] == told, "it is not told twice"
        recalls.told(recalls.listing(index)[0].id, "chat")
        greet(repl)
        assert around.out.messages[-1] != told
