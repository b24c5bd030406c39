"""Work that Ctrl-C stops: done in a thread, shown as it comes, given up without waiting for it."""

from __future__ import annotations

import queue
import signal
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from groundwire.domain.errors import CancelledError
from groundwire.domain.events import ClaimReady, Done, Failed, Found
from groundwire.interfaces.repl.failures import error_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from groundwire.domain.claims import Claim
    from groundwire.domain.events import Event
    from groundwire.domain.retrieval import Hit

T = TypeVar("T")

LEAVES_WITHIN_S = 2.0
"""A second Ctrl-C that comes so soon after the first leaves the chat."""

TICK_S = 0.1
"""How long a Ctrl-C may go unnoticed that the system gave to another thread."""

GRACE_S = 0.4
"""How long work that only yields a whole result is waited for once it is not wanted any more."""


class Left(KeyboardInterrupt):
    """A second Ctrl-C, soon after the first: the chat is over."""


class Interrupts:
    """When Ctrl-C last stopped something."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Keep the clock; nothing was pressed yet."""
        self._clock = clock
        self._last: float | None = None

    def pressed(self) -> None:
        """Note a Ctrl-C that stops something.

        Raises:
            Left: It is the second one within two seconds.
        """
        self.pressed_at_prompt()
        self._last = self._clock()

    def pressed_at_prompt(self) -> None:
        """Take a Ctrl-C where there is nothing to stop any more.

        Raises:
            Left: Something was stopped within two seconds before.
        """
        if self._last is not None and self._clock() - self._last < LEAVES_WITHIN_S:
            raise Left


@dataclass(frozen=True, slots=True)
class Patience:
    """How work is waited for once Ctrl-C was pressed.

    Attributes:
        seconds: How long; None: as long as it takes, for work that ends with what it has.
        tell: Called when the waiting begins.
    """

    seconds: float | None = GRACE_S
    tell: Callable[[], None] | None = None


SHORT = Patience()


@dataclass(frozen=True, slots=True)
class Finished:
    """How the events of one piece of work ended.

    Attributes:
        done: The whole result, if there is one.
        stopped: Whether it was stopped before it was whole.
        claims: The sentences that were told, in order.
        found: The passages that were told.
    """

    done: Done | None
    stopped: bool
    claims: tuple[Claim, ...] = ()
    found: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class _Outcome(Generic[T]):
    value: T | None = None
    error: BaseException | None = None


@dataclass(frozen=True, slots=True)
class _Pressed:
    """Ctrl-C, on its way through the queue."""


@dataclass(slots=True)
class _Heard:
    """What was told so far."""

    done: Done | None = None
    failed: Failed | None = None
    claims: list[Claim] = field(default_factory=list)
    found: tuple[Hit, ...] = ()

    def take(self, event: Event) -> None:
        if isinstance(event, ClaimReady):
            self.claims.append(event.claim)
        elif isinstance(event, Found):
            self.found = event.sources
        elif isinstance(event, Done):
            self.done = event
        elif isinstance(event, Failed):
            self.failed = event


def run(
    make: Callable[[threading.Event], Iterator[Event]],
    show: Callable[[Event], None],
    interrupts: Interrupts,
    patience: Patience = SHORT,
) -> Finished:
    """Show events as they come; Ctrl-C stops their making, and what was shown stays.

    Args:
        make: Given an event that is set when no more is wanted, yields what happens.
        show: Called in this thread with everything but failures.
        interrupts: Counts Ctrl-C.
        patience: How the work is waited for after Ctrl-C.

    Raises:
        Left: Ctrl-C was pressed twice.
        GroundwireError: The work failed.
    """
    heard = _Heard()

    def told(event: Event) -> None:
        heard.take(event)
        if not isinstance(event, Failed):
            show(event)

    def work(cancel: threading.Event, tell: Callable[[Event], None]) -> None:
        for event in make(cancel):
            tell(event)

    stopped = False
    try:
        call(work, told, interrupts, patience)
    except CancelledError:
        stopped = True
    if heard.failed is not None and heard.failed.kind != CancelledError.code:
        raise error_of(heard.failed)
    stopped = heard.done is None and (stopped or heard.failed is not None)
    return Finished(heard.done, stopped, tuple(heard.claims), heard.found)


def call(
    work: Callable[[threading.Event, Callable[[Event], None]], T],
    show: Callable[[Event], None],
    interrupts: Interrupts,
    patience: Patience = SHORT,
) -> T:
    """Do one thing in a thread and return what comes of it.

    Args:
        work: Given an event that is set when it is no longer wanted, and whom to tell what
            happens.
        show: Called in this thread with what is told.
        interrupts: Counts Ctrl-C.
        patience: How the work is waited for after Ctrl-C.

    Raises:
        CancelledError: It was given up.
        Left: Ctrl-C was pressed twice.
    """
    told: queue.SimpleQueue[Event | _Outcome[T] | _Pressed] = queue.SimpleQueue()
    cancel = threading.Event()
    thread = threading.Thread(target=_work, args=(work, cancel, told), daemon=True)
    until: float | None = None
    with _pressing(told):
        thread.start()
        try:
            while True:
                item = _next(told, until)
                if isinstance(item, _Outcome):
                    return _opened(item)
                if isinstance(item, _Pressed):
                    until = _stop(cancel, interrupts, patience)
                else:
                    show(item)
        finally:
            cancel.set()


def _next(
    told: queue.SimpleQueue[Event | _Outcome[T] | _Pressed], until: float | None
) -> Event | _Outcome[T] | _Pressed:
    """Return what was told next.

    The thread wakes from time to time: a signal that the system gives to another thread is only
    handled when this one runs again.

    Raises:
        CancelledError: The time until which it is waited for is over.
    """
    while True:
        left = TICK_S if until is None else until - time.monotonic()
        try:
            return told.get(timeout=min(max(0.0, left), TICK_S))
        except queue.Empty:
            if until is not None and time.monotonic() >= until:
                raise CancelledError from None


def _stop(cancel: threading.Event, interrupts: Interrupts, patience: Patience) -> float | None:
    """Say that no more is wanted, and return until when the work is waited for.

    Raises:
        CancelledError: That was said before: it is not waited for any more.
        Left: It was said just before.
    """
    interrupts.pressed()
    if cancel.is_set():
        raise CancelledError
    cancel.set()
    if patience.tell is not None:
        patience.tell()
    return None if patience.seconds is None else time.monotonic() + patience.seconds


def _work(
    work: Callable[[threading.Event, Callable[[Event], None]], T],
    cancel: threading.Event,
    told: queue.SimpleQueue[Event | _Outcome[T] | _Pressed],
) -> None:
    try:
        told.put(_Outcome(work(cancel, told.put)))
    except BaseException as error:  # noqa: BLE001 -- it is raised again in the thread that waits
        told.put(_Outcome(error=error))


def _opened(outcome: _Outcome[T]) -> T:
    if outcome.error is not None:
        raise outcome.error
    return outcome.value  # type: ignore[return-value]  # work that raised nothing returned a T


@contextmanager
def _pressing(told: queue.SimpleQueue[Event | _Outcome[T] | _Pressed]) -> Iterator[None]:
    """Put Ctrl-C into the queue; a simple queue may be written to inside a signal handler."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def press(_number: int, _frame: FrameType | None) -> None:
        told.put(_Pressed())

    before = signal.signal(signal.SIGINT, press)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
