"""Holdings: conversations and feedback of every door, listed, read and erased together."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.conversations import Turn
from groundwire.domain.errors import NotFoundError
from groundwire.records.answers import PostedAnswer, PostedAnswers
from groundwire.records.conversations import Conversations
from groundwire.records.database import open_database
from groundwire.records.holdings import Holdings
from groundwire.records.questions import Questions
from groundwire.records.sessions import Sessions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from groundwire.records.database import Database

THREAD = "slack:T1:C1:1700000000.000100"
COMMAND = "slack:T1:C1:command:77.8"
HELD_IN = ("conversations", "turns", "feedback", "answers", "ratings", "questions")
COUNTS = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in HELD_IN)  # noqa: S608 -- names from above


class Desk:
    """Every door on one database, with a clock that is moved by hand."""

    def __init__(self, database: Database) -> None:
        self.now = 1_700_000_000.0
        self.database = database
        self.conversations = Conversations(database, clock=self.clock)
        self.sessions = Sessions(database, self.clock)
        self.answers = PostedAnswers(database, self.clock)
        self.questions = Questions(database, clock=self.clock)
        self.holdings = Holdings(database)

    def clock(self) -> float:
        self.now += 1
        return self.now

    def post(self, key: str, question: str, text: str, *, turns: bool = True) -> str:
        """Answer a question of a chat service as its door does; return the answer's id."""
        name = self.answers.new_id()
        result = {"answer": text, "claims": [], "entry": f"L-{name}"}
        self.answers.keep(PostedAnswer(name, key, question, {}, result, {"sentences": []}))
        if turns:
            self.conversations.append(key, Turn("user", question), Turn("assistant", text))
        return name

    def chat(self, question: str, entry: str = "") -> str:
        session = self.sessions.begin()
        self.sessions.save(session, question, "answer", "A harbour. [1]", {"entry": entry})
        return session


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_database(tmp_path / "r.sqlite3") as database:
        yield Desk(database)


def test_conversations_of_every_door_are_listed_the_latest_first(desk: Desk) -> None:
    session = desk.chat("Who is Lee?")
    desk.sessions.feedback(session, 1, "up")
    answer = desk.post(THREAD, "Who  is\nKim?", "A pilot. [1]")
    desk.answers.rate(answer, "U1", "up")
    desk.answers.rate(answer, "U2", "down")
    desk.post(COMMAND, "Who is Park?", "A cook. [1]", turns=False)
    desk.conversations.open("slack:T1:C2:1.0")
    listed = desk.holdings.listing()
    assert [(held.name, held.door, held.title) for held in listed] == [
        ("slack:T1:C2:1.0", "slack", ""),
        (COMMAND, "slack", "Who is Park?"),
        (THREAD, "slack", "Who is Kim?"),
        (session, "terminal", "Who is Lee?"),
    ]
    counts = [(held.turns, held.answers, held.feedback) for held in listed]
    assert counts == [(0, 0, 0), (0, 1, 0), (2, 1, 2), (2, 0, 1)]


def test_a_listing_before_a_moment_leaves_out_what_was_spoken_in_since(desk: Desk) -> None:
    old = desk.chat("old")
    desk.conversations.append(THREAD, Turn("user", "old too"))
    desk.chat("revived")
    revived = desk.holdings.listing()[0].name
    now = datetime.fromtimestamp(desk.now + 0.5, UTC)
    desk.sessions.save(revived, "again", "answer", "", {})
    assert [held.name for held in desk.holdings.listing(now)] == [THREAD, old]


def test_a_conversation_is_found_by_its_whole_key_and_a_session_by_its_names(desk: Desk) -> None:
    session = desk.chat("Who: Lee?")
    desk.conversations.open(THREAD)
    assert desk.holdings.find(f" {THREAD} ").key == THREAD
    for name in (session, session[:20].lower(), "who: l", f"terminal:{session}"):
        assert desk.holdings.find(name).name == session
    with pytest.raises(NotFoundError, match="no conversation"):
        desk.holdings.find(THREAD[:-1])
    with pytest.raises(NotFoundError, match="no session"):
        desk.holdings.find("nobody")


