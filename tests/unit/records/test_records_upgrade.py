"""A file that version 1 made, with data, is brought up to date and loses nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.conversations import Turn
from groundwire.records.conversations import Conversations
from groundwire.records.database import open_database
from groundwire.records.migrations import MIGRATIONS
from groundwire.records.sessions import Sessions

if TYPE_CHECKING:
    from pathlib import Path

VERSION_1 = """
CREATE TABLE conversations (
    key     TEXT PRIMARY KEY,
    started REAL NOT NULL,
    updated REAL NOT NULL
) STRICT;
CREATE TABLE turns (
    id           INTEGER PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations (key) ON DELETE CASCADE,
    role         TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
    text         TEXT NOT NULL,
    said         REAL NOT NULL
) STRICT;
CREATE INDEX turns_of_conversation ON turns (conversation, id);
CREATE INDEX conversations_by_age ON conversations (updated);
PRAGMA user_version = 1;
INSERT INTO conversations VALUES ('slack:T1:C1:1', 1000.5, 2000.5);
INSERT INTO conversations VALUES ('slack:T1:C2:2', 1000.5, 1000.5);
INSERT INTO turns (conversation, role, text, said) VALUES
    ('slack:T1:C1:1', 'user', 'Who is Lee?', 1000.5),
    ('slack:T1:C1:1', 'assistant', 'An analyst. [1]', 2000.5);
"""
"""What the first version of the program wrote, as it wrote it."""

TURNS = (Turn("user", "Who is Lee?"), Turn("assistant", "An analyst. [1]"))


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    path = tmp_path / "groundwire.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(VERSION_1)
    return path


def test_conversations_of_version_1_stay_as_they_were(old_file: Path) -> None:
    with open_database(old_file) as database:
        assert database.rows("PRAGMA user_version") == [(len(MIGRATIONS),)]
        conversations = Conversations(database)
        assert conversations.turns("slack:T1:C1:1") == TURNS
        assert conversations.known("slack:T1:C2:2")
        assert database.rows("SELECT key, started, updated FROM conversations ORDER BY key") == [
            ("slack:T1:C1:1", 1000.5, 2000.5),
            ("slack:T1:C2:2", 1000.5, 1000.5),
        ]
        conversations.append("slack:T1:C1:1", Turn("user", "And Kim?"))
        assert conversations.turns("slack:T1:C1:1") == (*TURNS, Turn("user", "And Kim?"))


def test_a_session_can_be_kept_beside_them(old_file: Path) -> None:
    with open_database(old_file) as database:
        sessions = Sessions(database)
        assert sessions.listing() == ()
        session = sessions.begin()
        sessions.save(session, "Who is Lee?", "answer", "An analyst. [1]", {"schema": 1})
        assert sessions.turns(session) == TURNS
        assert [info.id for info in sessions.listing()] == [session]
    with open_database(old_file) as database:
        assert Sessions(database).exchanges(session)[0].result == {"schema": 1}
        assert database.rows("PRAGMA integrity_check") == [("ok",)]
        assert database.rows("PRAGMA foreign_key_check") == []


def test_the_first_step_is_still_the_one_that_version_1_ran(old_file: Path, tmp_path: Path) -> None:
    def columns(path: Path) -> list[tuple[object, ...]]:
        with open_database(path) as database:
            return database.rows(
                'SELECT m.name, c.name, c.type, c."notnull", c.dflt_value'
                " FROM sqlite_master AS m, pragma_table_info(m.name) AS c ORDER BY m.name, c.cid"
            )

    assert columns(old_file) == columns(tmp_path / "new.sqlite3")
