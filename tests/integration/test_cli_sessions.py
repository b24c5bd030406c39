"""``sessions`` and ``ask --continue``: kept, listed, shown, exported, erased."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING

import pytest

from groundwire.records.database import open_database
from groundwire.records.sessions import Sessions
from tests.fakes.desk import LETTER_STORY, TRADE_STORY, answered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.integration.conftest import Ran

KNOWN = "Who met Xi at the airport in Pyongyang?"


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("GROUNDWIRE_DATA_DIR", str(folder))
    return folder


@pytest.fixture
def sessions(data_dir: Path) -> Iterator[Sessions]:
    with open_database(data_dir / "groundwire.sqlite3") as database:
        yield Sessions(database)


def chatted(sessions: Sessions, *questions: str) -> str:
    session = sessions.begin()
    for question in questions:
        answer = answered(question, TRADE_STORY, LETTER_STORY)
        sessions.save(session, question, "answer", answer.text, answer.to_dict())
    return session


def test_no_session_is_an_empty_listing(command: Callable[..., Ran], data_dir: Path) -> None:
    ran = command("sessions")
    assert (ran.code, ran.out, ran.err) == (0, "", "0 sessions\n")
    assert command("sessions", "--json").json == {"schema": 1, "sessions": []}
    assert stat.S_IMODE(data_dir.stat().st_mode) == 0o700


def test_sessions_are_listed_the_last_one_first(
    command: Callable[..., Ran], sessions: Sessions
) -> None:
    first = chatted(sessions, "Who is Lee?", "And Kim?")
    second = chatted(sessions, "Who is [red]Park[/red]?\x1b[2J")
    lines = command("sessions").out.splitlines()
    assert [line.split()[0] for line in lines] == [second, first]
    assert lines[0].endswith("“Who is [red]Park[/red]?�[2J”")
    assert command("sessions", "list").out.splitlines() == lines
    coloured = command("--color", "always", "sessions").out
    assert "[red]Park[/red]" in coloured
    assert "\x1b[2J" not in coloured
    listed = command("sessions", "list", "--json").json["sessions"]
    assert [(each["session"], each["exchanges"]) for each in listed] == [(second, 1), (first, 2)]


def test_a_session_is_shown_by_id_prefix_or_title(
    command: Callable[..., Ran], sessions: Sessions
) -> None:
    session = chatted(sessions, "Who is Lee?")
    whole = command("sessions", "show", session)
    assert whole.out.startswith("# Who is Lee?\n")
    assert "\n- [2] A letter from Kim · Meridian Wire · 2019-06-23 · ¶ 4 · " in whole.out
    for name in (session[:20].lower(), "who is lee?"):
        assert command("sessions", "show", name).out == whole.out
    assert command("sessions", "show", session, "--json").json["exchanges"][0]["citations"] == [
        1,
        2,
    ]
    assert "> Who is Lee?" in command("--color", "always", "sessions", "show", session).out


@pytest.mark.parametrize(("form", "start"), [("md", "# Who"), ("json", "{\n"), ("html", "<!DOC")])
def test_an_export_is_whole_private_and_in_the_form_of_its_name(
    command: Callable[..., Ran], sessions: Sessions, tmp_path: Path, form: str, start: str
) -> None:
    session = chatted(sessions, "Who is Lee?")
    printed = command("sessions", "export", session, "--format", form).out
    assert printed.startswith(start)
    target = tmp_path / f"out.{form}"
    target.write_text("old", encoding="utf-8")
    ran = command("sessions", "export", session, "-o", target)
    assert (ran.code, ran.out, ran.err) == (0, "", f"written to {target}\n")
    assert target.read_text(encoding="utf-8") == printed
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_format_goes_before_the_name_of_the_file(
    command: Callable[..., Ran], sessions: Sessions, tmp_path: Path
) -> None:
    session = chatted(sessions, "Who is Lee?")
    target = tmp_path / "out.txt"
    assert command("sessions", "export", session, "-o", target).code == 2
    assert not target.exists()
    assert command("sessions", "export", session, "-o", target, "--format", "json").code == 0
    assert json.loads(target.read_text(encoding="utf-8"))["session"] == session
    assert command("sessions", "export", session, "-o", tmp_path / "no" / "x.md").code == 2


def test_deleting_is_all_or_none_of_those_named(
    command: Callable[..., Ran], sessions: Sessions
) -> None:
    one, two, three = (chatted(sessions, f"Question {n}?") for n in range(3))
    failed = command("sessions", "delete", one, "nobody")
    assert (failed.code, failed.out) == (2, "")
    assert failed.err.startswith("groundwire: no session 'nobody'")
    assert len(sessions.listing()) == 3
    ran = command("sessions", "delete", one, "question 1?", one)
    erased = "2 turns, 0 in the ledger\n"
    lines = f"deleted {one} “Question 0?”: {erased}deleted {two} “Question 1?”: {erased}"
    assert ran.err == lines
    assert [info.id for info in sessions.listing()] == [three]
    assert command("sessions", "delete", three, "--json").json == {
        "schema": 1,
        "deleted": [three],
        "turns": 2,
        "answers": 0,
        "feedback": 0,
        "entries": 0,
    }


@pytest.mark.parametrize("verb", ["show", "delete", "export"])
def test_a_session_that_is_not_there_is_one_line(
    command: Callable[..., Ran], data_dir: Path, verb: str
) -> None:
    ran = command("sessions", verb, "nobody")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "groundwire: no session 'nobody'\n  see: groundwire sessions\n"
    assert data_dir.is_dir()


def test_records_that_cannot_be_opened_are_one_line(
    command: Callable[..., Ran], data_dir: Path
) -> None:
    data_dir.mkdir()
    (data_dir / "groundwire.sqlite3").write_bytes(b"no database at all, but long enough " * 40)
    ran = command("sessions", "--json")
    assert ran.code == 1
    assert ran.json["error"]["code"] == "store"


def test_ask_saves_nothing_and_continue_saves_to_the_last_session(
    sample: Callable[..., Ran], sessions: Sessions
) -> None:
    assert sample("ask", KNOWN).code == 0
    assert sessions.listing() == ()
    first = sample("ask", "--continue", "--json", KNOWN).json
    older = sessions.find(first["session"]).id
    second = sample("ask", "--continue", "--json", "Who is his wife?").json
    assert second["session"] == older
    assert second["standalone"] != second["question"]
    kept = sessions.exchanges(older)
    assert [each.question for each in kept] == [KNOWN, "Who is his wife?"]
    assert [each.text for each in kept] == [first["answer"], second["answer"]]
    assert dict(kept[0].result) | {"session": older} == first
    newer = chatted(sessions, "Anything else?")
    assert sample("ask", "--continue", "--json", KNOWN).json["session"] == newer
    exported = sample("sessions", "export", older, "--format", "json").json
    assert exported["exchanges"][0]["claims"] == first["claims"]


def test_a_question_that_fails_is_not_kept(sample: Callable[..., Ran], sessions: Sessions) -> None:
    assert sample("ask", "--continue", KNOWN, "--source", "Nobody's Times").code == 4
    assert sessions.listing() == ()


@pytest.mark.parametrize("other", [["--json", "--stream"], ["--batch", "-"]])
def test_continue_goes_with_one_question(sample: Callable[..., Ran], other: list[str]) -> None:
    ran = sample("ask", "--continue", KNOWN, *other)
    assert ran.code == 2
    assert "--continue does not go with" in ran.out + ran.err
