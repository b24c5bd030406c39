"""The records file: private, migrated once, all or nothing."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import stat
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.errors import StoreError
from groundwire.records.database import open_database
from groundwire.records.migrations import MIGRATIONS

if TYPE_CHECKING:
    from pathlib import Path

    from groundwire.records.database import Database

ADD = "INSERT INTO conversations (key, started, updated) VALUES (?, 0, 0)"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_folder_and_file_are_private_even_with_an_open_umask(tmp_path: Path) -> None:
    path = tmp_path / "data" / "groundwire.sqlite3"
    before = os.umask(0)
    try:
        with open_database(path) as database, database.transaction() as connection:
            connection.execute(ADD, ("k",))
            assert mode(path.parent) == 0o700
            assert {mode(file) for file in path.parent.iterdir()} == {0o600}
            assert len(list(path.parent.iterdir())) > 1, "WAL files lie beside it"
    finally:
        os.umask(before)


def test_a_file_that_others_can_read_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "groundwire.sqlite3"
    open_database(path).close()
    path.chmod(0o644)
    open_database(path).close()
    assert mode(path) == 0o600


def test_a_new_file_has_every_migration_and_uses_wal(tmp_path: Path) -> None:
    with open_database(tmp_path / "r.sqlite3") as database:
        assert database.rows("PRAGMA user_version") == [(len(MIGRATIONS),)]
        assert database.rows("PRAGMA journal_mode") == [("wal",)]
        assert database.rows("PRAGMA foreign_keys") == [(1,)]


def test_opening_again_keeps_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite3"
    with open_database(path) as database, database.transaction() as connection:
        connection.execute(ADD, ("k",))
    with open_database(path) as database:
        assert database.rows("SELECT key FROM conversations") == [("k",)]


def test_a_failing_migration_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r.sqlite3"
    open_database(path).close()
    broken = (*MIGRATIONS, ("CREATE TABLE half (x)", "CREATE TABLE half (x)"))
    monkeypatch.setattr("groundwire.records.database.MIGRATIONS", broken)
    with pytest.raises(StoreError, match="half"):
        open_database(path)
    monkeypatch.undo()
    with open_database(path) as database:
        assert database.rows("PRAGMA user_version") == [(len(MIGRATIONS),)]
        assert database.rows("SELECT name FROM sqlite_master WHERE name = 'half'") == []


def test_a_file_from_the_future_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(StoreError, match="newer version") as caught:
        open_database(path)
    assert caught.value.hint == "upgrade groundwire"


def test_a_damaged_file_is_one_line_with_a_hint(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite3"
    path.write_bytes(b"this is no database, but long enough to be read as one" * 20)
    with pytest.raises(StoreError, match="cannot be used") as caught:
        open_database(path)
    assert "\n" not in str(caught.value)
    assert caught.value.hint


def test_a_folder_in_place_of_the_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite3"
    path.mkdir(mode=0o755)
    with pytest.raises(StoreError):
        open_database(path)
    assert mode(path) == 0o755


def write_and_stumble(database: Database) -> None:
    with database.transaction() as connection:
        connection.execute(ADD, ("lost",))
        raise KeyError


def test_an_error_in_a_transaction_keeps_nothing_and_the_next_one_works(tmp_path: Path) -> None:
    with open_database(tmp_path / "r.sqlite3") as database:
        with pytest.raises(KeyError):
            write_and_stumble(database)
        with database.transaction() as connection:
            connection.execute(ADD, ("kept",))
        assert database.rows("SELECT key FROM conversations") == [("kept",)]


def open_and_write(path: Path, number: int) -> None:
    with open_database(path) as database, database.transaction() as connection:
        connection.execute(ADD, (str(number),))


def test_processes_that_open_a_new_file_at_once_all_succeed(tmp_path: Path) -> None:
    path = tmp_path / "data" / "r.sqlite3"
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=open_and_write, args=(path, n)) for n in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    with open_database(path) as database:
        assert database.rows("SELECT count(*) FROM conversations") == [(3,)]
