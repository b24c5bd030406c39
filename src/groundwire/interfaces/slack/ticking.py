"""Doing something now and then while an answer is made."""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_log = logging.getLogger("groundwire.slack")

TICK_SECONDS = 0.25


@contextmanager
def ticking(*each: Callable[[], None], seconds: float = TICK_SECONDS) -> Iterator[None]:
    """Call some functions every so many seconds, in a thread of their own, until the block ends.

    None of them runs any more once the block has ended.
    """
    ended = threading.Event()

    def tick() -> None:
        while not ended.wait(seconds):
            for call in each:
                try:
                    call()
                except Exception as error:  # noqa: BLE001  the answer itself goes on
                    _log.error("tick failed: %s", type(error).__name__)

    thread = threading.Thread(target=tick, name="slack-tick", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
