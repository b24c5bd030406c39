"""The lease that machines take turns by, with machines that are made up."""

from __future__ import annotations

import errno
import json
import logging
import os
import threading
import time
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.errors import IndexLockedError, StoreError
from groundwire.index import holder, lease, lock, machine
from groundwire.index.catalog import open_writing, set_meta
from groundwire.index.generations import CATALOG, read_current
from groundwire.index.holder import Holder
from groundwire.index.machine import Machine
from tests.unit.index import made
from tests.unit.index.machines import HERE, QUICK, THERE

if TYPE_CHECKING:
    from pathlib import Path

    from groundwire.index.store import IndexStore

DEAD = Holder.on(THERE).to_bytes()


def leave(folder: Path, content: bytes = DEAD) -> None:
    """Leave a lease as a machine does that lost its power."""
    (folder / lease.LEASE).write_bytes(content)


def test_a_lease_names_its_holder_and_is_given_back(tmp_path: Path) -> None:
    held = lease.take(tmp_path, HERE, QUICK)
    found = lease.read(tmp_path)
    assert found is not None
    assert (found.host, found.pid, found.token) == ("desk-here", os.getpid(), held.token)
    assert not held.seized
    held.give_back()
    assert list(tmp_path.iterdir()) == []


def test_a_lease_is_renewed_in_place(tmp_path: Path) -> None:
    held = lease.take(tmp_path, HERE, QUICK)
    sizes, beats, inodes = set(), set(), set()
    for _ in range(200):
        content = (tmp_path / lease.LEASE).read_bytes()
        sizes.add(len(content))
        beats.add(json.loads(content)["beat"])
        inodes.add((tmp_path / lease.LEASE).stat().st_ino)
        if len(beats) > 2:
            break
        time.sleep(0.02)
    held.give_back()
    assert len(beats) > 2
    assert len(sizes) == len(inodes) == 1


def test_another_machine_that_is_alive_is_refused_by_name(tmp_path: Path) -> None:
    held = lease.take(tmp_path, THERE, QUICK)
    with pytest.raises(IndexLockedError, match=r"process \d+ on desk-there since 20") as caught:
        lease.take(tmp_path, HERE, QUICK)
    assert caught.value.exit_code == 1
    assert caught.value.hint
    held.check()
    held.give_back()


def test_a_dead_lease_is_taken_over_with_one_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    leave(tmp_path)
    began = time.monotonic()
    with caplog.at_level(logging.WARNING, logger="groundwire"):
        held = lease.take(tmp_path, HERE, QUICK)
    assert time.monotonic() - began >= QUICK.dead
    assert held.seized
    assert [record.getMessage().partition(" desk-there")[0] for record in caplog.records] == [
        f"the index is leased to process {os.getpid()} on",
        f"the lease of process {os.getpid()} on",
    ]
    held.check()
    held.give_back()


@pytest.mark.parametrize("jump", [-(10.0**9), 10.0**9])
def test_clocks_that_jump_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jump: float
) -> None:
    """Dates in a lease are for people: one of 1970 or of 2200 is refused and taken over alike."""
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + jump)
    date = "1970-01-01T00:00:00+00:00" if jump < 0 else "2200-01-01T00:00:00+00:00"
    monkeypatch.setattr(holder, "_now", lambda: date)
    held = lease.take(tmp_path, THERE, QUICK)
    with pytest.raises(IndexLockedError, match=date[:4]):
        lease.take(tmp_path, HERE, QUICK)
    held.give_back()
    leave(tmp_path)
    lease.take(tmp_path, HERE, QUICK).give_back()


def test_a_process_that_this_kernel_ran_is_known_to_be_dead(tmp_path: Path) -> None:
    leave(tmp_path)
    began = time.monotonic()
    held = lease.take(tmp_path, THERE, lease.RHYTHM)
    assert time.monotonic() - began < QUICK.dead
    assert not held.seized
    held.give_back()


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (Machine("m", "b", "h"), True),
        (Machine("another", "b", "another"), True),  # two containers of one kernel
        (Machine("m", "b2", "h"), False),  # started again, or a copied machine
        (Machine("m", "", "h"), True),
        (Machine("m", "", "h2"), False),
    ],
)
def test_which_holders_one_file_lock_keeps_apart(other: Machine, same: bool) -> None:  # noqa: FBT001 -- a row of a table
    found = Holder.on(Machine("m", "b", "h"))
    assert found.shares_kernel_with(Holder.on(other)) == same


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff" * 40,
        b"[" * 1000,
        DEAD.replace(b"desk-there", b"desk\\u001b[0m"),
        DEAD.replace(b'"beat": 0', b'"beat": "0"'),
    ],
)
def test_a_damaged_lease_names_nobody(tmp_path: Path, content: bytes) -> None:
    leave(tmp_path, content)
    assert lock.holder(tmp_path) is None


