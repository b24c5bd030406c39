"""``sessions`` across doors: Slack's conversations and feedback are listed, exported, erased."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.conversations import Turn
from groundwire.records.answers import PostedAnswer, PostedAnswers
from groundwire.records.conversations import Conversations
from groundwire.records.database import open_database
from groundwire.records.ledger import Ledger
from groundwire.records.sessions import Sessions
from tests.fakes.desk import LETTER_STORY, TRADE_STORY, answered
from tests.unit.records.ledger_samples import CARRIED, FERRY, cite, issued

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from groundwire.records.database import Database
    from tests.integration.conftest import Ran

THREAD = "slack:T1:C1:1700000000.000100"
HOSTILE = "Who is [red]Kim[/red]?\x1b[2J"
OLD, NEW = 1_500_000_000.0, 1_700_000_000.0


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("GROUNDWIRE_DATA_DIR", str(folder))
    return folder


@pytest.fixture
def database(data_dir: Path) -> Iterator[Database]:
    with open_database(data_dir / "groundwire.sqlite3") as database:
        yield database


def threaded(database: Database, key: str = THREAD, now: float = NEW, q: str = HOSTILE) -> str:
    """Ask and answer in a thread as the bot does, rate it, and return the ledger's id of it."""
    entry = Ledger(database, lambda: now).append(
        issued(cite("ferry.md", CARRIED), question=q, conversation=key, door="slack"), [FERRY]
    )
    answer = answered(q, TRADE_STORY, LETTER_STORY)
    posted = PostedAnswers(database, lambda: now)
    result = {**answer.to_dict(), "entry": entry.id}
    posted.keep(PostedAnswer(f"A-{key}", key, q, {}, result, {}))
    posted.rate(f"A-{key}", "U1", "down", "wrong\x1b[2J year")
    turns = (Turn("user", q), Turn("assistant", answer.text))
    Conversations(database, clock=lambda: now).append(key, *turns)
    return entry.id


def chatted(database: Database, question: str, now: float = NEW) -> str:
    sessions = Sessions(database, lambda: now)
    session = sessions.begin()
    answer = answered(question, TRADE_STORY)
    sessions.save(session, question, "answer", answer.text, answer.to_dict())
    Ledger(database, lambda: now).append(
        issued(cite("ferry.md", CARRIED), question=question, conversation=session), [FERRY]
    )
    return session


def test_every_door_is_listed_and_nothing_of_it_is_read_as_markup(
    command: Callable[..., Ran], database: Database
) -> None:
    session = chatted(database, "Who is Lee?", OLD)
    threaded(database)
    lines = command("sessions", "list", "--all").out.splitlines()
    assert [line.split()[0] for line in lines] == [THREAD, session]
    assert [line.split()[3:5] for line in lines] == [["slack", "2"], ["terminal", "2"]]
    assert lines[0].endswith("“Who is [red]Kim[/red]?�[2J”")
    assert "\x1b[2J" not in command("--color", "always", "sessions", "list", "--all").out
    listed = command("sessions", "list", "--all", "--json").json["conversations"]
    assert [(each["conversation"], each["door"]) for each in listed] == [
        (THREAD, "slack"),
        (session, "terminal"),
    ]
    assert (listed[0]["turns"], listed[0]["answers"], listed[0]["feedback"]) == (2, 1, 1)
    assert [each.split()[0] for each in command("sessions").out.splitlines()] == [session]


def test_a_thread_is_shown_and_exported_with_its_sources(
    command: Callable[..., Ran], database: Database, tmp_path: Path
) -> None:
    entry = threaded(database)
    shown = command("sessions", "show", THREAD).out
    assert f"session {THREAD}" in shown
    assert "\n- [2] A letter from Kim · Meridian Wire" in shown
    assert "\x1b" not in shown
    whole = command("sessions", "show", THREAD, "--json").json
    assert whole["session"] == THREAD
    assert [(each["question"], each["entry"]) for each in whole["exchanges"]] == [(HOSTILE, entry)]
    for form in ("md", "json", "html"):
        target = tmp_path / f"thread.{form}"
        assert command("sessions", "export", THREAD, "-o", target).code == 0
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
        assert TRADE_STORY.text.partition("'")[0] in target.read_text(encoding="utf-8")


