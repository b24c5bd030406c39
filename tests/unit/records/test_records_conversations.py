"""Conversations: in order, per key, kept over a restart, forgotten when old."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.conversations import Turn
from groundwire.domain.errors import StoreError
from groundwire.records.conversations import Conversations
from groundwire.records.database import open_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from groundwire.records.database import Database

ASKED = Turn("user", "Who is Lee?")
TOLD = Turn("assistant", "An analyst. [1]")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "r.sqlite3") as database:
        yield database


def test_turns_come_back_in_order_and_per_key(database: Database) -> None:
    conversations = Conversations(database)
    conversations.append("a", ASKED, TOLD)
    conversations.append("b", Turn("user", "Anything new?"))
    assert conversations.turns("a") == (ASKED, TOLD)
    assert conversations.turns("b") == (Turn("user", "Anything new?"),)
    assert conversations.turns("c") == ()


def test_the_last_turns_are_the_latest_ones(database: Database) -> None:
    conversations = Conversations(database)
    turns = tuple(Turn("user", f"question {n}") for n in range(15))
    conversations.append("a", *turns)
    assert conversations.turns("a", last=10) == turns[5:]
    assert conversations.turns("a", last=0) == ()


def test_known_means_opened_or_spoken_in(database: Database) -> None:
    conversations = Conversations(database)
    assert not conversations.known("a")
    conversations.open("a")
    conversations.open("a")
    conversations.append("b", ASKED)
    assert conversations.known("a")
    assert conversations.known("b")
    assert conversations.turns("a") == ()


def test_everything_survives_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "again.sqlite3"
    with open_database(path) as database:
        Conversations(database).append("a", ASKED, TOLD)
    with open_database(path) as database:
        assert Conversations(database).known("a")
        assert Conversations(database).turns("a") == (ASKED, TOLD)


def test_prune_forgets_by_the_last_word_and_takes_the_turns_along(database: Database) -> None:
    now = 1_000.0
    conversations = Conversations(database, clock=lambda: now)
    conversations.append("old", ASKED)
    conversations.append("revived", ASKED)
    now = 2_000.0
    conversations.append("revived", TOLD)
    assert conversations.prune(datetime.fromtimestamp(1_500, UTC)) == 1
    assert not conversations.known("old")
    assert conversations.turns("old") == ()
    assert conversations.turns("revived") == (ASKED, TOLD)
    assert database.rows("SELECT count(*) FROM turns") == [(2,)]


def test_deleting_erases_those_that_are_named_and_no_others(database: Database) -> None:
    conversations = Conversations(database)
    for key in ("a", "b", "c"):
        conversations.append(key, ASKED, TOLD)
    conversations.delete("a", "c", "nobody")
    assert [conversations.known(key) for key in ("a", "b", "c")] == [False, True, False]
    assert database.rows("SELECT count(*) FROM turns") == [(2,)]


def test_threads_lose_nothing_and_interleave_no_append(database: Database) -> None:
    conversations = Conversations(database)

    def talk(name: str) -> None:
        for n in range(20):
            text = f"{name} {n}"
            conversations.append("shared", Turn("user", text), Turn("assistant", text))

    threads = [threading.Thread(target=talk, args=(str(n),)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    turns = conversations.turns("shared")
    assert len(turns) == 160
    pairs = zip(turns[::2], turns[1::2], strict=True)
    assert all((u.role, a.role, u.text) == ("user", "assistant", a.text) for u, a in pairs)


def test_an_append_is_all_or_nothing(database: Database) -> None:
    conversations = Conversations(database)
    unstorable = Turn("bystander", "hm")  # type: ignore[arg-type]
    with pytest.raises(StoreError):
        conversations.append("a", ASKED, unstorable)
    assert not conversations.known("a")
    assert conversations.turns("a") == ()


def test_closed_records_are_a_store_error(database: Database) -> None:
    database.close()
    with pytest.raises(StoreError, match="cannot be used"):
        Conversations(database).known("a")