def test_a_lease_that_says_nothing_is_watched_like_any_other(tmp_path: Path) -> None:
    leave(tmp_path, b"")
    held = lease.take(tmp_path, HERE, QUICK)
    assert held.seized
    held.give_back()


def test_a_lease_that_goes_while_it_is_watched_is_taken(tmp_path: Path) -> None:
    leave(tmp_path)
    threading.Timer(QUICK.dead / 3, (tmp_path / lease.LEASE).unlink).start()
    held = lease.take(tmp_path, HERE, QUICK)
    assert not held.seized
    held.give_back()


def test_of_two_that_take_over_at_once_one_does(tmp_path: Path) -> None:
    leave(tmp_path)
    taken: list[lease.Lease] = []
    refused: list[StoreError] = []

    def take(name: str) -> None:
        try:
            taken.append(lease.take(tmp_path, Machine(name, name, name), QUICK))
        except StoreError as error:
            refused.append(error)

    threads = [threading.Thread(target=take, args=(f"desk-{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 1
    assert len(refused) == 3
    taken[0].check()
    taken[0].give_back()


def test_a_lost_lease_is_noticed_and_left_to_its_holder(tmp_path: Path) -> None:
    held = lease.take(tmp_path, HERE, QUICK)
    other = Holder.on(THERE)
    (tmp_path / "new").write_bytes(other.to_bytes())
    (tmp_path / "new").replace(tmp_path / lease.LEASE)
    with pytest.raises(StoreError, match=r"has taken over the index .* on desk-there since"):
        held.check()
    held.give_back()
    assert lease.read(tmp_path) == other


def test_a_lease_that_cannot_be_written_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        with pytest.raises(StoreError, match="the disk is full"), lock.writer_lock(tmp_path):
            pass
    assert not (tmp_path / lease.LEASE).exists()
    with lock.writer_lock(tmp_path):
        assert lock.holder(tmp_path) is not None


def stories(store: IndexStore) -> list[str]:
    with store.snapshot() as snapshot:
        return [info.path for info in snapshot.documents()]


@pytest.fixture
def rhythm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "RHYTHM", QUICK)


@pytest.mark.usefixtures("rhythm")
def test_a_writer_whose_lease_is_lost_commits_nothing_more(
    store: IndexStore, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    first, second = made.document("1.md", "the first"), made.document("2.md", "the second")

    def write() -> None:
        with store.writer(made.identity(), made.canary()) as writer:
            writer.put(first, made.cut(first), made.vectors(made.cut(first)))
            writer.commit()
            (folder / "new").write_bytes(DEAD)
            (folder / "new").replace(folder / lease.LEASE)
            writer.put(second, made.cut(second), made.vectors(made.cut(second)))
            writer.commit()

    with pytest.raises(StoreError, match="has taken over"):
        write()
    assert (folder / lease.LEASE).read_bytes() == DEAD
    assert not store.exists()  # CURRENT was not moved either
    with store.writer(made.identity(), made.canary()) as writer:
        assert list(writer.known(first.root)) == ["1.md"]


@pytest.mark.usefixtures("rhythm")
def test_the_catalog_refuses_whoever_missed_that_another_wrote(
    store: IndexStore, put: object, tmp_path: Path
) -> None:
    """The file of the lease looks as it should, as it does to a process that was stopped."""
    assert callable(put)
    put(made.document("1.md", "the first"))
    second = made.document("2.md", "the second")
    folder = tmp_path / "index"

    def write() -> None:
        with store.writer(made.identity(), made.canary()) as writer:
            writer.put(second, made.cut(second), made.vectors(made.cut(second)))
            writer.claim()
            other = open_writing(folder / read_current(folder) / CATALOG)
            set_meta(other, "lease", "of the other machine")
            other.close()
            writer.commit()

    with pytest.raises(StoreError, match="has taken over"):
        write()
    assert stories(store) == ["1.md"]


def test_this_machine_is_the_same_each_time() -> None:
    found = machine.this_machine(None)
    assert found == machine.this_machine(None)
    assert len(found.id) == 32


def test_a_machine_without_an_id_keeps_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_MACHINE_ID", tmp_path / "none")
    monkeypatch.setattr(machine, "_BOOT_ID", tmp_path / "none")
    note = tmp_path / "data" / "machine-id"
    found = machine.this_machine(note)
    assert found == machine.this_machine(note)
    assert found.boot == ""
    assert note.stat().st_mode & 0o077 == 0
    assert note.read_text().strip() not in found.id
    assert machine.this_machine(None).id != machine.this_machine(None).id
