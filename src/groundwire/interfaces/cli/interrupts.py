"""Ctrl-C that asks for what there is, and a second one that leaves."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType


@contextmanager
def first_stops(tell: Callable[[str], None]) -> Iterator[threading.Event]:
    """Let the first Ctrl-C set an event instead of ending the program; the second one ends it.

    Args:
        tell: Told in words that the work is being brought to an end.

    Yields:
        The event. Off the main thread no signal arrives, and it is never set.
    """
    cancel = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield cancel
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        if cancel.is_set():
            raise KeyboardInterrupt
        cancel.set()
        tell("stopping; Ctrl-C again leaves at once")

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield cancel
    finally:
        signal.signal(signal.SIGINT, before)
