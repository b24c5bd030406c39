"""Locks, errors, words and proposals by themselves."""

from __future__ import annotations

import errno
import os
import sqlite3
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.errors import IndexCorruptError, IndexLockedError, StoreError
from groundwire.domain.retrieval import Scope
from groundwire.index import faults, lexical, lock
from groundwire.index.stemming import Stemmer
from tests.unit.index import made

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from groundwire.index.store import IndexStore

    Put = Callable[..., None]


def test_a_second_writer_learns_who_the_first_is(tmp_path: Path) -> None:
    with lock.writer_lock(tmp_path):
        who = lock.holder(tmp_path)
        assert who is not None
        assert who.pid == os.getpid()
        with (
            pytest.raises(IndexLockedError, match=f"process {os.getpid()} on ") as caught,
            lock.writer_lock(tmp_path),
        ):
            pass
        assert str(who) in caught.value.holder
    assert lock.holder(tmp_path) is None
    with lock.writer_lock(tmp_path):
        assert lock.holder(tmp_path) is not None


def test_a_lock_under_a_file_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError), lock.writer_lock(tmp_path / "file" / "index"):
        pass


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "cannot be written to"),
        (errno.EACCES, "cannot be written to"),
        (errno.EIO, "cannot be used"),
    ],
)
def test_file_errors_are_said_in_words(tmp_path: Path, number: int, words: str) -> None:
    with pytest.raises(StoreError, match=words), faults.file_errors_in_words(tmp_path):
        raise OSError(number, os.strerror(number))


def test_database_errors_are_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"nothing" * 1000)
    damaged = sqlite3.connect(tmp_path / "x")
    with pytest.raises(IndexCorruptError), faults.in_words(tmp_path):
        damaged.execute("SELECT 1 FROM y")
    damaged.close()
    one, other = (sqlite3.connect(tmp_path / "z", timeout=0) for _ in range(2))
    one.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="busy"), faults.in_words(tmp_path):
        other.execute("BEGIN EXCLUSIVE")
    one.close()
    other.close()


def test_a_disk_that_fails_is_named(tmp_path: Path) -> None:
    failed = sqlite3.OperationalError("disk I/O error")
    failed.sqlite_errorname = "SQLITE_IOERR_WRITE"
    with pytest.raises(StoreError, match="the disk does not") as caught, faults.in_words(tmp_path):
        raise failed
    assert "space" in caught.value.hint


def test_words_are_stemmed_once() -> None:
    stemmer = Stemmer()
    assert stemmer.term("Agreed").tokens == ("agre",)
    assert stemmer.term("agre").tokens != ("agre",)
    assert stemmer.term("Élan vital").tokens == ("elan", "vital")
    assert stemmer.term("—").tokens == ()
    stemmer.close()
    assert stemmer.term("again").tokens == ("again",)
    stemmer.close()


def test_common_words_are_left_out_where_rare_ones_are(
    store: IndexStore, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(*(made.document(f"{n}.md", f"common word{n} pair{n // 2} few{n // 3}") for n in range(12)))
    with store.snapshot() as snapshot:
        terms = ["common", "word3", "pair1", "few1"]
        everything = snapshot.lexical(terms, top_k=20)
        assert len(everything) == 12
        monkeypatch.setattr(lexical, "POSTINGS", 6)
        assert len(snapshot.lexical(terms, top_k=20)) == 4
        assert len(snapshot.lexical(["common"], top_k=20)) == 12
        assert len(snapshot.lexical(terms, top_k=20, rarest=1)) == 1


def test_equal_scores_come_in_the_order_of_ids(store: IndexStore, put: Put) -> None:
    put(*(made.document(f"{n}.md", "the same words", title="Same") for n in range(90)))
    with store.snapshot() as snapshot:
        found = [each for each, _ in snapshot.lexical(["words"], top_k=90)]
    assert found == sorted(found)


def test_of_words_that_are_all_common_only_the_rarest_is_looked_for(
    store: IndexStore, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(*(made.document(f"{n}.md", f"every third{n % 3} half{n % 2}") for n in range(12)))
    with store.snapshot() as snapshot:
        terms = ["every", "third1", "half1"]
        assert len(snapshot.lexical(terms, top_k=20)) == 12
        monkeypatch.setattr(lexical, "MOST", 10)
        assert len(snapshot.lexical(terms, top_k=20)) == 8
        monkeypatch.setattr(lexical, "MOST", 3)
        assert len(snapshot.lexical(terms, top_k=20)) == 4
        assert len(snapshot.lexical(["every"], top_k=20)) == 12


def test_a_large_scope_finds_what_a_small_one_does(
    store: IndexStore, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(
        *(
            made.document(f"{n}.md", f"the same story{n}\nmore", source="A" * (n % 2))
            for n in range(9)
        )
    )
    scopes = (Scope(sources=("a",)), Scope(documents=("[1-3].md", "7.md")))
    with store.snapshot() as snapshot:
        listed = [snapshot.lexical(["same", "story3"], top_k=9, scope=scope) for scope in scopes]
        counted = [snapshot.phrase("the same", top_k=9, scope=scope) for scope in scopes]
        monkeypatch.setattr(lexical, "LISTED", 0)
        assert listed == [
            snapshot.lexical(["same", "story3"], top_k=9, scope=scope) for scope in scopes
        ]
        assert counted == [snapshot.phrase("the same", top_k=9, scope=scope) for scope in scopes]
        assert [len(found) for found in listed] == [4, 4]
