"""Sessions: numbered exchanges with their results, found again, judged and erased."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.conversations import Feedback, Turn
from groundwire.domain.errors import NotFoundError, StoreError
from groundwire.records.conversations import TERMINAL, Conversations
from groundwire.records.database import open_database
from groundwire.records.sessions import Sessions, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from groundwire.records.database import Database

RESULT: dict[str, object] = {"schema": 1, "answer": "An analyst. [1]", "citations": [1]}


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.25

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "r.sqlite3") as database:
        yield database


@pytest.fixture
def sessions(database: Database, clock: Clock) -> Sessions:
    return Sessions(database, clock)


def said(sessions: Sessions, session: str, question: str) -> None:
    sessions.save(session, question, "answer", f"About {question}", RESULT)


def test_a_session_is_written_with_its_first_exchange(sessions: Sessions, clock: Clock) -> None:
    session = sessions.begin()
    assert sessions.listing() == ()
    first = sessions.save(session, "Who is\n Lee?", "answer", "An analyst. [1]", RESULT)
    clock.now += 60
    second = sessions.save(session, "/quote “no”", "quote", "Absent", {}, stopped=True)
    assert (first.number, second.number) == (1, 2)
    assert sessions.exchanges(session) == (first, second)
    assert first.result == RESULT
    assert first.said == datetime.fromtimestamp(1_700_000_000.25, UTC)
    assert (second.kind, second.stopped) == ("quote", True)
    (info,) = sessions.listing()
    assert (info.id, info.title, info.exchanges) == (session, "Who is Lee?", 2)
    assert (info.updated - info.started).total_seconds() == 60


def test_turns_are_what_the_desk_is_told(sessions: Sessions) -> None:
    session = sessions.begin()
    said(sessions, session, "one")
    said(sessions, session, "two")
    assert sessions.turns(session) == (
        Turn("user", "one"),
        Turn("assistant", "About one"),
        Turn("user", "two"),
        Turn("assistant", "About two"),
    )
    assert sessions.turns(session, 2) == (Turn("user", "two"), Turn("assistant", "About two"))
    assert sessions.turns("nobody") == ()
    assert sessions.exchanges("nobody") == ()


def test_the_listing_begins_with_the_last_spoken_in_and_leaves_other_doors_out(
    sessions: Sessions, database: Database, clock: Clock
) -> None:
    Conversations(database).append("slack:T1:C1:1", Turn("user", "Hello?"))
    older, newer = sessions.begin(), sessions.begin()
    said(sessions, older, "old")
    clock.now += 1
    said(sessions, newer, "new")
    assert [info.id for info in sessions.listing()] == [newer, older]
    clock.now += 1
    said(sessions, older, "again")
    assert [info.id for info in sessions.listing(limit=1)] == [older]


def test_a_session_is_found_by_id_prefix_or_title(sessions: Sessions, clock: Clock) -> None:
    lee, kim = sessions.begin(), ""
    said(sessions, lee, "Who is Lee?")
    clock.now += 1e9
    kim = sessions.begin()
    said(sessions, kim, "Who is Kim?")
    assert sessions.find(lee).id == lee
    assert sessions.find(f" {kim[:6].lower()} ").id == kim
    assert sessions.find("who is  KIM?").id == kim
    assert sessions.find("Who is l").id == lee


@pytest.mark.parametrize("name", ["", "  ", "nobody", "7ZZ", "\ud800"])
def test_what_is_not_found_is_said_in_a_line(sessions: Sessions, name: str) -> None:
    said(sessions, sessions.begin(), "Who is Lee?")
    with pytest.raises(NotFoundError, match="no session"):
        sessions.find(name)


def test_a_whole_title_goes_before_the_beginning_of_another(sessions: Sessions) -> None:
    longer, whole = sessions.begin(), sessions.begin()
    said(sessions, longer, "Why? And how?")
    said(sessions, whole, "Why?")
    assert sessions.find("why?").id == whole


def test_an_ambiguous_name_lists_some_ids(sessions: Sessions) -> None:
    made = [sessions.begin() for _ in range(7)]
    for session in made:
        said(sessions, session, "Who is Lee?")
    for name in ("who is lee?", made[0][:20]):
        with pytest.raises(NotFoundError, match="7 sessions") as caught:
            sessions.find(name)
        assert sum(session in caught.value.hint for session in made) == 5


def test_deleting_takes_exchanges_and_feedback_along(
    sessions: Sessions, database: Database
) -> None:
    gone, stays = sessions.begin(), sessions.begin()
    said(sessions, gone, "secret")
    said(sessions, stays, "other")
    sessions.feedback(gone, 1, "up")
    Conversations(database).delete(TERMINAL + gone)
    assert [info.id for info in sessions.listing()] == [stays]
    assert sessions.exchanges(gone) == ()
    assert sessions.feedback_listing() == ()
    assert database.rows("SELECT count(*) FROM turns") == [(2,)]


def test_what_was_deleted_is_in_no_byte_of_the_files(
    sessions: Sessions, database: Database, tmp_path: Path
) -> None:
    session = sessions.begin()
    for number in range(20):
        said(sessions, session, f"a very secret source {number} " * 50)
    Conversations(database).delete(TERMINAL + session)
    files = [path for path in tmp_path.iterdir() if path.is_file()]
    assert files
    assert not any(b"very secret" in path.read_bytes() for path in files)


def test_a_session_that_is_spoken_in_after_it_was_deleted_begins_anew(
    sessions: Sessions, database: Database
) -> None:
    session = sessions.begin()
    said(sessions, session, "one")
    Conversations(database).delete(TERMINAL + session)
    assert sessions.save(session, "two", "answer", "", {}).number == 1
    assert sessions.find(session).title == "two"


def test_the_last_feedback_counts(sessions: Sessions, clock: Clock) -> None:
    session = sessions.begin()
    said(sessions, session, "one")
    said(sessions, session, "two")
    sessions.feedback(session, 1, "down", "wrong man")
    clock.now += 1
    sessions.feedback(session, 2, "up")
    clock.now += 1
    sessions.feedback(session, 1, "up", "right after all")
    now = datetime.fromtimestamp(clock.now, UTC)
    latest, before = sessions.feedback_listing()
    assert latest == Feedback(session, 1, "one", "up", "right after all", now)
    assert (before.number, before.verdict, before.reason) == (2, "up", "")
    with pytest.raises(NotFoundError):
        sessions.feedback(session, 3, "up")
    with pytest.raises(NotFoundError):
        sessions.feedback("nobody", 1, "up")


def test_pruning_other_doors_leaves_sessions_alone(
    sessions: Sessions, database: Database, clock: Clock
) -> None:
    session = sessions.begin()
    said(sessions, session, "old but dear")
    conversations = Conversations(database, clock=clock)
    conversations.append("slack:T1:C1:1", Turn("user", "old"))
    later = datetime.fromtimestamp(clock.now + 1, UTC)
    assert conversations.prune(later) == 1
    assert [info.id for info in sessions.listing()] == [session]


def test_half_surrogates_are_replaced_everywhere(sessions: Sessions, database: Database) -> None:
    session = sessions.begin()
    kept = sessions.save(session, "a\ud800", "answer", "\udfff", {"answer": "\udc00", "k\ud800": 1})
    assert kept == sessions.exchanges(session)[0]
    assert (kept.question, kept.text) == ("a�", "�")
    assert kept.result == {"answer": "�", "k�": 1}
    sessions.feedback(session, 1, "down", "\ud800")
    assert sessions.feedback_listing()[0].reason == "�"
    Conversations(database).append("slack:1", Turn("user", "\ud800"))
    assert Conversations(database).turns("slack:1") == (Turn("user", "�"),)


def test_an_exchange_is_kept_whole_or_not_at_all(sessions: Sessions) -> None:
    session = sessions.begin()
    with pytest.raises(StoreError):
        sessions.save(session, "one", "poem", "two", {})  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        sessions.save(session, "one", "answer", "two", {"when": datetime.now(UTC)})
    assert sessions.listing() == ()
    assert sessions.turns(session) == ()


def test_an_exchange_as_json_is_its_result_and_when_it_came(sessions: Sessions) -> None:
    exchange = sessions.save(sessions.begin(), "Who?", "answer", "Lee. [1]", RESULT)
    written = exchange.to_dict()
    assert written == {
        **RESULT,
        "number": 1,
        "kind": "answer",
        "said": "2023-11-14T22:13:20.250000+00:00",
        "stopped": False,
        "question": "Who?",
        "text": "Lee. [1]",
    }
    assert json.loads(json.dumps(written)) == written


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Who is Lee?", "Who is Lee?"),
        ("  Who\n\tis Lee? ", "Who is Lee?"),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 59 + "…"),
        ("word " * 12 + "end", "word " * 11 + "word…"),
        (f"{'x' * 60} end", "x" * 59 + "…"),
        (" ", ""),
    ],
)
def test_a_title_is_the_question_in_one_short_line(question: str, title: str) -> None:
    assert title_of(question) == title
    assert len(title) <= 60
