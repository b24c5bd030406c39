"""The answer pool: bounded, in order, closed in order. And what was seen before."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from groundwire.interfaces.slack.pool import AnswerPool
from groundwire.interfaces.slack.seen import Seen
from groundwire.interfaces.slack.tickets import Ticket

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def pool() -> Iterator[AnswerPool]:
    pool = AnswerPool(workers=2, queue=3)
    yield pool
    pool.close(grace=5)


class Held:
    """Work that tells when it began and ends when it is let go or cancelled."""

    def __init__(self) -> None:
        self.began = threading.Event()
        self.go = threading.Event()
        self.cancelled = False

    def __call__(self, cancel: threading.Event) -> None:
        self.began.set()
        while not self.go.wait(0.005):
            if cancel.is_set():
                break
        self.cancelled = cancel.is_set()


def noting(notes: list[str], note: str) -> Callable[[threading.Event], None]:
    def work(cancel: threading.Event) -> None:
        notes.append(f"{note} cancelled" if cancel.is_set() else note)

    return work


def test_a_conversation_runs_one_at_a_time_in_the_order_of_asking(pool: AnswerPool) -> None:
    first = Held()
    notes: list[str] = []
    assert pool.submit("a", "1", first)
    assert first.began.wait(5)
    for ts in ("3", "2"):
        assert pool.submit("a", ts, noting(notes, ts))
    done = threading.Event()
    assert pool.submit("b", "9", lambda _: done.set())
    assert done.wait(5), "another conversation need not wait"
    assert notes == []
    first.go.set()
    assert pool.close(grace=5)
    assert [note.partition(" ")[0] for note in notes] == ["2", "3"]


def test_a_full_queue_keeps_nothing(pool: AnswerPool) -> None:
    held = [Held(), Held()]
    for number, work in enumerate(held):
        assert pool.submit(f"busy {number}", "1", work)
        assert work.began.wait(5)
    notes: list[str] = []
    taken = [bool(pool.submit(str(n), "1", noting(notes, str(n)))) for n in range(4)]
    assert taken == [True, True, True, False]
    for work in held:
        work.go.set()
    assert pool.close(grace=5)
    assert len(notes) == 3


def test_work_that_fails_does_not_take_the_worker_along(pool: AnswerPool) -> None:
    done = threading.Event()

    def fail(_cancel: threading.Event) -> None:
        raise ValueError

    for _ in range(3):
        pool.submit("a", "1", fail)
    while not pool.submit("a", "2", lambda _: done.set()):
        pass
    assert done.wait(5)


def test_closing_lets_running_work_end_and_tells_the_waiting(pool: AnswerPool) -> None:
    running = Held()
    notes: list[str] = []
    pool.submit("a", "1", running)
    assert running.began.wait(5)
    pool.submit("a", "2", noting(notes, "waiting"))
    threading.Timer(0.05, running.go.set).start()
    assert pool.close(grace=5)
    assert not running.cancelled
    assert notes == ["waiting cancelled"]
    assert not pool.submit("a", "3", noting(notes, "late"))


def test_after_the_grace_running_work_is_cancelled(pool: AnswerPool) -> None:
    running = Held()
    pool.submit("a", "1", running)
    assert running.began.wait(5)
    assert pool.close(grace=0.05)
    assert running.cancelled


def test_what_arrives_in_the_wrong_order_is_put_right() -> None:
    pool = AnswerPool(workers=2, queue=3, settle=0.2)
    notes: list[str] = []
    for ts in ("3", "1", "2"):
        assert pool.submit("a", ts, noting(notes, ts))
    while sum(pool.load()):
        pass
    assert notes == ["1", "2", "3"]
    assert pool.close(grace=5)


def test_the_line_counts_those_who_wait_for_a_worker(pool: AnswerPool) -> None:
    held = [Held(), Held()]
    for number, work in enumerate(held):
        assert pool.submit(f"busy {number}", "1", work)
        assert work.began.wait(5)
    told: list[tuple[str, int]] = []

    def telling(name: str) -> Callable[[int], None]:
        return lambda number: told.append((name, number))

    for name in ("x", "y"):
        pool.submit(name, "1", Held(), telling(name))
    pool.submit("busy 0", "2", noting([], ""), telling("busy"))
    for number, ticket in pool.line():
        assert ticket.tell(number)
        assert not ticket.tell(number)
    assert told == [("x", 1), ("y", 2)]
    assert pool.load() == (2, 3)
    assert not pool.close(grace=0.0) or pool.load() == (0, 0)


def test_nobody_is_told_a_number_once_the_work_has_begun(pool: AnswerPool) -> None:
    held, told = Held(), list[int]()
    ticket = pool.submit("a", "1", held, told.append)
    assert ticket
    assert held.began.wait(5)
    assert not ticket.tell(1)
    assert told == []
    held.go.set()


def test_a_number_is_told_again_when_it_changes_and_when_it_is_old() -> None:
    told = list[int]()
    ticket = Ticket("1", 1, Held(), told.append, 0.0)
    assert ticket.tell(3)
    assert not ticket.tell(2, every=60)
    assert ticket.tell(2)
    assert not ticket.tell(2, again=60)
    assert ticket.tell(2, again=0)
    assert told == [3, 2, 2]


def test_a_person_can_stop_what_runs_or_waits(pool: AnswerPool) -> None:
    running = Held()
    ticket = pool.submit("a", "1", running)
    assert ticket
    assert running.began.wait(5)
    later = Held()
    pool.submit("a", "2", later)
    assert pool.cancel("a")
    assert ticket.cancel.by_person
    assert later.began.wait(5), "the next question of the thread goes on"
    assert not later.cancelled
    later.go.set()
    assert not pool.cancel("nothing")


def test_seen_once_is_seen_until_it_is_old_or_pushed_out() -> None:
    now = 0.0
    seen = Seen(size=2, seconds=10, clock=lambda: now)
    assert seen.first_time("a")
    assert not seen.first_time("a")
    now = 11.0
    assert seen.first_time("a")
    assert seen.first_time("b")
    assert seen.first_time("c")
    assert not seen.first_time("b")
    assert seen.first_time("a")


def test_seen_lets_one_thread_of_many_through() -> None:
    seen = Seen()
    barrier = threading.Barrier(8)
    firsts: list[bool] = []

    def ask() -> None:
        barrier.wait()
        firsts.append(seen.first_time("a"))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert firsts.count(True) == 1
