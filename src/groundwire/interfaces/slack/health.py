"""The health file: whether the bot lives, is connected, and how busy it is, for whoever watches."""

from __future__ import annotations

import json
import logging
import os
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_log = logging.getLogger("groundwire.slack")

SECONDS: Final = 5.0
"""How often the file is written. A file that is much older belongs to a bot that is gone."""

_PRIVATE_FILE: Final = 0o600


class HealthFile:
    """Writes what it is told to a file, every few seconds, from a thread of its own.

    A reader never sees half a file: each is written beside the old one and takes its place.
    """

    def __init__(
        self, path: Path, look: Callable[[], Mapping[str, object]], *, seconds: float = SECONDS
    ) -> None:
        """Write what ``look`` returns to ``path`` every ``seconds``, once ``start`` was called."""
        self._path = path
        self._look = look
        self._seconds = seconds
        self._began = now_text()
        self._end = threading.Event()
        self._failing = False
        self._thread = threading.Thread(target=self._serve, name="slack-health", daemon=True)

    def start(self) -> None:
        """Write the file now and from now on."""
        self._write()
        self._thread.start()

    def close(self) -> None:
        """Write the file for the last time; it then says that the bot was stopped."""
        self._end.set()
        if self._thread.is_alive():
            self._thread.join()
        self._write(running=False)

    def _serve(self) -> None:
        while not self._end.wait(self._seconds):
            self._write()

    def _write(self, *, running: bool = True) -> None:
        """Write the file; a folder that cannot be written is logged, once, and not fatal."""
        told = {
            "schema": 1,
            "running": running,
            "pid": os.getpid(),
            "started": self._began,
            "written": now_text(),
            **self._look(),
        }
        beside = self._path.with_name(f"{self._path.name}.{os.getpid()}.new")
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside.touch(mode=_PRIVATE_FILE)
            beside.write_text(json.dumps(told) + "\n", encoding="utf-8")
            beside.replace(self._path)
        except OSError as error:
            if not self._failing:
                _log.warning("health file cannot be written: %s", type(error).__name__)
            self._failing = True
        else:
            self._failing = False


def now_text() -> str:
    """Return this moment in UTC, to the millisecond, as ISO 8601 has it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
