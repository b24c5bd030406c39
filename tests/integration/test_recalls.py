"""Files change, go, move and come back: which earlier answers stand, and who is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from groundwire import Desk
from groundwire.domain.ledger import Occasion

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.integration.conftest import Ran

ASKED = "How many people did the ferry to Quell carry in May?"
CARRIED = "The ferry to Quell carried 2,400 people in May."
FERRY = f"# Ferry\n\n{CARRIED} It sails again on Monday.\n"
NOW = FERRY.replace("2,400", "2,100")
PIER = "# Pier\n\nThe pier in Harrow has nine broken lamps. Nobody was hurt on Friday.\n"
LAMPS = "How many broken lamps does the pier in Harrow have?"


@pytest.fixture(autouse=True)
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
def typed(command: Callable[..., Ran], news: Path, tmp_path: Path) -> Callable[..., Ran]:
    """Return a function that runs one command line on an index of the folder."""

    def call(*argv: str | Path) -> Ran:
        return command("--index-dir", tmp_path / "ix", *argv)

    assert call("index", news).code == 0
    return call


def ask(typed: Callable[..., Ran], question: str = ASKED) -> str:
    entry: str = typed("ask", question, "--json").json["entry"]
    return entry


def recalled(typed: Callable[..., Ran], *options: str) -> list[str]:
    found = typed("recalls", "--json", *options).json["recalls"]
    return [each["entry"]["id"] for each in found]


def test_a_changed_quote_recalls_its_answer_until_it_is_back(
    typed: Callable[..., Ran], news: Path
) -> None:
    entry, other = ask(typed), ask(typed, LAMPS)
    assert typed("verify", entry).code == 0
    assert recalled(typed) == []
    (news / "ferry.md").write_text(NOW, encoding="utf-8")
    ran = typed("index", "--json")
    assert ran.json["recalled"] == 1
    told = "1 earlier answer stood on what has changed since; run: groundwire recalls\n"
    assert ran.err.endswith(told)
    shown = typed("recalls")
    assert shown.code == 0
    assert f"> {ASKED}" in shown.out
    assert f"then “{CARRIED}”" in shown.out
    assert f"now “{CARRIED.replace('2,400', '2,100')}”  ferry.md, characters 7 to 54" in shown.out
    assert f"groundwire verify {entry}" in shown.out
    assert shown.err == "1 answer stood on what has changed since\n"
    assert typed("verify", entry).code == 1
    assert typed("verify", other).code == 0
    assert typed("index", "--json").json["recalled"] == 0
    (news / "ferry.md").write_text(FERRY, encoding="utf-8")
    typed("index")
    assert recalled(typed) == []
    assert recalled(typed, "--all") == [entry]
    assert "all its quotes stand again" in typed("recalls", "--all").out
    assert typed("verify", entry).code == 0


def test_words_elsewhere_in_the_document_recall_nothing(
    typed: Callable[..., Ran], news: Path
) -> None:
    entry = ask(typed)
    (news / "ferry.md").write_text(FERRY.replace("# Ferry", "# Ferries\n\nNews."), encoding="utf-8")
    assert typed("index", "--json").json["recalled"] == 0
    found = typed("verify", entry, "--json").json
    assert found["stands"]
    assert [each["now"]["standing"] for each in found["citations"]] == ["moved"]


def test_a_deleted_document_recalls_its_answer_until_it_is_back(
    typed: Callable[..., Ran], news: Path
) -> None:
    entry = ask(typed)
    (news / "ferry.md").unlink()
    assert typed("index", "--json").json["recalled"] == 1
    assert "the document is gone" in typed("recalls").out
    assert typed("verify", entry, "--json").json["citations"][0]["now"]["standing"] == "removed"
    (news / "ferry.md").write_text(FERRY, encoding="utf-8")
    typed("index")
    assert recalled(typed) == []


def test_a_renamed_document_is_followed(typed: Callable[..., Ran], news: Path) -> None:
    entry = ask(typed)
    (news / "ferry.md").rename(news / "boat.md")
    assert typed("index", "--json").json["recalled"] == 0
    found = typed("verify", entry, "--json").json
    assert (found["stands"], found["citations"][0]["now"]["path"]) == (True, "boat.md")
    (news / "boat.md").write_text(NOW, encoding="utf-8")
    assert typed("index", "--json").json["recalled"] == 1
    assert recalled(typed) == [entry]


def test_a_folder_that_is_not_there_recalls_nothing(typed: Callable[..., Ran], news: Path) -> None:
    entry = ask(typed)
    news.rename(news.with_name("unmounted"))
    assert typed("index", "--json").json["recalled"] == 0
    assert typed("index", "--rebuild", "--json").json["recalled"] == 0
    assert recalled(typed) == []
    news.with_name("unmounted").rename(news)
    typed("index")
    assert typed("verify", entry).code == 0


def test_a_forgotten_folder_recalls_its_answers(typed: Callable[..., Ran], news: Path) -> None:
    entry = ask(typed)
    assert typed("forget", news, "--json").json["recalled"] == 1
    assert recalled(typed) == [entry]


def test_what_another_process_indexed_is_noticed(
    typed: Callable[..., Ran], news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Desk.open(tmp_path / "ix") as bot:
        given = bot.answer(ASKED, occasion=Occasion("slack", "C1", {"channel": "C1"}))
        asked = ask(typed)
        assert bot.recalls(untold="slack") == ()
        (news / "ferry.md").write_text(NOW, encoding="utf-8")
        with monkeypatch.context() as other:
            other.setenv("GROUNDWIRE_DATA_DIR", str(tmp_path / "elsewhere"))
            assert typed("index", "--json").json["recalled"] == 0
        (mine,) = bot.recalls(untold="slack")
        assert mine.entry.id == given.entry
        bot.told([mine.id], "slack")
        assert bot.recalls(untold="slack") == ()
        assert [each.entry.id for each in bot.recalls(untold="chat")] == [given.entry, asked]
        assert [each.entry.id for each in bot.recalls()] == [asked, given.entry]
    typed("recalls")
    told = typed("recalls", "--json").json["recalls"]
    assert [each["told"] for each in told] == [["cli"], ["cli", "slack"]]


def test_half_a_sync_is_no_change(typed: Callable[..., Ran], news: Path, tmp_path: Path) -> None:
    from groundwire.index.lock import writer_lock

    ask(typed)
    with Desk.open(tmp_path / "ix") as bot:
        (news / "ferry.md").unlink()
        with Desk.open(tmp_path / "ix") as indexer:
            indexer._book.path = tmp_path / "none"
            indexer.sync()
        with writer_lock(tmp_path / "ix"):
            assert bot.recalls(untold="chat") == ()
            assert len(bot.recalls()) == 1, "somebody who asks is told how it is"


def test_answers_from_another_index_are_left_alone(
    typed: Callable[..., Ran], command: Callable[..., Ran], news: Path, tmp_path: Path
) -> None:
    entry = ask(typed)
    second = tmp_path / "second"
    assert command("--index-dir", second, "index", news).code == 0
    (news / "ferry.md").write_text(NOW, encoding="utf-8")
    assert command("--index-dir", second, "index", "--json").json["recalled"] == 0
    assert command("--index-dir", second, "recalls", "--json").json["recalls"] == []
    assert command("--index-dir", second, "verify", entry).code == 0, "its own index has the quote"
    typed("index")
    assert command("--index-dir", second, "verify", entry).code == 1


def test_a_damaged_ledger_does_not_stop_a_sync(
    typed: Callable[..., Ran], news: Path, data: Path
) -> None:
    ask(typed)
    for file in data.iterdir():
        file.unlink()
    (data / "groundwire.sqlite3").write_bytes(b"no database at all, but long enough " * 40)
    (news / "ferry.md").write_text(NOW, encoding="utf-8")
    ran = typed("index", "--json")
    assert ran.code == 0
    assert ran.json["changed"] == ["ferry.md"]
    assert "earlier answers are not checked" in ran.json["failures"][0]["reason"]
    assert "2,100" in typed("show", "ferry.md").out
    assert typed("recalls").code == 1


def test_verify_says_what_is_wrong_by_its_exit_code(typed: Callable[..., Ran]) -> None:
    entry = ask(typed)
    anchor = typed("ledger", "anchor").out.strip()
    assert typed("verify", entry, "--anchor", anchor).code == 0
    assert typed("verify", entry[:20].lower(), "--json").json["entry"]["id"] == entry
    assert typed("verify", "nothing").code == 2
    for wrong in ("1", "x:1", f"1:{'g' * 64}", f"\N{FULLWIDTH DIGIT ONE}:{'0' * 64}"):
        assert typed("verify", entry, "--anchor", wrong).code == 2
    cut = typed("verify", entry, "--anchor", f"9:{'0' * 64}")
    assert cut.code == 1
    assert "does not pass through the anchor" in cut.out
    assert typed("ledger", "check", "--anchor", f"1:{'0' * 64}").code == 1
    assert typed("ledger", "check", "--anchor", anchor, "--json").json["sound"]


def test_the_ledger_is_listed_shown_exported_and_erased(
    typed: Callable[..., Ran], tmp_path: Path
) -> None:
    assert typed("ledger").err == "0 answers\n"
    entries = [ask(typed), ask(typed, LAMPS), ask(typed, "Who wrote [red]operas[/red]?\x1b[2J")]
    lines = typed("ledger").out.splitlines()
    assert [line.split()[0] for line in lines] == entries[::-1]
    assert lines[0].endswith("“Who wrote [red]operas[/red]?�[2J”")
    limited = typed("ledger", "list", "--limit", "2")
    assert limited.err == "2 answers; --limit 0 lists all\n"
    assert CARRIED in typed("ledger", "show", entries[0]).out
    assert typed("ledger", "show", entries[0], "--json").json["id"] == entries[0]
    file = tmp_path / "ledger.jsonl"
    assert typed("ledger", "export", file).err == f"3 entries, written to {file}\n"
    assert file.stat().st_mode & 0o777 == 0o600
    exported = file.read_text(encoding="utf-8")
    assert exported == typed("ledger", "export").out
    assert [json.loads(line)["seq"] for line in exported.splitlines()] == [1, 2, 3]
    assert typed("ledger", "export", tmp_path / "no" / "file").code == 2
    for words in ((), ("--all",), (entries[0], "--all", "--yes"), ("--before", "yesterday")):
        assert typed("ledger", "erase", *words).code == 2
    assert typed("ledger", "erase", entries[0], "nothing").code == 2
    assert typed("ledger", "erase", entries[0], "--json").json["erased"] == 1
    assert typed("ledger", "erase", "--before", "2020-01-01").err == "0 answers erased\n"
    assert typed("ledger", "erase", "--before", "9999-12-30").err == "2 answers erased\n"
    assert typed("ledger", "erase", "--all", "--yes").err == "0 answers erased\n"
    assert CARRIED not in typed("ledger", "export").out
    check = typed("ledger", "check")
    assert (check.code, check.out) == (
        0,
        "The ledger is as it was written: 5 entries, 3 of them erased by their owner\n",
    )


def test_an_erased_answer_is_recalled_no_more(typed: Callable[..., Ran], news: Path) -> None:
    entry = ask(typed)
    (news / "ferry.md").unlink()
    typed("index")
    assert recalled(typed) == [entry]
    typed("ledger", "erase", entry)
    assert recalled(typed, "--all") == []
    assert typed("verify", entry).code == 2