def test_what_nobody_asked_has_a_heading_too(
    command: Callable[..., Ran], database: Database
) -> None:
    Conversations(database).append(THREAD, Turn("assistant", "Said before."))
    assert "## (no question)\n\nSaid before." in command("sessions", "show", THREAD).out


def test_a_thread_is_erased_with_its_answers_ratings_and_ledger_entries(
    command: Callable[..., Ran], database: Database, data_dir: Path
) -> None:
    threaded(database, q="A very secret source?")
    stays = threaded(database, f"{THREAD}9", q="Another?")
    ran = command("sessions", "delete", THREAD)
    assert ran.err == (
        f"deleted {THREAD} “A very secret source?”:"
        " 2 turns, 1 posted answer, 1 rating, 1 in the ledger\n"
    )
    ledger = Ledger(database)
    assert [entry.id for entry in ledger.listing()] == [stays]
    assert ledger.verify_chain().sound
    assert database.rows("SELECT count(*) FROM turns") == [(2,)]
    assert database.rows("SELECT count(*) FROM answers") == [(1,)]
    assert database.rows("SELECT count(*) FROM ratings") == [(1,)]
    assert not any(b"very secret" in path.read_bytes() for path in data_dir.iterdir())


def test_one_name_that_is_not_found_leaves_all_as_they_are(
    command: Callable[..., Ran], database: Database
) -> None:
    threaded(database)
    ran = command("sessions", "delete", THREAD, f"{THREAD}\x1b[2J")
    assert ran.code == 2
    assert ran.err.startswith("groundwire: no conversation ")
    assert "\x1b" not in ran.err
    assert len(Ledger(database).listing()) == 1
    assert Conversations(database).known(THREAD)


def test_what_is_old_is_erased_at_every_door_if_it_is_meant(
    command: Callable[..., Ran], database: Database
) -> None:
    chatted(database, "old?", OLD)
    threaded(database, now=OLD)
    new = chatted(database, "new?")
    asked = command("sessions", "delete", "--before", "2020-01-01")
    assert (asked.code, asked.out) == (2, "")
    assert asked.err.startswith("groundwire: this erases 2 conversations\n")
    assert len(Ledger(database).listing()) == 3
    ran = command("sessions", "delete", "--before", "2020-01-01", "--yes", "--json")
    assert THREAD in ran.json["deleted"]
    assert len(ran.json["deleted"]) == 2
    counts = {key: ran.json[key] for key in ("turns", "answers", "feedback", "entries")}
    assert counts == {"turns": 4, "answers": 1, "feedback": 1, "entries": 2}
    left = command("sessions", "list", "--all", "--json").json["conversations"]
    assert [each["conversation"] for each in left] == [new]
    assert [entry.issued.conversation for entry in Ledger(database).listing()] == [new]
    again = command("sessions", "delete", "--before", "2020-01-01", "--yes")
    assert again.err == "deleted 0 conversations: 0 turns, 0 in the ledger\n"


@pytest.mark.parametrize(
    "words", [[], ["x", "--before", "2020-01-01"], ["--before", "soon", "--yes"], ["--yes"]]
)
def test_what_is_erased_has_to_be_said(
    command: Callable[..., Ran], database: Database, words: list[str]
) -> None:
    threaded(database, now=OLD)
    assert command("sessions", "delete", *words).code == 2
    assert Conversations(database).known(THREAD)


def test_feedback_of_both_doors_is_listed(command: Callable[..., Ran], database: Database) -> None:
    assert command("sessions", "feedback").err == "0 ratings\n"
    session = chatted(database, "Who is Lee?")
    Sessions(database, lambda: OLD).feedback(session, 1, "up")
    entry = threaded(database)
    lines = command("sessions", "feedback").out.splitlines()
    assert lines[0].startswith(entry)
    assert lines[0].endswith("slack  down  U1  “Who is [red]Kim[/red]?�[2J”")
    assert lines[1].strip() == "wrong�[2J year"
    assert lines[2].startswith(session)
    found = command("sessions", "feedback", "--json").json["feedback"]
    assert [(each["door"], each["verdict"], each["answer"]) for each in found] == [
        ("slack", "down", entry),
        ("terminal", "up", None),
    ]
    assert (found[0]["person"], found[0]["reason"]) == ("U1", "wrong\x1b[2J year")
    assert (found[1]["conversation"], found[1]["question"]) == (session, "Who is Lee?")
