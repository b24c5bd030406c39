"""Work in a thread, and Ctrl-C while it goes on."""

from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.errors import CancelledError, IndexMissingError, UsageError
from groundwire.domain.events import ClaimReady, Done, Failed, Found, Status
from groundwire.interfaces.repl.failures import error_of
from groundwire.interfaces.repl.running import Interrupts, Left, Patience, call, run
from tests.fakes.desk import TRADE_STORY, answered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from groundwire.domain.events import Event

ANSWER = answered("q", TRADE_STORY)
CLAIM = ClaimReady(ANSWER.claims[0])


def press() -> None:
    """Press Ctrl-C."""
    os.kill(os.getpid(), signal.SIGINT)


def nothing(_event: object) -> None:
    """Show nothing."""


def pressing(event: Event) -> None:
    """Press Ctrl-C when the first sentence is shown."""
    if isinstance(event, ClaimReady):
        press()


def test_what_happens_is_shown_in_order_and_the_result_is_returned() -> None:
    events: list[Event] = [Status("searching"), Found(()), CLAIM, Done(ANSWER)]
    shown: list[Event] = []
    finished = run(lambda _cancel: iter(events), shown.append, Interrupts())
    assert shown == events
    assert (finished.done, finished.stopped, finished.claims) == (events[3], False, (CLAIM.claim,))


def test_work_is_done_in_another_thread_and_shown_in_this_one() -> None:
    threads: list[threading.Thread] = []

    def work(_cancel: threading.Event, tell: Callable[[Event], None]) -> threading.Thread:
        tell(Status("here"))
        return threading.current_thread()

    worker = call(work, lambda _event: threads.append(threading.current_thread()), Interrupts())
    assert threads == [threading.current_thread()] != [worker]


def test_ctrl_c_stops_the_work_and_keeps_what_was_told() -> None:
    def make(cancel: threading.Event) -> Iterator[Event]:
        yield CLAIM
        assert cancel.wait(20)
        yield Failed("cancelled", "stopped")

    before = signal.getsignal(signal.SIGINT)
    finished = run(make, pressing, Interrupts())
    assert (finished.done, finished.stopped, finished.claims) == (None, True, (CLAIM.claim,))
    assert signal.getsignal(signal.SIGINT) is before


def test_work_that_does_not_notice_is_given_up() -> None:
    over = threading.Event()

    def make(_cancel: threading.Event) -> Iterator[Event]:
        yield CLAIM
        over.wait(20)

    finished = run(make, pressing, Interrupts(), Patience(0.01))
    over.set()
    assert finished.stopped
    assert finished.claims == (CLAIM.claim,)


def test_work_that_ends_with_what_it_has_is_waited_for() -> None:
    told: list[str] = []

    def make(cancel: threading.Event) -> Iterator[Event]:
        yield CLAIM
        assert cancel.wait(20)
        yield Done(ANSWER)

    finished = run(make, pressing, Interrupts(), Patience(None, lambda: told.append("wait")))
    assert (finished.done, finished.stopped) == (Done(ANSWER), False)
    assert told == ["wait"]


@pytest.mark.parametrize(("between_s", "ends"), [(1.9, Left), (2.1, CancelledError)])
def test_a_second_ctrl_c_leaves_if_it_comes_soon(
    between_s: float, ends: type[BaseException]
) -> None:
    over = threading.Event()

    def work(_cancel: threading.Event, tell: Callable[[Event], None]) -> None:
        tell(CLAIM)
        over.wait(20)

    times = iter([10.0, 10.0 + between_s, 10.0 + between_s])
    told = Patience(None, press)  # the second one comes as soon as the first was taken
    with pytest.raises(ends):
        call(work, pressing, Interrupts(lambda: next(times)), told)
    over.set()


def test_ctrl_c_at_the_prompt_leaves_only_after_something_was_stopped() -> None:
    now = [100.0]
    interrupts = Interrupts(lambda: now[0])
    interrupts.pressed_at_prompt()
    interrupts.pressed_at_prompt()
    interrupts.pressed()
    now[0] += 3
    interrupts.pressed_at_prompt()
    interrupts.pressed()
    with pytest.raises(Left):
        interrupts.pressed_at_prompt()


def test_failures_are_the_errors_that_they_were() -> None:
    failed = Failed("index_missing", "no index in /somewhere")
    with pytest.raises(IndexMissingError, match="no index in /somewhere") as told:
        run(lambda _cancel: iter([failed]), nothing, Interrupts())
    assert (told.value.exit_code, told.value.hint) == (4, "/reindex FOLDER makes one")
    unknown = error_of(Failed("of_another_version", "no"))
    assert (unknown.code, unknown.exit_code, str(unknown)) == ("error", 1, "no")


def test_an_error_of_the_work_is_raised_here() -> None:
    def fail(_cancel: object, _tell: object) -> None:
        raise UsageError("not so")

    with pytest.raises(UsageError, match="not so"):
        call(fail, nothing, Interrupts())


def test_off_the_main_thread_ctrl_c_is_left_alone() -> None:
    done: list[int] = []
    thread = threading.Thread(
        target=lambda: done.append(call(lambda _cancel, _tell: 7, nothing, Interrupts()))
    )
    thread.start()
    thread.join(20)
    assert done == [7]