def test_turns_are_paired_and_have_the_result_that_was_posted(desk: Desk) -> None:
    desk.conversations.append(
        THREAD, Turn("assistant", "An old reply."), Turn("user", "Ann: hm"), Turn("user", "Bo: so?")
    )
    desk.post(THREAD, "Who is Kim?", "A pilot. [1]")
    desk.conversations.append(THREAD, Turn("user", "And Lee?"), Turn("assistant", "Nothing."))
    desk.post(THREAD, "Who is Kim?", "A pilot. [1]")
    desk.post(THREAD, "Seen by one?", "Yes. [1]", turns=False)
    info, exchanges = desk.holdings.exchanges(desk.holdings.find(THREAD))
    assert [(each.number, each.question, each.text) for each in exchanges] == [
        (1, "", "An old reply."),
        (2, "Ann: hm", ""),
        (3, "Bo: so?", ""),
        (4, "Who is Kim?", "A pilot. [1]"),
        (5, "And Lee?", "Nothing."),
        (6, "Who is Kim?", "A pilot. [1]"),
        (7, "Seen by one?", "Yes. [1]"),
    ]
    assert (info.id, info.title, info.exchanges) == (THREAD, "Ann: hm", 7)
    entries = [each.result.get("entry") for each in exchanges]
    assert entries[4] is None
    assert len({entries[3], entries[5], entries[6]} - {None}) == 3


def test_a_summary_is_an_exchange_of_its_own(desk: Desk) -> None:
    result = {"summary": "Ships sail. [1]", "style": "prose"}
    desk.answers.keep(PostedAnswer("A", COMMAND, "ferry.md", {}, result, {}))
    _, (exchange,) = desk.holdings.exchanges(desk.holdings.find(COMMAND))
    assert (exchange.kind, exchange.text) == ("summary", "Ships sail. [1]")


def test_a_session_reads_as_it_does_by_itself(desk: Desk) -> None:
    session = desk.chat("Who is Lee?")
    info, exchanges = desk.holdings.exchanges(desk.holdings.find(session))
    assert info == desk.sessions.find(session)
    assert exchanges == desk.sessions.exchanges(session)


def test_feedback_of_both_doors_stands_in_one_list(desk: Desk) -> None:
    session = desk.chat("Who is Lee?", entry="L-1")
    unentered = desk.chat("Who is Park?")
    desk.sessions.feedback(session, 1, "down", "wrong man")
    answer = desk.post(THREAD, "Who is Kim?", "A pilot. [1]")
    desk.answers.rate(answer, "U1", "up")
    desk.sessions.feedback(unentered, 1, "up")
    found = [
        (each.door, each.verdict, each.reason, each.question, each.answer, each.person)
        for each in desk.holdings.feedback()
    ]
    assert found == [
        ("terminal", "up", "", "Who is Park?", "", ""),
        ("slack", "up", "", "Who is Kim?", f"L-{answer}", "U1"),
        ("terminal", "down", "wrong man", "Who is Lee?", "L-1", ""),
    ]
    assert [each.conversation for each in desk.holdings.feedback()] == [unentered, THREAD, session]


def test_deleting_takes_everything_of_a_conversation_from_every_table_and_byte(
    desk: Desk, tmp_path: Path
) -> None:
    stays = desk.chat("Who is Lee?")
    for number in range(10):
        answer = desk.post(THREAD, f"very secret {number} " * 40, "very secret reply " * 40)
        desk.answers.rate(answer, "U1", "down", "very secret reason")
    desk.questions.take(THREAD, "1.5", '{"text": "very secret wait"}')
    desk.holdings.delete(desk.holdings.find(THREAD))
    assert [held.name for held in desk.holdings.listing()] == [stays]
    left = {row for row in desk.database.rows(COUNTS) if row[1]}
    assert left == {("conversations", 1), ("turns", 2)}
    assert not any(b"very secret" in path.read_bytes() for path in tmp_path.iterdir())


def test_every_table_that_belongs_to_a_conversation_goes_with_it(desk: Desk) -> None:
    tables = [str(name) for (name,) in desk.database.rows("SELECT name FROM sqlite_master")]
    referring = {
        (table, str(row[2]), str(row[6]))
        for table in tables
        for row in desk.database.rows(f"PRAGMA foreign_key_list({table})")
        if row[2] in {"conversations", "answers"}
    }
    assert {rule for _, _, rule in referring} == {"CASCADE"}
    assert {table for table, _, _ in referring} == set(HELD_IN) - {"conversations"}
