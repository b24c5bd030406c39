"""The child process that reads files, as its parent sees it: two pipes, a clock and an end."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from groundwire.domain.errors import CancelledError
from groundwire.ingest.loaders.base import LoadError
from groundwire.ingest.wire import WireError, packed_request, read_reply

if TYPE_CHECKING:
    import threading

    from groundwire.ingest.loaders.base import Loaded, Members
    from groundwire.ingest.wire import Request

PROGRAM = "groundwire.ingest.child"

_PIECE = 1024 * 1024
_LOOK_MS = 100


class ReadingProcess:
    """A running child, which reads one file at a time."""

    def __init__(self, memory: int) -> None:
        """Start it; it may use so many bytes of address space.

        It is in a session of its own, so that Ctrl-C does not reach it, and has no descriptor but
        its pipes. When they close, it ends.

        Raises:
            LoadError: The system does not let it start.
        """
        try:
            self._process = subprocess.Popen(  # noqa: S603 -- Python itself, and a module of ours
                [sys.executable, "-P", "-B", "-X", "utf8", "-m", PROGRAM, str(memory)],
                bufsize=0,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=os.sep,
                env=_environment(),
                start_new_session=True,
            )
        except OSError as error:
            reason = (error.strerror or type(error).__name__).lower()
            raise LoadError(f"the program that reads it cannot be started: {reason}") from error
        self._deadline = 0.0
        self._cancel: threading.Event | None = None
        self._requests, self._replies = (
            pipe.fileno() for pipe in (self._process.stdin, self._process.stdout) if pipe
        )
        os.set_blocking(self._requests, False)
        os.set_blocking(self._replies, False)

    def read(
        self, request: Request, data: bytes, cancel: threading.Event | None = None
    ) -> Loaded | Members:
        """Let it read a file. After any error but ``LoadError`` it is of no more use.

        Args:
            request: What is said about the file.
            data: Its bytes.
            cancel: When set, the file is given up.

        Raises:
            LoadError: The file is refused.
            OutOfMemoryError: It needs too much memory.
            WireError: The process ended, or sent nonsense.
            TimeoutError: It took too long.
            CancelledError: The event was set.
        """
        self._deadline = time.monotonic() + request.seconds
        self._cancel = cancel
        self._send(packed_request(request))
        self._send(data)
        return read_reply(self._take)

    def stop(self) -> None:
        """End it at once."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()

    def _send(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            self._wait(self._requests, select.POLLOUT)
            try:
                left = left[os.write(self._requests, left[:_PIECE]) :]
            except BrokenPipeError as error:
                raise WireError("the pipe was closed") from error

    def _take(self, size: int) -> bytes:
        """Return so many bytes of the reply."""
        found = bytearray()
        while len(found) < size:
            self._wait(self._replies, select.POLLIN)
            piece = os.read(self._replies, min(_PIECE, size - len(found)))
            if not piece:
                raise WireError("the pipe was closed")
            found += piece
        return bytes(found)

    def _wait(self, pipe: int, event: int) -> None:
        """Wait until a pipe can be used.

        Raises:
            TimeoutError: The time for the file is over.
            CancelledError: It is not wanted any more.
        """
        poll = select.poll()
        poll.register(pipe, event)
        while True:
            if self._cancel is not None and self._cancel.is_set():
                raise CancelledError
            left = self._deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            if poll.poll(min(_LOOK_MS, left * 1000)):
                return


def _environment() -> dict[str, str]:
    """Return the child's variables: where modules are, and nothing of the user's.

    The same file gives the same text wherever it is read.
    """
    modules = [entry for entry in sys.path if Path(entry).is_absolute()]
    return {
        "HOME": os.sep,
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join(modules),
        "TZ": "UTC",
    }
