"""Answers enter the ledger before they are seen, whatever door; what is no answer does not."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from groundwire import Desk
from groundwire.desk.issuing import Issuing
from groundwire.domain.errors import NotFoundError, StoreError
from groundwire.domain.events import ClaimReady, Done, Failed
from groundwire.domain.ledger import Occasion, hash_of
from groundwire.domain.summaries import GivenText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from groundwire.domain.documents import Document
    from tests.integration.conftest import Ran

ASKED = "How many people did the ferry to Quell carry in May?"
CARRIED = "The ferry to Quell carried 2,400 people in May."
FERRY = f"# Ferry\n\n{CARRIED} It sails again on Monday.\n"
PIER = "# Pier\n\nThe pier in Harrow has nine broken lamps. Nobody was hurt on Friday.\n"
SILENT = "Who wrote the opera about Zanzibar?"
CLI = Occasion("cli")

ANSWERING = """
import sys
from groundwire import Desk
from groundwire.domain.ledger import Occasion

with Desk.open(sys.argv[1]) as desk:
    while True:
        print(desk.answer(sys.argv[2], occasion=Occasion("api", "run")).entry, flush=True)
"""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GROUNDWIRE_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "ferry.md").write_text(FERRY, encoding="utf-8")
    (folder / "pier.md").write_text(PIER, encoding="utf-8")
    return folder


@pytest.fixture
def desk(tmp_path: Path, data: Path, news: Path) -> Iterator[Desk]:
    with Desk.open(tmp_path / "ix") as opened:
        opened.sync([news])
        assert not data.exists(), "an index that nobody asked anything has no ledger"
        yield opened


@pytest.fixture
def typed(command: Callable[..., Ran], desk: Desk, tmp_path: Path) -> Callable[..., Ran]:
    """Return a function that runs one command line on the small index."""
    assert desk.docs()
    return lambda *argv: command("--index-dir", tmp_path / "ix", *argv)


def test_reading_makes_no_records(desk: Desk, data: Path) -> None:
    assert desk.ledger.listing() == ()
    assert desk.ledger.verify_chain().sound
    assert list(desk.ledger.export()) == []
    assert desk.recalls() == ()
    assert desk.recalls(untold="chat") == ()
    with pytest.raises(NotFoundError):
        desk.verify("01M8")
    desk.ask(ASKED)
    assert not data.exists()


def test_an_empty_ledger_takes_no_entry(desk: Desk) -> None:
    ledger = desk.ledger
    given = desk.answer(ASKED, occasion=CLI)
    issued = desk.ledger.find(given.entry).issued
    with pytest.raises(StoreError, match="opened for reading"):
        ledger.append(issued, [desk.show("ferry.md").text])


def test_an_answer_is_entered_with_the_very_text_that_it_stood_on(
    desk: Desk, tmp_path: Path
) -> None:
    given = desk.answer(ASKED, occasion=Occasion("api", "talk", {"room": 4}))
    entry = desk.ledger.find(given.entry)
    issued = entry.issued
    assert (issued.kind, issued.door, issued.outcome) == ("answer", "api", "answered")
    assert (issued.question, issued.engine, issued.model) == (ASKED, "extractive", None)
    assert (issued.conversation, dict(issued.place)) == ("talk", {"room": 4})
    assert issued.index == str((tmp_path / "ix").resolve())
    (sentence,) = issued.sentences
    (cited,) = sentence.citations
    document = desk.show("ferry.md")
    assert sentence.text == cited.quote == cited.span.of(document.text) == CARRIED
    assert cited.text_hash == hash_of(document.text)
    assert desk.verify(given.entry).stands


def test_silence_is_entered_too_and_stands_on_nothing(desk: Desk) -> None:
    given = desk.answer(SILENT, occasion=CLI)
    issued = desk.ledger.find(given.entry).issued
    assert issued.outcome == given.result.outcome != "answered"
    assert issued.citations == ()
    assert given.result.abstention is not None
    assert [said.text for said in issued.sentences] == [given.result.abstention.reason]
    assert desk.verify(given.entry).stands


def test_the_entry_is_there_when_the_first_sentence_is_seen(desk: Desk) -> None:
    seen = [
        (type(event), len(desk.ledger.listing()))
        for event in desk.ask_events(ASKED, occasion=CLI)
        if isinstance(event, (ClaimReady, Done))
    ]
    assert seen == [(ClaimReady, 1), (Done, 1)]


def test_summaries_and_comparisons_are_entered(desk: Desk) -> None:
    *_, done = desk.summarize_events("ferry.md", occasion=CLI)
    assert isinstance(done, Done)
    summary = desk.ledger.find(done.entry).issued
    assert (summary.kind, summary.outcome, summary.question) == ("summary", "answered", "Ferry")
    assert {cited.path for cited in summary.citations} == {"ferry.md"}
    compared = desk.ledger.find(desk.comparison("ferry.md", "pier.md", occasion=CLI).entry).issued
    assert (compared.kind, compared.question) == ("comparison", "ferry.md and pier.md")
    assert {cited.path for cited in compared.citations} == {"ferry.md", "pier.md"}
    places = [(cited.path, cited.span) for cited in compared.citations]
    assert len(places) == len(set(places))


def test_what_stands_on_a_text_outside_is_never_recalled(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text(FERRY.replace("2,400", "2,500"), encoding="utf-8")
    entries = [desk.comparison("ferry.md", str(other), occasion=CLI).entry]
    *_, done = desk.summarize_events(GivenText(FERRY), occasion=CLI)
    assert isinstance(done, Done)
    entries.append(done.entry)
    other.unlink()
    for name in entries:
        assert desk.ledger.find(name).issued.index == ""
        assert desk.verify(name).stands
    assert desk.recalls() == ()


def test_checks_quotations_and_searches_are_no_answers(
    typed: Callable[..., Ran], data: Path
) -> None:
    typed("check", CARRIED)
    typed("quote", CARRIED)
    typed("search", ASKED)
    typed("docs")
    assert not data.exists()


def test_every_command_that_answers_names_its_entry(
    typed: Callable[..., Ran], desk: Desk, tmp_path: Path
) -> None:
    asked = tmp_path / "asked.jsonl"
    asked.write_text(json.dumps({"id": 1, "question": ASKED}) + "\n", encoding="utf-8")
    streamed = typed("ask", ASKED, "--json", "--stream").out.splitlines()[-1]
    entries = [
        typed("ask", ASKED, "--json").json["entry"],
        json.loads(streamed)["answer"]["entry"],
        typed("ask", "--batch", asked).json["entry"],
        typed("summarize", "ferry.md", "--json").json["entry"],
        typed("compare", "ferry.md", "pier.md", "--json").json["entry"],
    ]
    assert {entry.id for entry in desk.ledger.listing()} == set(entries)
    assert {desk.ledger.find(name).issued.door for name in entries} == {"cli"}
    told = typed("-v", "ask", ASKED)
    (newest,) = desk.ledger.listing(1)
    assert f"groundwire verify {newest.id}" in told.err
    assert "verify" not in typed("ask", ASKED).err


def test_a_continued_session_and_its_entries_are_one_conversation(
    typed: Callable[..., Ran], desk: Desk
) -> None:
    said = typed("ask", "--continue", ASKED, "--json").json
    typed("ask", "--continue", "And when does it sail?")
    typed("ask", ASKED)
    of_session = desk.ledger.listing(None, said["session"])
    assert len(of_session) == 2
    listed = typed("ledger", "list", "--conversation", ASKED, "--json").json["entries"]
    assert [each["id"] for each in listed] == [entry.id for entry in of_session]
    assert typed("sessions", "delete", said["session"]).code == 0
    assert len(desk.ledger.listing()) == 1
    report = desk.ledger.verify_chain()
    assert (report.sound, report.erased) == (True, 2)


def test_without_records_nothing_is_said(
    typed: Callable[..., Ran], data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data.write_text("a file where the folder would be", encoding="utf-8")
    for words in (("ask", ASKED), ("summarize", "ferry.md"), ("compare", "ferry.md", "pier.md")):
        ran = typed(*words)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith(
            "groundwire: nothing is said that cannot be entered in the ledger"
        )
    streamed = typed("ask", ASKED, "--json", "--stream")
    assert CARRIED not in streamed.out
    assert json.loads(streamed.out)["error"]["code"] == "store"
    monkeypatch.setenv("GROUNDWIRE_TERMINAL__SAVE", "false")
    ran = typed("ask", ASKED, "--json")
    assert (ran.code, ran.json["entry"]) == (0, None)
    assert CARRIED in ran.json["answer"]


def test_an_entry_that_fails_at_the_last_moment_shows_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from groundwire.records.ledger import Ledger

    def full(*_: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(Ledger, "append", full)
    events = list(desk.ask_events(ASKED, occasion=CLI))
    assert not [event for event in events if isinstance(event, (ClaimReady, Done))]
    assert isinstance(events[-1], Failed)
    assert events[-1].kind == "store"
    with pytest.raises(StoreError, match="the disk is full"):
        desk.ask(ASKED, occasion=CLI)


def test_documents_that_change_meanwhile_are_read_again(
    desk: Desk, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, others = Issuing._documents, ["2,100", "2,200"]

    def overtaken(self: Issuing, ids: tuple[str, ...]) -> tuple[Document, ...]:
        if others:
            changed = FERRY.replace("2,400", others.pop(0))
            (news / "ferry.md").write_text(changed, encoding="utf-8")
            desk.sync()
        return read(self, ids)  # type: ignore[arg-type]  # they are ids

    monkeypatch.setattr(Issuing, "_documents", overtaken)
    given = desk.answer(ASKED, occasion=CLI)
    assert "2,200" in given.result.text
    assert [entry.id for entry in desk.ledger.listing()] == [given.entry]
    assert desk.verify(given.entry).stands
    others += ["2,300", "2,400", "2,500"]
    with pytest.raises(StoreError, match="the documents changed"):
        desk.answer(ASKED, occasion=CLI)
    assert len(desk.ledger.listing()) == 1


def test_records_that_were_replaced_are_opened_anew(desk: Desk, data: Path) -> None:
    desk.ask(ASKED, occasion=CLI)
    for file in list(data.iterdir()):
        file.rename(file.with_name(f"old-{file.name}"))
    assert desk.ledger.listing() == ()
    given = desk.answer(ASKED, occasion=CLI)
    assert [entry.id for entry in desk.ledger.listing()] == [given.entry]


def test_a_kill_loses_no_answer_that_was_given(desk: Desk, tmp_path: Path) -> None:
    told: set[str] = set()
    for lines in (2, 5):
        with subprocess.Popen(
            [sys.executable, "-c", ANSWERING, str(tmp_path / "ix"), ASKED],
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            told |= {process.stdout.readline().strip() for _ in range(lines)}
            own = desk.answer(ASKED, occasion=CLI).entry
            os.kill(process.pid, signal.SIGKILL)
            told |= {line.strip() for line in process.stdout.readlines() if line.endswith("\n")}
            told.add(own)
    kept = {entry.id for entry in desk.ledger.listing()}
    assert told <= kept
    assert len(kept) <= len(told) + 2, "at most one a process was entered and not yet told"
    assert desk.ledger.verify_chain().sound
