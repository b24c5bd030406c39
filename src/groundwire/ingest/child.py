"""The program that reads files for a sync: one request after the other, from stdin to stdout.

It is started as ``python -m groundwire.ingest.child MEMORY`` by ``groundwire.ingest.reader``. What
a hostile file can do to it is bounded: it may use so much memory, write no file, start no program,
and ends when its time is over or nobody waits for it any more.
"""

from __future__ import annotations

import fcntl
import os
import resource
import signal
import sys
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING

from groundwire.ingest.loaders.base import LoadError
from groundwire.ingest.loaders.registry import load
from groundwire.ingest.wire import (
    packed_refusal,
    packed_reply,
    packed_shortage,
    read_request,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.ingest.loaders.base import Loaded, Members
    from groundwire.ingest.wire import Request

_GRACE_S = 5.0
"""How much later than by its parent it is ended by itself, should there be no parent any more."""


class _NothingMoreError(Exception):
    """The pipe was closed: there is nothing more to read."""


def main() -> None:
    """Read files until stdin ends."""
    _limit(int(sys.argv[1]))
    requests, replies = _own_pipes()

    def take(size: int) -> bytes:
        data = requests.read(size)
        if len(data) < size:
            raise _NothingMoreError
        return data

    with suppress(_NothingMoreError, BrokenPipeError):
        while True:
            request = read_request(take)
            data = take(request.size)
            with _bounded(request.seconds, requests.fileno()):
                content = _read(data, request)
            del data  # telling what was read may need the memory
            for frame in _frames(content):
                replies.write(frame)
            replies.flush()
    os._exit(0)  # nothing is left to close, and nobody waits


def _read(data: bytes, request: Request) -> Loaded | Members | LoadError | MemoryError:
    """Return what a file holds, or why that cannot be said."""
    try:
        return load(data, request.name, request.columns)
    except (LoadError, MemoryError) as error:
        return MemoryError() if _lacked_memory(error) else LoadError(str(error))


def _frames(content: Loaded | Members | LoadError | MemoryError) -> Iterator[bytes]:
    """Yield the reply to a request."""
    if isinstance(content, LoadError):
        yield packed_refusal(str(content))
    elif isinstance(content, MemoryError):
        yield packed_shortage()
    else:
        try:
            yield from packed_reply(content)
        except MemoryError:
            yield packed_shortage()


def _lacked_memory(error: BaseException | None) -> bool:
    """Return whether an error comes from a lack of memory: loaders take any for a damaged file."""
    while error is not None and not isinstance(error, MemoryError):
        error = error.__cause__
    return error is not None


def _own_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Return the pipes of requests and replies, out of reach of what reads stdin or prints."""
    requests, replies = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)
    return os.fdopen(requests, "rb"), os.fdopen(replies, "wb")


def _limit(memory: int) -> None:
    """Give up what reading files does not need, as far as the system can."""
    limits = (
        ("RLIMIT_AS", memory),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_NPROC", 0),
    )
    for name, value in limits:
        with suppress(AttributeError, OSError, ValueError):
            resource.setrlimit(getattr(resource, name), (value, value))


@contextmanager
def _bounded(seconds: float, requests: int) -> Iterator[None]:
    """End this program when its time is over, or when the other side is gone.

    Both signals end it without a word of Python, so that no parser can stand in their way. Nothing
    is sent while a file is read: what happens on the pipe then is that it is closed.
    """
    flags = fcntl.fcntl(requests, fcntl.F_GETFL)
    signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE_S)
    fcntl.fcntl(requests, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(requests, fcntl.F_SETFL, flags | os.O_ASYNC)
    yield
    fcntl.fcntl(requests, fcntl.F_SETFL, flags)
    signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    main()
